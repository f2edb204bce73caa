"""Two records were one person: links and answers of the first are those of the second."""

from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction
from api.payslips.models import CardAnswer, PayslipShare
from api.workers import service as workers


async def follow(gone: UUID) -> None:
    """They are the kept record's."""
    kept = await workers.kept_of(gone)
    if kept is None:
        return
    async with transaction():
        moved = await PayslipShare.filter(worker_id=gone).update(worker_id=kept.id)
        moved += await CardAnswer.filter(worker_id=gone).update(worker_id=kept.id)
        if moved:
            audit.record(
                SYSTEM, Tag.WORKER_ROWS_MOVED, ("worker", kept.id), room="payslips", rows=moved
            )
