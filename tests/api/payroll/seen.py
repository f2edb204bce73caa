"""All of one sheet and its payments, and what must be true of it at every moment."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from api.funds.models import AccountEntry, SpecialAccount
from api.payroll import rules
from api.payroll.models import Advance, AdvanceRecovery, BankBatch, BatchLine, LeftOut
from api.payroll.rules import AdvanceState, BatchState, PaymentState
from api.wages.models import WageLine, WageSheet
from api.wages.rules import Payer, PayState, Sums

LIVE = (PaymentState.WAITING, PaymentState.SUCCEEDED)
ENDED = (BatchState.DONE, BatchState.FAILED)


@dataclass(frozen=True, slots=True)
class Sight:
    """What the tables say of one sheet.

    entries: what the account's ledger says of each payment, by its reference; ledger_fen: all of
    the ledger, also of other sheets. recovered: of each advance.
    """

    sheet: WageSheet
    lines: list[WageLine]
    batches: list[BankBatch]
    payments: list[BatchLine]
    left: set[UUID]
    advances: dict[UUID, Advance]
    recovered: Counter[UUID]
    entries: Counter[str]
    balance_fen: int
    ledger_fen: int

    def of(self, batch: BankBatch) -> list[BatchLine]:
        return [each for each in self.payments if each.batch_id == batch.id]


@dataclass(slots=True)
class Approved:
    """Amounts and payments as they were first seen."""

    nets: dict[UUID, int] = field(default_factory=dict)
    payments: dict[UUID, tuple[Any, ...]] = field(default_factory=dict)
    batches: dict[UUID, tuple[Any, ...]] = field(default_factory=dict)

    def require_kept(self, seen: Sight) -> None:
        """No amount has changed, no payee's card, and none is lost; there may be new ones."""
        nets = {line.id: line.net_fen for line in seen.lines}
        payments = {
            row.id: (row.line_id, row.amount_fen, row.card_index, row.again)
            for row in seen.payments
        }
        batches = {row.id: (row.lines, row.total_fen, row.payer) for row in seen.batches}
        assert nets == (self.nets or nets)
        assert payments.items() >= self.payments.items()
        assert batches.items() >= self.batches.items()
        self.nets, self.payments, self.batches = nets, payments, batches


async def sight(sheet_id: UUID) -> Sight:
    """The sheet as it stands."""
    batches = await BankBatch.filter(sheet_id=sheet_id).order_by("id")
    advances = {row.batch_id: row for row in await Advance.filter(sheet_id=sheet_id)}
    recovered: Counter[UUID] = Counter()
    for back in await AdvanceRecovery.filter(advance_id__in=[x.id for x in advances.values()]):
        recovered[back.advance_id] += back.amount_fen
    account = await SpecialAccount.get()
    ledger = AccountEntry.filter(special_account_id=account.id)
    rows = await ledger.values_list("reference", "amount_fen")
    numbers, entries = {batch.number for batch in batches}, Counter[str]()
    for reference, amount_fen in rows:
        if str(reference).rpartition("-")[0] in numbers:
            entries[str(reference)] += amount_fen
    return Sight(
        sheet=await WageSheet.get(id=sheet_id),
        lines=await WageLine.filter(sheet_id=sheet_id).order_by("id"),
        batches=batches,
        payments=await BatchLine.filter(sheet_id=sheet_id).order_by("id"),
        left={row.line_id for row in await LeftOut.filter(sheet_id=sheet_id)},
        advances=advances,
        recovered=recovered,
        entries=entries,
        balance_fen=account.balance_fen,
        ledger_fen=sum(amount_fen for _, amount_fen in rows),
    )


def require_whole(seen: Sight) -> None:
    """Sheet, lines, batches, ledger and advances say the same. AssertionError else."""
    _sheet_is_its_lines(seen)
    _lines_are_their_payments(seen)
    for batch in seen.batches:
        _batch_is_its_payments(batch, seen.of(batch))
    _ledger_is_what_arrived(seen)
    _advances_are_what_arrived(seen)


def _sheet_is_its_lines(seen: Sight) -> None:
    sheet, sums = seen.sheet, Sums(pending_fen=sum(each.net_fen for each in seen.lines))
    for line in seen.lines:
        sums = sums.moved(PayState.WAITING, line.pay_state, line.net_fen)
    assert sums == Sums(sheet.pending_fen, sheet.paid_fen, sheet.failed_fen)
    assert sheet.total_fen == sums.total_fen == sum(each.net_fen for each in seen.lines)
    if sheet.state.pays and seen.batches:
        assert sheet.state is sums.state()


def _lines_are_their_payments(seen: Sight) -> None:
    """Each payment belongs to a line; under way or arrived is one of a line at most."""
    assert {each.line_id for each in seen.payments} <= {line.id for line in seen.lines}
    for line in seen.lines:
        payments = [each for each in seen.payments if each.line_id == line.id]
        assert all(each.amount_fen == line.net_fen for each in payments)
        live = sum(each.state in LIVE for each in payments)
        assert live <= 1 and not (live and line.id in seen.left)
        arrived = [each.amount_fen for each in payments if each.state is PaymentState.SUCCEEDED]
        assert line.paid_fen == sum(arrived)
        assert [each.again for each in payments] == [bool(at) for at in range(len(payments))]
        assert line.pay_state is _expected(payments)


def _expected(payments: list[BatchLine]) -> PayState:
    if not payments:
        return PayState.WAITING
    return rules.pay_state(payments[-1].state, again=payments[-1].again)


def _batch_is_its_payments(batch: BankBatch, rows: list[BatchLine]) -> None:
    """Arrived, failed and waiting are its total."""
    assert [row.seq for row in rows] == list(range(1, batch.lines + 1))
    states, fen = Counter(row.state for row in rows), Counter[PaymentState]()
    for row in rows:
        fen[row.state] += row.amount_fen
    assert fen.total() == batch.total_fen
    assert fen[PaymentState.SUCCEEDED] == batch.arrived_fen
    assert states[PaymentState.SUCCEEDED] == batch.arrived
    assert batch.arrived + batch.failed == batch.lines - states[PaymentState.WAITING]
    assert (PaymentState.WAITING not in states) is (batch.state in ENDED)


def _ledger_is_what_arrived(seen: Sight) -> None:
    assert seen.balance_fen == seen.ledger_fen
    expected = {
        f"{batch.number}-{row.seq}": -row.amount_fen
        for batch in seen.batches
        for row in seen.of(batch)
        if batch.payer is Payer.ACCOUNT and row.state is PaymentState.SUCCEEDED
    }
    assert {name: fen for name, fen in seen.entries.items() if fen} == expected


def _advances_are_what_arrived(seen: Sight) -> None:
    for batch in seen.batches:
        row = seen.advances.get(batch.id)
        assert (batch.payer is Payer.CONTRACTOR) is (row is not None)
        if row is not None:
            assert row.amount_fen == batch.arrived_fen
            assert row.recovered_fen == seen.recovered[row.id]
            covered = 0 < row.recovered_fen >= row.amount_fen
            assert (row.state is AdvanceState.RECOVERED) is covered
