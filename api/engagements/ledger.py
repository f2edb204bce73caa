"""进退场台账: one line for each worker or team that enters or leaves, in the same transaction."""

from datetime import date
from uuid import UUID

from api.engagements import queries
from api.engagements.models import Engagement, LedgerLine, Move, Mover, TeamPresence
from api.kit.actor import Actor


async def worker_moved(actor: Actor, row: Engagement, move: Move, day: date) -> None:
    """The worker entered or left, and his team with him when he is its first or last one."""
    await _write(actor, row, Mover.WORKER, move, day, row.team_id)
    if row.team_id is not None:
        await _team_moved(actor, row, row.team_id, 1 if move is Move.ENTERED else -1, day)


async def team_changed(actor: Actor, row: Engagement, before: UUID | None, day: date) -> None:
    """The worker on the site left one team and joined another; `row` holds the new one."""
    await _write(actor, row, Mover.WORKER, Move.LEFT_TEAM, day, before)
    await _write(actor, row, Mover.WORKER, Move.JOINED_TEAM, day, row.team_id)
    steps = [(before, -1), (row.team_id, 1)]
    # Always in the order of ids: two workers who swap teams do not wait for each other.
    for team_id, step in sorted((t, s) for t, s in steps if t is not None):
        await _team_moved(actor, row, team_id, step, day)


async def _team_moved(actor: Actor, row: Engagement, team_id: UUID, step: int, day: date) -> None:
    fresh = TeamPresence(team_id=team_id, project_id=row.project_id)
    await TeamPresence.bulk_create([fresh], ignore_conflicts=True)
    there = await queries.presence(team_id, row.project_id).select_for_update().get()
    before, there.people = there.people, there.people + step
    await there.save(update_fields=["people"])
    if (before > 0) is not (there.people > 0):
        move = Move.ENTERED if there.people > 0 else Move.LEFT
        await _write(actor, row, Mover.TEAM, move, day, team_id)


async def _write(
    actor: Actor, row: Engagement, mover: Mover, move: Move, day: date, team_id: UUID | None
) -> None:
    is_worker = mover is Mover.WORKER
    await LedgerLine.create(
        mover=mover.value,
        move=move.value,
        on=day,
        project_id=row.project_id,
        enterprise_id=row.enterprise_id,
        contractor_id=row.contractor_id,
        region=row.region,
        team_id=team_id,
        worker_id=row.worker_id if is_worker else None,
        engagement_id=row.id if is_worker else None,
        account_id=actor.account_id,
    )
