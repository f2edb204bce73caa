"""基础信息管理: what a regulator sees and changes of the workers in his region, with history."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum, unique
from uuid import UUID

from tortoise.queryset import QuerySet

from api.accounts import service as accounts
from api.audit import service as audit
from api.audit.tags import Purpose, Tag
from api.kit import jobs
from api.kit.actor import Actor
from api.kit.personal import Personal
from api.kit.scope import scope_of
from api.kit.transaction import transaction
from api.notices import service as notices
from api.permissions import Permission
from api.settings import settings
from api.workers import changes, merged, rules
from api.workers.errors import NoSuchWorker, StateForbids, UnknownRegion
from api.workers.models import BankCard, CodeState, Worker, WorkerChange, WorkerState
from api.workers.standing import forget_standing

READ = Permission.REGULATOR_WORKERS_READ
UPDATE = Permission.REGULATOR_WORKERS_UPDATE


@unique
class CodeAct(StrEnum):
    """What may be done to a code. Annulling is for good."""

    FREEZE = "freeze"
    RESTORE = "restore"
    ANNUL = "annul"


@dataclass(frozen=True, slots=True)
class Step:
    """From which states an act leads where, and how it is recorded and told."""

    before: tuple[CodeState, ...]
    after: CodeState
    tag: Tag
    kind: str


STEPS: Mapping[CodeAct, Step] = {
    CodeAct.FREEZE: Step(
        (CodeState.ACTIVE,), CodeState.FROZEN, Tag.WORKER_CODE_FROZEN, "worker.code_frozen"
    ),
    CodeAct.RESTORE: Step(
        (CodeState.FROZEN,), CodeState.ACTIVE, Tag.WORKER_CODE_RESTORED, "worker.code_restored"
    ),
    CodeAct.ANNUL: Step(
        (CodeState.ACTIVE, CodeState.FROZEN),
        CodeState.DEAD,
        Tag.WORKER_CODE_ANNULLED,
        "worker.code_annulled",
    ),
}


@dataclass(frozen=True, slots=True)
class Revealed:
    """A worker's identity in plain text, for one look."""

    worker: Worker
    name: str = field(repr=False)
    number: str = field(repr=False)
    phone: str | None = field(repr=False)
    address: str | None = field(repr=False)


def overseen(actor: Actor, permission: Permission = READ) -> QuerySet[Worker]:
    """The workers of the actor's region."""
    return Worker.filter(scope_of(actor, permission).rows(region="region"))


async def one(actor: Actor, worker_id: UUID) -> Worker:
    """A worker of the actor's region. NoSuchWorker otherwise."""
    row = await overseen(actor).filter(id=worker_id).first()
    if row is None:
        raise NoSuchWorker
    return row


async def find(actor: Actor, *, number: Personal | None, code: str | None) -> Worker:
    """The worker of the actor's region with this number or code. NoSuchWorker otherwise."""
    rows = overseen(actor)
    rows = rows.filter(number_index=number.index) if number else rows.filter(code=code)
    row = await rows.exclude(state=WorkerState.MERGED).first()
    if row is None:
        raise NoSuchWorker
    return row


async def reveal(actor: Actor, worker_id: UUID, *, reason: str) -> Revealed:
    """The worker in plain text; who looked and why stands in the audit and in his history."""
    async with transaction():
        rows = overseen(actor, Permission.REGULATOR_WORKERS_REVEAL)
        row = await rows.filter(id=worker_id).first()
        if row is None:
            raise NoSuchWorker
        subject = ("worker", row.id)
        changes.note(actor, row.id, "revealed", reason=reason)

        def plain(value: Personal | None) -> str | None:
            return audit.reveal(actor, value, Purpose.SHOW_STAFF, subject) if value else None

        return Revealed(
            worker=row,
            name=plain(row.name) or "",
            number=plain(row.number) or "",
            phone=plain(row.phone),
            address=plain(row.address),
        )


async def correct(
    actor: Actor,
    worker_id: UUID,
    values: Mapping[str, Personal | str | date | None],
    *,
    reason: str,
) -> Worker:
    """The worker's record says so from now on; old values, who, when and why are kept.

    UnknownRegion for a region that no office of this province looks after.
    """
    place = values.get("region")
    if place is not None and not rules.is_ours(str(place), settings().province):
        raise UnknownRegion
    async with transaction():
        row = await _locked(actor, worker_id)
        changed = [name for name, value in values.items() if getattr(row, name) != value]
        for name in changed:
            _note_old(actor, row, name, reason)
            setattr(row, name, values[name])
        if changed:
            await row.save(update_fields=changed)
            fields = ",".join(sorted(changed))
            audit.record(actor, Tag.WORKER_CORRECTED, ("worker", row.id), fields=fields)
            _tell(actor, row, "worker.corrected")
    return row


