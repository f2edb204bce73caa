"""What becomes of a worker's days is told to the account that he has now."""

from uuid import UUID

from api.attendance.models import Workday
from api.workers import service as workers


async def follow_merged(worker_id: UUID) -> None:
    """The days of a record that was merged are told to the kept one's account."""
    kept = await workers.kept_of(worker_id)
    if kept is not None:
        await follow_account(kept.id)


async def follow_account(worker_id: UUID) -> None:
    """All days of the worker, under whatever id, are told to his account."""
    for account_id in (await workers.accounts_of({worker_id})).values():
        ids = await workers.ids_of(worker_id)
        await Workday.filter(worker_id__in=ids).update(account_id=account_id)
