"""What can go wrong with cards, each with its words."""

from api.kit.errors import Conflict, Invalid, NotFound


class NoSuchCard(NotFound):
    """No such card within the actor's scope, or none with this number."""

    code = "cards.no_such_card"
    detail = "没有找到这张卡。请核对卡号，或者返回列表看看。"


class HasCard(Conflict):
    """The worker has an active card."""

    code = "cards.has_card"
    title = "已经有卡"
    detail = "这名工人有一张在用的卡。要换卡，请先让本人挂失，或者打开原来那张卡点“换卡”。"


class NumberTaken(Conflict):
    """A card with this number was issued before."""

    code = "cards.number_taken"
    title = "卡号登记过"
    detail = "这个卡号登记过了。请对照卡面重新填写。"


class WrongStep(Conflict):
    """The card's state does not lead to the wanted one."""

    code = "cards.wrong_step"
    detail = "这张卡现在的状态不能这样改。请刷新后再看。"


class NotInUse(Conflict):
    """The card at the gate is lost, replaced or given back."""

    code = "cards.not_in_use"
    title = "这张卡不能用"
    detail = "这张卡已经挂失或停用，不能放行。请用实名核验码或身份证核对本人。"


class IssuedInFuture(Invalid):
    """The day of issue has not come."""

    code = "cards.issued_in_future"
    detail = "发卡日期不能晚于今天。请改日期。"
