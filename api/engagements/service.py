"""What other features ask of engagements."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from api.engagements import queries
from api.engagements.errors import NoSuchEngagement
from api.engagements.models import Contract, ContractState, Engagement, State
from api.engagements.moving import enter, leave
from api.engagements.presence import EngagementView, on_site
from api.engagements.queries import visible
from api.engagements.registration import register
from api.engagements.seniority import of as seniority
from api.engagements.warned import warn
from api.engagements.worked import ask
from api.kit.actor import Actor
from api.permissions import Permission
from api.workers import service as workers

__all__ = [
    "Contract",
    "Engagement",
    "EngagementView",
    "State",
    "ask",
    "contracts_of",
    "employed",
    "enter",
    "find",
    "last_of",
    "leave",
    "of_worker",
    "on_site",
    "open_periods",
    "own",
    "own_now",
    "periods_of",
    "periods_of_team",
    "project_ids_of",
    "projects_of_team",
    "projects_of_worker",
    "register",
    "seen",
    "seniority",
    "signed_contracts",
    "visible",
    "warn",
]


async def find(engagement_id: UUID) -> Engagement | None:
    """The period, without asking who wants it; for what follows from it by itself."""
    return await Engagement.get_or_none(id=engagement_id)


async def seen(actor: Actor, permission: Permission, engagement_id: UUID) -> Engagement:
    """A period within the actor's scope, on whichever project. NoSuchEngagement otherwise."""
    rows = visible(Engagement, actor, permission)
    row = await rows.filter(id=engagement_id).first()
    if row is None:
        raise NoSuchEngagement
    return row


async def own(actor: Actor) -> list[Engagement]:
    """The actor's own periods that came to something, newest first."""
    worker = await workers.of_account(actor.id)
    return await queries.own(worker.id).order_by("-id") if worker else []


async def of_worker(worker_id: UUID) -> list[Engagement]:
    """The worker's periods that came to something, newest first."""
    return await queries.own(worker_id).order_by("-id")


async def open_periods(project_id: UUID, enterprise_id: UUID) -> list[Engagement]:
    """The periods of an enterprise's workers on a project that are to come or last now."""
    rows = Engagement.filter(project_id=project_id, enterprise_id=enterprise_id)
    return await rows.filter(state__in=[State.REGISTERED, State.ON_SITE]).order_by("-id")


async def last_of(worker_id: UUID) -> Engagement | None:
    """The worker's newest period that came to something."""
    return await queries.own(worker_id).order_by("-id").first()


async def own_now(actor: Actor) -> list[Engagement]:
    """The actor's periods on the sites where he is now, newest first."""
    worker = await workers.of_account(actor.id)
    return await now_of(worker.id) if worker else []


async def now_of(worker_id: UUID) -> list[Engagement]:
    """The worker's periods on the sites where he is now, newest first."""
    return await queries.on_site().filter(worker_id=worker_id).order_by("-id")


async def project_ids_of(worker_id: UUID) -> set[UUID]:
    """The projects on whose sites the worker is now."""
    rows = queries.on_site().filter(worker_id=worker_id)
    return set(await rows.values_list("project_id", flat=True))  # type: ignore[arg-type]


async def periods_of(worker_ids: Iterable[UUID], project_id: UUID) -> dict[UUID, list[Engagement]]:
    """The periods of these workers on the project that began, the latest first. One statement."""
    rows = queries.begun_on(project_id).filter(worker_id__in=list(worker_ids))
    found: dict[UUID, list[Engagement]] = {}
    for row in await rows.order_by("-id"):
        found.setdefault(row.worker_id, []).append(row)
    return found


async def periods_of_team(team_id: UUID, project_id: UUID) -> list[Engagement]:
    """The periods of people of the team on the project that began, the latest first."""
    return await queries.begun_on(project_id).filter(team_id=team_id).order_by("-id")


async def projects_of_worker(worker_id: UUID) -> list[UUID]:
    """The projects on which the worker is or was, where he is now first."""
    return await _in_order(queries.entered(worker_id))


async def projects_of_team(team_id: UUID) -> list[UUID]:
    """The projects on which people of the team are or were with it, those of now first."""
    return await _in_order(queries.entered_with(team_id))


async def _in_order(rows: QuerySet[Engagement]) -> list[UUID]:
    found = await rows.order_by("-id").values_list("project_id", "state")
    there = [UUID(str(project_id)) for project_id, state in found if state == State.ON_SITE]
    return list(dict.fromkeys([*there, *(UUID(str(project_id)) for project_id, _ in found)]))


async def employed(
    project_id: UUID,
    enterprise_id: UUID,
    first: date,
    last: date,
    *,
    team_id: UUID | None = None,
    after: UUID | None = None,
    many: int = 500,
    only: Collection[UUID] | None = None,
) -> list[Engagement]:
    """Whom an enterprise employed on a project within these days: each worker's latest period.

    In the order of the workers' ids, `many` of them beyond `after`, `only` of these if it is given.
    Two statements.
    """
    there = Q(left_on=None) | Q(left_on__gte=first)
    rows = queries.begun_on(project_id).filter(there, enterprise_id=enterprise_id)
    rows = rows.filter(entered_on__lte=last)
    if team_id is not None:
        rows = rows.filter(team_id=team_id)
    if after is not None:
        rows = rows.filter(worker_id__gt=after)
    if only is not None:
        rows = rows.filter(worker_id__in=list(only))
    ids = (
        await rows.distinct().order_by("worker_id").limit(many).values_list("worker_id", flat=True)
    )
    latest: dict[UUID, Engagement] = {}
    for row in await rows.filter(worker_id__in=list(ids)).order_by("worker_id", "id"):
        latest[row.worker_id] = row
    return list(latest.values())


async def signed_contracts(
    worker_ids: Iterable[UUID], project_id: UUID, until: date
) -> list[Contract]:
    """The workers' signed contracts on a project that began by that day, the first to begin first.

    One statement.
    """
    rows = Contract.filter(
        worker_id__in=list(worker_ids), project_id=project_id, state=ContractState.SIGNED,
        starts_on__lte=until,
    )  # fmt: skip
    return await rows.order_by("starts_on", "id")


async def contracts_of(worker_id: UUID, project_id: UUID) -> list[Contract]:
    """All contracts that the worker signed on a project, the last to begin first."""
    rows = Contract.filter(worker_id=worker_id, project_id=project_id, state=ContractState.SIGNED)
    return await rows.order_by("-starts_on", "-id")
