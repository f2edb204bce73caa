"""Work days of a region, and one of them with every punch and step."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from api.attendance import reading
from api.attendance.office_schemas import CountOut, CountQuery, DayQuery, OfficeDayOut
from api.kit.actor import Actor
from api.kit.schemas import Page
from api.permissions import Permission
from h5.areas import regulator
from h5.pages import page
from h5.rendering import View

READ = Permission.REGULATOR_ATTENDANCE_READ


@dataclass(frozen=True, slots=True)
class DaysPage(View):
    """The work days of the region, by project, date and state."""

    template = "regulator/days.html"
    title = "regulator.days.title"
    found: Page[OfficeDayOut]
    counts: tuple[CountOut, ...]
    query: DayQuery
    date: dt.date | None


@dataclass(frozen=True, slots=True)
class DayPage(View):
    """One work day with its evidence."""

    template = "regulator/day.html"
    title = "regulator.days.one"
    day: OfficeDayOut


@page(regulator, "GET", "/days", permission=READ)
async def days(actor: Actor, query: DayQuery) -> DaysPage:
    """The work days of the region."""
    rows, cursor = await reading.days_of_region(actor, query)
    asked = CountQuery(project_id=query.project_id, date=query.date)
    return DaysPage(
        found=Page(items=[OfficeDayOut.seen(actor, row) for row in rows], next_cursor=cursor),
        counts=tuple(CountOut.of(each) for each in await reading.counts(actor, asked)),
        query=query,
        date=query.date,
    )


@page(regulator, "GET", "/days/<workday_id:uuid>", permission=READ, back="/regulator/days")
async def day(actor: Actor, workday_id: UUID) -> DayPage:
    """One work day of the region."""
    return DayPage(OfficeDayOut.seen(actor, await reading.day_of_region(actor, workday_id)))
