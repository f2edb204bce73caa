"""One person, one record, one code: makes or finds the worker of a verification that passed."""

import secrets
from uuid import UUID

from api.accounts import service as accounts
from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import clock, jobs
from api.kit.actor import Actor
from api.kit.ids import new_id
from api.notices import service as notices
from api.settings import settings
from api.workers.changes import note
from api.workers.models import CodeState, Verification, Worker, WorkerState
from api.workers.standing import forget_standing
from verification.code import CodeKind, new_code


async def issue(actor: Actor, passed: Verification) -> Worker:
    """The one verified worker with the number of `passed`, held by its account from now on.

    Runs in the caller's transaction. Fifty at once end in one row: the unique number decides, and
    the others wait for the lock and find it. Someone who held the record before loses it to this
    account, is logged out and told.
    """
    if passed.number is None or passed.name is None:
        raise ValueError("what was typed is gone")
    fresh = Worker(
        id=new_id(),
        state=WorkerState.COLLECTED,
        id_kind=passed.id_kind,
        number=passed.number,
        number_index=passed.number_index,
        name=passed.name,
        birth=passed.birth,
        region=passed.region,
    )
    worker = await find_or_add(fresh)
    await _take_over(actor, worker, passed.account_id)
    _renew(actor, worker, passed)
    worker.phone = await accounts.phone_of(passed.account_id) or worker.phone
    first = worker.code is None
    if first:
        province = settings().province[:2]
        worker.code = new_code(CodeKind.WORKER, province, secrets.token_bytes).compact
        worker.code_state = CodeState.ACTIVE
    worker.state = WorkerState.VERIFIED
    worker.verified_at = clock.now()
    await worker.save()
    audit.record(actor, Tag.WORKER_VERIFIED, ("worker", worker.id), first=first)
    return worker


async def find_or_add(fresh: Worker) -> Worker:
    """The locked worker of that kind and number: the one there is, else `fresh`, now stored."""
    found = await locked(fresh.id_kind, fresh.number_index)
    if found is None:
        await Worker.bulk_create([fresh], ignore_conflicts=True)
        found = await locked(fresh.id_kind, fresh.number_index)
    if found is None:
        raise LookupError("worker")
    return found


async def locked(id_kind: str, number_index: str) -> Worker | None:
    """The worker with this number, locked; a merged one leads on to who he is."""
    known = Worker.filter(id_kind=id_kind, number_index=number_index)
    row = await known.select_for_update().first()
    while row is not None and row.merged_into_id is not None:
        row = await Worker.filter(id=row.merged_into_id).select_for_update().first()
    return row


async def _take_over(actor: Actor, worker: Worker, account_id: UUID) -> None:
    before = worker.account_id
    if before == account_id:
        return
    worker.account_id = account_id
    if before is None:
        return
    forget_standing(before)
    note(actor, worker.id, "account", shown=str(before), reason="同一个人换了账号或手机")
    await accounts.end_all(actor, before)
    await accounts.leave(before, account_id)
    await accounts.move_role(actor, "team_leader", before, account_id)
    jobs.enqueue("attendance.account_moved", worker_id=worker.id)
    audit.record(actor, Tag.WORKER_ACCOUNT_MOVED, ("worker", worker.id), before=str(before))
    notices.tell(actor, before, "worker.account_moved", about=("worker", worker.id))


def _renew(actor: Actor, worker: Worker, passed: Verification) -> None:
    if worker.code is not None and passed.name != worker.name:
        note(actor, worker.id, "name", old=worker.name, reason="重新核验后的姓名")
    for field in ("name", "birth", "sex", "nation", "address", "issuer", "valid_from", "origin"):
        setattr(worker, field, getattr(passed, field) or getattr(worker, field))
    worker.birth_index = worker.birth.index if worker.birth else None
    worker.valid_to = passed.valid_to if passed.valid_from else worker.valid_to
    worker.region = worker.region if worker.code else passed.region
