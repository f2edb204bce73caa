"""The screen at a gate: a code that rotates by itself, and a poster to print."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from markupsafe import Markup

from api.attendance import site_codes
from api.attendance.schemas import Gate
from api.attendance.site_codes import SiteCode
from api.kit import clock
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.schemas import Out, Query
from api.permissions import Permission
from api.projects import board, listing
from api.projects.schemas import ProjectOut
from api.settings import settings
from h5 import qr
from h5.areas import enterprise
from h5.pages import page
from h5.rendering import View

CREATE = Permission.ENTERPRISE_SITE_CODES_CREATE
READ = Permission.ENTERPRISE_PROJECTS_READ
ONE = "/projects/<project_id:uuid>"
CODES = Limit("site_code", 600, 600)
TAIL = 6


class GateQuery(Query):
    """For the screen of which gate."""

    gate: Gate = "main"


class CodeNow(Out):
    """What the screen shows, from when to when by the server's clock."""

    svg: str
    tail: str
    """The end of the code, to tell two screens apart."""
    link: str
    server_ms: int
    ends_ms: int


@dataclass(frozen=True, slots=True)
class SiteCodePage(View):
    """The gate's screen."""

    template = "enterprise/site_code.html"
    title = "enterprise.site_code.title"
    project: ProjectOut
    gate: str
    svg: Markup
    tail: str
    server_ms: int
    ends_ms: int
    ends_at: dt.datetime


@dataclass(frozen=True, slots=True)
class PosterPage(View):
    """The poster for a site: how to punch, whom to call."""

    template = "enterprise/poster.html"
    title = "enterprise.poster.title"
    project: ProjectOut
    svg: Markup
    link: str
    rights: tuple[str, ...]
    hotlines: str


async def _code(actor: Actor, project_id: UUID, gate: str) -> tuple[SiteCode, CodeNow]:
    code = await site_codes.issue(actor, project_id, gate)
    link = site_codes.link(code)
    return code, CodeNow(
        svg=str(qr.drawn(link)),
        tail=code.text[-TAIL:].upper(),
        link=link,
        server_ms=_ms(clock.now()),
        ends_ms=_ms(code.ends_at),
    )


def _ms(moment: dt.datetime) -> int:
    return round(moment.timestamp() * 1000)


@page(enterprise, "GET", f"{ONE}/site-code", permission=CREATE, limits=(CODES,))
async def site_code(actor: Actor, project_id: UUID, query: GateQuery) -> SiteCodePage:
    """The screen with the code of now; without scripts it loads itself anew."""
    project = await listing.one(actor, CREATE, project_id)
    code, now = await _code(actor, project_id, query.gate)
    return SiteCodePage(
        project=project,
        gate=query.gate,
        svg=qr.drawn(now.link),
        tail=now.tail,
        server_ms=now.server_ms,
        ends_ms=now.ends_ms,
        ends_at=code.ends_at,
    )


@page(enterprise, "GET", f"{ONE}/site-code/now", permission=CREATE, limits=(CODES,))
async def site_code_now(actor: Actor, project_id: UUID, query: GateQuery) -> CodeNow:
    """The code of now, for the script of the screen."""
    return (await _code(actor, project_id, query.gate))[1]


@page(enterprise, "GET", f"{ONE}/poster", permission=READ)
async def poster(actor: Actor, project_id: UUID) -> PosterPage:
    """A sheet for the site's wall."""
    project = await listing.one(actor, READ, project_id)
    link = f"{settings().public_url.rstrip('/')}/h5/punch?project={project.id}"
    return PosterPage(
        project=project,
        svg=qr.drawn(link),
        link=link,
        rights=board.RIGHTS,
        hotlines=board.HOTLINES,
    )
