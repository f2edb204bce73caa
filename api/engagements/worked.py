"""The last day that counts for a worker on a project: attendance, which lies above, says so."""

from collections.abc import Awaitable, Callable
from datetime import date
from uuid import UUID

LastDay = Callable[[UUID, UUID], Awaitable[date | None]]
"""From the worker and the project to the last day; None when he never worked there."""


class _Asked:
    last_day: LastDay | None = None


def ask(last_day: LastDay) -> None:
    """Let `last_day` say until when people worked."""
    _Asked.last_day = last_day


async def until(worker_id: UUID, project_id: UUID) -> date | None:
    """The last day that counts; None without one, or when nobody says."""
    return await _Asked.last_day(worker_id, project_id) if _Asked.last_day else None
