"""What everybody may read: conduct that was decided for good, is published and in force."""

from sanic import Blueprint

from api.conduct import reading
from api.conduct.answers import PublicConductOut
from api.conduct.schemas import PublicConductQuery
from api.kit.actor import Actor
from api.kit.routes import PUBLIC, route
from api.kit.schemas import Page

blueprint = Blueprint("published_conduct", url_prefix="/api/v1/published-conduct")


@route(blueprint, "GET", "", permission=PUBLIC, limits=(reading.LOOKS,))
async def list_published_conduct(actor: Actor, query: PublicConductQuery) -> Page[PublicConductOut]:
    """Good and bad conduct in force, workers' names masked, newest first."""
    return await reading.public(query)
