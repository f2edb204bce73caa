"""What follows from writing, and from acts in other rooms."""

from uuid import UUID

from api.kit.jobs import job
from api.worklog import merging, telling
from api.worklog.rules import Book


@job("worklog.tell")
async def tell(book: str, team_id: str, first: str) -> None:
    """Tell the other side what was written within the last minutes."""
    await telling.tell(Book(book), UUID(team_id), UUID(first))


@job("worklog.worker_merged")
async def worker_merged(worker_id: str) -> None:
    """The books of a record that was merged are those of the kept one."""
    await merging.follow(UUID(worker_id))
