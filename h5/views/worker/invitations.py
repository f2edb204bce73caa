"""Invitations: made and shown large by the leader, accepted or refused by whoever got the code."""

import re
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from markupsafe import Markup
from pydantic import StringConstraints

from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.rate_limit import Limit
from api.kit.routes import PUBLIC
from api.kit.schemas import Form
from api.permissions import Permission
from api.teams import invitations, reading
from api.teams.schemas import InvitationIn, InvitationOut, InvitedOut
from api.workers import service as workers
from h5 import qr
from h5.areas import worker
from h5.forms import Typed
from h5.pages import See, Visit, page
from h5.rendering import View

READ, UPDATE = Permission.WORKER_TEAMS_READ, Permission.WORKER_TEAMS_UPDATE
ONE = "/teams/<team_id:uuid>/invitations"
INVITES, JOINS = Limit("team_invite", 60, 3600), Limit("team_join", 20, 3600)
INVITED = "gongyou-invited"
"""The cookie that keeps the code of an invitation until one is registered."""


CODE = re.compile(rf"[{invitations.ALPHABET}]{{{invitations.LENGTH}}}")


@dataclass(frozen=True, slots=True)
class Shown:
    """A code with its QR, which is a link that any scanner opens."""

    row: InvitationOut
    spaced: str
    picture: Markup


@dataclass(frozen=True, slots=True)
class InvitationsPage(View):
    """The codes of a team that still let somebody in, and how to make one."""

    template = "worker/invitations.html"
    title = "worker.invitations.title"
    typed: Typed
    team_id: UUID
    team: str
    open: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class EnterPage(View):
    """The code that somebody told."""

    template = "worker/invitation_enter.html"
    title = "worker.invitations.enter.title"
    typed: Typed


@dataclass(frozen=True, slots=True)
class InvitationPage(View):
    """Into which team the code leads: who may joins, who may not yet is told what comes first."""

    template = "worker/invitation.html"
    title = "worker.invitations.one.title"
    typed: Typed
    code: str
    team: InvitedOut | None
    standing: str
    """`guest` not logged in, `new` not verified, `ready`, `office` not a worker's account."""


class CodeForm(Form):
    """The code as it was heard: small letters and spaces are fine."""

    invitation: Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)]


@page(worker, "GET", ONE, permission=READ, back="/h5/teams")
async def team_invitations(
    actor: Actor, team_id: UUID, query: PageQuery, typed: Typed
) -> InvitationsPage:
    """The team's codes."""
    team, rows, _ = await invitations.own(actor, team_id, query)
    live = [reading.invitation(row, team.name) for row in rows if invitations.is_open(row)]
    return InvitationsPage(typed, team.id, team.name, tuple(_shown(each) for each in live))


@page(worker, "POST", ONE, permission=UPDATE, again=team_invitations, limits=(INVITES,))
async def invite(actor: Actor, team_id: UUID, form: InvitationIn) -> See:
    """Make a code."""
    await invitations.invite(actor, team_id, form)
    return See(f"/h5/teams/{team_id}/invitations", says="worker.invitations.made")


@page(worker, "POST", ONE + "/<invitation_id:uuid>/revoke", permission=UPDATE,
      again=team_invitations)  # fmt: skip
async def revoke(actor: Actor, team_id: UUID, invitation_id: UUID) -> See:
    """Let the code open nothing any more."""
    await invitations.revoke(actor, team_id, invitation_id)
    return See(f"/h5/teams/{team_id}/invitations", says="worker.invitations.revoked")


@page(worker, "GET", "/invitations", permission=READ, back="/h5/teams")
async def enter_code(typed: Typed) -> EnterPage:
    """Ask for the code."""
    return EnterPage(typed)


@page(
    worker, "POST", "/invitations", permission=READ, again=enter_code, limits=(invitations.LOOKS,)
)
async def look(actor: Actor, form: CodeForm) -> See:
    """Go to where the code leads."""
    code = "".join(form.invitation.upper().split())
    await invitations.shown(actor, code)
    return See(f"/h5/invitations/{code}")


@page(worker, "GET", "/invitations/<code:str>", permission=PUBLIC, back="/h5/teams",
      limits=(invitations.LOOKS,))  # fmt: skip
async def invitation(actor: Actor, code: str, typed: Typed) -> InvitationPage:
    """Into which team the code leads; also for whoever has not logged in or registered yet."""
    standing = await _standing(actor)
    if typed.problem:
        return InvitationPage(typed, code, None, standing)
    found = reading.invited(await invitations.shown(actor, code))
    return InvitationPage(typed, code, found, standing)


@page(worker, "POST", "/invitations/<code:str>/accept", permission=UPDATE, again=invitation,
      limits=(JOINS,))  # fmt: skip
async def accept(actor: Actor, code: str) -> See:
    """Join the team."""
    view, joined = await invitations.accept(actor, code)
    said = "worker.invitations.joined" if joined else "worker.invitations.in_it"
    return See(f"/h5/teams/{view.team.id}", says=said, cookies={INVITED: ""})


@page(worker, "POST", "/invitations/<code:str>/later", permission=UPDATE)
async def register_first(code: str) -> See:
    """To the registration; the browser keeps the code, so that the way leads back here."""
    return See("/h5/register", cookies={INVITED: code if CODE.fullmatch(code) else ""})


@page(worker, "POST", "/invitations/<code:str>/refuse", permission=READ)
async def refuse(code: str) -> See:
    """Do not join: nothing is written, nobody is told."""
    return See("/h5/", says="worker.invitations.refused", cookies={INVITED: ""})


async def _standing(actor: Actor) -> str:
    if actor.account_id is None:
        return "guest"
    if not actor.may(UPDATE):
        return "office"
    found = await workers.of_account(actor.id)
    return "ready" if found is not None and found.state == "verified" else "new"


def kept(visit: Visit) -> str:
    """The address of the invitation that waits for the registration; empty without one."""
    code = visit.cookie(INVITED)
    return f"/h5/invitations/{code}" if CODE.fullmatch(code) else ""


def _shown(row: InvitationOut) -> Shown:
    return Shown(row, f"{row.code[:4]} {row.code[4:]}", qr.drawn(row.link))
