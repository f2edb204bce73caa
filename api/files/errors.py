"""What can go wrong with files, each with its words."""

from api.kit.errors import Forbidden, Invalid, NotFound


class BadPhoto(Invalid):
    """The upload is no photo we can use; `errors` names the field and what to do."""

    code = "files.bad_photo"
    title = "照片用不了"
    detail = "照片用不了。请按提示重新拍一张。"


class BadSound(Invalid):
    """The upload is no recording we can use; `errors` names the field and what to do."""

    code = "files.bad_sound"
    title = "录音用不了"
    detail = "录音用不了。请按提示再录一次。"


class NoSuchFile(NotFound):
    """No such file, or its term has ended."""

    code = "files.no_such_file"
    detail = "没有找到这张照片，可能已到期删除。"


class LinkExpired(Forbidden):
    """The address is not ours for this account, or its time is over."""

    code = "files.link_expired"
    detail = "照片的链接已失效。请回到原来的页面重新打开。"
