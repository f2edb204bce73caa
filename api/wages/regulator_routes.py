"""Wage sheets of the region, to read."""

from uuid import UUID

from sanic import Blueprint

from api.kit.actor import Actor
from api.kit.routes import route
from api.kit.schemas import Page
from api.permissions import Permission
from api.wages import errors, reading
from api.wages.answers import LineOut, SheetPage, SheetWholeOut
from api.wages.schemas import LineQuery, SheetQuery

blueprint = Blueprint("wage_oversight", url_prefix="/api/v1/regulator/wage-sheets")
READ = Permission.REGULATOR_WAGES_READ
ONE = "/<sheet_id:uuid>"


@route(blueprint, "GET", "", permission=READ)
async def list_region_sheets(actor: Actor, query: SheetQuery) -> SheetPage:
    """The region's wage sheets, newest first, with their sums."""
    return await reading.sheets(actor, READ, query)


@route(blueprint, "GET", ONE, permission=READ, errors=(errors.NoSuchSheet,))
async def show_region_sheet(actor: Actor, sheet_id: UUID) -> SheetWholeOut:
    """One of them with its steps."""
    return await reading.sheet(actor, READ, sheet_id)


@route(blueprint, "GET", f"{ONE}/lines", permission=READ, errors=(errors.NoSuchSheet,))
async def list_region_lines(actor: Actor, sheet_id: UUID, query: LineQuery) -> Page[LineOut]:
    """Its lines; names are masked."""
    return await reading.lines(actor, READ, sheet_id, query)
