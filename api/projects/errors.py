"""What can go wrong with projects, each with its words."""

from api.kit.errors import Conflict, Forbidden, Invalid, NotFound


class NoSuchProject(NotFound):
    """No such project within the actor's scope."""

    code = "projects.no_such_project"
    detail = "没有找到这个项目。请返回项目列表看看。"


class ContractorNotVerified(Forbidden):
    """Only a verified enterprise, its code in force, may set up projects."""

    code = "projects.contractor_not_verified"
    detail = "企业没有通过核验，或核验码已暂停，不能建项目。请先看企业页面上的核验结果。"


class NotContractor(Forbidden):
    """Only the general contractor keeps the project."""

    code = "projects.not_contractor"
    detail = "项目资料由总承包单位填写。需要改动请联系总承包单位的劳资专管员。"


class OfficerMissing(Conflict):
    """Work cannot begin without a labour-wage officer in force (L-06)."""

    code = "projects.officer_missing"
    detail = "还没有劳资专管员，不能转为在建。请先在“任职”里登记一位劳资专管员。"


class WrongStatusStep(Conflict):
    """The project's status does not lead to the wanted one."""

    code = "projects.wrong_status_step"
    detail = "项目现在的状态不能这样改。请刷新后再看。"


class StatusTooEarly(Invalid):
    """The step is dated before the last one, or after today."""

    code = "projects.status_date"
    detail = "日期不能早于上一次状态变更，也不能晚于今天。请改日期。"


class ProjectFinished(Conflict):
    """A finished project changes no more."""

    code = "projects.finished"
    detail = "项目已完工，不能再改。有误请联系当地住建部门。"


class NoSuchParticipation(NotFound):
    """No such unit in this project."""

    code = "projects.no_such_participation"
    detail = "没有找到这家参建单位。请返回参建单位列表看看。"


class RestrictedUnit(Conflict):
    """The enterprise is on the black list or under another restriction today."""

    code = "projects.restricted_unit"
    detail = "这家企业在黑名单上或者被限制，现在不能新参建。请换一家，或者问当地住建部门。"


class AlreadyParticipates(Conflict):
    """The unit takes part in the same kind at the same time already, or 总承包 is taken."""

    code = "projects.already_participates"
    detail = "这段时间里已有这家单位，或者已有总承包单位。请先给原来的填退场日期。"


class ExitBeforeEntry(Invalid):
    """The exit lies before the entry."""

    code = "projects.exit_before_entry"
    detail = "退场日期不能早于进场日期。请改日期。"


class AlreadyLeft(Conflict):
    """The exit was recorded before with another date."""

    code = "projects.already_left"
    detail = "这家单位已经登记过退场。重新进场请另外登记。"


class ContractorStays(Conflict):
    """The general contractor itself does not leave its project."""

    code = "projects.contractor_stays"
    detail = "这是本项目的总承包单位，不能登记退场。项目结束请改项目状态。"


class NoSuchPost(NotFound):
    """No such post in this project."""

    code = "projects.no_such_post"
    detail = "没有找到这条任职。请返回任职列表看看。"


class PostHeld(Conflict):
    """The person holds the post at that time already."""

    code = "projects.post_held"
    detail = "这个人在这段时间里已有这个岗位。请先给原来的填结束日期。"


class EndBeforeStart(Invalid):
    """The post's last day lies before its first."""

    code = "projects.end_before_start"
    detail = "结束日期不能早于开始日期。请改日期。"


class AlreadyEnded(Conflict):
    """The post ended before, on another day."""

    code = "projects.already_ended"
    detail = "这条任职已经登记过结束日期。重新任职请另外登记。"


class OfficerOfContractor(Conflict):
    """The labour-wage officer is the general contractor's own (L-06)."""

    code = "projects.officer_of_contractor"
    detail = "劳资专管员要由总承包单位的人担任。分包单位的请选“劳务员”。"


class LastOfficer(Conflict):
    """A project under construction keeps at least one labour-wage officer (L-06)."""

    code = "projects.last_officer"
    detail = "在建项目至少要有一位劳资专管员。请先登记接替的人。"


class PolicyInPast(Invalid):
    """A policy begins tomorrow at the earliest: days that began keep theirs."""

    code = "projects.policy_in_past"
    detail = "考勤办法最早从明天起生效，过去的考勤不受影响。请改生效日期。"


class NoSuchFence(NotFound):
    """No such fence in this project, or it has ended."""

    code = "projects.no_such_fence"
    detail = "没有找到这个围栏，可能已停用。请返回围栏列表看看。"


class BadFence(Invalid):
    """The shape is no fence; `errors` names the place of the fault."""

    code = "projects.bad_fence"
    title = "围栏画得不对"
    detail = "围栏画得不对。请按提示改好再提交。"


class FenceChanged(Conflict):
    """Somebody changed the fence since it was read."""

    code = "projects.fence_changed"
    detail = "别人刚改过这个围栏。请刷新后在最新的上面再改。"


class TooManyFences(Conflict):
    """A project has at most fifty fences in force."""

    code = "projects.too_many_fences"
    detail = "一个项目最多 50 个围栏。请先停用不用的。"
