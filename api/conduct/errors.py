"""What can go wrong with conduct, each with its words."""

from api.kit.errors import Conflict, Invalid, NotFound


class NoSuchConduct(NotFound):
    """No such record that the actor may read."""

    code = "conduct.no_such_record"
    detail = "没有找到这条诚信记录。请返回诚信列表看看。"


class NoSuchEvaluation(NotFound):
    """No such evaluation that the actor may read."""

    code = "conduct.no_such_evaluation"
    detail = "没有找到这条评价。请返回诚信页面看看。"


class NoSuchReview(NotFound):
    """No such request to look at a score."""

    code = "conduct.no_such_review"
    detail = "没有找到这个复核申请，或者已经有人答复了。请返回列表看看。"


class WrongStep(Conflict):
    """The record is not in a state in which this can be done."""

    code = "conduct.wrong_step"
    detail = "这条记录已经往前走了，现在不能这样做。请刷新后再看。"


class SecondPerson(Conflict):
    """Who proposed or decided does not decide on it."""

    code = "conduct.second_person"
    detail = "这件事是您提出或认定的。请换一位同事来办。"


class TooEarly(Conflict):
    """A repair can be asked for after half of the term, and not again right after a refusal."""

    code = "conduct.too_early"
    detail = "现在还不能申请修复。请看记录上写的日期，到那天再来。"


class UnknownSubject(Invalid):
    """He, the team or the enterprise is not on that project, or not of those who may be named."""

    code = "conduct.unknown_subject"
    detail = "这个工地上没有您能报的这个人、班组或单位。请从列表里重新选。"


class WrongKind(Invalid):
    """The kind is unknown, or of another subject, or not for an enterprise to propose."""

    code = "conduct.wrong_kind"
    detail = "这种行为不能这样报。请从列表里重新选一种。"


class CannotBeTold(Conflict):
    """Nobody stands behind the subject who could be told, and heard before a decision."""

    code = "conduct.cannot_be_told"
    detail = "对方还没有在平台登记账号，没法通知他来说明，所以不能报。请先请他实名登记。"


class BadTerm(Invalid):
    """Level and term of the decision do not go together."""

    code = "conduct.bad_term"
    detail = "程度和期限对不上。轻微最长 6 个月，一般 3 到 12 个月，严重 6 到 36 个月。"


class BadRestriction(Invalid):
    """Only a serious decision on a worker or enterprise, with its document, restricts."""

    code = "conduct.bad_restriction"
    detail = "只有严重的不良行为能列入黑名单，还要写文号；班组不能列入。请改好再提交。"


class AlreadyEvaluated(Conflict):
    """The enterprise evaluated the subject for that month on that project."""

    code = "conduct.already_evaluated"
    detail = "这个月已经评过了。要改请先撤回原来的评价。"


class AlreadyAsked(Conflict):
    """He asked already and waits for an answer."""

    code = "conduct.already_asked"
    detail = "您已经申请过人工复核，请等答复。"
