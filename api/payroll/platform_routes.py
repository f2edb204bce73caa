"""Results of the bank that name no batch: nobody's on the platform but the platform's own."""

from uuid import UUID

from sanic import Blueprint

from api.kit.actor import Actor
from api.kit.routes import route
from api.kit.schemas import Page
from api.payroll import errors, strays
from api.payroll.answers import StrayOut
from api.payroll.schemas import HandlingIn, StrayQuery
from api.permissions import Permission

blueprint = Blueprint("bank_strays", url_prefix="/api/v1/platform/bank-strays")
READ, UPDATE = Permission.PLATFORM_PAYROLL_READ, Permission.PLATFORM_PAYROLL_UPDATE


@route(blueprint, "GET", "", permission=READ)
async def list_strays(actor: Actor, query: StrayQuery) -> Page[StrayOut]:
    """Results that name no batch of ours, newest first."""
    return await strays.listed(query)


@route(
    blueprint, "POST", "/<stray_id:uuid>/handling", permission=UPDATE,
    errors=(errors.NoSuchStray, errors.AlreadyHandled),
)  # fmt: skip
async def handle_stray(actor: Actor, stray_id: UUID, body: HandlingIn) -> StrayOut:
    """Close one with what was found out."""
    return await strays.handle(actor, stray_id, body)
