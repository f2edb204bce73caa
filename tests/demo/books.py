"""Some weeks of both books of the first team: most days agree, some do not."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from api.kit import clock
from api.teams import service as teams
from api.worklog import entries, roll_calls, templates
from api.worklog.schemas import ManyEntriesIn, OwnEntryIn, RollCallIn, TeamTemplateIn, TemplateIn
from tests.demo import acts
from tests.demo.crews import Hand, Hands
from tests.demo.punching import by_clock, chance

GANG = 0
DAYS = 24
RATE = {"unit_hours": "9", "rate_fen": 32_000, "overtime_unit_hours": "6"}
CALLED = 2
"""How many days back somebody came without his phone."""
FORGETS, GENEROUS = 5, 11
"""How many days back the leader forgot Zhang's mate, and the worker wrote more than the leader."""


async def keep(hands: Hands) -> None:
    """Leader and workers of the gang write down what they did; the newest days last."""
    crew = [hand for hand in hands.values() if hand.gang == GANG]
    leader = next(hand for hand in crew if hand.place == 0)
    team_id = leader.period.team_id
    if team_id is None:
        return
    today = clock.today()
    acts.at(by_clock(today - timedelta(days=DAYS + 1), "19:00"))
    await _agree(leader, crew, team_id, today - timedelta(days=DAYS))
    for back in range(DAYS, 0, -1):
        day = today - timedelta(days=back)
        acts.at(by_clock(day, "19:30"))
        at_work = [hand for hand in crew if chance(hand, day).random() >= 1 / 8]
        await _leader_writes(leader, at_work, team_id, day, back)
        for hand in at_work:
            await _worker_writes(hand, team_id, day, back)
        if back == CALLED:
            absent = next(hand for hand in crew[1:] if hand not in at_work)
            await _call(leader, absent, team_id, day)


async def _agree(leader: Hand, crew: list[Hand], team_id: UUID, since: date) -> None:
    members = [row.id for row in await teams.roster(team_id, clock.today())]
    said = {**RATE, "effective_from": since}
    given = acts.sent(TeamTemplateIn, {**said, "member_ids": [str(each) for each in members]})
    await templates.set_for_team(leader.actor, team_id, given)
    for hand in crew[1:]:
        own = said if hand.place != 2 else {**said, "rate_fen": 34_000}
        await templates.set_own(hand.actor, team_id, acts.sent(TemplateIn, own))


async def _leader_writes(
    leader: Hand, at_work: list[Hand], team_id: UUID, day: date, back: int
) -> None:
    by_worker = {row.worker_id: row.id for row in await teams.roster(team_id, day)}
    written = [hand for hand in at_work if not (back == FORGETS and hand.place == 1)]
    members = [str(by_worker[hand.worker_id]) for hand in written if hand.worker_id in by_worker]
    if members:
        entry = _said(leader, day, units="1", overtime_hours="2" if back % 5 == 0 else None)
        await _add(leader, team_id, members, entry)
    if back in (20, 8):
        advance = _said(leader, day, kind="advance", amount_fen=50_000, note="生活费")
        await _add(leader, team_id, members[1:3], advance)


async def _add(leader: Hand, team_id: UUID, members: list[str], entry: dict[str, Any]) -> None:
    given = acts.sent(ManyEntriesIn, {"member_ids": members, "entry": entry})
    await entries.add_many(leader.actor, team_id, given)


async def _call(leader: Hand, hand: Hand, team_id: UUID, day: date) -> None:
    """He came without his phone: the roll-call stands in for his punches."""
    [member] = [
        row.id for row in await teams.roster(team_id, day) if row.worker_id == hand.worker_id
    ]
    said = {"project_id": str(hand.site.id), "day": day, "marks": [{"member_id": str(member)}]}
    await roll_calls.call(leader.actor, team_id, acts.sent(RollCallIn, said))


async def _worker_writes(hand: Hand, team_id: UUID, day: date, back: int) -> None:
    units = "1.5" if (back, hand.place) == (GENEROUS, 1) else "1"
    said = _said(hand, day, units=units, overtime_hours="2" if back % 5 == 0 else None)
    if hand.place in (1, 2):
        await entries.add_own(hand.actor, acts.sent(OwnEntryIn, {**said, "team_id": team_id}))
    if back == 20 and hand.place == 1:
        advance = _said(hand, day, kind="advance", amount_fen=50_000)
        await entries.add_own(hand.actor, acts.sent(OwnEntryIn, {**advance, "team_id": team_id}))
    if back == 3 and hand.place == 1:
        piece = _said(hand, day, kind="piece", unit="吨", quantity="1.2", price_fen=90_000)
        await entries.add_own(hand.actor, acts.sent(OwnEntryIn, {**piece, "team_id": team_id}))


def _said(hand: Hand, day: date, **more: Any) -> dict[str, Any]:
    given = {"kind": "time", "project_id": str(hand.site.id), "day": day.isoformat(), **more}
    return {name: value for name, value in given.items() if value is not None}
