"""What insures oneself."""

from sanic import Blueprint

from api.insurance import reading
from api.insurance.schemas import OwnInsuranceOut
from api.kit.actor import Actor
from api.kit.routes import route
from api.permissions import Permission

blueprint = Blueprint("insurance", url_prefix="/api/v1/me")


@route(blueprint, "GET", "/insurance", permission=Permission.WORKER_PROFILE_READ)
async def show_own_insurance(actor: Actor) -> OwnInsuranceOut:
    """What insures oneself, and on which site nothing does."""
    return await reading.own(actor)
