"""安康卡 for enterprises: hand out, replace, close."""

from dataclasses import dataclass
from uuid import UUID

from api.cards import reading, service
from api.cards.rules import State
from api.cards.schemas import CardIn, CardOut, CardQuery, ReplacementIn
from api.kit import clock
from api.kit.actor import Actor
from api.permissions import Permission
from api.workers.office_schemas import ReasonIn
from h5.areas import enterprise
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View, address

READ, UPDATE = Permission.ENTERPRISE_CARDS_READ, Permission.ENTERPRISE_CARDS_UPDATE
LIST, ONE = "/enterprise/cards", "/cards/<card_id:uuid>"
STATES = tuple(state.value for state in State)


@dataclass(frozen=True, slots=True)
class CardsPage(View):
    """The cards that were handed out, and the form of another."""

    template = "enterprise/cards.html"
    title = "enterprise.cards.title"
    typed: Typed
    query: CardQuery
    rows: tuple[CardOut, ...]
    states: tuple[str, ...]
    older: str
    may_change: bool
    today: str


@dataclass(frozen=True, slots=True)
class CardPage(View):
    """One card with its history, and what can be done with it."""

    template = "enterprise/card.html"
    title = "enterprise.cards.one"
    typed: Typed
    row: CardOut
    may_change: bool


@page(enterprise, "GET", "/cards", permission=READ)
async def card_list(actor: Actor, query: CardQuery, typed: Typed) -> CardsPage:
    """The cards."""
    found = await reading.listed(actor, query)
    older = address(LIST, query, cursor=found.next_cursor) if found.next_cursor else ""
    today = clock.today().isoformat()
    return CardsPage(typed, query, tuple(found.items), STATES, older, actor.may(UPDATE), today)


@page(enterprise, "POST", "/cards/issue", permission=UPDATE, of_one=True, again=card_list)
async def issue(actor: Actor, form: CardIn) -> See:
    """Hand one out."""
    row = await service.issue(actor, form)
    return See(f"{LIST}/{row.id}", says="enterprise.cards.issued")


@page(enterprise, "GET", ONE, permission=READ, back=LIST)
async def card(actor: Actor, card_id: UUID, typed: Typed) -> CardPage:
    """One card."""
    return CardPage(typed, await reading.one(actor, card_id), actor.may(UPDATE))


@page(enterprise, "POST", f"{ONE}/replace", permission=UPDATE, again=card)
async def replace(actor: Actor, card_id: UUID, form: ReplacementIn) -> See:
    """Hand out another in its place."""
    row = await service.replace(actor, card_id, form)
    return See(f"{LIST}/{row.id}", says="enterprise.cards.replaced")


@page(enterprise, "POST", f"{ONE}/lose", permission=UPDATE, again=card)
async def lose(actor: Actor, card_id: UUID, form: ReasonIn) -> See:
    """He lost it."""
    await service.lose(actor, card_id, form.reason)
    return See(f"{LIST}/{card_id}", says="enterprise.cards.lost")


@page(enterprise, "POST", f"{ONE}/return", permission=UPDATE, again=card)
async def give_back(actor: Actor, card_id: UUID, form: ReasonIn) -> See:
    """It lies with the office again."""
    await service.give_back(actor, card_id, form.reason)
    return See(f"{LIST}/{card_id}", says="enterprise.cards.returned")
