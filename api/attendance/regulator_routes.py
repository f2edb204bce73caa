"""Work days for the officers of their region."""

from uuid import UUID

from sanic import Blueprint

from api.attendance import reading
from api.attendance.errors import NoSuchWorkday
from api.attendance.office_schemas import CountOut, CountQuery, CountsOut, DayQuery, OfficeDayOut
from api.kit.actor import Actor
from api.kit.routes import route
from api.kit.schemas import Page
from api.permissions import Permission

blueprint = Blueprint("attendance_oversight", url_prefix="/api/v1/regulator")
READ = Permission.REGULATOR_ATTENDANCE_READ


@route(blueprint, "GET", "/workdays", permission=READ)
async def list_workdays(actor: Actor, query: DayQuery) -> Page[OfficeDayOut]:
    """The work days of one's region, with evidence and signals."""
    days, cursor = await reading.days_of_region(actor, query)
    return Page(items=[OfficeDayOut.seen(actor, day) for day in days], next_cursor=cursor)


@route(blueprint, "GET", "/workdays/<workday_id:uuid>", permission=READ, errors=(NoSuchWorkday,))
async def show_workday(actor: Actor, workday_id: UUID) -> OfficeDayOut:
    """One work day of one's region, every step of it."""
    return OfficeDayOut.seen(actor, await reading.day_of_region(actor, workday_id))


@route(blueprint, "GET", "/workday-counts", permission=READ)
async def count_workdays(actor: Actor, query: CountQuery) -> CountsOut:
    """How many work days of one's region are in which state, and the units they count."""
    return CountsOut(items=[CountOut.of(each) for each in await reading.counts(actor, query)])
