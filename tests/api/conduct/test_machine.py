"""A record as a machine: whoever acts, in whatever order, on whatever day, it stays whole.

It goes by the table of moves alone, nobody upholds it unheard, nothing of it is public before it is
final or after it ended, the black list stands exactly while it may, and every record ends.
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
from api.conduct import deciding, hearing, proposing, queries, rules, watching
from api.conduct.models import ConductRecord, ConductStep
from api.conduct.rules import Act, Outcome, State, Way
from api.conduct.schemas import (
    DecisionIn,
    ProposalForm,
    PublicConductQuery,
    RulingIn,
    StatementForm,
)
from api.kit import clock, jobs
from api.kit.actor import Actor
from api.kit.errors import Problem
from api.workers.models import Restriction
from tests.api.attendance import sites
from tests.api.conduct import held
from tests.api.teams import people
from tests.cast import Client

START = date(2026, 12, 28)
GRAVER = {"light": "WB03", "general": "WB02", "serious": "WB07"}


@dataclass
class Ground:
    """What all runs of the machine stand on."""

    loop: asyncio.AbstractEventLoop
    project_id: UUID
    worker_id: UUID
    zhang: Actor
    firm: Actor
    county: Actor
    city: Actor

    def run(self, act: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(act, self.loop).result(60)


class Machine(RuleBasedStateMachine):
    """One record at a time, proposed shortly before the new year, and days that pass."""

    ground: Ground

    def __init__(self) -> None:
        super().__init__()
        self.day, self.id = START, UUID(int=0)

    @initialize(
        level=st.sampled_from(sorted(GRAVER)), later=st.integers(0, 10), ahead=st.booleans()
    )
    def begin(self, level: str, later: int, ahead: bool) -> None:
        self.day = START + timedelta(days=later)
        self._stop()
        given = ProposalForm(
            project_id=self.ground.project_id, subject_id=self.ground.worker_id,
            kind=GRAVER[level], happened_on=self.day, text="那天看到的。",
        )  # fmt: skip
        self.ground.run(self._cleared())
        self.id = self.ground.run(proposing.by_enterprise(self.ground.firm, given)).id
        if ahead:
            self._in_force(restrict=level == "serious")

    def _in_force(self, *, restrict: bool) -> None:
        """Heard, decided and final: the ways that end it early are near."""
        self.he_answers()
        self.a_region_decides("county", "uphold", restrict)
        self.days_pass(20)
        assert self._row().state is State.IN_FORCE

    def _stop(self) -> None:
        sites.stop(sites.at(self.day.isoformat(), "09:00"))

    async def _cleared(self) -> None:
        """Nothing is due any more of what earlier runs left behind."""
        await ConductRecord.all().update(due_on=None, shown=False)

    def _row(self) -> ConductRecord:
        found: ConductRecord = self.ground.run(self._get())
        return found

    async def _get(self) -> ConductRecord:
        return await ConductRecord.get(id=self.id)

    async def _steps(self) -> list[ConductStep]:
        return await ConductStep.filter(record_id=self.id).order_by("id")

    async def _public(self) -> bool:
        return await queries.public(PublicConductQuery()).filter(id=self.id).exists()

    async def _listed(self, row: ConductRecord) -> bool:
        today = clock.today()
        rows = Restriction.filter(id=row.restriction_id, ended_on=None, valid_from__lte=today)
        return await rows.filter(valid_to__gte=today).exists()

    def _try(self, act: Coroutine[Any, Any, Any]) -> bool:
        try:
            self.ground.run(act)
        except Problem as problem:
            assert problem.status in {404, 409, 422}
            return False
        return True

    def _stated(self, way: Way) -> Coroutine[Any, Any, Any]:
        given = StatementForm(way=way, text="不是这样的。")
        return hearing.state(self.ground.zhang, hearing.own, self.id, given)

    # -- acts, each of which may be refused

    @rule()
    def he_answers(self) -> None:
        before = self._row()
        done = self._try(self._stated(Way.ANSWER))
        assert done == (before.state is State.HEARING)

    @rule()
    def he_appeals(self) -> None:
        before = self._row()
        done = self._try(self._stated(Way.APPEAL))
        if done:
            assert before.state in {State.UPHELD, State.IN_FORCE} and before.appealed_on is None

    @rule()
    def he_asks_for_a_repair(self) -> None:
        before = self._row()
        done = self._try(self._stated(Way.REPAIR))
        if done:
            assert before.valid_from and before.repair_from and self.day >= before.repair_from

    @rule()
    def the_firm_takes_it_back(self) -> None:
        before = self._row()
        done = self._try(proposing.withdraw(self.ground.firm, self.id, "看错了。"))
        assert done == before.state.undecided

    @rule(
        who=st.sampled_from(["county", "city"]),
        decision=st.sampled_from(["uphold", "uphold", "uphold", "refuse"]),
        restrict=st.booleans(),
    )
    def a_region_decides(self, who: str, decision: Any, restrict: bool) -> None:
        before = self._row()
        given = DecisionIn(
            decision=decision, reason="看过材料。", restrict=restrict, document="川建〔2026〕1号"
        )
        done = self._try(deciding.decide(getattr(self.ground, who), self.id, given))
        if done:
            assert before.state is State.TO_DECIDE

    @rule(who=st.sampled_from(["county", "city"]), granted=st.booleans())
    def somebody_rules_on_an_appeal(self, who: str, granted: bool) -> None:
        before = self._row()
        given = RulingIn(granted=granted, reason="看过材料。")
        done = self._try(deciding.rule_on_appeal(getattr(self.ground, who), self.id, given))
        if done:
            assert before.state is State.APPEALED
            assert (before.decided_region, who) == ("510107", "city")

    @rule(granted=st.booleans())
    def the_county_rules_on_a_repair(self, granted: bool) -> None:
        before = self._row()
        given = RulingIn(granted=granted, reason="看过材料。")
        done = self._try(deciding.rule_on_repair(self.ground.county, self.id, given))
        assert done == (before.state is State.REPAIRING)

    @rule(days=st.sampled_from([1, 3, 8, 8, 15, 45, 100, 400]))
    def days_pass(self, days: int) -> None:
        self.day += timedelta(days=days)
        self._stop()
        self.ground.run(watching.watch())
        self.ground.run(jobs.drain())
        row = self._row()
        assert row.due_on is None or row.due_on >= self.day

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
        assert (row.state is State.ENDED) == (row.outcome is not Outcome.NONE)
        # Whatever is not over has a day on which it goes on by itself: no record is for good.
        assert (row.state is State.ENDED) == (row.due_on is None)
        assert row.state.undecided or row.valid_to is not None or row.valid_from is None
        if row.valid_to is not None:
            assert row.state is State.ENDED or row.valid_to >= self.day
        if row.state is State.HEARING and row.due_on:
            assert workdays.calendar().is_working(row.due_on)

    @invariant()
    def it_is_public_only_while_it_is_final(self) -> None:
        if not self.id.int:
            return
        row = self._row()
        public = self.ground.run(self._public())
        assert public == (row.state.counts and rules.is_public(row.subject, row.level))
        listed = row.restriction_id is not None and self.ground.run(self._listed(row))
        if row.state in {State.HEARING, State.TO_DECIDE, State.UPHELD, State.ENDED}:
            assert not listed
        if row.state.counts:
            assert listed == row.restricts

    @invariant()
    def the_steps_tell_it(self) -> None:
        if not self.id.int:
            return
        acts = [step.act for step in self.ground.run(self._steps())]
        state = State.HEARING
        for act in acts[1:]:
            state = rules.MOVES[state, act]
        assert acts[0] is Act.PROPOSED and state is self._row().state
        assert acts.count(Act.APPEALED) <= 1
        if Act.UPHELD in acts:
            heard = {Act.ANSWERED, Act.UNANSWERED}
            assert heard & set(acts[: acts.index(Act.UPHELD)])


@pytest.mark.timeout(300)
async def test_a_record_stays_whole(client: Client) -> None:
    world = await held.opened(client, "2026-12-01")
    names = {"zhang": "zhang", "firm": "officer_a", "county": "county", "city": "city"}
    actors = {part: await people.actor(client, name) for part, name in names.items()}
    loop, project_id = asyncio.get_running_loop(), UUID(world.project_id)
    Machine.ground = Ground(loop, project_id, world.zhang, **actors)
    limits = settings(
        max_examples=120, stateful_step_count=30, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    await asyncio.to_thread(run_state_machine_as_test, Machine, settings=limits)
    clock.set_clock()
