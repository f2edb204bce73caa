"""Both books as the two sides and the offices read them, with names and beside the punches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from api.attendance import service as attendance
from api.attendance.service import Workday
from api.engagements import service as engagements
from api.kit.actor import Actor
from api.kit.pagination import PageQuery, page
from api.projects import service as projects
from api.teams import service as teams
from api.teams.errors import NoSuchMember
from api.teams.models import Team
from api.workers import service as workers
from api.worklog import access, queries, templates
from api.worklog.answers import (
    LogEntryOut,
    LogEntryWholeOut,
    LogLineOut,
    OfficeLogLineOut,
    PairOut,
    ProjectNameOut,
    TeamLogLineOut,
    TemplateOut,
    change_out,
    entry_fields,
    sums_of,
)
from api.worklog.models import LogEntry, LogLine
from api.worklog.rules import Book, Kind
from api.worklog.schemas import (
    LogQuery,
    OfficeLogQuery,
    TeamLogQuery,
)


async def own_entries(actor: Actor, query: LogQuery) -> tuple[list[LogEntryOut], str | None]:
    """A page of the worker's own book, newest first."""
    worker = await access.worker_of(actor)
    rows = queries.in_month(queries.own_entries(worker.id), query.month)
    rows = queries.narrowed(
        rows, team_id=query.team_id, project_id=query.project_id, kind=query.kind
    )
    found, cursor = await page(rows, query)
    return await _entries(found), cursor


async def team_entries(
    actor: Actor, team_id: UUID, query: TeamLogQuery
) -> tuple[list[LogEntryOut], str | None]:
    """A page of the leader's book of his team. NoSuchTeam, NotLeader, NoSuchMember."""
    await teams.led(actor, team_id)
    rows = queries.in_month(queries.team_entries(team_id), query.month)
    rows = queries.narrowed(
        rows, day=query.day, project_id=query.project_id, kind=query.kind,
        worker_id=await _worker_of(team_id, query.member_id),
    )  # fmt: skip
    found, cursor = await page(rows, query)
    return await _entries(found, await teams.nicknames(team_id)), cursor


async def _worker_of(team_id: UUID, member_id: UUID | None) -> UUID | None:
    if member_id is None:
        return None
    found = await teams.members_by_id(team_id, [member_id])
    if member_id not in found:
        raise NoSuchMember
    return UUID(str(found[member_id].worker_id))


async def _entries(
    rows: Sequence[LogEntry], called: Mapping[UUID, str] | None = None
) -> list[LogEntryOut]:
    """The entries with names; `called`: the nicknames, for who leads the team."""
    called = called or {}
    people = await workers.masked_names({row.worker_id for row in rows})
    sites = await projects.names({row.project_id for row in rows})
    writers = await workers.masked_names_of_accounts({row.written_by for row in rows})
    return [
        LogEntryOut.model_validate(
            entry_fields(
                row,
                people.get(row.worker_id, ""),
                sites.get(row.project_id, ""),
                writers.get(row.written_by, ""),
                called.get(row.worker_id, ""),
            )
        )
        for row in rows
    ]


async def entry(actor: Actor, entry_id: UUID) -> LogEntryWholeOut:
    """One entry of one of the actor's two books, with its history. NoSuchEntry."""
    row, books = await access.entry(actor, entry_id)
    own = row.book in books
    called = await _called(row.team_id, books)
    changes = await queries.history([row.id])
    people = await workers.masked_names({row.worker_id})
    sites = await projects.names({row.project_id})
    accounts = {row.written_by} | {each.account_id for each in changes}
    writers = await workers.masked_names_of_accounts(accounts)
    fields = entry_fields(
        row,
        people.get(row.worker_id, ""),
        sites.get(row.project_id, ""),
        writers.get(row.written_by, ""),
        called.get(row.worker_id, ""),
    )
    history = [change_out(each, writers.get(each.account_id, "")) for each in changes]
    return LogEntryWholeOut.model_validate(
        {**fields, "own": own and row.removed_at is None, "history": history}
    )


async def _called(team_id: UUID, books: frozenset[Book]) -> Mapping[UUID, str]:
    """The nicknames of the team, for whose book is the leader's."""
    return await teams.nicknames(team_id) if Book.LEADER in books else {}


