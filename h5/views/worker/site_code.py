"""The code on the gate's screen: a link that any scanner opens, then one press."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID, uuid4

from api.attendance import service as attendance
from api.attendance import site_codes
from api.attendance.schemas import PunchIn
from api.attendance.standing import standings
from api.engagements import reading
from api.engagements import service as engagements
from api.kit import clock
from api.kit.actor import Actor
from api.kit.schemas import Form
from api.permissions import Permission
from h5.areas import worker
from h5.forms import Typed, filled
from h5.pages import See, Visit, page
from h5.rendering import View
from h5.views.worker.punch import PUNCHES, device_of
from h5.views.worker.session import marker

PUNCH = Permission.WORKER_PUNCHES_CREATE


class SiteCodeForm(Form):
    """A punch with the code of the address."""

    client_id: UUID
    direction: Literal["in", "out"]


@dataclass(frozen=True, slots=True)
class SiteCodePage(View):
    """The site whose code was scanned, and the button."""

    template = "worker/site_code.html"
    title = "worker.site_code.title"
    typed: Typed
    code: str
    project_id: UUID
    project: str
    """Empty when the worker is not on that site: then the refusal says so."""
    next: str
    client_id: str
    marker: str


@dataclass(frozen=True, slots=True)
class ScanPage(View):
    """How the code is scanned."""

    template = "worker/scan.html"
    title = "worker.scan.title"
    in_wechat: bool


@page(worker, "GET", "/s/<code:str>", permission=PUNCH, back="/h5/punch")
async def site_code(actor: Actor, code: str, typed: Typed) -> SiteCodePage:
    """What was scanned. BadSiteCode, SiteCodeExpired."""
    gate = site_codes.opened(code)
    if not typed.problem:
        site_codes.read(code, gate.project_id, clock.now())
    periods = [row for row in await engagements.own_now(actor) if row.project_id == gate.project_id]
    sites = await reading.sites(periods, with_fences=False)
    about = {each.project.id: each.policies for each in sites}
    found = await standings(periods[0].worker_id, about) if periods else {}
    return SiteCodePage(
        typed=typed,
        code=code,
        project_id=gate.project_id,
        project=sites[0].project.name if sites else "",
        next=found[gate.project_id].next if found else "in",
        client_id=typed.value("client_id", uuid4()),
        marker=marker(actor),
    )


@page(worker, "POST", "/s/<code:str>", permission=PUNCH, again=site_code, limits=(PUNCHES,))
async def punch_by_code(actor: Actor, code: str, form: SiteCodeForm) -> See:
    """Punch with the scanned code."""
    sent = {
        **form.model_dump(),
        "project_id": site_codes.opened(code).project_id,
        "method": "site_code",
        "site_code": code,
        "device_id": device_of(actor),
    }
    row, _ = await attendance.punch(actor, filled(PunchIn, sent))
    return See(f"/h5/punches/{row.id}")


@page(worker, "GET", "/punches/site-code", permission=PUNCH, back="/h5/punch")
async def scan(visit: Visit) -> ScanPage:
    """How to scan the code at the gate."""
    return ScanPage(in_wechat=visit.in_wechat)
