"""考勤记录: one month as a grid and as a list."""

import datetime as dt
from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from api.attendance import reading
from api.attendance.schemas import Month
from api.kit import clock
from api.kit.actor import Actor
from api.kit.schemas import Query
from api.permissions import Permission
from h5.areas import worker
from h5.pages import page
from h5.rendering import View

TONES = {"confirmed": "ok", "auto_confirmed": "ok", "settled": "ok", "rejected": "wrong"}


class HistoryQuery(Query):
    """Which month."""

    month: Month | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the grid."""

    day: dt.date
    tone: str
    state: str
    """The state of its least settled work day; empty on a day without one."""
    units: Decimal
    href: str
    today: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One work day of the list."""

    id: UUID
    day: dt.date
    project: str
    state: str
    units: Decimal
    hours: Decimal


@dataclass(frozen=True, slots=True)
class HistoryPage(View):
    """A month of work days."""

    template = "worker/history.html"
    title = "worker.history.title"
    month: dt.date
    earlier: str
    later: str
    """Addresses of the months beside it; empty where there is none to see."""
    weeks: tuple[tuple[Cell | None, ...], ...]
    days: tuple[Row, ...]
    """Newest first."""
    units: str
    hours: str
    open: int
    """Days that nobody has decided on yet."""


@page(worker, "GET", "/history", permission=Permission.WORKER_ATTENDANCE_READ, back="/h5/")
async def history(actor: Actor, query: HistoryQuery) -> HistoryPage:
    """One month."""
    this = clock.today().replace(day=1)
    month = dt.date.fromisoformat(f"{query.month}-01") if query.month else this
    days = tuple(
        Row(row.id, row.day, name, row.state.value, row.units, row.hours)
        for row, name in await reading.own_month(actor, f"{month:%Y-%m}")
    )
    return HistoryPage(
        month=month,
        earlier=_address(month - dt.timedelta(days=1)),
        later=_address(month + dt.timedelta(days=31)) if month < this else "",
        weeks=_weeks(month, days),
        days=days,
        units=_total(day.units for day in days),
        hours=_total(day.hours for day in days),
        open=sum(1 for day in days if day.state in ("incomplete", "pending", "disputed")),
    )


def _total(amounts: Iterable[Decimal]) -> str:
    return f"{sum(amounts, Decimal()).normalize():f}"


def _address(day: dt.date) -> str:
    return f"/h5/history?month={day:%Y-%m}"


def _weeks(month: dt.date, days: tuple[Row, ...]) -> tuple[tuple[Cell | None, ...], ...]:
    by_day: dict[dt.date, list[Row]] = {}
    for day in days:
        by_day.setdefault(day.day, []).append(day)
    return tuple(
        tuple(_cell(day, by_day.get(day, [])) if day.month == month.month else None for day in week)
        for week in Calendar().monthdatescalendar(month.year, month.month)
    )


def _cell(day: dt.date, found: list[Row]) -> Cell:
    waiting = [each for each in found if each.state not in TONES] or found
    state = waiting[0].state if waiting else ""
    return Cell(
        day=day,
        tone=TONES.get(state, "wait") if found else "",
        state=state,
        units=sum((each.units for each in found), Decimal()),
        href=f"/h5/days/{waiting[0].id}" if waiting else "",
        today=day == clock.today(),
    )
