"""A complaint as a machine: whoever acts, in whatever order, on whatever day, it stays whole.

It is with one body at a time, each step leads from the state before it, the enterprise of an
anonymous one never sees what the worker did on the same day, the clock never stands still with a
deadline behind it, and what is over stays over but for the one way on.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from api.codes import workdays
from api.complaints import deciding, filing, handling, office, watching
from api.complaints.models import Complaint, ComplaintStep
from api.complaints.rules import Act, Body, OfficeState, Outcome, Side, State
from api.complaints.schemas import (
    AnswerIn,
    ClosingIn,
    ComplaintForm,
    HandlingIn,
    OwnDecisionIn,
    TransferIn,
)
from api.kit import clock, jobs
from api.kit.actor import Actor
from api.kit.errors import Problem
from tests.api.attendance import sites
from tests.api.complaints import filed
from tests.api.teams import people
from tests.cast import Client

START = date(2026, 12, 28)
OVER = {Outcome.SATISFIED, Outcome.WITHDRAWN, Outcome.DONE}


@dataclass
class Ground:
    """What all runs of the machine stand on."""

    loop: asyncio.AbstractEventLoop
    project_id: UUID
    zhang: Actor
    firm: Actor
    county: Actor
    neighbour: Actor

    def run(self, act: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(act, self.loop).result(60)


class Machine(RuleBasedStateMachine):
    """One complaint at a time, filed shortly before the new year, and days that pass."""

    ground: Ground

    def __init__(self) -> None:
        super().__init__()
        self.day, self.id = START, UUID(int=0)
        self.seen_today = OfficeState.HIDDEN
        self.ended = False

    @initialize(anonymous=st.booleans(), addressee=st.sampled_from(Body), later=st.integers(0, 10))
    def begin(self, anonymous: bool, addressee: Body, later: int) -> None:
        self.day = START + timedelta(days=later)
        self._stop("09:00")
        given = ComplaintForm(
            topic="wages", project_id=self.ground.project_id, addressee=addressee,
            anonymous=anonymous, text="没发钱",
        )  # fmt: skip
        self.ground.run(self._cleared())
        row = self.ground.run(filing.file(self.ground.zhang, given))
        self.id, self.seen_today, self.ended = row.id, row.office_state, False

    def _stop(self, time: str) -> None:
        sites.stop(sites.at(self.day.isoformat(), time))

    def _row(self) -> Complaint:
        found: Complaint = self.ground.run(self._get())
        return found

    async def _cleared(self) -> None:
        """Nothing is due any more of what earlier runs left behind."""
        await Complaint.all().update(due_on=None, office_lags=False)

    async def _get(self) -> Complaint:
        return await Complaint.get(id=self.id)

    async def _steps(self) -> list[ComplaintStep]:
        return await ComplaintStep.filter(complaint_id=self.id).order_by("id")

    def _try(self, act: Coroutine[Any, Any, Any]) -> bool:
        try:
            self.ground.run(act)
        except Problem as problem:
            assert problem.status in {404, 409, 422}
            return False
        return True

    # -- acts, each of which may be refused

    @rule(decision=st.sampled_from(["satisfied", "escalate", "withdraw"]))
    def he_says(self, decision: Any) -> None:
        before = self._row()
        done = self._try(
            deciding.decide(self.ground.zhang, self.id, OwnDecisionIn(decision=decision))
        )
        after = self._row()
        if decision == "escalate" and done:
            assert (after.holder, after.state) == (Body.AUTHORITY, State.RECEIVED)
            assert before.holder is Body.ENTERPRISE
        if after.anonymous and before.office_state is not OfficeState.HIDDEN:
            assert after.office_state is before.office_state

    @rule()
    def the_firm_accepts(self) -> None:
        before = self._row()
        done = self._try(office.accept(self.ground.firm, self.id))
        assert done == (before.office_state is OfficeState.RECEIVED)

    @rule()
    def the_firm_answers(self) -> None:
        before = self._row()
        done = self._try(office.answer(self.ground.firm, self.id, AnswerIn(answer="已发")))
        assert done == before.office_state.waits
        if before.holder is Body.AUTHORITY:
            assert self._row().state is before.state

    @rule(who=st.sampled_from(["county", "neighbour"]))
    def the_region_accepts(self, who: str) -> None:
        before = self._row()
        done = self._try(handling.accept(getattr(self.ground, who), self.id))
        if done and before.answer_by is not None:
            assert self._row().answer_by == before.answer_by

    @rule(who=st.sampled_from(["county", "neighbour"]), to=st.sampled_from(["510104", "510107"]))
    def the_region_transfers(self, who: str, to: str) -> None:
        before = self._row()
        given = TransferIn(region=to, reason="归那边管")
        if self._try(handling.transfer(getattr(self.ground, who), self.id, given)):
            after = self._row()
            assert (after.accept_by, after.answer_by, after.due_on) == (
                before.accept_by, before.answer_by, before.due_on,
            )  # fmt: skip
            assert after.region == to != before.region

    @rule(who=st.sampled_from(["county", "neighbour"]), extend=st.booleans())
    def the_region_handles(self, who: str, extend: bool) -> None:
        given = HandlingIn(note="在查", extend=extend)
        self._try(handling.handle(getattr(self.ground, who), self.id, given))

    @rule(who=st.sampled_from(["county", "neighbour"]))
    def the_region_answers(self, who: str) -> None:
        self._try(handling.answer(getattr(self.ground, who), self.id, AnswerIn(answer="已补发")))

    @rule(who=st.sampled_from(["county", "neighbour"]))
    def the_region_closes(self, who: str) -> None:
        self._try(handling.close(getattr(self.ground, who), self.id, ClosingIn(note="办结")))

    @rule(days=st.sampled_from([1, 1, 2, 5, 9, 40]))
    def days_pass(self, days: int) -> None:
        self.day += timedelta(days=days)
        self._stop("08:00")
        self.ground.run(watching.watch())
        self.ground.run(watching.show_round())
        self.ground.run(jobs.drain())
        row = self._row()
        assert row.due_on is None or row.due_on >= self.day
        assert not row.office_lags
        self._stop("09:00")

    @precondition(lambda self: self.id.int)
    @rule()
    def the_clock_acts_once(self) -> None:
        assert self.ground.run(watching.watch()) == 0

    # -- what is always true

    @invariant()
    def it_is_whole(self) -> None:
        if not self.id.int:
            return
        row = self._row()
        assert (row.state is State.CLOSED) == (row.outcome is not Outcome.NONE)
        assert row.state is not State.CLOSED or row.due_on is None
        if row.addressee is Body.AUTHORITY:
            assert row.office_state is OfficeState.HIDDEN and row.holder is Body.AUTHORITY
        if self.ended:
            assert row.state is State.CLOSED
        self.ended = row.outcome in OVER
        for day in (row.accept_by, row.answer_by, row.due_on):
            assert day is None or workdays.calendar().is_working(day)

    @invariant()
    def the_steps_tell_it(self) -> None:
        if not self.id.int:
            return
        steps = self.ground.run(self._steps())
        acts = [step.act for step in steps]
        assert acts[0] is Act.FILED and acts.count(Act.ESCALATED) <= 1
        if acts[-1] in {Act.SATISFIED, Act.WITHDRAWN, Act.CLOSED}:
            assert self._row().state is State.CLOSED
        assert acts.count(Act.EXTENDED) <= 1
        firm_acts = [step.act for step in steps if step.side is Side.ENTERPRISE]
        assert firm_acts.count(Act.ANSWERED) <= 1 and firm_acts.count(Act.ACCEPTED) <= 1


@pytest.mark.timeout(300)
async def test_a_complaint_stays_whole(client: Client) -> None:
    world = await filed.opened(client, "2026-12-01")
    names = {"zhang": "zhang", "firm": "admin_a", "county": "county", "neighbour": "neighbour"}
    actors = {part: await people.actor(client, name) for part, name in names.items()}
    Machine.ground = Ground(asyncio.get_running_loop(), UUID(world.project_id), **actors)
    limits = settings(
        max_examples=200, stateful_step_count=30, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    await asyncio.to_thread(run_state_machine_as_test, Machine, settings=limits)
    clock.set_clock()
