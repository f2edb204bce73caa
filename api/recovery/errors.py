"""What can go wrong with recoveries, each with its words."""

from api.kit.errors import Conflict, NotFound


class NothingToVouch(Conflict):
    """No attempt of the account waits that people who know him could settle."""

    code = "recovery.nothing_to_vouch"
    title = "现在用不上"
    detail = "现在没有等人核对的登记，或者这次要由工作人员核对。请先做实名登记，或等通知。"


class NoSuchRecovery(NotFound):
    """No such recovery that waits for the actor's word."""

    code = "recovery.not_found"
    detail = "没有等您证明的事，可能已经办完了。请返回上一页看看。"


class AlreadyVouched(Conflict):
    """The actor has given his word."""

    code = "recovery.already_vouched"
    title = "您已经回答过"
    detail = "您已经回答过这一件，不用再答。"


class NumberDiffers(Conflict):
    """The number on the card is not the one that the person typed."""

    code = "recovery.number_differs"
    title = "号码对不上"
    detail = "您输入的号码和他登记时填的不一样。请对照原件再输一次；确实不一样，请选“对不上”。"
