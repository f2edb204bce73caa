"""What other features ask of workers."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from tortoise.expressions import Q, Subquery

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit.actor import Actor
from api.kit.ids import new_id
from api.kit.personal import Kind, Personal
from api.kit.transaction import transaction
from api.workers import issuing
from api.workers.changes import note
from api.workers.checks import find_by_number
from api.workers.codes import by_code, by_codes, code_state, printed
from api.workers.errors import RecordBlocked
from api.workers.merged import earlier_ids, homes, ids_of, kept_of
from api.workers.models import Takeover, TakeoverState, Verification, Worker, WorkerState
from api.workers.restrictions import impose, is_restricted_firm, is_restricted_index, lift
from api.workers.standing import (
    forget_standing,
    in_force_id,
    is_in_force,
    is_verified,
    verified_id,
    worker_of,
)
from api.workers.vouched import claimed, in_review, is_number_of, let_pass, own_attempt
from api.workers.wage_cards import Payee, payees

__all__ = [
    "Payee",
    "accounts_of",
    "born_on",
    "by_code",
    "by_codes",
    "claimed",
    "code_state",
    "earlier_ids",
    "find_by_number",
    "forget_standing",
    "hold_of_account",
    "homes",
    "id_of_account",
    "ids_of",
    "ids_of_account",
    "impose",
    "in_review",
    "is_in_force",
    "is_number_of",
    "is_restricted_firm",
    "is_restricted_index",
    "is_verified",
    "is_verifying",
    "kept_of",
    "let_pass",
    "lift",
    "masked_names",
    "masked_names_of_accounts",
    "note_opened",
    "of_account",
    "own_attempt",
    "payees",
    "printed",
    "refuse_erased",
    "register_collected",
    "require",
    "verified_id",
    "worker_of",
]


async def of_account(account_id: UUID) -> Worker | None:
    """The worker whose account this is, verified or not."""
    return await Worker.get_or_none(account_id=account_id)


async def hold_of_account(account_id: UUID) -> Worker | None:
    """The same, locked until the running transaction ends."""
    return await Worker.filter(account_id=account_id).select_for_update().first()


def id_of_account(account_id: UUID) -> Subquery:
    """The id of the worker whose account this is, to be asked for within another statement."""
    return Subquery(Worker.filter(account_id=account_id).values("id"))


async def ids_of_account(account_id: UUID) -> list[UUID]:
    """All ids of the worker whose account this is: his own, and those merged into it."""
    worker_id = await in_force_id(account_id)
    if worker_id is None:
        worker = await of_account(account_id)
        worker_id = worker.id if worker else None
    return [worker_id, *await earlier_ids(worker_id)] if worker_id else []


async def require(worker_id: UUID) -> Worker:
    """The worker with this id, whom the caller knows to be there."""
    return await Worker.get(id=worker_id)


async def accounts_of(ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The accounts of workers by worker id; who has none is left out. One statement."""
    rows = Worker.filter(id__in=list(ids), account_id__isnull=False)
    return dict(await rows.values_list("id", "account_id"))


async def born_on(days: Iterable[date]) -> list[tuple[Worker, date]]:
    """The workers born on one of these days, with that day; found without opening a record."""
    indexes = {Personal.of(Kind.TEXT, day.isoformat()).index: day for day in days}
    rows = await Worker.filter(birth_index__in=list(indexes)).exclude(state=WorkerState.MERGED)
    return [(row, indexes[row.birth_index]) for row in rows if row.birth_index]


async def refuse_erased(worker_id: UUID) -> None:
    """Go on only if the person was not erased. RecordBlocked otherwise."""
    if await Worker.exists(id=worker_id, state=WorkerState.ERASED):
        raise RecordBlocked


def note_opened(actor: Actor, worker_id: UUID, reason: str) -> None:
    """His history says that somebody opened what is kept of him, and why."""
    note(actor, worker_id, "kept_opened", reason=reason)


async def is_verifying(account_id: UUID) -> bool:
    """Whether the account has an attempt open, or a record is on its way from or to it."""
    if await Verification.exists(open_account_id=account_id):
        return True
    either = Q(account_id=account_id) | Q(before_id=account_id)
    return await Takeover.filter(either, state=TakeoverState.WAITING).exists()


async def masked_names(ids: set[UUID]) -> dict[UUID, str]:
    """The names of workers by id, masked; unknown ones are left out. One statement."""
    rows = await Worker.filter(id__in=list(ids)).only("id", "name")
    return {row.id: row.name.masked for row in rows}


async def masked_names_of_accounts(ids: set[UUID]) -> dict[UUID, str]:
    """The names of the workers behind accounts, masked, by account. One statement."""
    rows = await Worker.filter(account_id__in=list(ids)).only("id", "account_id", "name")
    return {row.account_id: row.name.masked for row in rows if row.account_id}


async def register_collected(
    actor: Actor,
    *,
    tenant_id: UUID,
    id_kind: str,
    number: Personal,
    name: Personal,
    region: str,
    sex: str = "",
    birth: Personal | None = None,
    nation: str = "",
    address: Personal | None = None,
    phone: Personal | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> tuple[Worker, bool]:
    """The one worker with this document, and whether he became known just now.

    A new one is not verified: he proves himself later with his own account, and then keeps this
    record. What is known of an old one stays as it is: an enterprise does not overwrite it.
    """
    fresh = Worker(
        id=new_id(),
        state=WorkerState.COLLECTED,
        id_kind=id_kind,
        number=number,
        number_index=number.index,
        name=name,
        sex=sex,
        birth=birth,
        birth_index=birth.index if birth else None,
        nation=nation,
        address=address,
        phone=phone,
        valid_from=valid_from,
        valid_to=valid_to,
        region=region,
    )
    async with transaction():
        worker = await issuing.find_or_add(fresh)
        is_new = worker.id == fresh.id
        audit.record(
            actor, Tag.WORKER_COLLECTED, ("worker", worker.id), tenant_id=tenant_id, new=is_new
        )
    return worker, is_new
