"""When a person can be erased, and how long he may think it over. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum, unique


@unique
class Hindrance(StrEnum):
    """What has to be done before one can be erased, since rights would be lost."""

    ON_SITE = "on_site"
    LEADS_TEAM = "leads_team"
    WAGES = "wages"
    COMPLAINT = "complaint"
    ACCIDENT = "accident"
    VERIFICATION = "verification"
    STAFF = "staff"

    @property
    def sentence(self) -> str:
        """What to do first."""
        return SENTENCES[self]


SENTENCES = {
    Hindrance.ON_SITE: "您还登记在工地上。请先办离场、结清工资，再来注销。",
    Hindrance.LEADS_TEAM: "您还带着班组。请先把班组交给别人，再来注销。",
    Hindrance.WAGES: "您还有工资没到账。请等到账再来注销，注销后工资卡就没了。",
    Hindrance.COMPLAINT: "您有投诉还没办结。等办结，或者先撤回，再来注销。",
    Hindrance.ACCIDENT: "您有事故或者工伤还没办完。请等办完，别丢了申报的权利，再来注销。",
    Hindrance.VERIFICATION: "您的实名核验还没办完。等有了结果，再来注销。",
    Hindrance.STAFF: "您还是企业的工作人员。请先让企业管理员移除您，再来注销。",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person still has under way."""

    periods: int
    teams: int
    unpaid: int
    complaints: int
    accidents: int
    verifying: bool
    staff_roles: int


def hindrances(standing: Standing) -> tuple[Hindrance, ...]:
    """What stands in the way of erasing, in the order in which it is best done."""
    found: Iterable[tuple[Hindrance, bool | int]] = (
        (Hindrance.ON_SITE, standing.periods),
        (Hindrance.LEADS_TEAM, standing.teams),
        (Hindrance.WAGES, standing.unpaid),
        (Hindrance.COMPLAINT, standing.complaints),
        (Hindrance.ACCIDENT, standing.accidents),
        (Hindrance.VERIFICATION, standing.verifying),
        (Hindrance.STAFF, standing.staff_roles),
    )
    return tuple(hindrance for hindrance, there in found if there)
