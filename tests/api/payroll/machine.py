"""A sheet's payments as a machine: whatever the bank says and officers do, in whatever order.

What is paid, failed and pending is the total, of the sheet and of each batch; the ledger is what
came in less what went out; nobody is paid twice, no line is lost, no approved amount changes.
"""

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from api.integrations import adapters as outside
from api.integrations.adapters import Adapters
from api.integrations.bank import Outcome
from api.integrations.http import UpstreamError
from api.kit import clock, jobs
from api.kit.actor import Actor
from api.kit.errors import Problem
from api.kit.personal import Kind, Personal
from api.payroll import carrying, drawing, rules, sending, settling
from api.payroll.errors import BadReceiptFile
from api.payroll.models import (
    Advance,
    BankBatch,
    BankException,
    BatchLine,
)
from api.payroll.rules import BatchState, PaymentState, Way
from api.payroll.schemas import HandlingIn, PaymentIn, RecoveryIn
from api.wages import correcting, sheets
from api.wages.models import WageLine, WageSheet
from api.wages.rules import Payer
from api.wages.schemas import AuditIn, SheetIn, UnsignedIn
from api.workers.models import BankCard
from tests.api.payroll import receipts, seen
from tests.api.payroll.banked import ACCOUNT, OWN_ACCOUNT, Banked
from tests.api.payroll.seen import Approved, Sight
from tests.cast import FIRM_B

CARDS = {
    "zhang": ("6217000000000000004", "6228480000000000008"),
    "li": ("6222020000000000006", "6228480000000000016"),
    "wang": ("6217000000000000012", "6228480000000000024"),
}
CONTRARY = {Outcome.SUCCESS: Outcome.FAILED, Outcome.FAILED: Outcome.SUCCESS}
ADVANCED = {"payer": Payer.CONTRACTOR, "account": OWN_ACCOUNT, "reason": "先垫上"}
SEQS = st.sets(st.integers(1, len(CARDS)))


