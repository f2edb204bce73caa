"""代发: a released sheet is paid in full, another one but for who has no card, a closed card, and
one whom the bank did not pay, to whom the contractor advances it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from api.integrations.bank import Outcome, Reason, Result
from api.kit import clock
from api.kit.actor import SYSTEM, Actor
from api.kit.personal import Kind, Personal
from api.payroll import drawing, receiving, settling
from api.payroll.models import Advance, BankBatch, BatchLine
from api.payroll.receiving import Told
from api.payroll.rules import BatchState, Way
from api.payroll.schemas import PaymentIn, RecoveryIn
from api.wages.models import WageLine, WageSheet
from api.wages.rules import Payer
from api.workers import bank_card
from api.workers.models import BankCard
from tests.demo import acts
from tests.demo.crews import Hands
from tests.specimens import person

FIRST_CARD, MORE_CARDS = 9_100, 9_150
"""The first of the invented people whose card numbers the hands have."""
OWN_ACCOUNT = "510509123456789012"
WRONG = {1: Reason.CLOSED, 2: Reason.OTHER}
"""Which payments of the batch do not arrive, and why."""
Crew = Mapping[str, Actor]


async def pay(crew: Crew, hands: Hands, sheet: WageSheet) -> None:
    """All but the last have named a card; the bank paid the batch an hour after the release."""
    lines = await WageLine.filter(sheet_id=sheet.id).order_by("id")
    await _cards(hands, lines[:-1], FIRST_CARD)
    await drawing.released(sheet.id)
    batch = await BankBatch.get(sheet_id=sheet.id)
    await _answered(batch, WRONG, stray=True)
    officer = crew["demo.wages.a"]
    given = {"payer": Payer.CONTRACTOR, "account": OWN_ACCOUNT, "reason": "银行没付成，先垫上。"}
    advanced = await drawing.pay(officer, sheet.id, PaymentIn.model_validate(given))
    await _answered(advanced, {})
    advance = await Advance.get(batch_id=advanced.id)
    back = {"amount_fen": advance.amount_fen // 2, "on": clock.today().isoformat()}
    await settling.recover(
        officer, advance.id, acts.sent(RecoveryIn, {**back, "note": "从本月进度款里扣回一半。"})
    )


async def pay_all(hands: Hands, sheet: WageSheet) -> None:
    """Who had no card has named one, and the bank paid everybody an hour after the release."""
    lines = await WageLine.filter(sheet_id=sheet.id).order_by("id")
    known = {card.worker_id for card in await BankCard.exclude(active_worker_id=None)}
    await _cards(hands, [line for line in lines if line.worker_id not in known], MORE_CARDS)
    await drawing.released(sheet.id)
    await _answered(await BankBatch.get(sheet_id=sheet.id), {})


async def _cards(hands: Hands, lines: Sequence[WageLine], first: int) -> None:
    """Each of them has named a card of his own."""
    by_worker = {hand.worker_id: hand for hand in hands.values()}
    for place, line in enumerate(lines):
        number = Personal.of(Kind.BANK_CARD, person(first + place).bank_card)
        hand = by_worker[line.worker_id]
        await bank_card.set_card(hand.actor, number=number, holder=None, bank_name="")


async def _answered(batch: BankBatch, wrong: Mapping[int, Reason], *, stray: bool = False) -> None:
    """The bank took the batch and said what became of it; `stray`: and of a line it has not."""
    await BankBatch.filter(id=batch.id).update(state=BatchState.ACCEPTED, attempts=1)
    moment = clock.now() + timedelta(hours=1)
    lines = await BatchLine.filter(batch_id=batch.id).order_by("seq")
    results = [
        Result(
            batch.number, line.seq, line.amount_fen,
            Outcome.FAILED if line.seq in wrong else Outcome.SUCCESS,
            wrong.get(line.seq, Reason.NONE), f"BK{batch.number[-6:]}{line.seq:04d}", moment,
        )
        for line in lines
    ]  # fmt: skip
    if stray:
        odd = Result(
            batch.number, 99, 350_000, Outcome.SUCCESS, Reason.NONE, "BK0000990099", moment
        )
        results.append(odd)
    await receiving.take(SYSTEM, batch.id, Told(results, batch.number, Way.API, len(results)))
