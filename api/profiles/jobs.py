"""What follows from acts in other rooms."""

from uuid import UUID

from api.kit.jobs import job
from api.profiles import merging


@job("profiles.worker_merged")
async def worker_merged(worker_id: str) -> None:
    """The corrections of a record that was merged are those of the kept one."""
    await merging.follow(UUID(worker_id))
