"""What other features ask of the work log."""

from datetime import date
from uuid import UUID

from api.worklog import queries
from api.worklog.models import LogLine

__all__ = ["LogLine", "lines_between"]


async def lines_between(
    worker_id: UUID, project_id: UUID, first: date, last: date
) -> list[LogLine]:
    """The worker's lines on a project of these days, in their order."""
    rows = queries.within(queries.lines_of(worker_id), first, last)
    return await rows.filter(project_id=project_id).order_by("day", "id")
