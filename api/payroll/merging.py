"""Two records were one person: the payments of the first are those of the second."""

from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction
from api.payroll.models import BatchLine, LeftOut
from api.workers import service as workers


async def follow(gone: UUID) -> None:
    """Payments and what was left out are the kept record's; payee and card stay as approved."""
    kept = await workers.kept_of(gone)
    if kept is None:
        return
    async with transaction():
        moved = await BatchLine.filter(worker_id=gone).update(worker_id=kept.id)
        moved += await LeftOut.filter(worker_id=gone).update(worker_id=kept.id)
        if moved:
            audit.record(
                SYSTEM, Tag.WORKER_ROWS_MOVED, ("worker", kept.id), room="payroll", rows=moved
            )
