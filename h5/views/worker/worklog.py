"""记工: a month of both books, where they differ, one line of them, money, and figures."""

import datetime as dt
from calendar import Calendar
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from api.kit import clock
from api.kit.actor import Actor
from api.kit.routes import Download
from api.kit.schemas import Form
from api.kit.spreadsheets import XLSX
from api.permissions import Permission
from api.worklog import deciding, exporting, figures, reading
from api.worklog.answers import (
    LogEntryOut,
    LogLineOut,
    SpanOut,
    TeamLogLineOut,
)
from api.worklog.rules import Book
from api.worklog.schemas import (
    LogQuery,
    SpanQuery,
)
from h5.areas import worker
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View

READ, UPDATE = Permission.WORKER_WORKLOG_READ, Permission.WORKER_WORKLOG_UPDATE
WORKLOG, LINE = "/h5/worklog", "/worklog/lines/<line_id:uuid>"


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the grid: the 工 of one's own book, else of the leader's."""

    day: dt.date
    tone: str
    units: Decimal
    href: str
    today: bool


@dataclass(frozen=True, slots=True)
class WorklogPage(View):
    """A month of both books."""

    template = "worker/worklog.html"
    title = "worker.worklog.title"
    month: dt.date
    earlier: str
    later: str
    span: SpanOut
    weeks: tuple[tuple[Cell | None, ...], ...]
    lines: tuple[LogLineOut, ...]
    teams: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True)
class DifferencesPage(View):
    """Where the two books differ."""

    template = "worker/worklog_differences.html"
    title = "worker.worklog.differences.title"
    lines: tuple[LogLineOut, ...]
    older: str
    names: bool
    """Whether the lines are of several people."""


@dataclass(frozen=True, slots=True)
class LinePage(View):
    """One line: the punches, both books, the entries, and what may be said."""

    template = "worker/worklog_line.html"
    title = "worker.worklog.line.title"
    typed: Typed
    line: TeamLogLineOut
    entries: tuple[LogEntryOut, ...]
    books: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MoneyPage(View):
    """Advances and settlements by both books."""

    template = "worker/worklog_money.html"
    title = "worker.worklog.money.title"
    lines: tuple[LogLineOut, ...]
    older: str


@dataclass(frozen=True, slots=True)
class FiguresPage(View):
    """A year's figures, per project and in all."""

    template = "worker/worklog_figures.html"
    title = "worker.worklog.figures.title"
    year: int
    earlier: str
    later: str
    span: SpanOut


class BookForm(Form):
    """For which book something is said."""

    book: Book


@page(worker, "GET", "/worklog", permission=READ, back="/h5/more")
async def worklog(actor: Actor, query: SpanQuery) -> WorklogPage:
    """A month of both books."""
    this = clock.today().replace(day=1)
    month = dt.date.fromisoformat(f"{query.month}-01") if query.month else this
    name = f"{month:%Y-%m}"
    found = await figures.month_of(actor, name)
    return WorklogPage(
        month=month,
        earlier=_address(month - dt.timedelta(days=1)),
        later=_address(month + dt.timedelta(days=31)) if month < this else "",
        span=found.span,
        weeks=_weeks(month, found.lines),
        lines=tuple(found.lines),
        teams=tuple((each.id, each.name) for each in found.teams),
    )


def _address(day: dt.date) -> str:
    return f"{WORKLOG}?month={day:%Y-%m}"


def _weeks(month: dt.date, lines: list[LogLineOut]) -> tuple[tuple[Cell | None, ...], ...]:
    return tuple(
        tuple(_cell(day, lines) if day.month == month.month else None for day in week)
        for week in Calendar().monthdatescalendar(month.year, month.month)
    )


def _cell(day: dt.date, lines: list[LogLineOut]) -> Cell:
    found = [each for each in lines if each.day == day]
    said = [each.worker or each.leader for each in found]
    differing = [each for each in found if each.open]
    first = (differing or found)[:1]
    return Cell(
        day=day,
        tone=("wait" if differing else "ok") if found else "",
        units=sum((Decimal(each.units) for each in said if each), Decimal()),
        href=f"{WORKLOG}/lines/{first[0].id}" if first else "",
        today=day == clock.today(),
    )


@page(worker, "GET", "/worklog/differences", permission=READ, back=WORKLOG)
async def differences(actor: Actor, query: LogQuery) -> DifferencesPage:
    """Where the books differ."""
    wanted = query.model_copy(update={"differing": True})
    lines, cursor = await reading.own_lines(actor, wanted)
    older = f"{WORKLOG}/differences?cursor={cursor}" if cursor else ""
    return DifferencesPage(tuple(lines), older, names=False)


@page(worker, "GET", "/worklog/money", permission=READ, back=WORKLOG)
async def money(actor: Actor, query: LogQuery) -> MoneyPage:
    """Advances and settlements."""
    lines, cursor = await reading.own_money(actor, query)
    return MoneyPage(tuple(lines), f"{WORKLOG}/money?cursor={cursor}" if cursor else "")


@page(worker, "GET", LINE, permission=READ, back=WORKLOG)
async def line(actor: Actor, line_id: UUID, typed: Typed) -> LinePage:
    """One line of both books."""
    found, books = await reading.line(actor, line_id)
    entries = await reading.entries_on(actor, line_id)
    return LinePage(typed, found, tuple(entries), tuple(sorted(books)))


@page(worker, "POST", f"{LINE}/accept", permission=UPDATE, again=line)
async def accept(actor: Actor, line_id: UUID, form: BookForm) -> See:
    """Take over what the other side says."""
    await deciding.accept(actor, line_id, form.book)
    return See(f"{WORKLOG}/lines/{line_id}", says="worker.worklog.line.accepted")


@page(worker, "POST", f"{LINE}/keep", permission=UPDATE, again=line)
async def keep(actor: Actor, line_id: UUID, form: BookForm) -> See:
    """Stand by one's own."""
    await deciding.keep(actor, line_id, form.book)
    return See(f"{WORKLOG}/lines/{line_id}", says="worker.worklog.line.kept")


@page(worker, "GET", "/worklog/figures", permission=READ, back=WORKLOG)
async def year(actor: Actor, query: SpanQuery) -> FiguresPage:
    """A year's figures."""
    this = clock.today().year
    asked = int(query.year) if query.year else this
    span = await figures.own(actor, SpanQuery(year=str(asked)))
    path = f"{WORKLOG}/figures?year="
    later = f"{path}{asked + 1}" if asked < this else ""
    return FiguresPage(asked, f"{path}{asked - 1}" if asked > 2001 else "", later, span)


@page(worker, "GET", "/worklog/export", permission=READ)
async def export(actor: Actor, query: SpanQuery) -> Download:
    """A month or a year as a file."""
    return Download(await exporting.own(actor, query), XLSX, "worklog.xlsx")
