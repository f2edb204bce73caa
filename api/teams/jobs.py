"""What follows from acts in other rooms, and from days that pass."""

from datetime import time
from uuid import UUID

from tortoise.queryset import QuerySet

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import clock, jobs
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction
from api.teams import acting, queries
from api.teams.models import (
    ActingLeader,
    ActingState,
    Handover,
    HandoverState,
    Invitation,
    Member,
    Team,
)
from api.workers import service as workers


@jobs.job("teams.worker_merged")
async def worker_merged(worker_id: str) -> None:
    """The memberships, teams and offers of a record that was merged are those of the kept one."""
    gone = UUID(worker_id)
    kept = await workers.kept_of(gone)
    if kept is None:
        return
    async with transaction():
        led = await _lock(gone)
        await _end_doubles(gone, kept.id)
        moved = await Member.filter(worker_id=gone).update(worker_id=kept.id)
        moved += await led.update(leader_id=kept.id)
        await Invitation.filter(made_by=gone).update(made_by=kept.id)
        await _move_offers(gone, kept.id)
        await _move_terms(gone, kept.id)
        if moved:
            audit.record(
                SYSTEM, Tag.WORKER_ROWS_MOVED, ("worker", kept.id), room="teams", rows=moved
            )


async def _lock(worker_id: UUID) -> QuerySet[Team]:
    """The teams that the worker leads; all of which he is a member are locked, as everywhere."""
    own = await Member.filter(worker_id=worker_id).values_list("team_id", flat=True)
    await Team.filter(id__in=list(own)).order_by("id").select_for_update()
    return Team.filter(leader_id=worker_id)


async def _end_doubles(gone: UUID, kept: UUID) -> None:
    """Who is in a team under both records is in it once."""
    there = await Member.filter(worker_id=kept, left_on=None).values_list("team_id", flat=True)
    doubles = Member.filter(worker_id=gone, left_on=None, team_id__in=list(there))
    await doubles.update(left_on=clock.today())


async def _move_offers(gone: UUID, kept: UUID) -> None:
    await Handover.filter(from_worker_id=gone).update(from_worker_id=kept)
    await Handover.filter(to_worker_id=gone).update(to_worker_id=kept)
    to_himself = Handover.filter(from_worker_id=kept, to_worker_id=kept, state=HandoverState.OPEN)
    await to_himself.update(state=HandoverState.WITHDRAWN, decided_at=clock.now())


async def _move_terms(gone: UUID, kept: UUID) -> None:
    await ActingLeader.filter(named_by=gone).update(named_by=kept)
    await ActingLeader.filter(worker_id=gone).update(worker_id=kept)
    own = await Team.filter(leader_id=kept).values_list("id", flat=True)
    beside_himself = ActingLeader.filter(
        team_id__in=list(own), worker_id=kept, state__in=queries.OPEN_ACTING
    )
    await beside_himself.update(state=ActingState.ENDED, ended_at=clock.now())


@jobs.regular("teams.end_terms", at=time(0, 5))
async def end_terms() -> None:
    """End the terms of acting leaders whose last day has passed."""
    await acting.end_terms()
