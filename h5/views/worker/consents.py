"""One consent a page, with agree and not now side by side; all of them on the privacy page."""

import datetime as dt
from dataclasses import dataclass

from api.accounts import consents
from api.accounts.consents import ConsentPurpose, ConsentText
from api.kit.actor import Actor
from api.kit.errors import NotFound
from api.kit.schemas import Form, Line
from api.permissions import Permission
from h5.areas import worker
from h5.forms import Typed
from h5.pages import See, local, page
from h5.rendering import View
from h5.views.public.accounts import Next

PRIVACY = "/h5/settings/privacy"
LATER = {
    ConsentPurpose.BANK_CARD: "/h5/bank-card",
    ConsentPurpose.FACE: "/h5/register",
    ConsentPurpose.ID_CARD: "/h5/register/in-person",
    ConsentPurpose.LOCATION: "/h5/punch/manual",
}
"""Where it goes on without the consent: nobody ends in front of a shut door."""
UPDATE = Permission.WORKER_CONSENTS_UPDATE


class WordForm(Form):
    """Yes or not now, to the version of the text that was shown."""

    granted: bool
    version: Line
    next: str = PRIVACY


@dataclass(frozen=True, slots=True)
class ConsentPage(View):
    """What is asked for, in the words of the text in force."""

    template = "worker/consent.html"
    title = "worker.consent.title"
    typed: Typed
    text: ConsentText
    next: str


@dataclass(frozen=True, slots=True)
class Word:
    """Where one consent stands."""

    text: ConsentText
    granted: bool
    at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class PrivacyPage(View):
    """All consents, each to be given or taken back by itself."""

    template = "worker/privacy.html"
    title = "worker.privacy.title"
    typed: Typed
    words: tuple[Word, ...]


@page(worker, "GET", "/consents/<purpose:str>", permission=UPDATE, back="/h5/")
async def consent(actor: Actor, purpose: str, query: Next, typed: Typed) -> ConsentPage:
    """Ask for one consent."""
    to = typed.value("next", query.next)
    return ConsentPage(typed, consents.TEXTS[known(purpose)], local(to, PRIVACY))


@page(worker, "POST", "/consents/<purpose:str>", permission=UPDATE, again=consent)
async def decide(actor: Actor, purpose: str, form: WordForm) -> See:
    """Write the word down and go on, after a no by the other way."""
    which = known(purpose)
    await consents.decide(actor, purpose=which, version=form.version, granted=form.granted)
    if form.granted:
        return See(local(form.next, PRIVACY), says="worker.consent.given")
    to = PRIVACY if form.next == PRIVACY else LATER[which]
    return See(to, says=f"worker.consent.not_now.{which}")


@page(worker, "GET", "/settings/privacy", permission=UPDATE, back="/h5/more")
async def privacy(actor: Actor, typed: Typed) -> PrivacyPage:
    """What I agreed to."""
    found = await consents.decisions(actor.id)
    words = [Word(consents.TEXTS[each.purpose], each.granted, each.at) for each in found]
    return PrivacyPage(typed, tuple(words))


@page(worker, "POST", "/settings/privacy/<purpose:str>", permission=UPDATE, again=privacy)
async def withdraw(actor: Actor, purpose: str) -> See:
    """Take one consent back."""
    which = known(purpose)
    version = consents.TEXTS[which].version
    await consents.decide(actor, purpose=which, version=version, granted=False)
    return See(PRIVACY, says="worker.privacy.withdrawn")


def known(purpose: str) -> ConsentPurpose:
    """The purpose of that name. NotFound otherwise."""
    if purpose not in set(ConsentPurpose):
        raise NotFound
    return ConsentPurpose(purpose)
