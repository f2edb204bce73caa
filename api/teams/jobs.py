"""What follows from acts in other rooms."""

from uuid import UUID

from tortoise.queryset import QuerySet

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import clock, jobs
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction
from api.teams.models import Handover, HandoverState, Invitation, Member, Team
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
