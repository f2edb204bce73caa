"""Whether an account is a verified worker whose code counts, remembered for punching."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from api.kit.actor import Actor
from api.kit.memo import GatheredMemo
from api.workers.errors import NotVerified
from api.workers.models import CodeState, Worker, WorkerState


async def worker_of(actor: Actor) -> Worker:
    """The verified worker who acts, his code in force. NotVerified otherwise."""
    worker = await Worker.get_or_none(account_id=actor.id)
    if worker is None or not is_verified(worker):
        raise NotVerified
    return worker


def is_verified(worker: Worker) -> bool:
    """Whether his identity was verified and his code counts."""
    return worker.state is WorkerState.VERIFIED and worker.code_state is CodeState.ACTIVE


async def verified_id(actor: Actor) -> UUID:
    """The id of `worker_of`. NotVerified otherwise.

    Remembered for a minute, forgotten in every process when the code or the account changes.
    """
    found = await in_force_id(actor.id)
    if found is None:
        raise NotVerified
    return found


async def in_force_id(account_id: UUID) -> UUID | None:
    """The same by the account, None without one."""
    return await REMEMBERED.of(str(account_id))


async def is_in_force(worker_id: UUID) -> bool:
    """Whether this worker is verified and his code counts."""
    return await Worker.exists(
        id=worker_id, state=WorkerState.VERIFIED, code_state=CodeState.ACTIVE
    )


async def _verified(account_ids: Sequence[str]) -> Mapping[str, UUID]:
    rows = Worker.filter(
        account_id__in=account_ids, state=WorkerState.VERIFIED, code_state=CodeState.ACTIVE
    )
    return {str(account): worker for account, worker in await rows.values_list("account_id", "id")}


REMEMBERED: GatheredMemo[UUID] = GatheredMemo("verified_worker", 60, _verified)


def forget_standing(account_id: UUID | None) -> None:
    """Let every process ask again for this account once the transaction has committed."""
    if account_id is not None:
        REMEMBERED.forget_after_commit(str(account_id))
