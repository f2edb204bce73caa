"""A batch goes to the bank, as often as needed and paid once, and its results are asked for."""

from datetime import timedelta
from uuid import UUID

from tortoise.expressions import Q

from api.audit import service as audit
from api.audit.tags import Purpose, Tag
from api.integrations.adapters import outside
from api.integrations.bank import Order, Payee, Reason
from api.integrations.http import Klass, UpstreamError
from api.kit import clock, jobs
from api.kit.actor import SYSTEM, Actor
from api.kit.transaction import transaction
from api.payroll import queries, receiving, telling
from api.payroll.models import BankBatch, BatchLine
from api.payroll.receiving import Told
from api.payroll.rules import BatchState, PaymentState, Way
from api.wages import service as wages
from api.wages.rules import PayState

OPEN_EVERY = timedelta(minutes=1)
DONE_EVERY = timedelta(hours=1)
RETURNS_FOR = timedelta(days=30)
"""So long after its end a batch's returns 退票 are asked for."""
STUCK = timedelta(minutes=10)
AT_ONCE = 50
_UNSENT = (BatchState.WAITING, BatchState.SENT)


async def order_of(actor: Actor, batch: BankBatch, purpose: Purpose) -> Order:
    """The batch in plain, opened with a line in the audit for each kind."""
    lines = await queries.lines_of(batch.id).order_by("seq")
    subject = ("bank_batch", batch.id)
    opened = [batch.account, *(x.payee for x in lines), *(x.card for x in lines)]
    account, *rest = audit.reveal_all(actor, opened, purpose, subject)
    names, cards = rest[: len(lines)], rest[len(lines) :]
    payees = [
        Payee(line.seq, name, card, line.amount_fen)
        for line, name, card in zip(lines, names, cards, strict=True)
    ]
    return Order(batch.number, account, payees)


async def send(batch_id: UUID) -> None:
    """The bank has the batch, or it refused all of it, or it is tried again later.

    That a try begins is on record before it goes out: after a crash the bank is asked anew.
    UpstreamError for a passing trouble.
    """
    bank = outside().bank
    order = await _begun(batch_id) if bank is not None else None
    if bank is None or order is None:
        return
    try:
        await bank.submit(order)
    except UpstreamError as error:
        await _not_taken(batch_id, error)
        if not error.permanent:
            raise
    else:
        await _accepted(batch_id)


async def _begun(batch_id: UUID) -> Order | None:
    async with transaction():
        batch = await BankBatch.filter(id=batch_id).select_for_update().first()
        if batch is None or batch.way is not Way.API or batch.state not in _UNSENT:
            return None
        batch.state, batch.asked_at = BatchState.SENT, clock.now()
        batch.attempts += 1
        await batch.save(update_fields=["state", "asked_at", "attempts"])
        return await order_of(SYSTEM, batch, Purpose.DELIVER)


async def _accepted(batch_id: UUID) -> None:
    async with transaction():
        batch = await BankBatch.filter(id=batch_id).select_for_update().get()
        if batch.state is BatchState.SENT:
            batch.state, batch.trouble = BatchState.ACCEPTED, ""
            await batch.save(update_fields=["state", "trouble"])
            audit.record(
                SYSTEM, Tag.BANK_BATCH_ACCEPTED, ("bank_batch", batch.id),
                tenant_id=batch.contractor_id,
            )  # fmt: skip
        jobs.enqueue("payroll.ask", batch_id=batch.id)


async def _not_taken(batch_id: UUID, error: UpstreamError) -> None:
    """What the bank refused for good nobody was paid from; our own faults are tried again."""
    async with transaction():
        batch = await BankBatch.filter(id=batch_id).select_for_update().get()
        if batch.state is not BatchState.SENT:
            return
        batch.trouble = error.code
        if error.klass is Klass.INPUT and error.permanent:
            await _refuse(batch)
        await batch.save(update_fields=["state", "trouble", "failed", "done_at"])


async def _refuse(batch: BankBatch) -> None:
    batch.state, batch.failed, batch.done_at = BatchState.FAILED, batch.lines, clock.now()
    lines = await queries.lines_of(batch.id)
    await BatchLine.filter(batch_id=batch.id).update(
        state=PaymentState.FAILED, reason=Reason.REFUSED, received_at=clock.now()
    )
    await wages.mark_all(
        {line.line_id: (PayState.FAILED, Reason.REFUSED.value, None) for line in lines}
    )
    audit.record(
        SYSTEM, Tag.BANK_BATCH_REFUSED, ("bank_batch", batch.id),
        tenant_id=batch.contractor_id, code=batch.trouble,
    )  # fmt: skip
    await telling.tell_refused(SYSTEM, batch)


async def ask(batch_id: UUID) -> None:
    """What the bank has said since the last time is applied, page by page.

    A trouble of the bank's is noted: the timetable asks again.
    """
    bank = outside().bank
    batch = await BankBatch.get_or_none(id=batch_id)
    if bank is None or batch is None or batch.way is not Way.API or not batch.state.taken:
        return
    await BankBatch.filter(id=batch.id).update(asked_at=clock.now())
    place, more = batch.place, True
    try:
        while more:
            page = await bank.results(batch.number, place)
            told = Told(page.results, page.digest, Way.API, page.next)
            await receiving.take(SYSTEM, batch.id, told)
            place, more = page.next, page.more
    except UpstreamError as error:
        await BankBatch.filter(id=batch.id).update(trouble=error.code)


async def watch() -> None:
    """Batches that wait for the bank are sent or asked for again; of old ones what came back."""
    now = clock.now()
    open_ones = Q(state=BatchState.ACCEPTED, asked_at__lte=now - OPEN_EVERY)
    old = Q(state=BatchState.DONE, asked_at__lte=now - DONE_EVERY, done_at__gte=now - RETURNS_FOR)
    stuck = Q(state__in=list(_UNSENT)) & (
        Q(asked_at__lte=now - STUCK) | Q(asked_at__isnull=True, created_at__lte=now - STUCK)
    )
    for name, wanted in (("ask", open_ones | old), ("send", stuck)):
        rows = BankBatch.filter(wanted, way=Way.API).order_by("asked_at").limit(AT_ONCE)
        async with transaction():
            for row in await rows.only("id"):
                jobs.enqueue(f"payroll.{name}", once=f"{name}:{row.id}", batch_id=row.id)
