"""专户流水: each line moves the balance under the account's lock, so that it is their sum."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.funds import opening, queries, rules, telling
from api.funds.errors import (
    AccountClosed,
    EntryTwice,
    NoteMissing,
    NotEnough,
    NotReady,
    WrongAmount,
    WrongDay,
)
from api.funds.models import AccountEntry, SpecialAccount
from api.funds.rules import EntryKind
from api.funds.schemas import EntryForm
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError, Problem
from api.kit.rows import add_all
from api.kit.transaction import unit


async def enter(actor: Actor, account_id: UUID, given: EntryForm) -> AccountEntry:
    """A line that an officer writes, with the bank's slip; what is no wage is told to both sides.

    NoSuchAccount, AccountClosed, WrongAmount, WrongDay, NoteMissing, NotEnough, EntryTwice; the
    same line again is no change.
    """
    if not rules.fits(given.kind, given.amount_fen) or not given.kind.by_hand:
        raise _fault(WrongAmount, "amount_fen")
    if given.kind is EntryKind.CORRECTION and not given.note:
        raise _fault(NoteMissing, "note")
    file_id = await opening.scanned(actor, given.scan)
    async with opening.locked(actor, account_id) as row:
        if not row.state.pays:
            raise AccountClosed
        if not row.opened_on <= given.on <= clock.today():
            raise _fault(WrongDay, "on")
        known = await _known(row, given, scanned=file_id is not None)
        if known is not None:
            return known
        if given.kind is EntryKind.NON_WAGE_OUT and row.balance_fen + given.amount_fen < 0:
            raise _fault(NotEnough, "amount_fen")
        made = _entry(
            actor, row, given.kind, given.amount_fen, given.on, given.reference,
            note=given.note or "", file_id=file_id,
        )  # fmt: skip
        await row.save(update_fields=["balance_fen"])
        await made.save(force_create=True)
        if made.flagged:
            await _tell(actor, row, made)
    return made


async def _known(row: SpecialAccount, given: EntryForm, *, scanned: bool) -> AccountEntry | None:
    """The line that was written before with the same reference. EntryTwice if it says another."""
    if given.reference is None:
        return None
    lines = queries.entries_of(row.id)
    known = await lines.get_or_none(kind=given.kind, reference=given.reference)
    if known is None:
        return None
    before = known.amount_fen, known.on, known.note, known.file_id is not None
    if before != (given.amount_fen, given.on, given.note or "", scanned):
        raise _fault(EntryTwice, "reference")
    return known


def _fault(kind: type[Problem], place: str) -> Problem:
    return kind(errors=(FieldError(place, kind.code, kind.detail),))


@dataclass(frozen=True, slots=True)
class WageMove:
    """Wages that left the account, negative, or came back to it 退票, positive."""

    amount_fen: int
    reference: str
    on: date

    @property
    def kind(self) -> EntryKind:
        """What the ledger calls it."""
        return EntryKind.WAGE_OUT if self.amount_fen < 0 else EntryKind.CORRECTION


async def move_wages(actor: Actor, project_id: UUID, moves: Sequence[WageMove]) -> None:
    """The account has moved by each of these. Within the running transaction, once for each kind
    and reference; four statements for any number. NotReady without an account that pays."""
    unit()
    row = await queries.open_of(project_id).select_for_update().first()
    if row is None or not row.state.pays:
        raise NotReady
    rows = queries.entries_of(row.id).filter(reference__in=[each.reference for each in moves])
    known = {
        (kind, reference): amount_fen
        for kind, reference, amount_fen in await rows.values_list("kind", "reference", "amount_fen")
    }
    made = []
    for each in moves:
        key = each.kind, each.reference
        if known.get(key, each.amount_fen) != each.amount_fen:
            raise EntryTwice
        if key not in known:
            known[key] = each.amount_fen
            made.append(_entry(actor, row, each.kind, each.amount_fen, each.on, each.reference))
    if made:
        await row.save(update_fields=["balance_fen"])
        await add_all(made)


def _entry(
    actor: Actor,
    row: SpecialAccount,
    kind: EntryKind,
    amount_fen: int,
    on: date,
    reference: str | None,
    *,
    note: str = "",
    file_id: UUID | None = None,
) -> AccountEntry:
    """The line by which the balance moves; both are still to be saved."""
    row.balance_fen += amount_fen
    made = AccountEntry(
        special_account_id=row.id,
        project_id=row.project_id,
        contractor_id=row.contractor_id,
        region=row.region,
        kind=kind,
        amount_fen=amount_fen,
        balance_fen=row.balance_fen,
        on=on,
        reference=reference,
        note=note,
        file_id=file_id,
        flagged=kind is EntryKind.NON_WAGE_OUT,
        account_id=actor.account_id,
    )
    audit.record(
        actor, Tag.SPECIAL_ACCOUNT_ENTRY_MADE, ("special_account", row.id),
        tenant_id=row.contractor_id, kind=kind.value, entry=str(made.id),
    )  # fmt: skip
    return made


async def _tell(actor: Actor, row: SpecialAccount, made: AccountEntry) -> None:
    params = {"project": str(row.project_id), "date": made.on.isoformat()}
    await telling.tell_contractor(
        actor, row.contractor_id, "funds.non_wage", params, ("special_account", row.id)
    )
    await telling.tell_region(
        actor, row.region, "funds.non_wage_region", params, ("region_account", row.id)
    )