@dataclass
class Ground:
    """What all runs of the machine stand on."""

    loop: asyncio.AbstractEventLoop
    world: Banked
    adapters: Adapters
    people: dict[str, Actor]
    workers: dict[str, UUID]

    def run(self, act: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(act, self.loop).result(60)


class Machine(RuleBasedStateMachine):
    """One sheet of three, an officer, a bank with an interface and one with files."""

    ground: Ground
    reached: ClassVar[set[str]] = set()

    def __init__(self) -> None:
        super().__init__()
        self.id: UUID | None = None
        self.approved = Approved()
        self.truth: dict[tuple[str, int], list[Outcome]] = {}
        """What the bank with files did with each payment, oldest first."""
        self.strays: set[tuple[UUID, int, Outcome, str]] = set()

    @initialize(at_once=st.integers(0, 9), interface=st.sampled_from([True, True, False]))
    def begin(self, at_once: int, interface: bool) -> None:
        self._behave(
            cards={card: "" for cards in CARDS.values() for card in cards}, delay_s=0,
            repeated=False, shuffled=False, answers_lost=0, balances={ACCOUNT: 10**12},
        )  # fmt: skip
        self.bank_has_an_interface(interface)
        self.id = self.ground.run(self._rechecked())
        if at_once:
            self.pressed("release")

    async def _rechecked(self) -> UUID:
        staff = self.ground.people
        for name, cards in CARDS.items():
            await self.ground.world.card(self.ground.workers[name], cards[0])
        project_id = UUID(self.ground.world.paid.project_id)
        given = SheetIn(project_id=project_id, month="2026-10")
        sheet_id = (await sheets.make(staff["officer_a"], given)).id
        await sheets.submit(staff["officer_a"], sheet_id)
        await sheets.audit_sheet(staff["auditor_a"], sheet_id, AuditIn(overlaps_seen=True))
        for line in await WageLine.filter(sheet_id=sheet_id):
            reason = UnsignedIn(reason="住院")
            await correcting.explain(staff["officer_a"], sheet_id, line.id, reason)
        await sheets.recheck(staff["checker_a"], sheet_id)
        # From here on it is a subcontractor's: whose wages may be advanced.
        await WageSheet.filter(id=sheet_id).update(enterprise_id=FIRM_B)
        return sheet_id

    def _behave(self, **what: Any) -> None:
        self.ground.world.behave(**what)

    def _try(self, act: Coroutine[Any, Any, Any]) -> Any:
        """What came of an act, or None where it was refused or the bank did not answer."""
        try:
            return self.ground.run(act)
        except Problem as problem:
            assert problem.status in {403, 404, 409, 422}, problem
        except UpstreamError:
            pass
        return None

    @property
    def sheet_id(self) -> UUID:
        assert self.id is not None
        return self.id

    def _seen(self) -> Sight:
        found: Sight = self.ground.run(seen.sight(self.sheet_id))
        return found

    def _batches(self, way: Way) -> list[BankBatch]:
        return list(self.ground.run(self._of_way(way)))

    async def _of_way(self, way: Way) -> list[BankBatch]:
        return await BankBatch.filter(sheet_id=self.id, way=way).order_by("id")

    # -- what people do

    @rule(what=st.sampled_from(["release", "pay", "advance", "export", "archive"]))
    def pressed(self, what: str) -> None:
        staff = self.ground.people
        if what == "release":
            self._try(sheets.release(staff["auditor_a"], self.sheet_id))
        elif what == "archive":
            self._try(sheets.archive(staff["officer_b"], self.sheet_id))
        elif what == "export":
            for batch in self._batches(Way.FILE):
                self._try(carrying.written(staff["officer_a"], batch.id))
        else:
            given = PaymentIn.model_validate(ADVANCED if what == "advance" else {})
            self._try(drawing.pay(staff["auditor_a"], self.sheet_id, given))

    @rule(pay=st.sampled_from(["pay", "advance"]), fails=SEQS, short=st.integers(0, 2),
          then=st.sampled_from(["return", "archive", "contradict"]))  # fmt: skip
    def onward(self, pay: str, fails: set[int], short: int, then: str) -> None:
        """What leads on: everybody is paid, where he failed on his other card."""
        self.pressed("release")
        self._behave(balances={ACCOUNT: 10**12 if short else 0})
        self.ground.run(self._other_cards())
        self.pressed(pay)
        self._told_all(fails)
        self.recovered(share=1, more=0)
        if then == "return":
            self.given_back(0)
            self._told_all(fails)
        elif then == "contradict":
            self.bank_contradicts_itself(which=0, handled=True)
        else:
            self.pressed(then)

    def _told_all(self, fails: set[int]) -> None:
        """Both banks have said what they have to say."""
        self.bank_goes_on("all")
        self.pressed("export")
        for which, batch in enumerate(self._batches(Way.FILE)):
            for seqs in ({1}, set(range(1, batch.lines + 1))):
                self.receipt_brought(which, fails, seqs, early=False, turned=False, back=False)
                self.it_is_whole()

    async def _other_cards(self) -> None:
        failed = WageLine.filter(sheet_id=self.id, pay_state__in=["failed", "returned"])
        ids = set(await failed.values_list("worker_id", flat=True))
        for who, worker_id in self.ground.workers.items():
            if worker_id in ids:
                now = await BankCard.get(active_worker_id=worker_id)
                other = next(card for card in CARDS[who] if now.number_index != card_index(card))
                await self.ground.world.card(worker_id, other)

    @rule(who=st.sampled_from(sorted(CARDS)), which=st.integers(0, 1))
    def card_changed(self, who: str, which: int) -> None:
        self.ground.run(self.ground.world.card(self.ground.workers[who], CARDS[who][which]))

    @rule(share=st.integers(1, 2), more=st.integers(0, 1))
    def recovered(self, share: int, more: int) -> None:
        """All of an advance, half of it, or more than there is."""
        for row in self.ground.run(self._advances()):
            left = (row.amount_fen - row.recovered_fen) // share + more
            given = RecoveryIn(amount_fen=max(1, left), on=clock.today(), note="扣回")
            self._try(settling.recover(self.ground.people["officer_a"], row.id, given))

    async def _advances(self) -> list[Advance]:
        return await Advance.filter(sheet_id=self.id)

    async def _strays(self) -> list[BankException]:
        batches = await BankBatch.filter(sheet_id=self.id).values_list("id", flat=True)
        return await BankException.filter(batch_id__in=list(batches))

    # -- the bank with an interface

    @rule(yes=st.booleans())
    def bank_has_an_interface(self, yes: bool) -> None:
        kept = self.ground.adapters
        outside.use(kept if yes else replace(kept, bank=None))

    @rule(who=st.sampled_from(sorted(CARDS)), which=st.integers(0, 1),
          trouble=st.sampled_from(["", "ACCOUNT_CLOSED", "OTHER"]),
          delay_s=st.sampled_from([0, 0, 3600]), repeated=st.booleans(), shuffled=st.booleans(),
          answers_lost=st.integers(0, 1), short=st.integers(0, 3))  # fmt: skip
    def bank_behaves(self, who: str, which: int, trouble: str, short: int, **how: Any) -> None:
        held = 0 if not short else 10**12
        self._behave(**how, cards={CARDS[who][which]: trouble}, balances={ACCOUNT: held})

    @rule(what=st.sampled_from(["all", "send", "ask", "ask again"]))
    def bank_goes_on(self, what: str) -> None:
        """Jobs run, a batch is sent, results are asked for: since the last time, or all of them."""
        if what == "all":
            self.ground.run(jobs.drain())
        for batch in self._batches(Way.API):
            if what == "send":
                self._try(sending.send(batch.id))
            if what == "ask again":
                self.ground.run(self._from_the_start(batch))
            if what != "send":
                self._try(sending.ask(batch.id))

    async def _from_the_start(self, batch: BankBatch) -> None:
        await BankBatch.filter(id=batch.id).update(place=0)

    @rule(which=st.integers(0, 5))
    def given_back(self, which: int) -> None:
        """A payment that arrived comes back, whoever of both banks made it."""
        arrived = [
            (batch, each) for batch, each in self.ground.run(self._arrived())
            if Outcome.RETURNED not in self.truth.get((batch.number, each.seq), ())
        ]  # fmt: skip
        if not arrived:
            return
        batch, payment = arrived[which % len(arrived)]
        if batch.way is Way.API:
            self.ground.world.give_back(batch.number, payment.seq)
        self.truth.setdefault((batch.number, payment.seq), []).append(Outcome.RETURNED)

    async def _arrived(self) -> list[tuple[BankBatch, BatchLine]]:
        batches = {row.id: row for row in await BankBatch.filter(sheet_id=self.id)}
        rows = BatchLine.filter(batch_id__in=list(batches), state=PaymentState.SUCCEEDED)
        return [(batches[row.batch_id], row) for row in await rows.order_by("id")]

    # -- the bank with files

    @rule(which=st.integers(0, 3), fails=SEQS, some=SEQS, early=st.booleans(),
          turned=st.booleans(), back=st.booleans())  # fmt: skip
    def receipt_brought(
        self, which: int, fails: set[int], some: set[int], *, early: bool, turned: bool, back: bool
    ) -> None:
        """Some of what the bank did, its last word of each payment or its first.

        back: what it had not told of had arrived, and come back since.
        """
        batch = self._one_of(which)
        if batch is None or batch.state is BatchState.WAITING:
            return
        seqs = sorted(some & set(range(1, batch.lines + 1)), reverse=turned)
        told = {}
        for seq in seqs:
            arrived = [Outcome.SUCCESS, *([Outcome.RETURNED] if back else [])]
            drawn = [Outcome.FAILED] if seq in fails else arrived
            story = self.truth.setdefault((batch.number, seq), drawn)
            told[seq] = story[0 if early else -1]
        self._brought(batch, told)

    def _one_of(self, which: int) -> BankBatch | None:
        batches = self._batches(Way.FILE)
        return batches[which % len(batches)] if batches else None

    def _brought(self, batch: BankBatch, told: dict[int, Outcome]) -> Sequence[Any]:
        if not told:
            return ()
        content = self.ground.run(receipts.receipt(batch, told))
        done = self._try(carrying.brought(self.ground.people["officer_a"], batch.id, content))
        return done or ()

    @rule(which=st.integers(0, 3), handled=st.booleans())
    def bank_contradicts_itself(self, which: int, handled: bool) -> None:
        """After it has told what it did: what comes then moves nothing and is listed."""
        batch = self._one_of(which)
        told = {
            seq: CONTRARY[self.truth[batch.number, seq][0]]
            for seq in range(1, batch.lines + 1)
            if (batch.number, seq) in self.truth
        } if batch else {}  # fmt: skip
        if batch is None or not told:
            return
        before = self._seen()
        ends = {row.seq: row.state for row in before.of(batch)}
        told = {
            seq: outcome
            for seq, outcome in told.items()
            if rules.judge(ends[seq], outcome)[0] is rules.Verdict.CONTRADICTS
        }
        self.strays |= {
            (batch.id, seq, outcome, f"BK{seq}-{outcome}") for seq, outcome in told.items()
        }
        self._brought(batch, told)
        after = self._seen()
        assert [row.state for row in after.payments] == [row.state for row in before.payments]
        self._nothing_said_is_lost()
        for row in self.ground.run(self._strays()) if handled else ():
            given = HandlingIn(note="已核对")
            self._try(settling.handle(self.ground.people["officer_a"], row.id, given))

    @rule(which=st.integers(0, 3), kind=st.sampled_from(receipts.HOSTILE))
    def hostile_file(self, which: int, kind: str) -> None:
        batch = self._one_of(which)
        if batch is None:
            return
        content = self.ground.run(receipts.hostile(batch, kind))
        before = self._seen()
        with pytest.raises(BadReceiptFile):
            self.ground.run(carrying.brought(self.ground.people["officer_a"], batch.id, content))
        after = self._seen()
        assert [(row.state, row.reference) for row in after.payments] == [
            (row.state, row.reference) for row in before.payments
        ]

    # -- what is always true

    @invariant()
    @precondition(lambda self: self.id is not None)
    def it_is_whole(self) -> None:
        now = self._seen()
        seen.require_whole(now)
        self.approved.require_kept(now)
        self._nothing_said_is_lost()
        self._reach(now.sheet.state, *(each.pay_state for each in now.lines))
        self._reach(*(each.state for each in now.batches))
        self._reach(*(each.state for each in now.payments))
        self._reach(*(each.state for each in now.advances.values()))
        self._reach(*(said for each in now.batches for said in (each.way, each.payer)))

    def _reach(self, *states: StrEnum) -> None:
        self.reached.update(map(repr, states))

    def _nothing_said_is_lost(self) -> None:
        rows = self.ground.run(self._strays())
        assert self.strays == {(r.batch_id, r.seq, r.outcome, r.reference) for r in rows}
        self._reach(*(each.state for each in rows))

    def teardown(self) -> None:
        """Once the bank has said everything, it has paid what we think it paid."""
        if self.id is None:
            return
        self._behave(delay_s=0, answers_lost=0)
        self.bank_has_an_interface(True)
        self.bank_goes_on("send")
        self.bank_goes_on("ask again")
        self.it_is_whole()
        really = self.ground.world.really_paid()
        for batch in self._batches(Way.API):
            paid = really.get(batch.number, {"lines": 0, "total_fen": 0})
            assert paid == {"lines": batch.arrived, "total_fen": batch.arrived_fen}


def card_index(number: str) -> str:
    """Under which a card is found."""
    return str(Personal.of(Kind.BANK_CARD, number).index)
