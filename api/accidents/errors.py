"""What can go wrong with accidents, each with its words."""

from api.kit.errors import Conflict, Invalid, NotFound


class NoSuchAccident(NotFound):
    """No such accident that the actor may read."""

    code = "accidents.no_such_accident"
    detail = "没有找到这件事故。请返回列表看看。"


class NoSuchContact(NotFound):
    """No contact in that place."""

    code = "accidents.no_such_contact"
    detail = "没有找到这位紧急联系人。请刷新后再看。"


class NotThere(Invalid):
    """The worker was not on that site on that day."""

    code = "accidents.not_there"
    detail = "那天他不在这个工地的名单里。请核对工地和日期；急救先打 120。"


class InFuture(Invalid):
    """The day has not come."""

    code = "accidents.in_future"
    detail = "日期不能晚于今天。请改日期。"


class WrongStep(Conflict):
    """The accident is not in a state in which this can be done."""

    code = "accidents.wrong_step"
    detail = "这件事故现在的状态不能这样做。请刷新后再看；办结前要先写处理情况。"
