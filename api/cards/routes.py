"""One's own cards; and the look at a card that is shown at a gate."""

from uuid import UUID

from sanic import Blueprint

from api.cards import reading, service
from api.cards.errors import NoSuchCard, NotInUse, WrongStep
from api.cards.schemas import CardCheckOut, CardLookupIn, CardOut, OwnCardsOut
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import route
from api.permissions import Permission

blueprint = Blueprint("cards", url_prefix="/api/v1")
READ, UPDATE = Permission.WORKER_PROFILE_READ, Permission.WORKER_PROFILE_UPDATE


@route(blueprint, "GET", "/me/cards", permission=READ)
async def list_own_cards(actor: Actor) -> OwnCardsOut:
    """One's own cards with everything that happened to them."""
    return await reading.own(actor)


@route(
    blueprint, "POST", "/me/cards/<card_id:uuid>/loss", permission=UPDATE,
    errors=(NoSuchCard, WrongStep),
)  # fmt: skip
async def report_own_loss(actor: Actor, card_id: UUID) -> CardOut:
    """Report one's own card lost: it counts no more from this moment on."""
    return await reading.shown_one(await service.lose_own(actor, card_id))


@route(
    blueprint, "POST", "/card-lookups", permission=Permission.STAFF_CODES_CHECK,
    errors=(NoSuchCard, NotInUse), limits=(Limit("card_lookups", 600, 60),),
)  # fmt: skip
async def look_up_card(actor: Actor, body: CardLookupIn) -> CardCheckOut:
    """Who holds the card that is shown, masked; a lost or replaced one is refused at once."""
    return CardCheckOut.of(*await service.look_up(actor, body.number))
