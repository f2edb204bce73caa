"""Enterprises of a region, one of them, the officer's decision, and the look behind the mask."""

from dataclasses import dataclass
from uuid import UUID

from api.enterprises import decisions, licence
from api.enterprises.rules import possible
from api.enterprises.schemas import DecisionIn, EnterpriseOut, EnterpriseQuery, RevealIn
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.schemas import Page
from api.permissions import Permission
from h5.areas import regulator
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View
from h5.views.public.photos import beside

READ, UPDATE = Permission.REGULATOR_ENTERPRISES_READ, Permission.REGULATOR_ENTERPRISES_UPDATE
ONE = "/enterprises/<enterprise_id:uuid>"
LIST = "/regulator/enterprises"


@dataclass(frozen=True, slots=True)
class FirmsPage(View):
    """The enterprises of the region."""

    template = "regulator/firms.html"
    title = "regulator.firms.title"
    found: Page[EnterpriseOut]
    query: EnterpriseQuery


@dataclass(frozen=True, slots=True)
class FirmPage(View):
    """One enterprise, persons masked."""

    template = "regulator/firm.html"
    title = "regulator.firms.one"
    typed: Typed
    firm: EnterpriseOut
    licence: str
    """Where the licence's photo is shown to this officer; empty without one."""
    decisions: tuple[str, ...]
    """What may be decided now."""
    revealed: dict[str, str]
    """What was opened for this one look: what it is, and the plain text."""


@page(regulator, "GET", "/enterprises", permission=READ)
async def firms(actor: Actor, query: EnterpriseQuery) -> FirmsPage:
    """The enterprises of the region."""
    rows, cursor = await decisions.overseen(actor, query)
    items = [EnterpriseOut.of(row) for row in rows]
    return FirmsPage(Page(items=items, next_cursor=cursor), query)


@page(regulator, "GET", ONE, permission=READ, back=LIST)
async def firm(actor: Actor, enterprise_id: UUID, typed: Typed) -> FirmPage:
    """One enterprise of the region."""
    return await _shown(actor, enterprise_id, typed, {})


async def _shown(
    actor: Actor,
    enterprise_id: UUID,
    typed: Typed,
    revealed: dict[str, str],
) -> FirmPage:
    row = await decisions.overseen_one(actor, enterprise_id)
    return FirmPage(
        typed=typed,
        firm=EnterpriseOut.of(row),
        licence=beside("regulator", licence.link(actor, row)) if row.licence_file_id else "",
        decisions=tuple(each.value for each in possible(row.state)),
        revealed=revealed,
    )


@page(regulator, "POST", f"{ONE}/decision", permission=UPDATE, again=firm)
async def decide(actor: Actor, enterprise_id: UUID, form: DecisionIn) -> See:
    """Verify or refuse an enterprise; freeze, restore or annul its code."""
    await decisions.decide(actor, enterprise_id, form.decision, form.reason)
    return See(f"{LIST}/{enterprise_id}", says="regulator.firms.decided")


@page(
    regulator,
    "POST",
    f"{ONE}/reveal",
    permission=Permission.REGULATOR_ENTERPRISES_REVEAL,
    again=firm,
    limits=(Limit("enterprise_reveal", 100, 3600),),
)
async def reveal(actor: Actor, enterprise_id: UUID, form: RevealIn) -> FirmPage:
    """The names and the number behind an enterprise, for this look; it is written down."""
    opened = await decisions.reveal(actor, enterprise_id, form.reason)
    return await _shown(actor, enterprise_id, Typed(), opened)
