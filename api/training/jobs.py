"""What follows from acts in other rooms."""

from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import jobs
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction
from api.training.models import Certificate, Training
from api.workers import service as workers


@jobs.job("training.worker_merged")
async def worker_merged(worker_id: str) -> None:
    """The trainings and certificates of a record that was merged count for the kept one."""
    gone = UUID(worker_id)
    kept = await workers.kept_of(gone)
    if kept is None:
        return
    async with transaction():
        moved = await Training.filter(worker_id=gone).update(worker_id=kept.id)
        moved += await Certificate.filter(worker_id=gone).update(worker_id=kept.id)
        if moved:
            audit.record(
                SYSTEM, Tag.WORKER_ROWS_MOVED, ("worker", kept.id), room="training", rows=moved
            )
