"""找回账号 at the counter: a worker of the enterprise, and whether he and his card go together."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.rate_limit import Limit
from api.kit.schemas import Form
from api.permissions import Permission
from api.recovery import reading, vouching
from api.recovery.schemas import OfficeRecoveryOut
from api.workers.schemas import IdNumberIn
from h5.areas import enterprise
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View, address

READ, COLLECT = Permission.ENTERPRISE_WORKERS_READ, Permission.ENTERPRISE_WORKERS_COLLECT
LIST, ONE = "/enterprise/recoveries", "/recoveries/<recovery_id:uuid>"
WORKERS = "/enterprise/workers"


class DecisionForm(Form):
    """Yes with the number from the card, or no."""

    decision: Literal["confirm", "refuse"]
    number: IdNumberIn | None = None


@dataclass(frozen=True, slots=True)
class RecoveriesPage(View):
    """Who waits for an officer."""

    template = "enterprise/recoveries.html"
    title = "enterprise.recoveries.title"
    rows: tuple[OfficeRecoveryOut, ...]
    older: str


@dataclass(frozen=True, slots=True)
class RecoveryPage(View):
    """One of them."""

    template = "enterprise/recovery.html"
    title = "enterprise.recoveries.one"
    typed: Typed
    row: OfficeRecoveryOut
    may_act: bool


@page(enterprise, "GET", "/recoveries", permission=READ, back=WORKERS)
async def recoveries(actor: Actor, query: PageQuery) -> RecoveriesPage:
    """Workers who wait."""
    found = await reading.of_office(actor, query)
    older = address(LIST, query, cursor=found.next_cursor) if found.next_cursor else ""
    return RecoveriesPage(tuple(found.items), older)


@page(enterprise, "GET", ONE, permission=READ, back=LIST)
async def recovery(actor: Actor, recovery_id: UUID, typed: Typed) -> RecoveryPage:
    """What to compare, and the officer's word."""
    row = await reading.one_of_office(actor, recovery_id)
    return RecoveryPage(typed, row, actor.may(COLLECT))


@page(enterprise, "POST", ONE, permission=COLLECT, again=recovery,
      limits=(Limit("recovery_decisions", 20, 3600),))  # fmt: skip
async def decide(actor: Actor, recovery_id: UUID, form: DecisionForm) -> See:
    """Say whether it is he."""
    confirm = form.decision == "confirm"
    await vouching.decide(actor, recovery_id, confirm=confirm, number=form.number)
    return See(LIST, says="enterprise.recoveries.decided")
