"""What can go wrong with insurance, each with its words."""

from api.kit.errors import Conflict, Invalid, NotFound


class NoSuchPolicy(NotFound):
    """No such policy within the actor's scope."""

    code = "insurance.no_such_policy"
    detail = "没有找到这张保单。请返回保险列表看看。"


class PolicyKnown(Conflict):
    """The enterprise has entered this number for the project before."""

    code = "insurance.policy_known"
    title = "已经登记过"
    detail = "这张保单登记过了。要加人，请打开原来的保单点“加人”。"


class PolicyPeriod(Invalid):
    """The last day comes before the first, or a shorter term would be a longer one."""

    code = "insurance.policy_period"
    detail = "保险止期不能早于起期，提前终止也不能晚于原来的止期。请对照保单改日期。"


class WholeByContractor(Invalid):
    """Only the general contractor insures everybody on a project."""

    code = "insurance.whole_by_contractor"
    detail = "按项目参保要由总承包单位登记。请改成按人参保，勾选工人。"


class NobodyNamed(Invalid):
    """A policy for named people without anybody, or people named to one for the whole project."""

    code = "insurance.nobody_named"
    detail = "没有选到工人。请勾选本单位在这个项目上的工人；按项目参保的不用选人。"
