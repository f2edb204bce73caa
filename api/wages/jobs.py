"""What follows from making sheets, and from acts in other rooms."""

from uuid import UUID

from api.kit.jobs import job
from api.wages import drawing, merging


@job("wages.draw")
async def draw(sheet_id: str) -> None:
    """Draw the next batch of a sheet's lines."""
    await drawing.draw(UUID(sheet_id))


@job("wages.worker_merged")
async def worker_merged(worker_id: str) -> None:
    """The wages of a record that was merged are the kept one's."""
    await merging.follow(UUID(worker_id))
