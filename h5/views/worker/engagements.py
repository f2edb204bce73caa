"""Where I worked and when; and which enterprises say that I am their worker."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from api.collecting import service as collecting
from api.collecting.schemas import LinkOut
from api.engagements import reading
from api.engagements.schemas import OwnEngagementOut
from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.schemas import Form
from api.permissions import Permission
from h5.areas import worker
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View

ENGAGEMENTS, LINKS = "/h5/engagements", "/h5/links"


@dataclass(frozen=True, slots=True)
class EngagementsPage(View):
    """All periods, newest first."""

    template = "worker/engagements.html"
    title = "worker.engagements.title"
    periods: tuple[OwnEngagementOut, ...]
    older: str


@dataclass(frozen=True, slots=True)
class LinksPage(View):
    """Who collected the worker, each to be confirmed or denied."""

    template = "worker/links.html"
    title = "worker.links.title"
    typed: Typed
    links: tuple[LinkOut, ...]
    older: str


class DecisionForm(Form):
    """Whether it is so."""

    decision: Literal["confirm", "deny"]


@page(worker, "GET", "/engagements", permission=Permission.WORKER_ENGAGEMENTS_READ, back="/h5/more")
async def engagements(actor: Actor, query: PageQuery) -> EngagementsPage:
    """Where I worked."""
    found = await reading.own_engagements(actor, query, with_rules=False)
    older = f"{ENGAGEMENTS}?cursor={found.next_cursor}" if found.next_cursor else ""
    return EngagementsPage(tuple(found.items), older)


@page(worker, "GET", "/links", permission=Permission.WORKER_LINKS_UPDATE, back="/h5/more")
async def links(actor: Actor, query: PageQuery, typed: Typed) -> LinksPage:
    """Who says that I am his worker."""
    found = await collecting.own(actor, query)
    older = f"{LINKS}?cursor={found.next_cursor}" if found.next_cursor else ""
    return LinksPage(typed, tuple(found.items), older)


@page(worker, "POST", "/links/<link_id:uuid>", permission=Permission.WORKER_LINKS_UPDATE,
      again=links)  # fmt: skip
async def decide(actor: Actor, link_id: UUID, form: DecisionForm) -> See:
    """Confirm or deny it."""
    confirmed = form.decision == "confirm"
    await collecting.decide(actor, link_id, confirmed=confirmed)
    return See(LINKS, says="worker.links.confirmed" if confirmed else "worker.links.denied")
