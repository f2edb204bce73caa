"""记工统计: a month's or a year's figures of both books, per project and in all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from tortoise.functions import Sum
from tortoise.queryset import QuerySet

from api.kit import clock
from api.kit.actor import Actor
from api.projects import service as projects
from api.teams import service as teams
from api.teams.models import Team
from api.workers import service as workers
from api.worklog import access, queries, reading, rules
from api.worklog.answers import (
    FiguresOut,
    LegalCheckOut,
    LogLineOut,
    MemberFiguresOut,
    ProjectFiguresOut,
    ProjectNameOut,
    SpanOut,
    plain,
)
from api.worklog.models import LogLine
from api.worklog.rules import Book, Kind
from api.worklog.schemas import (
    SpanQuery,
    TeamSpanQuery,
)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of somebody's books; without a team there is none."""

    teams: tuple[Team, ...]
    span: SpanOut
    lines: list[LogLineOut]


def span_named(month: str | None, year: str | None) -> str:
    """What the span is called: the month that is asked for, else the year, else this month."""
    return month or year or f"{clock.today():%Y-%m}"


def lines_in(rows: QuerySet[LogLine], span: str) -> QuerySet[LogLine]:
    """The lines of a month `2026-11` or a year `2026`."""
    first, last = queries.span_of(span, None) if "-" in span else queries.span_of(None, span)
    return queries.within(rows, first, last)


async def own(actor: Actor, query: SpanQuery) -> SpanOut:
    """The worker's figures. NoSuchTeamHere for an account without a worker."""
    worker = await access.worker_of(actor)
    span = span_named(query.month, query.year)
    mine = queries.lines_of(worker.id)
    rows = await lines_in(mine, span)
    sites = await projects.names({row.project_id for row in rows})
    return _span(span, rows, await balances(mine), sites)


async def month_of(actor: Actor, month: str) -> Month:
    """The worker's teams, figures and all lines of a month, the latest day first."""
    worker = await workers.of_account(actor.id)
    groups = tuple(await teams.ever_in(worker.id)) if worker else ()
    if worker is None or not groups:
        return Month((), nothing(month), [])
    mine = queries.lines_of(worker.id)
    rows = await lines_in(mine, month).order_by("-day", "-id")
    sites = await projects.names({row.project_id for row in rows})
    span = _span(month, rows, await balances(mine), sites)
    named = {each.id: each.name for each in groups}
    return Month(groups, span, await reading.lines(rows, groups=named, sites=sites))


def nothing(span: str) -> SpanOut:
    """The figures of somebody who has no book yet."""
    empty = figures([], Book.WORKER)
    return SpanOut(
        span=span, projects=[], worker=empty, leader=empty, worker_balance_fen=0,
        leader_balance_fen=0, differing=0, legal=legal([]),
    )  # fmt: skip


def _span(
    span: str, rows: Sequence[LogLine], balance: dict[Book, int], names: dict[UUID, str]
) -> SpanOut:
    by_project: dict[UUID, list[LogLine]] = defaultdict(list)
    for row in rows:
        by_project[row.project_id].append(row)
    return SpanOut(
        span=span,
        projects=[
            ProjectFiguresOut(
                project=ProjectNameOut(id=key, name=names.get(key, "")),
                worker=figures(found, Book.WORKER),
                leader=figures(found, Book.LEADER),
            )
            for key, found in by_project.items()
        ],
        worker=figures(rows, Book.WORKER),
        leader=figures(rows, Book.LEADER),
        worker_balance_fen=balance[Book.WORKER],
        leader_balance_fen=balance[Book.LEADER],
        differing=sum(_is_open(row) for row in rows),
        legal=legal(rows),
    )


async def balances(rows: QuerySet[LogLine]) -> dict[Book, int]:
    """What is earned and not yet paid, of all time, by each book. One statement."""
    sums = rows.annotate(worker=Sum("worker_amount_fen"), leader=Sum("leader_amount_fen"))
    found = await sums.group_by("kind").values_list("kind", "worker", "leader")
    total = dict.fromkeys(Book, 0)
    for kind, worker, leader in found:
        sign = 1 if Kind(kind).is_work else -1
        total[Book.WORKER] += sign * int(worker or 0)
        total[Book.LEADER] += sign * int(leader or 0)
    return total


async def of_team(
    actor: Actor, team_id: UUID, query: TeamSpanQuery
) -> tuple[list[MemberFiguresOut], str | None]:
    """The figures of a page of the members of the team. NoSuchTeam, NotLeader."""
    await teams.led(actor, team_id)
    members, cursor = await teams.members_page(team_id, query)
    ids = {each.worker_id for each in members}
    names = await workers.masked_names(ids)
    span = span_named(query.month, query.year)
    wanted = lines_in(queries.lines_of_team(team_id), span).filter(worker_id__in=list(ids))
    by_worker: dict[UUID, list[LogLine]] = defaultdict(list)
    for row in await wanted:
        by_worker[row.worker_id].append(row)
    items = [
        MemberFiguresOut(
            member_id=each.id,
            name=names.get(each.worker_id, ""),
            nickname=each.nickname,
            worker=figures(by_worker[each.worker_id], Book.WORKER),
            leader=figures(by_worker[each.worker_id], Book.LEADER),
            differing=sum(_is_open(row) for row in by_worker[each.worker_id]),
            legal=legal(by_worker[each.worker_id]),
        )
        for each in members
    ]
    return items, cursor


def _is_open(row: LogLine) -> bool:
    stood_by = row.worker_kept_at is not None and row.leader_kept_at is not None
    return row.difference != "same" and not stood_by


def figures(rows: Iterable[LogLine], book: Book) -> FiguresOut:
    """What one book says on these lines together."""
    said = [row for row in rows if getattr(row, f"{book}_entries")]
    work = [row for row in said if row.kind.is_work]
    earned = _money(work, book)
    advance = _money([row for row in said if row.kind is Kind.ADVANCE], book)
    settled = _money([row for row in said if row.kind is Kind.SETTLEMENT], book)
    unpriced = [
        row
        for row in work
        if row.kind is not Kind.PIECE_DAYS and getattr(row, f"{book}_amount_fen") is None
    ]
    return FiguresOut(
        units=plain(_total(work, f"{book}_units")),
        hours=plain(_total(work, f"{book}_hours")),
        overtime_hours=plain(_total(work, f"{book}_overtime")),
        earned_fen=earned,
        advance_fen=advance,
        settled_fen=settled,
        open_fen=earned - advance - settled,
        unpriced=len(unpriced),
    )


def _money(rows: Iterable[LogLine], book: Book) -> int:
    return sum(getattr(row, f"{book}_amount_fen") or 0 for row in rows)


def _total(rows: Iterable[LogLine], column: str) -> Decimal:
    return sum((getattr(row, column) for row in rows), rules.ZERO)


def legal(rows: Iterable[LogLine]) -> LegalCheckOut:
    """The law's lines on the worker's hours; the leader's where he wrote nothing himself."""
    hours = []
    for row in rows:
        side = "worker" if row.worker_entries else "leader"
        if row.kind is Kind.TIME:
            whole = getattr(row, f"{side}_hours") + getattr(row, f"{side}_overtime")
            hours.append((row.day, whole))
    return LegalCheckOut.of(rules.legal_check(hours))
