"""What follows from acts in other rooms, and from days that pass."""

from datetime import time
from uuid import UUID

from api.accidents import merging, watching
from api.kit.jobs import job, regular


@job("accidents.worker_merged")
async def worker_merged(worker_id: str) -> None:
    """The accidents of a record that was merged are those of the kept one."""
    await merging.follow(UUID(worker_id))


@regular("accidents.watch", at=time(8, 20))
async def watch() -> None:
    """Remind of claims whose terms come to their end."""
    await watching.watch()
