"""What can go wrong with contracts, entries and exits, each with its words."""

from api.kit.errors import Conflict, Forbidden, Invalid, NotFound


class NoSuchEngagement(NotFound):
    """No such period within the actor's scope."""

    code = "engagements.no_such_engagement"
    detail = "没有找到这条进场记录。请返回人员列表看看。"


class AlreadyEngaged(Conflict):
    """The worker has an open period on this project."""

    code = "engagements.already_engaged"
    title = "已经登记过"
    detail = "这名工人在本项目已有登记，还没退场。要换班组请用“调班组”。"


class WrongStep(Conflict):
    """The period's state does not lead to the wanted one."""

    code = "engagements.wrong_step"
    detail = "这条进场记录现在的状态不能这样改。请刷新后再看。"


class EntryBlocked(Conflict):
    """Something is missing; `errors` lists each item with what to do."""

    code = "engagements.entry_blocked"
    title = "还不能进场"
    detail = "还缺下面这些，不能进场。请逐项补齐后再登记进场。"
    commits = True  # the birthday was read: that line stays


class OverrideNotAllowed(Forbidden):
    """The role may not let somebody in over what is missing."""

    code = "engagements.override_not_allowed"
    detail = "您的岗位不能特批进场。请联系项目经理或企业管理员。"
    commits = True  # the birthday was read: that line stays


class OverrideTerm(Invalid):
    """The term of an override begins with the entry and is limited."""

    code = "engagements.override_term"
    detail = "特批期限要在进场日之后，最多 30 天。请改日期。"
    commits = True  # the birthday was read: that line stays


class DayOutside(Invalid):
    """The day lies in the future, before the entry, or before the last period's end."""

    code = "engagements.day_outside"
    detail = "日期不能晚于今天，也不能早于进场或上一次退场。请改日期。"


class WorkedLater(Invalid):
    """The worker has days of work after the day on which he is to have left."""

    code = "engagements.worked_later"
    detail = "这名工人在这天之后还有出勤。请改退场日期，或先处理那几天的出勤。"


class ProjectClosed(Conflict):
    """A finished project takes nobody in."""

    code = "engagements.project_closed"
    detail = "项目已完工，不能再登记进场。请检查是不是选错了项目。"


class NotInTeam(Conflict):
    """The worker has not joined the team himself."""

    code = "engagements.not_in_team"
    detail = "这名工人还没有加入这个班组。请班组长发邀请码，让本人加入。"


class NotEmployer(Forbidden):
    """Only the worker's own employer makes his contract, not the general contractor."""

    code = "engagements.not_employer"
    detail = "合同要由工人自己的用人单位来发。请联系他的单位。"


class NoSuchContract(NotFound):
    """No such contract within the actor's scope."""

    code = "engagements.no_such_contract"
    detail = "没有找到这份合同。请返回合同列表看看。"


class ContractClosed(Conflict):
    """The contract was withdrawn, or signed before."""

    code = "engagements.contract_closed"
    detail = "这份合同已签字或已收回，不能再改。请刷新后再看。"


class OtherText(Conflict):
    """What was to be signed is not the contract's text."""

    code = "engagements.other_text"
    detail = "您看到的合同和现在的不一样。请重新打开合同，看清楚再签。"


class SignatureMissing(Invalid):
    """Neither a drawn signature nor a confirmation."""

    code = "engagements.signature_missing"
    detail = "还没有签字。请在框里手写签名，或者勾选确认。"


class ContractTerm(Invalid):
    """The contract ends before it starts, or the paper was signed after today."""

    code = "engagements.contract_term"
    detail = "结束日期不能早于开始日期，纸质签订日期不能晚于今天。请改日期。"


class OutsideRegion(NotFound):
    """The region is not inside the actor's."""

    code = "engagements.outside_region"
    detail = "这个地区不归您管。请选本辖区的地区。"
