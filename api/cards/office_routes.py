"""Cards for enterprises: hand out, replace, close."""

from uuid import UUID

from sanic import Blueprint

from api.cards import reading, service
from api.cards.errors import HasCard, IssuedInFuture, NoSuchCard, NumberTaken, WrongStep
from api.cards.schemas import CardIn, CardOut, CardQuery, ReplacementIn
from api.enterprises.errors import NoSuchEnterprise, WhichEnterprise
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import route
from api.kit.schemas import Page
from api.permissions import Permission
from api.workers.errors import CodeNotActive, NoSuchCode
from api.workers.office_schemas import ReasonIn

blueprint = Blueprint("card_office", url_prefix="/api/v1/enterprise/cards")
READ, UPDATE = Permission.ENTERPRISE_CARDS_READ, Permission.ENTERPRISE_CARDS_UPDATE
ONE = "/<card_id:uuid>"
NEW = (NumberTaken, HasCard, IssuedInFuture)


@route(blueprint, "GET", "", permission=READ)
async def list_cards(actor: Actor, query: CardQuery) -> Page[CardOut]:
    """The cards that one's enterprise handed out, the newest first."""
    return await reading.listed(actor, query)


@route(
    blueprint, "POST", "", permission=UPDATE, status=201,
    errors=(NoSuchEnterprise, WhichEnterprise, NoSuchCode, CodeNotActive, *NEW),
    limits=(Limit("card_issue", 600, 3600),),
)  # fmt: skip
async def issue_card(actor: Actor, body: CardIn) -> CardOut:
    """Hand out a worker's card; he is told."""
    return await reading.shown_one(await service.issue(actor, body))


@route(
    blueprint, "POST", f"{ONE}/replacement", permission=UPDATE, status=201,
    errors=(NoSuchCard, WrongStep, *NEW),
)  # fmt: skip
async def replace_card(actor: Actor, card_id: UUID, body: ReplacementIn) -> CardOut:
    """Hand out another card in its place; both stay in the history."""
    return await reading.shown_one(await service.replace(actor, card_id, body))


@route(blueprint, "POST", f"{ONE}/loss", permission=UPDATE, errors=(NoSuchCard, WrongStep))
async def report_loss(actor: Actor, card_id: UUID, body: ReasonIn) -> CardOut:
    """The worker says that he lost it: it counts no more."""
    return await reading.shown_one(await service.lose(actor, card_id, body.reason))


@route(blueprint, "POST", f"{ONE}/return", permission=UPDATE, errors=(NoSuchCard, WrongStep))
async def take_back_card(actor: Actor, card_id: UUID, body: ReasonIn) -> CardOut:
    """The card lies with the office again."""
    return await reading.shown_one(await service.give_back(actor, card_id, body.reason))
