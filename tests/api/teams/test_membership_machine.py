"""Membership of teams as a machine: whatever people do, in whatever order and at the same time,

nobody is lost or in a team twice, a worker works with one team on one project at most and only with
one he is in, and who leads is a member: the leader, and one acting leader during his term.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
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

from api.engagements import registration
from api.engagements.models import Engagement, State
from api.kit import clock, jobs
from api.kit.actor import Actor
from api.kit.errors import Problem
from api.teams import acting, handovers, invitations, membership, queries
from api.teams import service as teams
from api.teams.models import ActingLeader, ActingState, Member, Team
from api.teams.schemas import ActingIn, InvitationIn, TeamIn
from api.workers.models import Worker
from tests.api.attendance import sites as punching
from tests.api.engagements import site
from tests.api.teams import people
from tests.cast import Client

NAMES = ("leader", "zhang", "li", "wang")
WHO, WHICH = st.sampled_from(NAMES), st.integers(0, 1)


@dataclass
class Ground:
    """What all runs of the machine stand on: the people, a project, the loop they live in."""

    loop: asyncio.AbstractEventLoop
    project_id: UUID
    actors: dict[str, Actor]
    workers: dict[str, Worker]
    office: Actor

    def run(self, act: Coroutine[Any, Any, Any]) -> Any:
        """What the act gives, run where the application runs."""
        return asyncio.run_coroutine_threadsafe(act, self.loop).result(60)


async def ground(client: Client) -> Ground:
    """Four verified workers on one project of firm A."""
    project_id = UUID(await site.project(client))
    known = {name: await people.worker(client, name) for name in NAMES}
    actors = {name: await people.actor(client, name) for name in NAMES}
    for row in known.values():
        await punching.enter(row.id, str(project_id))
    office = await people.actor(client, "officer_a")
    return Ground(asyncio.get_running_loop(), project_id, actors, known, office)


@dataclass
class Model:
    """What ought to be: who is in each team, who leads it."""

    team_ids: list[UUID] = field(default_factory=list)
    inside: list[set[str]] = field(default_factory=list)
    leader: list[str] = field(default_factory=list)


class Machine(RuleBasedStateMachine):
    """Four people, two teams, one project, and days that pass."""

    ground: Ground

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()
        self.days = 0

    # -- the start

    @initialize()
    def begin(self) -> None:
        """Two fresh teams, each with its leader."""
        self.days = 0
        clock.set_clock()
        self.ground.run(self._cleared())
        for leader in NAMES[:2]:
            given = TeamIn(name="样例班", trade="020")
            view = self.ground.run(membership.form(self.ground.actors[leader], given))
            self.model.team_ids.append(view.team.id)
            self.model.inside.append({leader})
            self.model.leader.append(leader)

    async def _cleared(self) -> None:
        now, today = clock.now(), clock.today()
        await Team.filter(ended_at=None).update(ended_at=now)
        await Member.filter(left_on=None).update(left_on=today)
        await ActingLeader.filter(state__in=queries.OPEN_ACTING).update(state=ActingState.ENDED)
        await Engagement.filter(project_id=self.ground.project_id).update(team_id=None)
        await jobs.drain()

    # -- acts, each of which may be refused

    async def _tried(self, act: Coroutine[Any, Any, Any]) -> bool:
        try:
            await act
        except Problem as problem:
            assert problem.status < 500
            return False
        return True

    async def _join(self, who: str, which: int) -> bool:
        team_id = self.model.team_ids[which]
        team = await Team.get(id=team_id)
        leader = next((n for n, w in self.ground.workers.items() if w.id == team.leader_id), "")
        try:
            _, row = await invitations.invite(
                self.ground.actors[leader], team_id, InvitationIn(uses=1)
            )
        except Problem:
            return False
        return await self._tried(invitations.accept(self.ground.actors[who], row.code))

    async def _leave(self, who: str, which: int) -> bool:
        return await self._tried(
            membership.leave(self.ground.actors[who], self.model.team_ids[which])
        )

    async def _remove(self, by: str, who: str, which: int) -> bool:
        team_id = self.model.team_ids[which]
        row = await queries.members(team_id).filter(worker_id=self.ground.workers[who].id).first()
        if row is None:
            return False
        return await self._tried(membership.remove(self.ground.actors[by], team_id, row.id))

    async def _work_with(self, who: str, which: int) -> bool:
        worker, project = self.ground.workers[who], self.ground.project_id
        row = await Engagement.get(worker_id=worker.id, project_id=project)
        team_id = self.model.team_ids[which]
        return await self._tried(
            registration.change_team(self.ground.office, project, row.id, team_id)
        )

    def _see(self, which: int, who: str, *, inside: bool) -> None:
        (self.model.inside[which].add if inside else self.model.inside[which].discard)(who)

    # -- rules

    @rule(who=WHO, which=WHICH)
    def join(self, who: str, which: int) -> None:
        if self.ground.run(self._join(who, which)):
            self._see(which, who, inside=True)

    @rule(who=WHO, which=WHICH)
    def leave(self, who: str, which: int) -> None:
        inside, leads = self.model.inside[which], self.model.leader[which] == who
        may = who in inside and (not leads or inside == {who})
        assert self.ground.run(self._leave(who, which)) == may
        if may:
            self._see(which, who, inside=False)

    @rule(by=WHO, who=WHO, which=WHICH)
    def remove(self, by: str, who: str, which: int) -> None:
        if self.ground.run(self._remove(by, who, which)):
            self._see(which, who, inside=False)

    @rule(who=WHO, which=WHICH)
    def hand_over(self, who: str, which: int) -> None:
        async def passed() -> bool:
            team_id, by = self.model.team_ids[which], self.model.leader[which]
            rows = queries.members(team_id).filter(worker_id=self.ground.workers[who].id)
            row = await rows.first()
            if row is None:
                return False
            try:
                offer = await handovers.offer(self.ground.actors[by], team_id, row.id)
            except Problem:
                return False
            return await self._tried(handovers.accept(self.ground.actors[who], team_id, offer.id))

        if self.ground.run(passed()):
            self.model.leader[which] = who

    @rule(who=WHO, which=WHICH, first=st.integers(0, 2), days=st.integers(0, 3), yes=st.booleans())
    def name(self, who: str, which: int, first: int, days: int, yes: bool) -> None:
        async def named() -> None:
            team_id, by = self.model.team_ids[which], self.model.leader[which]
            row = await queries.members(team_id).filter(
                worker_id=self.ground.workers[who].id
            ).first()  # fmt: skip
            if row is None:
                return
            starts = clock.today() + timedelta(days=first)
            given = ActingIn(member_id=row.id, from_on=starts, to_on=starts + timedelta(days=days))
            try:
                offer = await acting.name(self.ground.actors[by], team_id, given)
            except Problem:
                return
            answer = acting.accept if yes else acting.decline
            assert await self._tried(answer(self.ground.actors[who], team_id, offer.id))

        self.ground.run(named())

    @rule(who=WHO, which=WHICH)
    def end_acting(self, who: str, which: int) -> None:
        async def ended() -> None:
            row = await queries.open_acting(self.model.team_ids[which]).first()
            if row is not None:
                await self._tried(acting.end(self.ground.actors[who], row.team_id, row.id))

        self.ground.run(ended())

    @rule(days=st.integers(1, 3))
    def wait(self, days: int) -> None:
        self.days += days
        moment = clock.now() + timedelta(days=days)
        clock.set_clock(lambda: moment)

    @rule()
    def midnight(self) -> None:
        self.ground.run(acting.end_terms())

    @rule(who=WHO, which=WHICH)
    def work_with(self, who: str, which: int) -> None:
        may = who in self.model.inside[which]
        assert self.ground.run(self._work_with(who, which)) == may

    @rule(
        ways=st.lists(st.sampled_from(["join", "leave", "remove"]), min_size=4, max_size=4),
        which=WHICH,
    )
    def all_at_once(self, ways: list[str], which: int) -> None:
        """Everybody does one thing about himself, while the office moves everybody's work."""

        async def raced() -> list[bool]:
            by = self.model.leader[which]
            acts = {"join": self._join, "leave": self._leave}
            done = [
                self._remove(by, who, which) if way == "remove" else acts[way](who, which)
                for who, way in zip(NAMES, ways, strict=True)
            ]
            moves = [self._work_with(who, which) for who in NAMES]
            found = await asyncio.gather(*done, *moves)
            return list(found[: len(NAMES)])

        for who, way, done in zip(NAMES, ways, self.ground.run(raced()), strict=True):
            if done:
                self._see(which, who, inside=way == "join")

    # -- what holds after every act

    @invariant()
    def nobody_is_lost(self) -> None:
        for which, team_id in enumerate(self.model.team_ids):
            rows = self.ground.run(_listed(queries.members(team_id)))
            ids = [row.worker_id for row in rows]
            assert len(ids) == len(set(ids))
            wanted = {self.ground.workers[name].id for name in self.model.inside[which]}
            assert set(ids) == wanted

    @invariant()
    def one_team_on_the_project_and_his_own(self) -> None:
        self.ground.run(jobs.drain())
        for name, worker in self.ground.workers.items():
            rows = self.ground.run(_listed(Engagement.filter(worker_id=worker.id)))
            opened = [r for r in rows if r.state in (State.REGISTERED, State.ON_SITE)]
            assert len(opened) == 1
            [row] = opened
            if row.team_id is not None:
                which = self.model.team_ids.index(row.team_id)
                assert name in self.model.inside[which]

    @invariant()
    def who_leads_is_a_member(self) -> None:
        for which, team_id in enumerate(self.model.team_ids):
            team = self.ground.run(_first(Team.filter(id=team_id)))
            rows = self.ground.run(_listed(queries.open_acting(team_id)))
            inside = {self.ground.workers[name].id for name in self.model.inside[which]}
            if team.ended_at is not None:
                assert not inside and not rows
                continue
            assert team.leader_id == self.ground.workers[self.model.leader[which]].id
            assert team.leader_id in inside and len(rows) <= 1
            assert all(row.worker_id in inside - {team.leader_id} for row in rows)
            self._leads_today(team, rows)

    def _leads_today(self, team: Team, rows: list[ActingLeader]) -> None:
        today = clock.today()
        leading = {team.leader_id} | {
            row.worker_id
            for row in rows
            if row.state == ActingState.ACCEPTED and row.from_on <= today <= row.to_on
        }
        for name, worker in self.ground.workers.items():
            led = self.ground.run(teams.leads(self.ground.actors[name]))
            assert (team.id in led) == (worker.id in leading)


async def _listed(rows: Any) -> list[Any]:
    return list(await rows)


async def _first(rows: Any) -> Any:
    return await rows.first()


@pytest.mark.timeout(300)
async def test_whatever_people_do_the_teams_hold(client: Client, store_name: str) -> None:
    Machine.ground = await ground(client)
    limits = settings(
        max_examples=20 if store_name == "sqlite" else 12, stateful_step_count=20, deadline=None,
        database=None, derandomize=True, suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    await asyncio.to_thread(run_state_machine_as_test, Machine, settings=limits)