def _note_old(actor: Actor, row: Worker, name: str, reason: str) -> None:
    old = getattr(row, name)
    if isinstance(old, Personal):
        changes.note(actor, row.id, name, old=old, reason=reason)
    else:
        shown = old.isoformat() if isinstance(old, date) else str(old or "")
        changes.note(actor, row.id, name, shown=shown, reason=reason)


def _tell(actor: Actor, row: Worker, kind: str) -> None:
    if row.account_id is not None:
        notices.tell(actor, row.account_id, kind, about=("worker", row.id))


async def _locked(actor: Actor, worker_id: UUID) -> Worker:
    row = await overseen(actor, UPDATE).filter(id=worker_id).select_for_update().first()
    if row is None:
        raise NoSuchWorker
    if row.state in (WorkerState.MERGED, WorkerState.ERASED):
        raise StateForbids
    return row


async def change_code(actor: Actor, worker_id: UUID, act: CodeAct, *, reason: str) -> Worker:
    """The worker's code is frozen, restored or annulled. StateForbids from any other state."""
    step = STEPS[act]
    async with transaction():
        row = await _locked(actor, worker_id)
        if row.code_state not in step.before:
            raise StateForbids
        changes.note(actor, row.id, "code_state", shown=row.code_state or "", reason=reason)
        row.code_state = step.after
        await row.save(update_fields=["code_state"])
        forget_standing(row.account_id)
        audit.record(actor, step.tag, ("worker", row.id))
        _tell(actor, row, step.kind)
    return row


async def merge(actor: Actor, worker_id: UUID, into_id: UUID, *, reason: str) -> Worker:
    """Two records were one person: the first leads to the second from now on.

    The second keeps its number and code, and takes over the account and wage card that it lacks.
    The first one's code is replaced and counts no more. Both lie in the actor's region. What other
    rooms keep of the first one follows by jobs.
    """
    if worker_id == into_id:
        raise StateForbids
    async with transaction():
        # Always in the order of ids, so that two merges never wait for each other.
        rows = {each: await _locked(actor, each) for each in sorted((worker_id, into_id))}
        gone, kept = rows[worker_id], rows[into_id]
        _note_merge(actor, gone, kept, reason)
        account_id, gone.account_id = gone.account_id, None
        forget_standing(account_id)
        merged.forget_merged()
        gone.state, gone.merged_into_id = WorkerState.MERGED, kept.id
        gone.code_state = CodeState.REPLACED if gone.code else None
        await gone.save(update_fields=["state", "merged_into_id", "code_state", "account_id"])
        if kept.account_id is None and account_id is not None:
            kept.account_id = account_id
            await kept.save(update_fields=["account_id"])
        elif account_id is not None and kept.account_id is not None:
            await accounts.move_role(actor, "team_leader", account_id, kept.account_id)
        await _move_card(gone, kept)
        for room in merged.FOLLOWERS:
            jobs.enqueue(f"{room}.worker_merged", worker_id=gone.id)
        audit.record(actor, Tag.WORKER_MERGED, ("worker", gone.id), into=str(kept.id))
        _tell(actor, kept, "worker.merged")
    return kept


def _note_merge(actor: Actor, gone: Worker, kept: Worker, reason: str) -> None:
    changes.note(actor, gone.id, "merged_into", shown=str(kept.id), reason=reason)
    changes.note(actor, kept.id, "merged_from", shown=str(gone.id), reason=reason)
    if gone.account_id is not None:
        changes.note(actor, gone.id, "account", shown=str(gone.account_id), reason=reason)


async def _move_card(gone: Worker, kept: Worker) -> None:
    if await BankCard.exists(active_worker_id=kept.id):
        return
    await BankCard.filter(active_worker_id=gone.id).update(
        worker_id=kept.id, active_worker_id=kept.id
    )


async def history(actor: Actor, worker_id: UUID) -> list[WorkerChange]:
    """What was changed on a worker of the actor's region, newest first."""
    row = await one(actor, worker_id)
    return await changes.of_worker(row.id)