def _inside(
    rows: Sequence[LogLine], shown: Sequence[LogLineOut], called: Mapping[UUID, str]
) -> list[TeamLogLineOut]:
    return [
        TeamLogLineOut(nickname=called.get(row.worker_id, ""), **dict(line))
        for row, line in zip(rows, shown, strict=True)
    ]


async def own_lines(actor: Actor, query: LogQuery) -> tuple[list[LogLineOut], str | None]:
    """A page of the worker's lines: both books beside the punches."""
    worker = await access.worker_of(actor)
    rows = queries.narrowed(
        queries.in_month(queries.lines_of(worker.id), query.month),
        team_id=query.team_id, project_id=query.project_id, kind=query.kind,
    )  # fmt: skip
    found, cursor = await page(queries.differing(rows) if query.differing else rows, query)
    return await lines(found), cursor


async def team_lines(
    actor: Actor, team_id: UUID, query: TeamLogQuery
) -> tuple[list[TeamLogLineOut], str | None]:
    """A page of a team's lines, for its leader. NoSuchTeam, NotLeader, NoSuchMember."""
    lead = await teams.led(actor, team_id)
    rows = queries.narrowed(
        queries.in_month(queries.lines_of_team(team_id), query.month),
        day=query.day, project_id=query.project_id, kind=query.kind,
        worker_id=await _worker_of(team_id, query.member_id),
    )  # fmt: skip
    found, cursor = await page(queries.differing(rows) if query.differing else rows, query)
    shown = await lines(found, groups={team_id: lead.team.name})
    return _inside(found, shown, await teams.nicknames(team_id)), cursor


async def office_lines(
    actor: Actor, query: OfficeLogQuery
) -> tuple[list[OfficeLogLineOut], str | None]:
    """A page of the lines that the actor's enterprise may see."""
    rows = queries.narrowed(
        queries.in_month(queries.lines_of_enterprise(actor), query.month),
        day=query.day, project_id=query.project_id, team_id=query.team_id,
        worker_id=query.worker_id,
    )  # fmt: skip
    found, cursor = await page(queries.differing(rows) if query.differing else rows, query)
    shown = zip(found, await lines(found), strict=True)
    return [OfficeLogLineOut(worker_id=row.worker_id, **dict(line)) for row, line in shown], cursor


async def beside(actor: Actor, worker_id: UUID, project_id: UUID, day: date) -> list[LogLineOut]:
    """What both books say of a work day, for an office that may see it."""
    rows = queries.narrowed(
        queries.lines_of_enterprise(actor), worker_id=worker_id, project_id=project_id, day=day
    )
    return await lines(await rows.order_by("kind", "unit"))


async def line(actor: Actor, line_id: UUID) -> tuple[TeamLogLineOut, frozenset[Book]]:
    """One line of the actor's books, and which of them are his. NoSuchLine."""
    row, books = await access.line(actor, line_id)
    called = await _called(row.team_id, books)
    return _inside([row], await lines([row]), called)[0], books


async def entries_on(actor: Actor, line_id: UUID) -> list[LogEntryOut]:
    """The entries that stand on a line, of both books. NoSuchLine."""
    row, _ = await access.line(actor, line_id)
    rows = LogEntry.filter(
        team_id=row.team_id, worker_id=row.worker_id, project_id=row.project_id, day=row.day,
        kind=row.kind, unit=row.unit, removed_at=None,
    )  # fmt: skip
    return await _entries(await rows.order_by("id"))


async def own_money(actor: Actor, query: LogQuery) -> tuple[list[LogLineOut], str | None]:
    """A page of the worker's advances and settlements in both books."""
    worker = await access.worker_of(actor)
    rows = queries.lines_of(worker.id).filter(kind__in=[Kind.ADVANCE, Kind.SETTLEMENT])
    found, cursor = await page(rows, query)
    return await lines(found), cursor


