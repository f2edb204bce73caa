"""What other features ask of engagements."""

from uuid import UUID

from api.engagements import queries
from api.engagements.models import Engagement, State
from api.engagements.moving import enter, leave
from api.engagements.presence import EngagementView, on_site
from api.engagements.registration import register
from api.engagements.worked import ask
from api.kit.actor import Actor
from api.workers import service as workers

__all__ = [
    "Engagement",
    "EngagementView",
    "State",
    "ask",
    "enter",
    "leave",
    "on_site",
    "own",
    "own_now",
    "project_ids_of",
    "register",
]


async def own(actor: Actor) -> list[Engagement]:
    """The actor's own periods that came to something, newest first."""
    worker = await workers.of_account(actor.id)
    return await queries.own(worker.id).order_by("-id") if worker else []


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
