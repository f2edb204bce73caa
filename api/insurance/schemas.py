"""Insurance as it comes in and goes out."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from api.engagements.schemas import NamedOut
from api.insurance.models import InsurancePolicy
from api.insurance.rules import MOST_PEOPLE, Kind, holds
from api.kit import clock
from api.kit.pagination import PageQuery
from api.kit.schemas import Body, Line, Out
from api.training.schemas import Day

PolicyNumber = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9A-Za-z_()（）/-]{4,50}$")
]


class NamingIn(Body):
    """Who is insured: these periods, or everybody of the unit on the project now."""

    engagement_ids: Annotated[list[UUID], Field(default_factory=list, max_length=MOST_PEOPLE)]
    everybody: bool = False


class PolicyIn(NamingIn):
    """A policy as printed. whole_project: for everybody on the project, also who comes later.

    enterprise_id: who took it out; left out, the actor's own enterprise.
    """

    kind: Kind
    insurer: Line
    number: PolicyNumber
    starts_on: Day
    ends_on: Day
    whole_project: bool = False
    enterprise_id: UUID | None = None


class EndingIn(Body):
    """The last day of a policy that ends before its term."""

    ends_on: Day


class PolicyQuery(PageQuery):
    """The policies of a project or a kind; in_force: those that hold today."""

    project_id: UUID | None = None
    kind: Kind | None = None
    in_force: bool | None = None


class OwnPolicyOut(Out):
    """A policy that insures oneself, by name or with everybody on the project."""

    id: UUID
    project: NamedOut
    enterprise: NamedOut
    kind: Kind
    kind_name: str
    insurer: str
    number: str
    whole_project: bool
    starts_on: date
    ends_on: date
    in_force: bool


class PolicyOut(OwnPolicyOut):
    """A policy as an office sees it. people: how many are named to it; 0 for a whole project."""

    people: int
    created_at: datetime

    @classmethod
    def of(cls, row: InsurancePolicy, project: str, enterprise: str, people: int) -> "PolicyOut":
        """The policy as shown."""
        return cls(
            id=row.id,
            project=NamedOut(id=row.project_id, name=project),
            enterprise=NamedOut(id=row.enterprise_id, name=enterprise),
            kind=row.kind,
            kind_name=row.kind.called,
            insurer=row.insurer,
            number=row.number,
            whole_project=row.whole_project,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            in_force=holds(row.starts_on, row.ends_on, clock.today()),
            people=people,
            created_at=row.created_at,
        )


class OwnInsuranceOut(Out):
    """What insures oneself; uninsured: the sites where one is now without any."""

    items: list[OwnPolicyOut]
    uninsured: list[NamedOut]
