"""找回账号: ask those who know one, answer for a colleague, and stop what one did not ask for."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.rate_limit import Limit
from api.kit.schemas import Form
from api.permissions import Permission
from api.recovery import reading, vouching
from api.recovery.errors import NoSuchRecovery
from api.recovery.rules import COLLEAGUES
from api.recovery.schemas import OwnRecoveryOut, VouchingOut
from api.workers import service as workers
from api.workers import takeovers
from api.workers.errors import NoSuchTakeover
from h5.areas import worker
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View, address

READ, UPDATE = Permission.WORKER_REGISTRATION_READ, Permission.WORKER_REGISTRATION_UPDATE
OWN, LIST = "/h5/recovery", "/h5/vouchings"


@dataclass(frozen=True, slots=True)
class RecoveryPage(View):
    """How one's recovery stands, or how to begin one."""

    template = "worker/recovery.html"
    title = "worker.recovery.title"
    typed: Typed
    own: OwnRecoveryOut | None
    may_begin: bool
    needed: int = COLLEAGUES


@dataclass(frozen=True, slots=True)
class VouchingsPage(View):
    """Colleagues who ask to be known."""

    template = "worker/vouchings.html"
    title = "worker.vouching.title"
    rows: tuple[VouchingOut, ...]
    older: str


@dataclass(frozen=True, slots=True)
class VouchingPage(View):
    """One of them: what to look at, yes or no."""

    template = "worker/vouching.html"
    title = "worker.vouching.one"
    typed: Typed
    row: VouchingOut


@dataclass(frozen=True, slots=True)
class TakeoverPage(View):
    """Somebody asks for one's record: until when one may stop it."""

    template = "worker/takeover.html"
    title = "worker.takeover.title"
    row_id: UUID
    due_at: dt.datetime


class KnownForm(Form):
    """Whether it is he."""

    known: Literal["yes", "no"]


@page(worker, "GET", "/recovery", permission=READ, back="/h5/register/result")
async def recovery(actor: Actor, typed: Typed) -> RecoveryPage:
    """How it stands."""
    try:
        own = await reading.own(actor)
    except NoSuchRecovery:
        own = None
    attempt = await workers.own_attempt(actor)
    return RecoveryPage(typed, own, attempt is not None)


@page(worker, "POST", "/recovery", permission=UPDATE, again=recovery,
      limits=(Limit("recoveries", 10, 86_400),))  # fmt: skip
async def begin(actor: Actor) -> See:
    """Ask those who know one."""
    await vouching.begin(actor)
    return See(OWN, says="worker.recovery.begun")


@page(worker, "GET", "/vouchings", permission=READ, back="/h5/teams")
async def vouchings(actor: Actor, query: PageQuery) -> VouchingsPage:
    """Colleagues who wait for a word."""
    found = await reading.to_vouch(actor, query)
    older = address(LIST, query, cursor=found.next_cursor) if found.next_cursor else ""
    return VouchingsPage(tuple(found.items), older)


@page(worker, "GET", "/vouchings/<recovery_id:uuid>", permission=READ, back=LIST)
async def vouching_one(actor: Actor, recovery_id: UUID, typed: Typed) -> VouchingPage:
    """What to look at before one answers."""
    return VouchingPage(typed, await reading.one_to_vouch(actor, recovery_id))


@page(worker, "POST", "/vouchings/<recovery_id:uuid>", permission=UPDATE, again=vouching_one)
async def answer(actor: Actor, recovery_id: UUID, form: KnownForm) -> See:
    """Say whether it is he."""
    await vouching.answer(actor, recovery_id, known=form.known == "yes")
    return See(LIST, says="worker.vouching.answered")


@page(worker, "GET", "/takeovers/<takeover_id:uuid>", permission=READ, back="/h5/messages")
async def takeover(actor: Actor, takeover_id: UUID) -> TakeoverPage:
    """Until when one may stop it. NoSuchTakeover once it is over."""
    rows = [row for row in await takeovers.own_waiting(actor) if row.id == takeover_id]
    if not rows:
        raise NoSuchTakeover
    return TakeoverPage(rows[0].id, rows[0].due_at)


@page(worker, "POST", "/takeovers/<takeover_id:uuid>", permission=UPDATE)
async def stop(actor: Actor, takeover_id: UUID) -> See:
    """It is not oneself: an officer decides."""
    await takeovers.object_to(actor, takeover_id)
    return See("/h5/", says="worker.takeover.stopped")
