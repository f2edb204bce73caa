"""How the registration came out: the code with its QR, or what happens next and what to do."""

import datetime as dt
from dataclasses import dataclass

from markupsafe import Markup

from api.kit.actor import Actor
from api.kit.schemas import Out
from api.permissions import Permission
from api.workers import codes, registration, takeovers
from api.workers import service as workers
from api.workers.errors import CodeNotActive, NotVerified
from api.workers.schemas import OwnWorkerOut, RegistrationStateOut
from h5 import qr
from h5.areas import worker
from h5.pages import See, Visit, page
from h5.rendering import View
from h5.views.worker.invitations import kept

READ = Permission.WORKER_REGISTRATION_READ


@dataclass(frozen=True, slots=True)
class ResultPage(View):
    """How it stands, why, and what to do next."""

    template = "worker/register_result.html"
    title = "worker.register.result.title"
    outcome: RegistrationStateOut
    me: OwnWorkerOut | None
    """The record, once there is one; masked."""
    picture: Markup
    """The QR of the code; empty without one that counts."""
    waits_until: dt.datetime | None
    """Until when the account that holds his record may object."""
    invited: str
    """The address of a team's invitation that waited for the registration; empty without one."""


@dataclass(frozen=True, slots=True)
class CodePage(View):
    """The own code, to be shown at a gate."""

    template = "worker/code.html"
    title = "worker.code.title"
    me: OwnWorkerOut
    picture: Markup
    until: dt.datetime | None
    """When the QR ends; None when the code does not count now."""


class QrOut(Out):
    """A fresh QR for a page that stays open."""

    picture: str
    seconds: int


@page(worker, "GET", "/register/result", permission=READ, back="/h5/")
async def result(actor: Actor, visit: Visit) -> ResultPage | See:
    """How the registration stands; who has not begun is led to the start."""
    outcome = await registration.outcome_of(actor.id)
    if outcome.stage is None:
        return See("/h5/register")
    me = await workers.of_account(actor.id)
    picture, _ = await _picture(actor)
    coming = await takeovers.own_coming(actor) if outcome.stage == "waiting" else None
    return ResultPage(
        RegistrationStateOut.of(outcome),
        OwnWorkerOut.of(me) if me else None,
        picture,
        coming.due_at if coming else None,
        kept(visit),
    )


@page(worker, "GET", "/code", permission=READ, back="/h5/more")
async def code(actor: Actor) -> CodePage | See:
    """Show the code with its QR; who has none sees how his registration stands."""
    me = await workers.of_account(actor.id)
    if me is None or me.code is None:
        return See("/h5/register")
    picture, until = await _picture(actor)
    return CodePage(OwnWorkerOut.of(me), picture, until)


@page(worker, "GET", "/code/qr", permission=READ)
async def fresh_qr(actor: Actor) -> QrOut:
    """The next QR, for the script of the page."""
    made = await codes.own_qr(actor)
    return QrOut(picture=qr.drawn(made.text), seconds=codes.QR_LIFE_S)


async def _picture(actor: Actor) -> tuple[Markup, dt.datetime | None]:
    try:
        made = await codes.own_qr(actor)
    except (CodeNotActive, NotVerified):
        return Markup(""), None
    return qr.drawn(made.text), made.expires_at
