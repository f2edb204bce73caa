"""回盘: what the bank says of payments is applied, however often and in whatever order it comes.

One transaction for each page or file: payments, wages, the account's ledger, exceptions and what
people are told. Locks in one order: batch, sheet, account or advance.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.funds import service as funds
from api.integrations.bank import Outcome, Result
from api.kit import clock
from api.kit.actor import Actor
from api.kit.rows import add_all, plan_each, set_all
from api.kit.transaction import transaction
from api.payroll import queries, rules, telling
from api.payroll.errors import WrongBatchStep
from api.payroll.models import Advance, BankBatch, BankException, BankReceipt, BatchLine
from api.payroll.rules import BatchState, PaymentState, Verdict, Way, Why
from api.wages import service as wages
from api.wages.rules import Payer

MOVED = ["state", "place", "asked_at", "done_at", "arrived", "arrived_fen", "failed"]
"""Columns of a batch that receipts move; what was approved stays."""
MOVES = (
    "id", "line_id", "worker_id", "seq", "amount_fen", "again", "state", "reason", "reference",
    "at", "received_at",
)  # fmt: skip
"""What a receipt asks of a payment: neither whom it is for nor his card."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a bank told at one time. place: up to where its results are read then."""

    results: Sequence[Result]
    digest: str
    way: Way
    place: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one line of a receipt. `why` is set where it went to the exception list."""

    result: Result
    verdict: Verdict
    why: Why | None = None


@dataclass(slots=True)
class _Work:
    """What a receipt changes."""

    batch: BankBatch
    lines: dict[int, BatchLine]
    rows: list[Row] = field(default_factory=list)
    changed: dict[int, BatchLine] = field(default_factory=dict)
    moves: list[tuple[BatchLine, Result, PaymentState]] = field(default_factory=list)
    """Payments that got on, each with where it stood before."""


async def take(actor: Actor, batch_id: UUID, told: Told) -> list[Row]:
    """What each result did. WrongBatchStep when the bank cannot have the batch."""
    async with transaction():
        await plan_each()
        batch = await BankBatch.filter(id=batch_id).select_for_update().get()
        if not batch.state.taken:
            raise WrongBatchStep
        seqs = [each.seq for each in told.results]
        lines = await queries.lines_of(batch.id).filter(seq__in=seqs).only(*MOVES)
        work = _Work(batch, {line.seq: line for line in lines})
        for result in told.results:
            _apply(work, result)
        await _keep(actor, work, told)
    return work.rows


async def list_all(actor: Actor, batch_id: UUID, results: Sequence[Result]) -> list[Row]:
    """All of them go to the exception list: by our books the bank does not have the batch."""
    async with transaction():
        batch = await BankBatch.filter(id=batch_id).select_for_update().get()
        rows = [Row(each, Verdict.CONTRADICTS, Why.NOT_SENT) for each in results]
        await _list(actor, _Work(batch, {}, rows))
    return rows


def _apply(work: _Work, result: Result) -> None:
    line = work.lines.get(result.seq)
    if line is None or result.batch != work.batch.number:
        work.rows.append(Row(result, Verdict.CONTRADICTS, Why.UNKNOWN_LINE))
        return
    if result.amount_fen != line.amount_fen:
        work.rows.append(Row(result, Verdict.CONTRADICTS, Why.OTHER_AMOUNT))
        return
    before = line.state
    verdict, line.state = rules.judge(before, result.outcome)
    why = Why.CONTRADICTS if verdict is Verdict.CONTRADICTS else None
    work.rows.append(Row(result, verdict, why))
    if verdict is Verdict.APPLIED:
        line.reason, line.reference = result.reason, result.reference
        line.at, line.received_at = result.at, clock.now()
        work.changed[line.seq] = line
        work.moves.append((line, result, before))
        _count(work.batch, before, line.state, line.amount_fen)


def _count(batch: BankBatch, before: PaymentState, then: PaymentState, amount_fen: int) -> None:
    arrived = (then is PaymentState.SUCCEEDED) - (before is PaymentState.SUCCEEDED)
    batch.arrived += arrived
    batch.arrived_fen += arrived * amount_fen
    batch.failed += then is not PaymentState.SUCCEEDED


async def _keep(actor: Actor, work: _Work, told: Told) -> None:
    batch = work.batch
    batch.place = max(batch.place, told.place)
    batch.asked_at = clock.now()
    if batch.state is not BatchState.DONE:
        ended = batch.arrived + batch.failed == batch.lines
        batch.state = BatchState.DONE if ended else BatchState.ACCEPTED
        batch.done_at = clock.now() if ended else None
    await batch.save(update_fields=MOVED)
    if not told.results:
        return
    await _receipt(actor, work, told)
    await _list(actor, work)
    if work.changed:
        await _follow(actor, work)


async def _receipt(actor: Actor, work: _Work, told: Told) -> None:
    made = BankReceipt(
        batch_id=work.batch.id,
        way=told.way,
        digest=told.digest,
        lines=len(told.results),
        applied=len(work.moves),
        account_id=actor.account_id,
    )
    await add_all([made], twice=True)


async def _list(actor: Actor, work: _Work, more: Sequence[tuple[Result, Why]] = ()) -> None:
    """Put what fits no payment on the exception list, once each, and tell the contractor."""
    wanted = [*((row.result, row.why) for row in work.rows if row.why), *more]
    seqs = [result.seq for result, _ in wanted]
    known = {
        (row.seq, row.outcome, row.reference)
        for row in await BankException.filter(batch_id=work.batch.id, seq__in=seqs)
    } if wanted else set()  # fmt: skip
    fresh = {
        (result.seq, result.outcome, result.reference): _exception(work.batch, result, why)
        for result, why in wanted
    }
    rows = [row for key, row in fresh.items() if key not in known]
    if rows:
        await add_all(rows)
        await telling.tell_exceptions(actor, work.batch, len(rows))


def _exception(batch: BankBatch, result: Result, why: Why) -> BankException:
    return BankException(
        batch_id=batch.id,
        project_id=batch.project_id,
        contractor_id=batch.contractor_id,
        region=batch.region,
        seq=result.seq,
        amount_fen=result.amount_fen,
        outcome=result.outcome,
        reason=result.reason,
        reference=result.reference,
        at=result.at,
        why=why,
    )


async def _follow(actor: Actor, work: _Work) -> None:
    lines = list(work.changed.values())
    await set_all(lines, "state", "reason", "reference", "at", "received_at")
    await wages.mark_all({line.line_id: _mark(line) for line in lines}, actor=actor)
    if work.batch.payer is Payer.CONTRACTOR:
        await _advance(work.batch)
    else:
        await _book(actor, work)
    audit.record(
        actor, Tag.BANK_RECEIPT_TAKEN, ("bank_batch", work.batch.id),
        tenant_id=work.batch.contractor_id, applied=len(work.moves),
        arrived=sum(line.state is PaymentState.SUCCEEDED for line in lines),
    )  # fmt: skip
    await telling.tell_results(actor, work.batch, lines)


async def _advance(batch: BankBatch) -> None:
    """What was advanced follows what arrived, and whether all of it was recovered."""
    row = await Advance.filter(batch_id=batch.id).select_for_update().get()
    row.amount_fen = batch.arrived_fen
    row.state = rules.advance_state(row.amount_fen, row.recovered_fen)
    await row.save(update_fields=["amount_fen", "state"])


def _mark(line: BatchLine) -> wages.Mark:
    state = rules.pay_state(line.state, again=line.again)
    arrived_on = clock.day_of(line.at) if line.at else None
    return state, line.reason.value, arrived_on


async def _book(actor: Actor, work: _Work) -> None:
    """The account's ledger follows each payment; one without an account is an exception."""
    moves, booked = [], []
    for line, result, before in work.moves:
        arrived = result.outcome is Outcome.SUCCESS
        if arrived or before is PaymentState.SUCCEEDED:
            reference, on = f"{work.batch.number}-{line.seq}", clock.day_of(result.at)
            amount_fen = -line.amount_fen if arrived else line.amount_fen
            moves.append(funds.WageMove(amount_fen, reference, on))
            booked.append(result)
    if not moves:
        return
    try:
        await funds.move_wages(actor, work.batch.project_id, moves)
    except funds.NotReady:
        await _list(actor, work, [(result, Why.NO_ACCOUNT) for result in booked])
