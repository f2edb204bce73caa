"""Which enterprise somebody of several looks at: the choice narrows what he may do, no more."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from api.enterprises import service as enterprises
from api.enterprises.errors import NoSuchEnterprise
from api.kit.actor import Actor
from api.kit.schemas import Form, Query
from api.permissions import Permission
from h5 import cookies
from h5.areas import enterprise
from h5.forms import Typed
from h5.pages import See, Visit, local, page
from h5.rendering import View
from h5.texts import texts

OWN = Permission.OWN_ACCOUNT_READ
HOME = "/enterprise/"
EVERY = "all"


class Next(Query):
    """Where to go afterwards."""

    next: str = HOME


class FirmForm(Form):
    """One of his enterprises, or all of them."""

    enterprise_id: UUID | Literal["all"]
    next: str = HOME


@dataclass(frozen=True, slots=True)
class FirmPage(View):
    """His enterprises by name, and all of them."""

    template = "enterprise/firm.html"
    title = "enterprise.firm.title"
    typed: Typed
    firms: tuple[tuple[str, str, str], ...]
    """Value, name and hint of each choice."""
    chosen: str
    next: str


@page(enterprise, "GET", "/firm", permission=OWN, of_all=True)
async def firm(actor: Actor, query: Next, typed: Typed, visit: Visit) -> FirmPage:
    """Choose one of his enterprises."""
    names = await enterprises.names_of(_tenants(actor))
    listed = sorted((name, str(key)) for key, name in names.items())
    every = (EVERY, texts()("components.every_firm"), texts()("enterprise.firm.hint"))
    chosen = visit.cookie(cookies.FIRM)
    return FirmPage(
        typed=typed,
        firms=(*((key, name, "") for name, key in listed), every),
        chosen=chosen if chosen in {key for _, key in listed} else EVERY,
        next=typed.value("next", local(query.next, HOME)),
    )


@page(enterprise, "POST", "/firm", permission=OWN, again=firm, of_all=True)
async def choose_firm(actor: Actor, form: FirmForm) -> See:
    """Look at one of his enterprises from now on, or at all. NoSuchEnterprise for a stranger's."""
    if form.enterprise_id != EVERY and form.enterprise_id not in _tenants(actor):
        raise NoSuchEnterprise
    kept = "" if form.enterprise_id == EVERY else str(form.enterprise_id)
    return See(local(form.next, HOME), says="enterprise.firm.chosen", cookies={cookies.FIRM: kept})


def _tenants(actor: Actor) -> set[UUID]:
    return {grant.tenant_id for grant in actor.grants if grant.tenant_id}
