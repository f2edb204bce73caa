"""Whose books: the doors through which a worker and a team's leader go."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from uuid import UUID

from api.engagements import service as engagements
from api.engagements.service import Engagement
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.projects import service as projects
from api.teams import service as teams
from api.teams.models import Member
from api.workers import service as workers
from api.workers.models import Worker
from api.worklog.errors import (
    DayOutOfSpan,
    NoSuchEntry,
    NoSuchLine,
    NoSuchTeamHere,
    NotMemberThen,
    UnknownProject,
)
from api.worklog.models import LogEntry, LogLine
from api.worklog.rules import Book
from api.worklog.writing import Place

SPAN = timedelta(days=731)


async def worker_of(actor: Actor) -> Worker:
    """The worker who acts. NoSuchTeamHere for an account without one."""
    found = await workers.of_account(actor.id)
    if found is None:
        raise NoSuchTeamHere
    return found


async def own_pair(actor: Actor, team_id: UUID) -> UUID:
    """The acting worker's id, who is or was in the team. NoSuchTeamHere."""
    worker = await worker_of(actor)
    if team_id not in {team.id for team in await teams.ever_in(worker.id)}:
        raise NoSuchTeamHere
    return worker.id


async def led_members(
    actor: Actor, team_id: UUID, member_ids: Collection[UUID], *, on: date | None = None
) -> list[Member]:
    """The members of a team that the actor leads; `on`: only those of that day.

    NoSuchTeam, NotLeader; NotMemberThen when one of them is not among them.
    """
    await teams.led(actor, team_id, lock=True)
    if on is not None:
        found = {row.id: row for row in await teams.roster(team_id, on)}
    else:
        found = await teams.members_by_id(team_id, member_ids)
    if not set(member_ids) <= found.keys():
        raise NotMemberThen(
            errors=(FieldError("member_ids", NotMemberThen.code, NotMemberThen.detail),)
        )
    return [found[each] for each in dict.fromkeys(member_ids)]


def require_day(day: date) -> None:
    """Raise DayOutOfSpan for the future and for what is long past."""
    if not clock.today() - SPAN <= day <= clock.today():
        raise DayOutOfSpan(errors=(FieldError("day", DayOutOfSpan.code, DayOutOfSpan.detail),))


async def places(
    team_id: UUID, worker_ids: Sequence[UUID], project_id: UUID, day: date
) -> dict[UUID, Place]:
    """Where entries of these workers belong. UnknownProject for one that is none of theirs."""
    project = await projects.find(project_id)
    periods = await engagements.periods_of(worker_ids, project_id)
    known = bool(periods) or project_id in await engagements.projects_of_team(team_id)
    if project is None or not known:
        fault = FieldError("project_id", UnknownProject.code, UnknownProject.detail)
        raise UnknownProject(errors=(fault,))
    contractor = project.enterprise_id
    return {
        worker_id: Place(_employer(periods.get(worker_id, []), day), contractor)
        for worker_id in worker_ids
    }


def _employer(periods: Sequence[Engagement], day: date) -> UUID | None:
    """Whoever employed him there that day, else whoever did last."""
    covering = [each for each in periods if each.entered_on and each.entered_on <= day]
    newest = (covering or list(periods))[:1]
    return newest[0].enterprise_id if newest else None


async def entry(
    actor: Actor, entry_id: UUID, *, lock: bool = False
) -> tuple[LogEntry, frozenset[Book]]:
    """An entry that the actor may read, and which of the two books are his. NoSuchEntry."""
    rows = LogEntry.filter(id=entry_id)
    row = await (rows.select_for_update() if lock else rows).first()
    books = await _books(actor, row) if row else frozenset()
    if row is None or not books:
        raise NoSuchEntry
    return row, books


async def line(
    actor: Actor, line_id: UUID, *, lock: bool = False
) -> tuple[LogLine, frozenset[Book]]:
    """A line that the actor may read, and which of its books are his. NoSuchLine."""
    rows = LogLine.filter(id=line_id)
    row = await (rows.select_for_update() if lock else rows).first()
    books = await _books(actor, row) if row else frozenset()
    if row is None or not books:
        raise NoSuchLine
    return row, books


async def _books(actor: Actor, row: LogEntry | LogLine) -> frozenset[Book]:
    """Which side the actor is on: the worker, the team's leader, for his own days both."""
    own = await workers.of_account(actor.id)
    found = {Book.WORKER} if own is not None and own.id == row.worker_id else set()
    if row.team_id in await teams.leads(actor):
        found.add(Book.LEADER)
    return frozenset(found)
