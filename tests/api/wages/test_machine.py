"""A sheet as a machine: whoever acts, in whatever order, it stays whole.

Its sums are those of its lines, three people have looked at it before it is released, no signature
outlives what it was given for, and nothing changes after the audit.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import Problem
from api.kit.transaction import transaction
from api.wages import contesting, correcting, paying, sheets, showing, signing
from api.wages.models import LineContest, LineSignature, WageItem, WageLine, WageSheet, WageStep
from api.wages.reckoning import digest
from api.wages.rules import ContestState, LineState, PayState, SheetState, Way
from api.wages.schemas import (
    AuditIn,
    ContestAnswerIn,
    CorrectionIn,
    ItemIn,
    ReasonIn,
    SheetIn,
    UnsignedIn,
)
from tests.api.teams import people
from tests.api.wages import paid
from tests.api.wages.paid import days
from tests.cast import Client

STAFF = ("officer_a", "auditor_a", "checker_a", "admin_a")
FROZEN = {SheetState.RELEASED, SheetState.PAYING, SheetState.PARTLY_PAID, SheetState.PAID,
          SheetState.ARCHIVED}  # fmt: skip


@dataclass
class Ground:
    """What all runs of the machine stand on."""

    loop: asyncio.AbstractEventLoop
    project_id: UUID
    people: dict[str, Actor]
    workers: dict[str, UUID]

    def run(self, act: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(act, self.loop).result(60)


@dataclass
class Seen:
    """What was true before the last act."""

    state: SheetState = SheetState.DRAFT
    nets: dict[UUID, int] = field(default_factory=dict)


class Machine(RuleBasedStateMachine):
    """One sheet of two workers, and everybody who may do anything with it."""

    ground: Ground
    reached: ClassVar[set[SheetState]] = set()

    def __init__(self) -> None:
        super().__init__()
        self.id, self.seen = UUID(int=0), Seen()

    @initialize()
    def begin(self) -> None:
        given = SheetIn(project_id=self.ground.project_id, month="2026-10")
        officer = self.ground.people["officer_a"]
        self.id = self.ground.run(sheets.make(officer, given)).id
        self.seen = Seen()

    def _try(self, act: Coroutine[Any, Any, Any]) -> bool:
        try:
            self.ground.run(act)
        except Problem as problem:
            assert problem.status in {403, 404, 409, 422}, problem
            return False
        return True

    async def _all(self) -> tuple[WageSheet, list[WageLine]]:
        lines = await WageLine.filter(sheet_id=self.id).order_by("id")
        return await WageSheet.get(id=self.id), lines

    def _line(self, who: str) -> WageLine:
        _, lines = self.ground.run(self._all())
        found: WageLine = next(each for each in lines if each.worker_id == self.ground.workers[who])
        return found

    # -- acts, each of which may be refused

    @rule(steps=st.integers(1, 8), arrives=st.sampled_from([PayState.SUCCEEDED, PayState.FAILED]))
    def onward(self, steps: int, arrives: PayState) -> None:
        """What leads it on, by those who may."""
        for _ in range(steps):
            sheet, lines = self.ground.run(self._all())
            self._one_step(sheet, lines, arrives)

    def _one_step(self, sheet: WageSheet, lines: list[WageLine], arrives: PayState) -> None:
        staff = self.ground.people
        if sheet.state is SheetState.DRAFT:
            self._try(sheets.submit(staff["officer_a"], self.id))
        elif sheet.state is SheetState.SUBMITTED:
            given = AuditIn(overlaps_seen=True)
            self._try(sheets.audit_sheet(staff["auditor_a"], self.id, given))
        elif sheet.state is SheetState.AUDITED:
            self._try(sheets.recheck(staff["checker_a"], self.id))
        elif sheet.state is SheetState.RECHECKED:
            for line in lines:
                reason = UnsignedIn(reason="住院")
                self._try(correcting.explain(staff["officer_a"], self.id, line.id, reason))
            self._try(sheets.release(staff["auditor_a"], self.id))
        elif sheet.state.pays:
            for line in lines:
                then = arrives if line.pay_state is PayState.SENT else PayState.SENT
                self._try(self._mark(line.id, then))

    @rule()
    def submitted(self) -> None:
        self._try(sheets.submit(self.ground.people["officer_a"], self.id))

    @rule(who=st.sampled_from(STAFF))
    def audited(self, who: str) -> None:
        given = AuditIn(overlaps_seen=True)
        self._try(sheets.audit_sheet(self.ground.people[who], self.id, given))

    @rule(who=st.sampled_from(STAFF))
    def rechecked(self, who: str) -> None:
        self._try(sheets.recheck(self.ground.people[who], self.id))

    @rule(who=st.sampled_from(STAFF))
    def released(self, who: str) -> None:
        self._try(sheets.release(self.ground.people[who], self.id))

    @rule()
    def sent_back(self) -> None:
        self._try(sheets.send_back(self.ground.people["auditor_a"], self.id, ReasonIn(reason="改")))

    @rule(sure=st.integers(0, 9))
    def voided(self, sure: int) -> None:
        if not sure:
            given = ReasonIn(reason="作废")
            self._try(sheets.void(self.ground.people["officer_a"], self.id, given))

    @rule()
    def archived(self) -> None:
        self._try(sheets.archive(self.ground.people["officer_a"], self.id))

    @rule(who=st.sampled_from(["zhang", "li"]), fen=st.integers(1, 10**6),
          kind=st.sampled_from(["bonus", "deduction"]))  # fmt: skip
    def corrected(self, who: str, fen: int, kind: Any) -> None:
        added = (ItemIn(kind=kind, amount_fen=fen, note="改"),)
        given = CorrectionIn(add=added, reason="核对")
        line = self._line(who)
        done = self._try(
            correcting.correct(self.ground.people["officer_a"], self.id, line.id, given)
        )
        if done:
            assert self._line(who).version == line.version + 1

    @rule(who=st.sampled_from(["zhang", "li"]))
    def signed(self, who: str) -> None:
        line = self._line(who)
        self._try(signing.sign(self.ground.people[who], line.id, line.digest, Way.CONFIRM))

    @rule(who=st.sampled_from(["zhang", "li"]))
    def changed_after_it_was_signed(self, who: str) -> None:
        """What BY-08 is about: he signs, then an officer changes his line."""
        officer, line = self.ground.people["officer_a"], self._line(who)
        self._try(sheets.submit(officer, self.id))
        self._try(signing.sign(self.ground.people[who], line.id, line.digest, Way.CONFIRM))
        added = (ItemIn(kind="bonus", amount_fen=1, note="改"),)
        given = CorrectionIn(add=added, reason="核对")
        self._try(correcting.correct(officer, self.id, line.id, given))

    @rule(who=st.sampled_from(["zhang", "li"]))
    def contested(self, who: str) -> None:
        self._try(contesting.contest(self.ground.people[who], self._line(who).id, "少了"))

    @rule(outcome=st.sampled_from(["adjusted", "upheld"]))
    def answered(self, outcome: Any) -> None:
        given = ContestAnswerIn(outcome=outcome, answer="看过了")
        for row in self.ground.run(self._contests()):
            self._try(contesting.answer(self.ground.people["officer_a"], row.id, given))

    async def _contests(self) -> list[LineContest]:
        return await LineContest.filter(sheet_id=self.id, state=ContestState.OPEN)

    @rule(who=st.sampled_from(["zhang", "li"]))
    def explained(self, who: str) -> None:
        given = UnsignedIn(reason="住院")
        line = self._line(who)
        self._try(correcting.explain(self.ground.people["officer_a"], self.id, line.id, given))

    @rule(who=st.sampled_from(["zhang", "li"]), state=st.sampled_from(PayState))
    def paid(self, who: str, state: PayState) -> None:
        self._try(self._mark(self._line(who).id, state))

    async def _mark(self, line_id: UUID, state: PayState) -> None:
        async with transaction():
            await paying.mark(line_id, state, on=clock.today())

    # -- what is always true

    @invariant()
    def the_sums_are_those_of_the_lines(self) -> None:
        if not self.id.int:
            return
        sheet, lines = self.ground.run(self._all())
        buckets = {"pending": 0, "paid": 0, "failed": 0}
        for line in lines:
            buckets[line.pay_state.bucket.value] += line.net_fen
            assert line.net_fen == line.gross_fen - line.deducted_fen >= 0
        assert buckets == {
            "pending": sheet.pending_fen, "paid": sheet.paid_fen, "failed": sheet.failed_fen,
        }  # fmt: skip
        assert sheet.total_fen == sum(line.net_fen for line in lines)
        nets = {line.id: line.net_fen for line in lines}
        if self.seen.state in FROZEN:
            assert nets == self.seen.nets and sheet.state in FROZEN
        self.seen = Seen(sheet.state, nets)
        self.reached.add(sheet.state)

    @invariant()
    def it_says_what_its_items_say(self) -> None:
        if not self.id.int:
            return
        sheet, lines = self.ground.run(self._all())
        for line in lines:
            items = self.ground.run(self._items(line.id))
            assert sum(each.amount_fen for each in items) == line.net_fen
            assert line.digest == digest(showing.shown(sheet, line, items))

    async def _items(self, line_id: UUID) -> list[WageItem]:
        return await WageItem.filter(line_id=line_id).order_by("id")

    @invariant()
    def three_have_looked_before_it_is_released(self) -> None:
        if not self.id.int:
            return
        sheet, lines = self.ground.run(self._all())
        if sheet.state in FROZEN:
            assert len({sheet.made_by, sheet.audited_by, sheet.rechecked_by}) == 3
            assert sheet.released_by is not None
        for line in lines:
            assert (line.state is LineState.CONFIRMED) == (line.signed_version == line.version)
            if line.state is LineState.CONFIRMED:
                row = self.ground.run(self._signature(line))
                assert row.digest == line.digest

    async def _signature(self, line: WageLine) -> LineSignature:
        return await LineSignature.get(line_id=line.id, line_version=line.version)

    @invariant()
    def the_last_step_is_where_it_stands(self) -> None:
        if self.id.int:
            step, sheet = self.ground.run(self._last_step())
            assert (step.state, step.total_fen) == (sheet.state, sheet.total_fen)

    async def _last_step(self) -> tuple[WageStep, WageSheet]:
        step = await WageStep.filter(sheet_id=self.id).order_by("-id").first()
        assert step is not None
        return step, await WageSheet.get(id=self.id)


@pytest.mark.timeout(900)
async def test_a_sheet_stays_whole(client: Client) -> None:
    world = await paid.opened(client)
    for worker_id in (world.zhang, world.li):
        await world.terms(worker_id)
        await world.work(worker_id, days("2026-10-09", 3))
    await world.ready()
    names = (*STAFF, "zhang", "li")
    actors = {name: await people.actor(client, name) for name in names}
    Machine.ground = Ground(
        asyncio.get_running_loop(), UUID(world.project_id), actors,
        {"zhang": world.zhang, "li": world.li},
    )  # fmt: skip
    limits = settings(
        max_examples=80, stateful_step_count=40, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    await asyncio.to_thread(run_state_machine_as_test, Machine, settings=limits)
    assert Machine.reached == set(SheetState)
