"""Forgets both books of a worker's time on a project, once the law's term is over."""

from uuid import UUID

from tortoise.expressions import Subquery

from api.kit.transaction import transaction
from api.worklog.models import LogChange, LogEntry, LogLine


async def forget(worker_id: UUID, project_id: UUID) -> int:
    """All entries, changes and lines of a released pair go; how many rows."""
    pair = {"worker_id": worker_id, "project_id": project_id}
    entries = Subquery(LogEntry.filter(**pair).values("id"))
    async with transaction():
        gone = await LogChange.filter(entry_id__in=entries).delete()
        gone += await LogEntry.filter(**pair).delete()
        return gone + await LogLine.filter(**pair).delete()
