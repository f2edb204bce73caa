"""Two records were one person: the complaints of the first are those of the second."""

from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.complaints.models import Complaint
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction
from api.workers import service as workers


async def follow(gone: UUID) -> None:
    """The complaints are the kept record's; their evidence stays as it was frozen."""
    kept = await workers.kept_of(gone)
    if kept is None:
        return
    async with transaction():
        moved = await Complaint.filter(worker_id=gone).update(worker_id=kept.id)
        if moved:
            audit.record(
                SYSTEM, Tag.WORKER_ROWS_MOVED, ("worker", kept.id), room="complaints", rows=moved
            )
