"""A recovery as a machine: whoever says what, in whatever order, at whatever hour, it stays whole.

The record is with one account, which loses it in two cases alone: nobody objected for a day, or the
lead of the officers decided against the objection. A way that passed has the words it takes.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
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

from api.kit import clock, jobs
from api.kit.actor import Actor
from api.kit.errors import Problem
from api.kit.personal import Kind, Personal
from api.recovery import vouching
from api.recovery.models import Recovery, Vouching
from api.recovery.rules import State, verdict
from api.workers import review, takeovers
from api.workers.models import (
    Review,
    Seat,
    Stage,
    Takeover,
    TakeoverState,
    Verification,
    Worker,
)
from tests.api.recovery.acquainted import MATES, ZHANG, begun, world
from tests.api.teams import people
from tests.cast import Client

OFFICERS = ("reviewer_1", "reviewer_2", "reviewer_3")


@dataclass
class Ground:
    """What all runs of the machine stand on: who acts, and the attempt and recovery to copy."""

    loop: asyncio.AbstractEventLoop
    actors: dict[str, Actor]
    worker_id: UUID
    attempt: Verification
    recovery: Recovery
    number: Personal

    def run(self, act: Coroutine[Any, Any, Any]) -> Any:
        """What the act gives, run where the application runs."""
        return asyncio.run_coroutine_threadsafe(act, self.loop).result(60)


async def ground(client: Client) -> Ground:
    """Zhang, his colleagues and officers, and somebody who has just asked."""
    worker = await world(client)
    row = await Recovery.get(id=await begun(client))
    names = (*MATES, *OFFICERS, "zhang", "new", "officer_a")
    actors = {name: await people.actor(client, name) for name in names}
    attempt = await Verification.get()
    number = Personal.of(Kind.ID_NUMBER, ZHANG.number)
    return Ground(asyncio.get_running_loop(), actors, worker.id, attempt, row, number)


class Machine(RuleBasedStateMachine):
    """One record, one who asks for it, and everybody who may say something."""

    ground: Ground

    @initialize()
    def begin(self) -> None:
        """A fresh attempt with a fresh recovery; the record is Zhang's."""
        self.hours = 0
        clock.set_clock()
        self.start = clock.now()
        self.ground.run(self._cleared())

    async def _cleared(self) -> None:
        was, own = self.ground.attempt, self.ground.actors
        ended = Verification.filter(account_id=own["new"].id)
        await ended.update(open_account_id=None, stage=Stage.WITHDRAWN, seat=None)
        gone = {"state": TakeoverState.ENDED, "open_worker_id": None}
        await Takeover.all().update(**gone)
        await Worker.filter(id=self.ground.worker_id).update(account_id=own["zhang"].id)
        attempt = await Verification.create(
            account_id=was.account_id, open_account_id=was.account_id, region=was.region,
            stage=Stage.NEEDS_REVIEW, seat=Seat.FIRST, id_kind=was.id_kind,
            number=was.number, number_index=was.number_index, name=was.name,
            front_file_id=was.front_file_id, back_file_id=was.back_file_id,
            face_declined=True, reasons=["face.declined"],
        )  # fmt: skip
        asked = self.ground.recovery
        recovery = await Recovery.create(
            verification_id=attempt.id, account_id=asked.account_id, worker_id=asked.worker_id,
            team_id=asked.team_id, enterprise_id=asked.enterprise_id,
        )  # fmt: skip
        self.attempt_id, self.recovery_id = attempt.id, recovery.id

    # -- acts, each of which may be refused

    def tried(self, act: Coroutine[Any, Any, Any]) -> None:
        """Do it; what is refused is refused with words."""
        try:
            self.ground.run(act)
        except Problem as problem:
            assert problem.status < 500

    @rule(who=st.sampled_from(MATES), known=st.sampled_from([True, True, False]))
    def colleague(self, who: str, known: bool) -> None:
        """One of the team says whether it is he."""
        actor = self.ground.actors[who]
        self.tried(vouching.answer(actor, self.recovery_id, known=known))

    @rule(confirm=st.sampled_from([True, True, False]))
    def officer(self, confirm: bool) -> None:
        """The enterprise's officer says it."""
        actor, number = self.ground.actors["officer_a"], self.ground.number
        self.tried(vouching.decide(actor, self.recovery_id, confirm=confirm, number=number))

    @rule(who=st.sampled_from(OFFICERS), approved=st.sampled_from([True, True, False]))
    def reviewer(self, who: str, approved: bool) -> None:
        """An officer of the authority looks at the photos and decides."""
        actor = self.ground.actors[who]
        self.tried(review.open_identity(actor, self.attempt_id))
        self.tried(
            review.decide(
                actor, self.attempt_id, approved=approved, number=self.ground.number, note=""
            )
        )

    @rule()
    def objects(self) -> None:
        """The old account says no."""
        zhang = self.ground.actors["zhang"]
        for row in self.ground.run(takeovers.own_waiting(zhang)):
            self.tried(takeovers.object_to(zhang, row.id))

    @rule(hours=st.sampled_from([1, 12, 24]))
    def time(self, hours: int) -> None:
        """Hours pass, and what was due happens."""
        self.hours += hours
        now = self.start + timedelta(hours=self.hours)
        clock.set_clock(lambda: now)
        self.ground.run(jobs.drain())

    # -- what holds

    @invariant()
    def the_record_moves_in_two_cases_alone(self) -> None:
        if hasattr(self, "attempt_id"):
            self.ground.run(self._holds())

    async def _holds(self) -> None:
        own = self.ground.actors
        attempt = await Verification.get(id=self.attempt_id)
        holder = (await Worker.get(id=self.ground.worker_id)).account_id
        row = await Takeover.get_or_none(verification_id=attempt.id)
        lead = await Review.get_or_none(verification_id=attempt.id, seat=Seat.LEAD)
        silent = row is not None and row.state is TakeoverState.DONE and row.due_at <= clock.now()
        against = row is not None and row.state is TakeoverState.OBJECTED
        overruled = against and lead is not None and lead.approved
        moved = attempt.stage is Stage.VERIFIED
        assert holder == (own["new"].id if moved else own["zhang"].id)
        assert moved == (silent or (overruled and attempt.stage is Stage.VERIFIED))
        waits = row is not None and row.state is TakeoverState.WAITING
        assert waits == (attempt.stage is Stage.WAITING)
        assert await Takeover.filter(state=TakeoverState.WAITING).count() <= 1
        recovery = await Recovery.get(id=self.recovery_id)
        words = await Vouching.filter(recovery_id=recovery.id)
        said = verdict((word.side, word.known) for word in words)
        assert recovery.state is said or (recovery.state is State.OVER and said is State.PASSED)


@pytest.mark.timeout(300)
async def test_a_recovery_stays_whole(client: Client) -> None:
    Machine.ground = await ground(client)
    limits = settings(
        max_examples=25, stateful_step_count=20, deadline=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    await asyncio.to_thread(run_state_machine_as_test, Machine, settings=limits)
