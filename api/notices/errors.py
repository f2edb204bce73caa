"""What can go wrong with messages, each with its words."""

from api.kit.errors import Conflict, Invalid, NotFound


class NoSuchMessage(NotFound):
    """The account has no such message."""

    code = "notices.no_such_message"
    detail = "没有找到这条消息。请返回消息列表看看。"


class NoWechat(Conflict):
    """The account is bound to nobody in the mini-program."""

    code = "notices.no_wechat"
    detail = "您的账号还没有绑定微信。请先在小程序里用微信登录，再打开微信消息。"


class UnknownTemplate(Invalid):
    """No template of ours has this id."""

    code = "notices.unknown_template"
    detail = "没有这种微信消息。请刷新后再试。"
