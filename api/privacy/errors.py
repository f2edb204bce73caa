"""What can be wrong with a wish about one's own data."""

from api.kit.errors import Conflict, NotFound


class NoSuchExport(NotFound):
    """There is no such copy, or its term is over."""

    code = "privacy.no_such_export"
    title = "这份资料下载不了了"
    detail = "这份资料不在了。文件只保留 7 天，请重新申请一份。"


class ExportUnderWay(Conflict):
    """A copy is being made already."""

    code = "privacy.export_under_way"
    title = "正在准备"
    detail = "您的资料正在准备，一般不到一分钟。好了会通知您，不用再点。"


class NotNow(Conflict):
    """Something stands in the way of erasing."""

    code = "privacy.not_now"
    title = "现在还不能注销"
    detail = "还有事没办完。请先办完，再来注销。"


class ErasureUnderWay(Conflict):
    """The wish is written down already."""

    code = "privacy.erasure_under_way"
    title = "已经申请过了"
    detail = "您已经申请注销，到期自动办。改主意了，点“不注销了”。"


class NoErasure(NotFound):
    """There is no wish to take back."""

    code = "privacy.no_erasure"
    title = "没有注销申请"
    detail = "您没有等着办的注销申请，不用撤回。"


class NothingKept(NotFound):
    """No identity is kept of this worker."""

    code = "privacy.nothing_kept"
    title = "没有封存的资料"
    detail = "没有找到这个人封存的身份资料。可能没有注销，或者已经到期删除。"
