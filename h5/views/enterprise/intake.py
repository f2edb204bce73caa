"""工人进场: registering a worker, what is missing before his entry, entry, exit and settlement."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from api.codes.service import Dictionary
from api.engagements import listing, moving, registration
from api.engagements.contract_schemas import ContractOut, ContractQuery
from api.engagements.schemas import (
    CheckOut,
    EngagementOut,
    EntryIn,
    ExitIn,
    OverrideIn,
    RegisterIn,
    SettlementIn,
)
from api.kit import clock
from api.kit.actor import Actor
from api.kit.schemas import Form, Note
from api.permissions import Permission
from api.projects import listing as projects
from api.projects.schemas import ProjectOut
from api.training.schemas import Day
from h5.areas import enterprise
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View
from h5.views.enterprise.projects import ONE, Options, options
from h5.views.enterprise.workers import worker_page

READ, UPDATE = Permission.ENTERPRISE_ENGAGEMENTS_READ, Permission.ENTERPRISE_ENGAGEMENTS_UPDATE
WORKER = f"{ONE}/workers/<engagement_id:uuid>"
OVERRIDE_DAYS = 7


class EntryForm(Form):
    """The day of entry; a reason and a term only where somebody lets him in all the same."""

    entered_on: Day | None = None
    override_reason: Note | None = None
    override_until: Day | None = None

    @property
    def entry(self) -> EntryIn:
        """The same in the words of the API."""
        override = None
        if self.override_reason and self.override_until:
            override = OverrideIn(reason=self.override_reason, until=self.override_until)
        return EntryIn(entered_on=self.entered_on, override=override)


class TeamForm(Form):
    """One of the worker's teams, or none."""

    team_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class RegisterPage(View):
    """The form of a worker to come."""

    template = "enterprise/register.html"
    title = "enterprise.register.title"
    typed: Typed
    project: ProjectOut
    trades: Options
    teams: Options
    """The teams that are on the project already."""


@dataclass(frozen=True, slots=True)
class WorkerPage(View):
    """One worker on a project: what is missing, and the next step."""

    template = "enterprise/worker.html"
    title = "enterprise.worker.title"
    typed: Typed
    row: EngagementOut
    check: CheckOut | None
    """What is missing; None once he entered."""
    contracts: tuple[ContractOut, ...]
    teams: Options
    """The teams that he is in, for who may say with which he works here."""
    today: dt.date
    until: dt.date
    may_change: bool
    may_override: bool


@page(enterprise, "GET", f"{ONE}/register", permission=UPDATE, of_one=True)
async def register_page(actor: Actor, project_id: UUID, typed: Typed) -> RegisterPage:
    """The form of a worker to come."""
    project = await projects.one(actor, UPDATE, project_id)
    known = await listing.teams_on(actor, UPDATE, project_id)
    return RegisterPage(typed, project, options(Dictionary.WORK_TYPES), _named(known))


def _named(teams: Iterable[tuple[UUID, str]]) -> Options:
    return tuple((str(team_id), name) for team_id, name in teams)


@page(enterprise, "POST", f"{ONE}/register", permission=UPDATE, of_one=True, again=register_page)
async def register(actor: Actor, project_id: UUID, form: RegisterIn) -> See:
    """Pre-register a worker by his verification code; what is missing is shown next."""
    row = await registration.register(actor, project_id, form)
    return See(worker_page(project_id, row.id), says="enterprise.worker.registered")


@page(enterprise, "GET", WORKER, permission=READ)
async def worker(actor: Actor, project_id: UUID, engagement_id: UUID, typed: Typed) -> WorkerPage:
    """One worker on a project."""
    row = await listing.one(actor, READ, project_id, engagement_id)
    waits = row.state.value == "registered" and actor.may(UPDATE)
    open_now = row.state.open and actor.may(UPDATE)
    joined = await listing.teams_of(actor, project_id, engagement_id) if open_now else []
    today = clock.today()
    query = ContractQuery(project_id=project_id, worker_id=row.worker_id)
    found = await listing.contracts(actor, Permission.ENTERPRISE_CONTRACTS_READ, query)
    return WorkerPage(
        typed=typed,
        row=row,
        check=await listing.check(actor, project_id, engagement_id, today) if waits else None,
        contracts=tuple(found.items),
        teams=_named(joined),
        today=today,
        until=today + dt.timedelta(days=OVERRIDE_DAYS),
        may_change=actor.may(UPDATE),
        may_override=actor.may(Permission.ENTERPRISE_ENTRIES_OVERRIDE),
    )


@page(enterprise, "POST", f"{WORKER}/team", permission=UPDATE, again=worker)
async def set_team(actor: Actor, project_id: UUID, engagement_id: UUID, form: TeamForm) -> See:
    """Say with which of his teams he works here, or with none."""
    await registration.change_team(actor, project_id, engagement_id, form.team_id)
    return See(worker_page(project_id, engagement_id), says="enterprise.worker.team_set")


@page(enterprise, "POST", f"{WORKER}/entry", permission=UPDATE, again=worker)
async def enter(actor: Actor, project_id: UUID, engagement_id: UUID, form: EntryForm) -> See:
    """Let the worker in."""
    await moving.enter(actor, project_id, engagement_id, form.entry)
    return See(worker_page(project_id, engagement_id), says="enterprise.worker.entered")


@page(enterprise, "POST", f"{WORKER}/exit", permission=UPDATE, again=worker)
async def leave(actor: Actor, project_id: UUID, engagement_id: UUID, form: ExitIn) -> See:
    """Record the worker's exit, and whether his wages are paid."""
    await moving.leave(actor, project_id, engagement_id, form)
    return See(worker_page(project_id, engagement_id), says="enterprise.worker.left")


@page(enterprise, "POST", f"{WORKER}/settlement", permission=UPDATE, again=worker)
async def settle(actor: Actor, project_id: UUID, engagement_id: UUID, form: SettlementIn) -> See:
    """Say whether the wages of a period that ended are paid."""
    await moving.settle(actor, project_id, engagement_id, form.settled)
    return See(worker_page(project_id, engagement_id), says="enterprise.worker.settled")


@page(enterprise, "POST", f"{WORKER}/cancel", permission=UPDATE, again=worker)
async def cancel(actor: Actor, project_id: UUID, engagement_id: UUID) -> See:
    """The worker did not come after all."""
    await registration.cancel(actor, project_id, engagement_id)
    return See(worker_page(project_id, engagement_id), says="enterprise.worker.cancelled")
