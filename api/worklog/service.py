"""What other features ask of the work log."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from tortoise.expressions import Q

from api.worklog import queries
from api.worklog.models import LogLine
from api.worklog.rules import Kind

__all__ = ["Kind", "LogLine", "lines_between", "lines_of_many"]


async def lines_between(
    worker_id: UUID, project_id: UUID, first: date, last: date
) -> list[LogLine]:
    """The worker's lines on a project of these days, in their order."""
    rows = queries.within(queries.lines_of(worker_id), first, last)
    return await rows.filter(project_id=project_id).order_by("day", "id")


async def lines_of_many(
    worker_ids: Iterable[UUID], project_id: UUID, first: date, last: date
) -> list[LogLine]:
    """Lines of work of these workers on a project within these days, and all advances up to the
    last of them, oldest first. One statement."""
    of_work = Q(day__gte=first) | Q(kind=Kind.ADVANCE)
    rows = LogLine.filter(of_work, worker_id__in=list(worker_ids), project_id=project_id)
    return await rows.filter(day__lte=last).order_by("day", "id")
