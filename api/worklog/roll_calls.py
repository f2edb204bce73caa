"""点名: the leader's book of a day for many people at once; who has not punched is registered."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from api.attendance import service as attendance
from api.audit import service as audit
from api.audit.tags import Tag
from api.engagements import service as engagements
from api.kit import clock
from api.kit.actor import Actor
from api.kit.transaction import transaction
from api.projects import service as projects
from api.teams import service as teams
from api.teams.models import Member
from api.workers import service as workers
from api.worklog import access, counting, rules, templates
from api.worklog.answers import (
    ProjectNameOut,
    RollCallOut,
    SheetOut,
    SheetRowOut,
    plain,
)
from api.worklog.models import LogEntry
from api.worklog.rules import Book, Given, Kind
from api.worklog.schemas import (
    MarkIn,
    RollCallIn,
    SheetQuery,
)
from api.worklog.writing import Pen

REMEMBERED = timedelta(days=31)
"""How far back the last values of a member are looked for."""
ON_ROLL = (Kind.TIME, Kind.PIECE_DAYS)


@dataclass(slots=True)
class _Written:
    """What one roll-call did to the book."""

    written: int = 0
    changed: int = 0
    unchanged: int = 0


async def call(actor: Actor, team_id: UUID, given: RollCallIn) -> RollCallOut:
    """The leader's book says what was called; who was there and has not punched is registered.

    The same call again adds nothing; another one about the same part of the day takes its place.
    NoSuchTeam, NotLeader, CallTooFar, NotMemberThen, UnknownProject.
    """
    attendance.require_recent(given.day)
    marks = {mark.member_id: mark for mark in given.marks}
    async with transaction():
        members = await access.led_members(actor, team_id, marks, on=given.day)
        by_worker = {each.worker_id: marks[each.id] for each in members}
        pen, done = Pen(actor, Book.LEADER, team_id), _Written()
        await _write(pen, given, by_worker, done)
        await pen.finish()
        present = {each: attendance.Part(mark.part) for each, mark in by_worker.items()}
        fresh = await attendance.call(actor, team_id, given.project_id, given.day, present)
        audit.record(
            actor, Tag.WORKLOG_ROLL_CALLED, ("team", team_id), project=str(given.project_id),
            day=given.day.isoformat(), people=len(by_worker), registered=len(fresh),
        )  # fmt: skip
    return RollCallOut(
        written=done.written,
        changed=done.changed,
        unchanged=done.unchanged,
        registered=len(fresh),
    )


async def _write(pen: Pen, given: RollCallIn, marks: Mapping[UUID, MarkIn], done: _Written) -> None:
    kind, ids = Kind(given.kind), list(marks)
    places = await access.places(pen.team_id, ids, given.project_id, given.day)
    pay = await templates.pays(Book.LEADER, pen.team_id, ids)
    before: dict[UUID, list[LogEntry]] = defaultdict(list)
    rows = LogEntry.filter(
        team_id=pen.team_id, book=Book.LEADER, worker_id__in=ids, day=given.day,
        project_id=given.project_id, kind=kind, removed_at=None,
    )  # fmt: skip
    for row in await rows.order_by("id").select_for_update():
        before[row.worker_id].append(row)
    fresh: list[tuple[UUID, dict[str, Any]]] = []
    mended: list[tuple[LogEntry, dict[str, Any]]] = []
    struck: list[LogEntry] = []
    for worker_id, mark in marks.items():
        said = {**counting.marked(mark, kind, pay(worker_id, given.day)), "part": mark.part}
        own, others = _same_part(mark.part, before[worker_id])
        struck += others
        if own is None:
            where = {"project_id": given.project_id, "day": given.day, "kind": kind}
            fresh.append((worker_id, {**where, "quantity": rules.ZERO, **said}))
        elif any(getattr(own, name) != value for name, value in said.items()):
            mended.append((own, said))
        else:
            done.unchanged += 1
    await pen.strike(struck)
    await pen.rewrite(mended)
    for worker_id, figures in fresh:
        await pen.add(worker_id, places, [figures], roll_call=True)
    done.written, done.changed = len(fresh), len(mended)


def _same_part(part: str, rows: Sequence[LogEntry]) -> tuple[LogEntry | None, list[LogEntry]]:
    """The entry that the mark is about, and those that it takes the place of."""
    kept = rules.kept_halves(part, {row.part for row in rows})
    about = [row for row in rows if row.part not in kept]
    exact = [row for row in about if row.part == part] or about
    own = exact[-1] if exact else None
    return own, [row for row in about if row is not own]


async def sheet(actor: Actor, team_id: UUID, query: SheetQuery) -> SheetOut:
    """The roll of a day: who is in the team, what is recorded, what was said last.

    NoSuchTeam, NotLeader.
    """
    if team_id not in await teams.leads(actor):
        await teams.led(actor, team_id)  # says why not
    day = query.day or clock.today()
    members = await teams.roster(team_id, day)
    recent = await _recent(team_id, day)
    ids = await _projects(actor, team_id)
    last = next((row.project_id for row in reversed(recent) if row.roll_call), None)
    chosen = query.project_id or last or next(iter(ids), None)
    names = await projects.names({*ids, *([chosen] if chosen else [])})
    listed = [ProjectNameOut(id=each, name=names[each]) for each in ids if each in names]
    people = await workers.masked_names({each.worker_id for each in members})
    present = {each.worker_id for each in members}
    punched = await attendance.who_punched(present, chosen, day) if chosen else set()
    rows = [
        _row(each, people.get(each.worker_id, ""), recent, day, each.worker_id in punched)
        for each in members
    ]
    return SheetOut(day=day, project_id=chosen, projects=listed, rows=rows)


async def _projects(actor: Actor, team_id: UUID) -> list[UUID]:
    """Where people of the team are or were with it; of a new team where its leader is or was."""
    found = await engagements.projects_of_team(team_id)
    if found:
        return found
    return await engagements.projects_of_worker((await access.worker_of(actor)).id)


async def _recent(team_id: UUID, day: date) -> list[LogEntry]:
    rows = LogEntry.filter(
        team_id=team_id, book=Book.LEADER, kind__in=list(ON_ROLL), removed_at=None,
        day__gte=day - REMEMBERED, day__lte=day,
    )  # fmt: skip
    return await rows.order_by("day", "id")


def _row(
    member: Member, name: str, recent: Sequence[LogEntry], day: date, punched: bool
) -> SheetRowOut:
    own = [row for row in recent if row.worker_id == member.worker_id]
    today = [row for row in own if row.day == day]
    last = own[-1] if own else None
    units = last.units if last and last.given is not Given.HOURS else counting.FULL["whole"]
    return SheetRowOut(
        member_id=member.id,
        name=name,
        nickname=member.nickname,
        recorded=bool(today),
        recorded_units=plain(sum((row.units for row in today), rules.ZERO)),
        part=last.part if last and last.part else "whole",
        last_units=plain(units),
        last_overtime_hours=plain(last.overtime_hours) if last else "0",
        punched=punched,
    )
