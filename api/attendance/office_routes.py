"""Work days for the enterprise that employs or builds, and codes for its gates."""

from decimal import Decimal
from uuid import UUID

from sanic import Blueprint

from api.attendance import decisions, errors, reading, site_codes
from api.attendance.decisions import Decision
from api.attendance.office_schemas import (
    DayQuery,
    DecisionItemOut,
    DecisionsIn,
    DecisionsOut,
    OfficeDayOut,
    SiteCodeIn,
    SiteCodeOut,
)
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import route
from api.kit.schemas import Page
from api.permissions import Permission
from api.projects.errors import NoSuchProject

blueprint = Blueprint("attendance_office", url_prefix="/api/v1/enterprise")
READ, DECIDE = Permission.ENTERPRISE_ATTENDANCE_READ, Permission.ENTERPRISE_ATTENDANCE_DECIDE


@route(blueprint, "GET", "/workdays", permission=READ)
async def list_workdays(actor: Actor, query: DayQuery) -> Page[OfficeDayOut]:
    """Work days to confirm, with evidence and all signals."""
    days, cursor = await reading.days_of_enterprise(actor, query)
    return Page(items=[OfficeDayOut.seen(actor, day) for day in days], next_cursor=cursor)


@route(
    blueprint, "GET", "/workdays/<workday_id:uuid>", permission=READ, errors=(errors.NoSuchWorkday,)
)
async def show_workday(actor: Actor, workday_id: UUID) -> OfficeDayOut:
    """One work day with evidence, signals and every step."""
    return OfficeDayOut.seen(actor, await reading.day_of_enterprise(actor, workday_id))


@route(blueprint, "POST", "/workdays/decisions", permission=DECIDE)
async def decide_workdays(actor: Actor, body: DecisionsIn) -> DecisionsOut:
    """Confirm or reject days, or contest what was confirmed by itself; each stands by itself."""
    wanted = [
        (each.workday_id, Decision(each.decision), _units(each.units), each.reason or "")
        for each in body.decisions
    ]
    outcomes = await decisions.decide_each(actor, wanted)
    items = [DecisionItemOut.of(each.workday_id, each.state, each.problem) for each in outcomes]
    return DecisionsOut(items=items)


def _units(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@route(
    blueprint,
    "POST",
    "/projects/<project_id:uuid>/site-codes",
    permission=Permission.ENTERPRISE_SITE_CODES_CREATE,
    errors=(NoSuchProject,),
    limits=(Limit("site_code", 600, 600),),
)
async def show_site_code(actor: Actor, project_id: UUID, body: SiteCodeIn) -> SiteCodeOut:
    """The code that a gate's screen shows now; ask again when it ends."""
    code = await site_codes.issue(actor, project_id, body.gate)
    return SiteCodeOut(
        code=code.text, link=site_codes.link(code), gate=code.gate, expires_at=code.ends_at
    )
