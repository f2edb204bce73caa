"""Work days of a region, and one of them with every punch and step."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from api.attendance import office_reading, reading
from api.attendance.office_schemas import DayQuery, OfficeDayOut
from api.kit.actor import Actor
from api.kit.schemas import Page
from api.permissions import Permission
from h5.areas import regulator
from h5.pages import page
from h5.rendering import View
from h5.views.regulator.regions import Picker, picker

READ = Permission.REGULATOR_ATTENDANCE_READ


@dataclass(frozen=True, slots=True)
class DaysPage(View):
    """The work days of the region, by project, date and state."""

    template = "regulator/days.html"
    title = "regulator.days.title"
    found: Page[OfficeDayOut]
    counts: dict[str, int]
    """How many days are in each state."""
    query: DayQuery
    regions: Picker
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
    found = await office_reading.region_list(actor, query)
    items = [OfficeDayOut.seen(actor, day) for day in found.days]
    return DaysPage(
        found=Page(items=items, next_cursor=found.cursor),
        counts={state.value: number for state, number in found.counts.items()},
        query=query,
        regions=picker(actor, READ, query.region),
        date=query.date,
    )


@page(regulator, "GET", "/days/<workday_id:uuid>", permission=READ, back="/regulator/days")
async def day(actor: Actor, workday_id: UUID) -> DayPage:
    """One work day of the region."""
    return DayPage(OfficeDayOut.seen(actor, await reading.day_of_region(actor, workday_id)))
