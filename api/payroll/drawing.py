"""发起代发: batches are drawn from a released sheet, one transaction each, until nobody waits.

Payee, card and amount are frozen in the batch (GY-9, L-01). Who cannot be paid is left out with
the reason; the next drawing takes him up. Drawings of a sheet wait for each other, and a unique
index lets a wage line be under way or paid once only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.funds import service as funds
from api.integrations.adapters import outside
from api.integrations.bank.shapes import MOST_LINES
from api.kit import clock, jobs
from api.kit.actor import SYSTEM, Actor
from api.kit.personal import Personal
from api.kit.rows import add_all, plan_each
from api.kit.scope import scope_of
from api.kit.transaction import transaction
from api.payroll import holding, rules, telling
from api.payroll.errors import NobodyToPay, NoSuchPaySheet, NotReleased, OwnSheet
from api.payroll.models import Advance, BankBatch, BatchLine, LeftOut
from api.payroll.rules import UNPAID, LeftOutReason, PaymentState, Way
from api.payroll.schemas import PaymentIn
from api.permissions import Permission
from api.wages import service as wages
from api.wages.rules import Payer, PayState
from api.workers import service as workers

UPDATE = Permission.ENTERPRISE_PAYROLL_UPDATE
FIRST = UUID(int=0)
PART = 500
"""Lines that wages hands over at a time."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the money comes from, and who said so. account: the number that is paid from."""

    payer: Payer
    account: Personal
    reason: str = ""
    account_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A line that is paid, to whom."""

    line: wages.WageLine
    payee: workers.Payee

    @property
    def again(self) -> bool:
        """Whether it was paid before and did not arrive."""
        return self.line.pay_state is not PayState.WAITING


async def pay(actor: Actor, sheet_id: UUID, given: PaymentIn) -> BankBatch:
    """The first batch; the rest of the sheet is drawn by a job.

    NoSuchPaySheet, NotReleased, NotReady without an agreement in force (SC-E4), OwnSheet,
    NobodyToPay.
    """
    sheet = await wages.find(sheet_id)
    if sheet is None or not scope_of(actor, UPDATE).has_tenant(sheet.contractor_id):
        raise NoSuchPaySheet
    if not sheet.state.pays:
        raise NotReleased
    source = await _source(actor, sheet, given)
    batch = await _draw(actor, sheet, source, FIRST)
    if batch is None:
        raise NobodyToPay
    return batch


async def _source(actor: Actor, sheet: wages.WageSheet, given: PaymentIn) -> Source:
    if given.payer is Payer.ACCOUNT or given.account is None:
        account = await funds.require_ready(sheet.project_id, clock.today())
        return Source(Payer.ACCOUNT, account.number, account_id=actor.account_id)
    if sheet.enterprise_id == sheet.contractor_id:
        raise OwnSheet
    return Source(Payer.CONTRACTOR, given.account, given.reason or "", actor.account_id)


async def released(sheet_id: UUID) -> None:
    """A sheet was released: it is paid from the special account without another hand (GY-9).

    What is drawn already is not drawn again. When the agreement has ended meanwhile it is held.
    """
    sheet = await wages.find(sheet_id)
    if sheet is not None and sheet.state.pays:
        await _from_account(sheet, FIRST)


async def go_on_held(sheet_id: UUID) -> None:
    """A sheet that was held goes on where it stopped, if its account may pay by now."""
    held, sheet = await holding.of_sheet(sheet_id), await wages.find(sheet_id)
    if held is None or sheet is None:
        return
    if sheet.state.pays:
        await _from_account(sheet, held.after, held.account_id)
        return
    async with transaction():
        await holding.let_go(sheet_id)


async def _from_account(
    sheet: wages.WageSheet, after: UUID, account_id: UUID | None = None
) -> None:
    """The special account pays on, or the sheet is held."""
    account = await holding.account_of(sheet, after, account_id)
    if account is not None:
        source = Source(Payer.ACCOUNT, account.number, account_id=account_id)
        await _draw(SYSTEM, sheet, source, after)


async def go_on(batch_id: UUID, after: UUID) -> None:
    """The next batch of the same sheet and source, from the line on that follows `after`."""
    like = await BankBatch.get(id=batch_id)
    sheet = await wages.find(like.sheet_id)
    if sheet is None or not sheet.state.pays:
        return
    if like.payer is Payer.ACCOUNT:
        await _from_account(sheet, after, like.account_id)
        return
    advance = await Advance.get_or_none(batch_id=like.id)
    reason = advance.reason if advance else ""
    await _draw(SYSTEM, sheet, Source(like.payer, like.account, reason, like.account_id), after)


async def _draw(
    actor: Actor, sheet: wages.WageSheet, source: Source, after: UUID
) -> BankBatch | None:
    """A batch of the lines that follow `after`, or None when nobody of them can be paid."""
    chosen: list[Chosen] = []
    async with transaction():
        # Before the lines are read: another drawing may be about to take them.
        await wages.lock(sheet.id)
        await plan_each()
        if source.payer is Payer.ACCOUNT:
            await holding.let_go(sheet.id)
        async for part in wages.payable(sheet.id, UNPAID, after=after):
            after = part[-1].id
            chosen += await _judged(actor, sheet, part)
            if len(chosen) > MOST_LINES - PART:
                break
        if not chosen:
            return None
        await wages.mark_all(
            {each.line.id: (PayState.SENT, "", None) for each in chosen},
            actor=actor, payer=source.payer,
        )  # fmt: skip
        batch = await _kept(actor, sheet, source, chosen)
        jobs.enqueue("payroll.draw", batch_id=batch.id, after=after)
        if batch.way is Way.API:
            jobs.enqueue("payroll.send", batch_id=batch.id)
    return batch


async def _kept(
    actor: Actor, sheet: wages.WageSheet, source: Source, chosen: Sequence[Chosen]
) -> BankBatch:
    batch = BankBatch(
        number=rules.new_number(clock.today()),
        sheet_id=sheet.id,
        project_id=sheet.project_id,
        contractor_id=sheet.contractor_id,
        enterprise_id=sheet.enterprise_id,
        region=sheet.region,
        payer=source.payer,
        way=Way.API if outside().bank else Way.FILE,
        account=source.account.opened(),
        lines=len(chosen),
        total_fen=sum(each.line.net_fen for each in chosen),
        account_id=source.account_id,
    )
    while await BankBatch.exists(number=batch.number):
        batch.number = rules.new_number(clock.today())
    await batch.save(force_create=True)
    payments = [_payment(batch, seq, each) for seq, each in enumerate(chosen, start=1)]
    await add_all(payments)
    await LeftOut.filter(line_id__in=[each.line.id for each in chosen]).delete()
    if source.payer is Payer.CONTRACTOR:
        await _advance(batch, source.reason)
    audit.record(
        actor, Tag.BANK_BATCH_DRAWN, ("bank_batch", batch.id), tenant_id=batch.contractor_id,
        lines=batch.lines, total_fen=batch.total_fen, payer=batch.payer.value,
    )  # fmt: skip
    return batch


def _payment(batch: BankBatch, seq: int, chosen: Chosen) -> BatchLine:
    line, payee = chosen.line, chosen.payee
    if payee.number is None:
        raise ValueError("a payment without a card")
    return BatchLine(
        batch_id=batch.id,
        line_id=line.id,
        sheet_id=line.sheet_id,
        worker_id=payee.worker_id,
        project_id=line.project_id,
        seq=seq,
        payee=payee.name.opened(),
        card=payee.number.opened(),
        card_index=payee.index,
        amount_fen=line.net_fen,
        again=chosen.again,
    )


async def _advance(batch: BankBatch, reason: str) -> None:
    await Advance.create(
        batch_id=batch.id,
        sheet_id=batch.sheet_id,
        project_id=batch.project_id,
        contractor_id=batch.contractor_id,
        enterprise_id=batch.enterprise_id,
        region=batch.region,
        reason=reason,
    )
    await telling.tell_employer_of_advance(SYSTEM, batch)


async def _judged(
    actor: Actor, sheet: wages.WageSheet, part: Sequence[wages.WageLine]
) -> list[Chosen]:
    """Those of a part who can be paid; the others are on record with the reason, and told."""
    payees = await workers.payees({line.worker_id for line in part})
    before = await _newest(part)
    holders = await _holders(sheet.id, payees)
    chosen, left = [], []
    for line in part:
        payee = payees.get(line.worker_id)
        reason = _reason(line, payee, before.get(line.id), holders)
        if payee is None or reason is not None:
            left.append(_left_out(line, payee, reason or LeftOutReason.NOT_VERIFIED))
        else:
            chosen.append(Chosen(line, payee))
    if left:
        await LeftOut.bulk_create(left, on_conflict=["line_id"], update_fields=["reason"])
        await telling.tell_left_out(actor, sheet, left)
    return chosen


async def _newest(part: Sequence[wages.WageLine]) -> dict[UUID, BatchLine]:
    """The newest payment of each line that was paid before."""
    ids = [line.id for line in part if line.pay_state is not PayState.WAITING]
    rows = await BatchLine.filter(line_id__in=ids).order_by("id") if ids else []
    return {row.line_id: row for row in rows}


async def _holders(sheet_id: UUID, payees: dict[UUID, workers.Payee]) -> dict[str, set[UUID]]:
    """Whom a card of these payees is paid for on the same sheet."""
    indexes = [payee.index for payee in payees.values() if payee.index]
    live = [PaymentState.WAITING, PaymentState.SUCCEEDED]
    rows = BatchLine.filter(card_index__in=indexes, sheet_id=sheet_id, state__in=live)
    holders: dict[str, set[UUID]] = {}
    for index, worker_id in await rows.values_list("card_index", "worker_id"):
        holders.setdefault(str(index), set()).add(worker_id)
    return holders


def _reason(
    line: wages.WageLine,
    payee: workers.Payee | None,
    before: BatchLine | None,
    holders: dict[str, set[UUID]],
) -> LeftOutReason | None:
    if payee is None or not payee.verified:
        return LeftOutReason.NOT_VERIFIED
    if payee.number is None:
        return LeftOutReason.NO_CARD
    if holders.get(payee.index, set()) - {line.worker_id, payee.worker_id}:
        return LeftOutReason.SHARED_CARD
    if before and before.reason in rules.CARD_REASONS and before.card_index == payee.index:
        return LeftOutReason.SAME_CARD
    return None


def _left_out(line: wages.WageLine, payee: workers.Payee | None, reason: LeftOutReason) -> LeftOut:
    return LeftOut(
        line_id=line.id,
        sheet_id=line.sheet_id,
        worker_id=payee.worker_id if payee else line.worker_id,
        project_id=line.project_id,
        reason=reason,
    )
