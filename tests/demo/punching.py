"""A punch of the city's past: taken by the product, by the clock of its moment."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid5

from api.attendance import rules, site_codes
from api.attendance.schemas import PunchIn
from api.attendance.taking import shift_of, taken
from api.attendance.writer import PunchRow, writer
from api.kit import clock
from api.projects import service as projects
from tests.demo import acts
from tests.demo.crews import Hand

CLIENTS = UUID("2d2bd6c1-6f0c-4ce6-9d3e-3a34b3b8a101")
"""Namespace of the ids that the phones gave their punches."""
AT_ONCE = 500
ACCURACY_M = (6, 35)


@dataclass(frozen=True, slots=True)
class Act:
    """A punch to be: when, by whom, which way; `more` as the phone sends it; `sent` when late."""

    at: datetime
    hand: Hand
    direction: str | None
    more: dict[str, Any] = field(default_factory=dict)
    sent: datetime | None = None

    def command(self) -> PunchIn:
        """What the phone sends."""
        position = self.more.get("position")
        fields = {
            "client_id": uuid5(CLIENTS, f"{self.hand.device}-{self.at.isoformat()}"),
            "project_id": self.hand.site.id,
            "direction": self.direction,
            "method": "fence",
            "device_id": self.hand.device,
            "claimed_at": self.at,
            **self.more,
            "position": {**position, "taken_at": self.at} if position else None,
        }
        return acts.sent(PunchIn, fields)


def by_clock(day: date, text: str, *, minutes: float = 0) -> datetime:
    """The instant on the site's clock that day, some minutes later."""
    hour, minute = text.split(":")
    moment = datetime.combine(day, time(int(hour), int(minute)), tzinfo=clock.BEIJING)
    return moment + timedelta(minutes=minutes)


def chance(hand: Hand, day: date) -> Random:
    """What is accidental about a worker's day, the same in every demo of that day."""
    return Random(f"{hand.device} {day.isoformat()}")


def standing(hand: Hand, dice: Random, *, east: float = 0, north: float = 0) -> dict[str, Any]:
    """Where the phone says it is: about where his team works, with an honest error."""
    accuracy = dice.randint(*ACCURACY_M)
    scatter = accuracy / 3
    place = hand.site.plan.place
    spot = place.position(east + dice.gauss(0, scatter), north + dice.gauss(0, scatter))
    return {**spot, "accuracy_m": accuracy}


def shift(hand: Hand, day: date, dice: Random) -> tuple[datetime, datetime]:
    """About when he comes and goes."""
    plan = hand.site.plan
    begins, ends = plan.shift
    last = day + timedelta(days=int(plan.overnight))
    early = by_clock(day, begins, minutes=-dice.uniform(3, 25))
    return early, by_clock(last, ends, minutes=dice.uniform(-20, 15))


def usual(hand: Hand, day: date, **more: Any) -> list[Act]:
    """A day like any other: in at the beginning of the shift, out at its end."""
    dice = chance(hand, day)
    into, out = shift(hand, day, dice)
    return [
        Act(moment, hand, way, {"position": standing(hand, dice), **more})
        for moment, way in ((into, "in"), (out, "out"))
    ]


def at_the_gate(hand: Hand, moment: datetime) -> dict[str, Any]:
    """He scans the code on the gate's screen, his position switched off."""
    shown = site_codes.shown_at(hand.site.id, "main", moment)
    return {"method": "site_code", "site_code": shown.text}


async def take(planned: Iterable[Act]) -> dict[UUID, list[PunchRow]]:
    """The punches, judged and stored, by work day."""
    rows = []
    for act in sorted(planned, key=lambda each: each.at):
        acts.at(act.sent or act.at)
        rows.append(await taken(act.hand.actor, act.command()))
    for start in range(0, len(rows), AT_ONCE):
        await writer().write(rows[start : start + AT_ONCE])
    days: dict[UUID, list[PunchRow]] = {}
    for row in rows:
        days.setdefault(row.workday_id, []).append(row)
    return days


async def amounts_to(rows: list[PunchRow]) -> rules.DayDraft:
    """What the punches of a day without anything odd amount to."""
    policy = await projects.policy_in_force(rows[0].project_id, rows[0].day)
    evidence = [
        rules.Evidence(row.at, row.client_id, rules.Direction(row.direction))
        for row in rows
        if row.direction
    ]
    return rules.derive(evidence, shift_of(policy))
