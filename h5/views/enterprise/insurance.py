"""保险 for enterprises: policies, who is named to them, who is on site without any."""

from dataclasses import dataclass
from uuid import UUID

from api.engagements import listing
from api.engagements.schemas import EngagementOut, EngagementQuery
from api.engagements.service import State
from api.enterprises import service as enterprises
from api.insurance import reading, service
from api.insurance.rules import Kind
from api.insurance.schemas import (
    EndingIn,
    NamingIn,
    PolicyIn,
    PolicyNumber,
    PolicyOut,
    PolicyQuery,
)
from api.kit import clock
from api.kit.actor import Actor
from api.kit.schemas import Form, Line
from api.permissions import Permission
from api.projects import listing as projects
from api.training.schemas import Day
from h5.areas import enterprise
from h5.forms import Typed, filled
from h5.pages import See, page
from h5.rendering import View, address
from h5.views.enterprise.projects import Options
from h5.views.enterprise.workers import project_options

READ, UPDATE = Permission.ENTERPRISE_INSURANCE_READ, Permission.ENTERPRISE_INSURANCE_UPDATE
LIST, ONE = "/enterprise/insurance", "/insurance/<policy_id:uuid>"
NEW = "/projects/<project_id:uuid>/insurance/new"
KINDS: Options = tuple((kind.value, kind.called) for kind in Kind)
MANY = 100


class PolicyForm(Form):
    """A policy, and whom it insures: the whole project, all of one's own, or those ticked."""

    kind: Kind
    insurer: Line
    number: PolicyNumber
    starts_on: Day
    ends_on: Day
    whom: str = "ticked"
    engagement_ids: list[UUID] = []  # noqa: RUF012 - pydantic copies it

    @property
    def policy(self) -> PolicyIn:
        """The same in the words of the API."""
        said = {name: getattr(self, name) for name in ("kind", "insurer", "number")}
        ticked = self.engagement_ids if self.whom == "ticked" else []
        return PolicyIn(
            **said, starts_on=self.starts_on, ends_on=self.ends_on, engagement_ids=ticked,
            everybody=self.whom == "everybody", whole_project=self.whom == "project",
        )  # fmt: skip


class EndForm(Form):
    """The last day of a policy that ends early."""

    ends_on: Day


@dataclass(frozen=True, slots=True)
class PoliciesPage(View):
    """The policies that fit the filters."""

    template = "enterprise/insurance.html"
    title = "enterprise.insurance.title"
    query: PolicyQuery
    rows: tuple[PolicyOut, ...]
    projects: Options
    kinds: Options
    older: str
    may_change: bool


@dataclass(frozen=True, slots=True)
class PolicyPage(View):
    """One policy, and what can be done with it."""

    template = "enterprise/insurance_policy.html"
    title = "enterprise.insurance.policy"
    typed: Typed
    row: PolicyOut
    may_change: bool


@dataclass(frozen=True, slots=True)
class NewPolicyPage(View):
    """The form of a policy, with the unit's people on the project."""

    template = "enterprise/insurance_new.html"
    title = "enterprise.insurance.new"
    typed: Typed
    project_id: UUID
    project: str
    kinds: Options
    people: tuple[EngagementOut, ...]
    uninsured: frozenset[UUID]
    today: str


@dataclass(frozen=True, slots=True)
class UninsuredPage(View):
    """Who is on site without any insurance."""

    template = "enterprise/uninsured.html"
    title = "enterprise.insurance.uninsured"
    query: EngagementQuery
    rows: tuple[EngagementOut, ...]
    projects: Options
    older: str


@page(enterprise, "GET", "/insurance", permission=READ)
async def policies(actor: Actor, query: PolicyQuery) -> PoliciesPage:
    """The policies."""
    found = await reading.listed(actor, query)
    older = address(LIST, query, cursor=found.next_cursor) if found.next_cursor else ""
    return PoliciesPage(
        query, tuple(found.items), await project_options(actor), KINDS, older,
        actor.may(UPDATE),
    )  # fmt: skip


@page(enterprise, "GET", "/insurance/uninsured", permission=READ, back=LIST)
async def uninsured(actor: Actor, query: EngagementQuery) -> UninsuredPage:
    """Who is on site without any insurance."""
    found = await reading.uninsured(actor, READ, query)
    here = f"{LIST}/uninsured"
    older = address(here, query, cursor=found.next_cursor) if found.next_cursor else ""
    return UninsuredPage(query, tuple(found.items), await project_options(actor), older)


@page(enterprise, "GET", ONE, permission=READ, back=LIST)
async def policy(actor: Actor, policy_id: UUID, typed: Typed) -> PolicyPage:
    """One of them."""
    row = await reading.one(actor, policy_id)
    return PolicyPage(typed, row, actor.may(UPDATE) and row.in_force)


@page(enterprise, "GET", NEW, permission=UPDATE, of_one=True)
async def new_policy(actor: Actor, project_id: UUID, typed: Typed) -> NewPolicyPage:
    """The form of a policy."""
    project = await projects.one(actor, UPDATE, project_id)
    unit = await enterprises.acting_for(actor, UPDATE)
    query = EngagementQuery(project_id=project_id, enterprise_id=unit, limit=MANY)
    rows = (await listing.engagements(actor, UPDATE, query)).items
    people = tuple(row for row in rows if State(row.state).open)
    bare = await reading.uninsured_among(people)
    today = clock.today().isoformat()
    return NewPolicyPage(typed, project_id, project.name, KINDS, people, bare, today)


@page(enterprise, "POST", NEW, permission=UPDATE, of_one=True, again=new_policy)
async def record_policy(actor: Actor, project_id: UUID, form: PolicyForm) -> See:
    """Enter it."""
    row = await service.record(actor, project_id, form.policy)
    return See(f"{LIST}/{row.id}", says="enterprise.insurance.recorded")


@page(enterprise, "POST", f"{ONE}/everybody", permission=UPDATE, again=policy)
async def add_everybody(actor: Actor, policy_id: UUID) -> See:
    """Name all of one's own on the project to it, who came later too."""
    await service.add_people(actor, policy_id, filled(NamingIn, {"everybody": True}))
    return See(f"{LIST}/{policy_id}", says="enterprise.insurance.added")


@page(enterprise, "POST", f"{ONE}/end", permission=UPDATE, again=policy)
async def end_policy(actor: Actor, policy_id: UUID, form: EndForm) -> See:
    """Say that it ends before its term."""
    await service.end(actor, policy_id, filled(EndingIn, {"ends_on": form.ends_on}).ends_on)
    return See(f"{LIST}/{policy_id}", says="enterprise.insurance.ended")
