"""What can be wrong with payslips, each with its words."""

from api.kit.errors import Conflict, NotFound


class NoSuchShare(NotFound):
    """The link leads nowhere: it is over, taken back, or never was."""

    code = "payslips.no_such_share"
    title = "链接打不开了"
    detail = "这个链接过期了，或者本人收回了。请他再发一个。"


class NotPaid(Conflict):
    """The wage has not arrived yet."""

    code = "payslips.not_paid"
    title = "还没有到账"
    detail = "这笔工资还没有到账。到账以后再说卡在不在您手里。"
