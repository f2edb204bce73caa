"""Two records were one person: the cards of the first are those of the second."""

from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.cards import queries
from api.cards.models import WorkerCard, WorkerCardStep
from api.cards.rules import Act, State
from api.kit import clock
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction
from api.workers import service as workers

TWICE = "同一个人登记了两次，记录已合并。"


async def follow(gone: UUID) -> None:
    """The cards are the kept record's; of two active ones the newer goes on."""
    kept = await workers.kept_of(gone)
    if kept is None:
        return
    async with transaction():
        both = WorkerCard.filter(worker_id__in=[gone, kept.id], state=State.ACTIVE)
        for row in (await both.order_by("-id").select_for_update())[1:]:
            row.state, row.closed_on = State.REPLACED, clock.today()
            await row.save(update_fields=["state", "closed_on"])
            await WorkerCardStep.create(card_id=row.id, act=Act.REPLACED, reason=TWICE)
        moved = await queries.of_worker(gone).update(worker_id=kept.id)
        if moved:
            audit.record(
                SYSTEM, Tag.WORKER_ROWS_MOVED, ("worker", kept.id), room="cards", rows=moved
            )
