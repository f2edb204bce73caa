"""更正记录: every change of a worker's record keeps the old value, who, when and why."""

from datetime import datetime
from uuid import UUID

from api.kit.actor import Actor
from api.kit.personal import Personal
from api.kit.transaction import unit
from api.workers.models import WorkerChange


def note(
    actor: Actor,
    worker_id: UUID,
    field: str,
    *,
    reason: str,
    old: Personal | None = None,
    shown: str = "",
) -> None:
    """Add a line to the worker's history with the running transaction.

    `old` is sealed and shown masked; `shown` alone is for values that are codes or states.
    """
    masked = old.masked if old else shown
    change = WorkerChange(
        worker_id=worker_id,
        field=field,
        old=old,
        shown=masked[:100],
        account_id=actor.account_id,
        reason=reason,
    )
    unit().gather(_write, change)


async def _write(changes: list[WorkerChange]) -> None:
    await WorkerChange.bulk_create(changes)


async def account_moved_since(worker_id: UUID, moment: datetime) -> bool:
    """Whether the record went from one account to another after that moment."""
    moved = WorkerChange.filter(worker_id=worker_id, field="account", created_at__gt=moment)
    return await moved.exists()


async def of_worker(worker_id: UUID) -> list[WorkerChange]:
    """The worker's history, newest first, at most the last 200 lines."""
    return await WorkerChange.filter(worker_id=worker_id).order_by("-id").limit(200)
