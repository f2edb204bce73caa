"""期限: rows go when their term is over, ledgers when the law no longer asks for them."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from api.accidents import forgetting as accidents
from api.attendance import forgetting as attendance
from api.audit import service as audit
from api.audit.tags import Tag
from api.complaints import forgetting as complaints
from api.engagements import releasing
from api.kit import clock, jobs
from api.kit.actor import SYSTEM
from api.kit.holdings import Holding
from api.kit.transaction import transaction
from api.payroll import forgetting as payroll
from api.privacy import kept
from api.privacy.register import HELD
from api.wages import forgetting as wages
from api.worklog import forgetting as worklog

BATCH = 500
LEDGERS: tuple[Callable[[UUID, UUID], Awaitable[int]], ...] = (
    accidents.forget, complaints.forget, payroll.forget, wages.forget, worklog.forget,
    attendance.forget, releasing.forget,
)  # fmt: skip
"""What forgets a worker's time on a project, the rooms above first."""


async def end_terms() -> dict[str, int]:
    """Delete every row whose term is over; how many went, by table."""
    gone = {}
    for holding in HELD:
        if holding.term is not None and (rows := await _end_term(holding)):
            gone[holding.table] = rows
    return gone


async def _end_term(holding: Holding) -> int:
    gone = 0
    while True:
        async with transaction():
            rows = await holding.end_terms(clock.now(), BATCH)
            if rows:
                audit.record(SYSTEM, Tag.TERMS_ENDED, (holding.table, None), rows=rows)
        gone += rows
        if rows < BATCH:
            return gone


async def release_ledgers() -> None:
    """Let ledgers go that the law no longer asks for, each by a job of its own."""
    async for worker_id, project_id in releasing.due():
        async with transaction():
            jobs.enqueue("privacy.release", worker_id=worker_id, project_id=project_id)


async def release(worker_id: UUID, project_id: UUID) -> None:
    """Delete the ledger of a worker's time on a project, if it is over and nothing needs it.

    A complaint or an accident that is still open keeps what it is about, and so do unpaid wages.
    """
    is_over = await releasing.is_over(worker_id, project_id)
    if is_over and not await _is_needed(worker_id, project_id):
        await _release(worker_id, project_id)


async def _is_needed(worker_id: UUID, project_id: UUID) -> bool:
    for still in (wages.unpaid, complaints.unfinished, accidents.unfinished):
        if await still([worker_id], project_id):
            return True
    return False


async def _release(worker_id: UUID, project_id: UUID) -> None:
    async with transaction():
        await releasing.release(worker_id, project_id)
        rows = sum([await forget(worker_id, project_id) for forget in LEDGERS])
        audit.record(
            SYSTEM, Tag.LEDGER_RELEASED, ("worker", worker_id), project=str(project_id), rows=rows
        )
        if not await releasing.is_kept([worker_id]) and await kept.delete_released(worker_id):
            audit.record(SYSTEM, Tag.KEPT_IDENTITY_DELETED, ("worker", worker_id))
