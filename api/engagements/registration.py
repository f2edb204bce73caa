"""预登记: an office says who is to come; the worker is told and signs for himself."""

from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.engagements.access import UPDATE, locked
from api.engagements.errors import AlreadyEngaged, NotInTeam, ProjectClosed, WrongStep
from api.engagements.ledger import team_changed
from api.engagements.models import Engagement, State
from api.engagements.presence import forget_presence
from api.engagements.schemas import RegisterIn
from api.enterprises import service as enterprises
from api.kit import clock
from api.kit.actor import Actor
from api.kit.ids import new_id
from api.kit.transaction import transaction
from api.notices import service as notices
from api.projects import service as projects
from api.projects.service import Project, Status
from api.teams import service as teams
from api.training import service as training
from api.workers import service as workers
from api.workers.models import Worker


async def register(actor: Actor, project_id: UUID, given: RegisterIn) -> Engagement:
    """The new period of a worker on a project, before his entry; he is told.

    NoSuchProject, ProjectClosed, NotParticipating, NotVerified, EnterpriseFrozen, NoSuchCode,
    CodeNotActive, NotInTeam, AlreadyEngaged when he has an open period there, under any race.
    """
    project = await projects.require(actor, UPDATE, project_id)
    if project.status == Status.FINISHED:
        raise ProjectClosed
    unit = await training.employer(actor, UPDATE, project, given.enterprise_id, clock.today())
    await enterprises.require_verified(unit)
    worker = await workers.by_code(given.worker_code)
    fresh = _fresh(actor, project, unit, worker, given)
    async with transaction():
        await require_member(given.team_id, worker.id)
        await Engagement.bulk_create([fresh], ignore_conflicts=True)
        if not await Engagement.exists(id=fresh.id):
            raise AlreadyEngaged
        _note(actor, Tag.ENGAGEMENT_REGISTERED, fresh)
        _tell(actor, fresh, worker)
    return fresh


async def require_member(team_id: UUID | None, worker_id: UUID) -> None:
    """Raise NotInTeam unless the worker joined the team himself, or no team is named.

    He stays in it until the running transaction ends: who leaves at this moment waits, and then
    works without the team here too.
    """
    if team_id is None:
        return
    if await teams.find(team_id) is None or not await teams.hold_member(team_id, worker_id):
        raise NotInTeam


def _fresh(
    actor: Actor, project: Project, unit: UUID, worker: Worker, given: RegisterIn
) -> Engagement:
    return Engagement(
        id=new_id(),
        worker_id=worker.id,
        worker_code=worker.code,
        project_id=project.id,
        enterprise_id=unit,
        contractor_id=project.enterprise_id,
        region=project.region,
        team_id=given.team_id,
        trade=given.trade,
        registered_by=actor.account_id,
    )


def _note(actor: Actor, tag: Tag, row: Engagement) -> None:
    audit.record(
        actor, tag, ("engagement", row.id), tenant_id=row.enterprise_id,
        project=str(row.project_id), worker=str(row.worker_id),
    )  # fmt: skip


def _tell(actor: Actor, row: Engagement, worker: Worker) -> None:
    if worker.account_id is not None:
        params = {"enterprise": str(row.enterprise_id), "project": str(row.project_id)}
        about = ("engagement", row.id)
        notices.tell(actor, worker.account_id, "engagement.registered", params, about=about)


async def cancel(actor: Actor, project_id: UUID, engagement_id: UUID) -> Engagement:
    """The period came to nothing; the same again changes nothing. WrongStep once he entered."""
    async with transaction():
        row = await locked(actor, project_id, engagement_id)
        if row.state == State.CANCELLED:
            return row
        if row.state != State.REGISTERED:
            raise WrongStep
        row.state = State.CANCELLED.value
        await row.save(update_fields=["state"])
        _note(actor, Tag.ENGAGEMENT_CANCELLED, row)
    return row


async def change_team(
    actor: Actor, project_id: UUID, engagement_id: UUID, team_id: UUID | None
) -> Engagement:
    """The worker works with that team from now on, or with none. NotInTeam, WrongStep."""
    async with transaction():
        row = await locked(actor, project_id, engagement_id)
        if not State(row.state).open:
            raise WrongStep
        await require_member(team_id, row.worker_id)
        await set_team(actor, row, team_id)
    return row


async def set_team(actor: Actor, row: Engagement, team_id: UUID | None) -> None:
    """The locked period's team, with the ledger's lines when he is on the site."""
    before = row.team_id
    if before == team_id:
        return
    row.team_id = team_id
    await row.save(update_fields=["team_id"])
    if row.state == State.ON_SITE:
        await team_changed(actor, row, before, clock.today())
    forget_presence(row)
    _note(actor, Tag.ENGAGEMENT_TEAM_SET, row)


async def team_left(actor: Actor, team_id: UUID, worker_id: UUID) -> None:
    """Wherever the worker works with the team he left, he works without it from now on."""
    async with transaction():
        rows = Engagement.filter(team_id=team_id, worker_id=worker_id)
        found = rows.filter(state__in=[State.REGISTERED, State.ON_SITE])
        still_in = await teams.is_member(team_id, worker_id)
        for row in await found.order_by("id").select_for_update():
            if not still_in:
                await set_team(actor, row, None)
