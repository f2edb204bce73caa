"""Two records were one person: periods and contracts of the first become those of the second."""

from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.engagements.ledger import worker_moved
from api.engagements.models import Contract, Engagement, Move, State
from api.engagements.presence import forget_presence
from api.kit import clock
from api.kit.actor import Actor
from api.kit.transaction import transaction
from api.workers import service as workers
from api.workers.models import Worker

TWICE = "同一个人登记了两次，记录已合并。"


async def worker_merged(actor: Actor, gone: UUID) -> int:
    """The periods and contracts are the kept record's; how many moved.

    Of two open periods on one project one goes on, the one on site; the other ends today.
    """
    kept = await workers.kept_of(gone)
    if kept is None:
        return 0
    async with transaction():
        moved = await Contract.filter(worker_id=gone).update(worker_id=kept.id)
        both = Engagement.filter(worker_id__in=[gone, kept.id]).order_by("id").select_for_update()
        rows = await both
        for row in [each for each in rows if each.worker_id == gone]:
            await _move(actor, row, kept, rows)
            moved += 1
        if moved:
            audit.record(
                actor, Tag.WORKER_ROWS_MOVED, ("worker", kept.id), room="engagements", rows=moved
            )
    return moved


async def _move(actor: Actor, row: Engagement, kept: Worker, rows: list[Engagement]) -> None:
    other = next((each for each in rows if _clashes(each, row, kept.id)), None)
    if other is not None:
        his_is_to_come = row.state == State.ON_SITE and other.state == State.REGISTERED
        await _end(actor, other if his_is_to_come else row)
    forget_presence(row)
    row.worker_id, row.worker_code = kept.id, kept.code or row.worker_code
    await row.save(update_fields=["worker_id", "worker_code"])
    forget_presence(row)


def _clashes(other: Engagement, row: Engagement, kept_id: UUID) -> bool:
    open_both = State(row.state).open and State(other.state).open
    return open_both and other.worker_id == kept_id and other.project_id == row.project_id


async def _end(actor: Actor, row: Engagement) -> None:
    if row.state == State.REGISTERED:
        row.state, tag = State.CANCELLED.value, Tag.ENGAGEMENT_CANCELLED
    else:
        row.state, tag = State.LEFT.value, Tag.ENGAGEMENT_LEFT
        row.left_on, row.left_reason = clock.today(), TWICE
        await worker_moved(actor, row, Move.LEFT, clock.today())
    await row.save(update_fields=["state", "left_on", "left_reason"])
    forget_presence(row)
    audit.record(
        actor, tag, ("engagement", row.id), tenant_id=row.enterprise_id,
        project=str(row.project_id), worker=str(row.worker_id), merged=True,
    )  # fmt: skip
