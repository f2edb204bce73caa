"""What follows from wishes about one's data, and from days that pass."""

from datetime import time, timedelta
from uuid import UUID

from api.kit.jobs import job, regular
from api.privacy import erasing, exports, retention


@job("privacy.make_export")
async def make_export(export_id: str) -> None:
    """Make the copy that somebody asked for."""
    await exports.make(UUID(export_id))


@job("privacy.erase")
async def erase(erasure_id: str) -> None:
    """Erase one person whose days of thought are over."""
    await erasing.erase_one(UUID(erasure_id))


@job("privacy.release")
async def release(worker_id: str, project_id: str) -> None:
    """Delete the ledger of a worker's time on a project whose term is over."""
    await retention.release(UUID(worker_id), UUID(project_id))


@regular("privacy.erase_due", every=timedelta(minutes=10))
async def erase_due() -> None:
    """Let those be erased whose days of thought are over."""
    await erasing.erase_due()


@regular("privacy.end_terms", at=time(3, 40))
async def end_terms() -> None:
    """Delete what is over its term."""
    await retention.end_terms()
    await retention.release_ledgers()
