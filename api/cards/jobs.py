"""What follows from acts in other rooms."""

from uuid import UUID

from api.cards import merging
from api.kit.jobs import job


@job("cards.worker_merged")
async def worker_merged(worker_id: str) -> None:
    """The cards of a record that was merged are those of the kept one."""
    await merging.follow(UUID(worker_id))
