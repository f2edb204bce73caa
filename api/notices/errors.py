"""What can go wrong with messages, each with its words."""

from api.kit.errors import NotFound


class NoSuchMessage(NotFound):
    """The account has no such message."""

    code = "notices.no_such_message"
    detail = "没有找到这条消息。请返回消息列表看看。"