async def lines(
    rows: Sequence[LogLine],
    *,
    groups: Mapping[UUID, str] | None = None,
    sites: Mapping[UUID, str] | None = None,
) -> list[LogLineOut]:
    """The lines with names and punches, in four statements however many.

    `groups`, `sites`: the names of their teams and projects, where the caller knows them.
    """
    groups = groups or await teams.names({row.team_id for row in rows})
    people = await workers.masked_names({row.worker_id for row in rows})
    sites = sites or await projects.names({row.project_id for row in rows})
    days = await _days(rows)
    return [
        _line(
            row,
            groups.get(row.team_id, ""),
            people.get(row.worker_id, ""),
            sites.get(row.project_id, ""),
            days.get((row.worker_id, row.project_id, row.day)) if row.kind.is_work else None,
        )
        for row in rows
    ]


async def _days(rows: Sequence[LogLine]) -> dict[tuple[UUID, UUID, date], Workday]:
    keys = {(row.worker_id, row.project_id, row.day) for row in rows if row.kind.is_work}
    return await attendance.days_found(keys) if keys else {}


def _line(row: LogLine, team: str, person: str, site: str, day: Workday | None) -> LogLineOut:
    both_stand = row.worker_kept_at is not None and row.leader_kept_at is not None
    return LogLineOut(
        id=row.id,
        team_id=row.team_id,
        team_name=team,
        worker_name=person,
        project=ProjectNameOut(id=row.project_id, name=site),
        day=row.day,
        kind=row.kind,
        unit=row.unit,
        difference=row.difference,
        open=row.difference != "same" and not both_stand,
        worker=sums_of(row, Book.WORKER),
        leader=sums_of(row, Book.LEADER),
        worker_kept_at=row.worker_kept_at,
        leader_kept_at=row.leader_kept_at,
        workday_id=day.id if day else None,
        punched_units=str(day.units if day.decided_at else day.found_units) if day else None,
        punched_state=day.state.value if day else None,
    )


@dataclass(frozen=True, slots=True)
class Choices:
    """With which teams and on which projects the worker may write something down."""

    teams: tuple[Team, ...]
    projects: tuple[ProjectNameOut, ...]


async def choices(actor: Actor) -> Choices:
    """The actor's teams, the latest first, and his projects, where he is now first."""
    worker = await workers.of_account(actor.id)
    if worker is None:
        return Choices((), ())
    ids = await engagements.projects_of_worker(worker.id)
    names = await projects.names(set(ids))
    listed = tuple(ProjectNameOut(id=each, name=names[each]) for each in ids if each in names)
    return Choices(tuple(await teams.ever_in(worker.id)), listed)


async def own_pair(actor: Actor, team_id: UUID) -> PairOut:
    """Both sides' templates between the actor and a team of his. NoSuchTeamHere."""
    worker_id = await access.own_pair(actor, team_id)
    names = await teams.names({team_id})
    found = await templates.both(team_id, [worker_id])
    worker = TemplateOut.of(found.get((worker_id, Book.WORKER)))
    leader = TemplateOut.of(found.get((worker_id, Book.LEADER)))
    return PairOut(
        team_id=team_id, team_name=names.get(team_id, ""), member_id=None, name="", nickname="",
        worker=worker, leader=leader, same=_same(worker, leader),
    )  # fmt: skip


async def team_pairs(
    actor: Actor, team_id: UUID, query: PageQuery
) -> tuple[list[PairOut], str | None]:
    """Both sides' templates with each member, a page. NoSuchTeam, NotLeader."""
    await teams.led(actor, team_id)
    groups = await teams.names({team_id})
    members, cursor = await teams.members_page(team_id, query)
    ids = {each.worker_id for each in members}
    names = await workers.masked_names(ids)
    found = await templates.both(team_id, ids)
    pairs = []
    for each in members:
        worker = TemplateOut.of(found.get((each.worker_id, Book.WORKER)))
        leader = TemplateOut.of(found.get((each.worker_id, Book.LEADER)))
        pairs.append(
            PairOut(
                team_id=team_id, team_name=groups.get(team_id, ""), member_id=each.id,
                name=names.get(each.worker_id, ""), nickname=each.nickname,
                worker=worker, leader=leader, same=_same(worker, leader),
            )
        )  # fmt: skip
    return pairs, cursor


def _same(worker: TemplateOut, leader: TemplateOut) -> bool:
    ignored = {"effective_from"}
    return worker.model_dump(exclude=ignored) == leader.model_dump(exclude=ignored)
