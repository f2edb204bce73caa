"""What follows from acts in other rooms, and from days that pass."""

from datetime import timedelta
from uuid import UUID

from api.conduct import merging, watching
from api.kit.jobs import job, regular


@job("conduct.worker_merged")
async def worker_merged(worker_id: str) -> None:
    """The conduct of a record that was merged is that of the kept one."""
    await merging.follow(UUID(worker_id))


@regular("conduct.watch", every=timedelta(minutes=30))
async def watch() -> None:
    """Let go on whatever is past its term."""
    await watching.watch()
