"""工资卡: the one card the wages go to; to change it one proves oneself anew."""

from dataclasses import dataclass

from api.accounts import consents
from api.accounts.consents import ConsentPurpose
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.permissions import Permission
from api.workers import bank_card
from api.workers import service as workers
from api.workers.errors import NoBankCard
from api.workers.schemas import BankCardIn, BankCardOut
from h5.areas import worker
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View

CARD, NEW = "/h5/bank-card", "/h5/bank-card/new"
CHANGES = Limit("bank_card", 10, 86_400)


@dataclass(frozen=True, slots=True)
class CardPage(View):
    """The card in force, masked."""

    template = "worker/bank_card.html"
    title = "worker.bank_card.title"
    card: BankCardOut | None
    verified: bool


@dataclass(frozen=True, slots=True)
class NewCardPage(View):
    """The number of another card."""

    template = "worker/bank_card_new.html"
    title = "worker.bank_card.new.title"
    typed: Typed


@page(worker, "GET", "/bank-card", permission=Permission.WORKER_REGISTRATION_READ, back="/h5/more")
async def card(actor: Actor) -> CardPage:
    """Where my wages go."""
    found = await workers.of_account(actor.id)
    verified = found is not None and found.state == "verified"
    try:
        own = BankCardOut.of(await bank_card.own_card(actor))
    except NoBankCard:
        own = None
    return CardPage(own, verified)


@page(worker, "GET", "/bank-card/new", permission=Permission.WORKER_BANK_CARD_UPDATE, sudo=True,
      back=CARD)  # fmt: skip
async def new_card(actor: Actor, typed: Typed) -> NewCardPage | See:
    """Ask for the number, once one agreed to it being kept."""
    agreed = await consents.has_consent(actor.id, ConsentPurpose.BANK_CARD)
    return NewCardPage(typed) if agreed else See(f"/h5/consents/bank_card?next={NEW}")


@page(worker, "POST", "/bank-card/new", permission=Permission.WORKER_BANK_CARD_UPDATE, sudo=True,
      again=new_card, limits=(CHANGES,))  # fmt: skip
async def set_card(actor: Actor, form: BankCardIn) -> See:
    """Let the wages go to this card from now on."""
    bank_name = form.bank_name or ""
    await bank_card.set_card(actor, number=form.number, holder=form.holder, bank_name=bank_name)
    return See(CARD, says="worker.bank_card.set")
