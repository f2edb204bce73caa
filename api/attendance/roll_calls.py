"""点名: a team's leader says who was there, for those who have not punched themselves.

It is the way in when a phone is broken or positions are not granted (3.6): punches by hand, made by
the leader's account. They wait for the wage officer like every day, and the worker is told.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from api.attendance import errors, rules
from api.attendance.models import Method, Punch, Verdict
from api.attendance.rules import Direction, Part
from api.attendance.taking import POSITION, shift_of, workday_id
from api.attendance.writer import PunchRow, writer
from api.engagements import service as engagements
from api.engagements.service import Engagement
from api.kit import clock
from api.kit.actor import Actor
from api.kit.ids import new_id
from api.kit.transaction import transaction
from api.notices import service as notices
from api.projects import service as projects
from api.teams import service as teams
from api.workers import service as workers

BACK = timedelta(days=3)
"""How far back a roll may be called: what lies further back nobody remembers surely."""
CALLED = "roll-call"
"""`content` of a punch that a leader made; of one that a phone sent it is a digest."""
NOTE = "班长点名"
DETAIL = "班组长点名登记，等劳资专管员确认。"
CALLS = UUID("0f0f6f0b-7c0e-4b57-9b0f-5a6d0c1f7a21")
"""Namespace of the `client_id`s: the same call again is the same punch."""


def is_called(punch: Punch) -> bool:
    """Whether a leader made the punch."""
    return punch.content == CALLED


def require_recent(day: date) -> None:
    """Raise CallTooFar unless the roll of that day may be called today."""
    if not clock.today() - BACK <= day <= clock.today():
        raise errors.CallTooFar


@dataclass(frozen=True, slots=True)
class _Call:
    """One roll-call: who calls, for which day of which site, and the times that it means."""

    actor: Actor
    project_id: UUID
    day: date
    now: datetime
    shifts: rules.Shifts


async def call(
    actor: Actor, team_id: UUID, project_id: UUID, day: date, present: Mapping[UUID, Part]
) -> set[UUID]:
    """The workers among `present` for whom something was registered just now.

    Passed over is who leads himself, was not in the team or on the site that day, or has punched
    himself. NoSuchTeam, NotLeader, CallTooFar.
    """
    require_recent(day)
    async with transaction():
        await teams.led(actor, team_id)
        members = set(await teams.members_on(team_id, day)) & present.keys()
        periods = await _there(members, project_id, day)
        accounts = await workers.accounts_of(set(periods))
        others = {each for each in periods if accounts.get(each) != actor.id}
        others -= await who_punched(others, project_id, day)
        made = await _made(actor, project_id, day)
        rows = [row for each in sorted(others) for row in _rows(made, periods[each], present[each])]
        stored = await writer().write(rows) if rows else set()
        fresh = {row.worker_id for row in rows if row.id in stored}
        await _tell(made, {each: accounts[each] for each in fresh if each in accounts})
    return fresh


async def _there(members: Collection[UUID], project_id: UUID, day: date) -> dict[UUID, Engagement]:
    """The periods of those who were on the site that day."""
    found = await engagements.periods_of(members, project_id)
    covering = {
        worker_id: next((row for row in rows if _covers(row, day)), None)
        for worker_id, rows in found.items()
    }
    return {worker_id: row for worker_id, row in covering.items() if row is not None}


def _covers(row: Engagement, day: date) -> bool:
    entered = row.entered_on is not None and row.entered_on <= day
    return entered and (row.left_on is None or day <= row.left_on)


async def who_punched(worker_ids: Collection[UUID], project_id: UUID, day: date) -> set[UUID]:
    """Those of the workers who punched themselves on the site that day. One statement."""
    days = [workday_id(each, project_id, day.isoformat()) for each in worker_ids]
    own = Punch.filter(workday_id__in=days).exclude(content=CALLED)
    return {UUID(str(each)) for each in await own.values_list("worker_id", flat=True)}


async def _made(actor: Actor, project_id: UUID, day: date) -> _Call:
    about = await projects.policies_about(project_id, day)
    shifts = (shift_of(about.before), shift_of(about.own), shift_of(about.after))
    return _Call(actor, project_id, day, clock.now(), shifts)


def _rows(made: _Call, period: Engagement, part: Part) -> list[PunchRow]:
    times = rules.called_at(made.day, made.shifts, part, made.now)
    return [_row(made, period, direction, at, part) for direction, at in times]


def _row(
    made: _Call, period: Engagement, direction: Direction, at: datetime, part: Part
) -> PunchRow:
    day = made.day.isoformat()
    key = f"{period.worker_id}:{made.project_id}:{day}:{part}:{direction}"
    unknown: dict[str, Any] = dict.fromkeys((
        *POSITION, "distance_m", "fence_id", "fence_version", "gate", "code_use", "photo_id"
    ))  # fmt: skip
    return PunchRow(
        **unknown,
        id=new_id(),
        created_at=made.now,
        client_id=uuid5(CALLS, key),
        content=CALLED,
        worker_id=period.worker_id,
        account_id=made.actor.id,
        project_id=made.project_id,
        engagement_id=period.id,
        team_id=period.team_id,
        enterprise_id=period.enterprise_id,
        workday_id=workday_id(period.worker_id, made.project_id, day),
        day=made.day,
        direction=direction.value,
        method=Method.MANUAL.value,
        at=at,
        received_at=made.now,
        claimed_at=at,
        late_upload=False,
        verdict=Verdict.NO_POSITION.value,
        detail=DETAIL,
        # Of each worker's own: a leader's call is no phone that many share.
        device_id=f"{CALLED}-{period.worker_id}",
        note=NOTE,
        signals="",
    )


async def _tell(made: _Call, accounts: Mapping[UUID, UUID]) -> None:
    caller = await workers.of_account(made.actor.id)
    if caller is None:
        return
    for worker_id, account_id in sorted(accounts.items()):
        params = {
            "leader": str(caller.id),
            "project": str(made.project_id),
            "date": made.day.isoformat(),
        }
        about = ("workday", workday_id(worker_id, made.project_id, made.day.isoformat()))
        notices.tell(made.actor, account_id, "workday.roll_called", params, about=about)


notices.resolve("leader", workers.masked_names)
