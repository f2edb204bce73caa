"""What ends recoveries by itself, and when two records were one person."""

from datetime import timedelta
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import clock
from api.kit.actor import SYSTEM
from api.kit.jobs import job, regular
from api.kit.transaction import transaction
from api.recovery.models import Recovery
from api.recovery.rules import State
from api.workers import service as workers

TERM = timedelta(days=14)
BATCH = 500


@regular("recovery.end_settled", every=timedelta(minutes=10))
async def end_settled() -> None:
    """End recoveries whose attempt was decided by another way, or that nobody answered."""
    rows = await Recovery.filter(state=State.OPEN).order_by("id").limit(BATCH)
    waiting = await workers.in_review(row.verification_id for row in rows)
    late = clock.now() - TERM
    over = [r.id for r in rows if r.verification_id not in waiting or r.created_at < late]
    open_ones = Recovery.filter(id__in=over, state=State.OPEN)
    await open_ones.update(state=State.OVER, ended_at=clock.now())


@job("recovery.worker_merged")
async def worker_merged(worker_id: str) -> None:
    """Who is asked about a record that was merged is asked about the kept one."""
    gone = UUID(worker_id)
    kept = await workers.kept_of(gone)
    if kept is None:
        return
    async with transaction():
        moved = await Recovery.filter(worker_id=gone).update(worker_id=kept.id)
        if moved:
            audit.record(
                SYSTEM, Tag.WORKER_ROWS_MOVED, ("worker", kept.id), room="recovery", rows=moved
            )
