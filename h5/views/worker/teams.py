"""班组: one's own, forming one, its members; leaving, removing, handing over, a term of leading."""

import datetime as dt
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from api.codes import service as codes
from api.codes.service import Dictionary
from api.kit import clock
from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.rate_limit import Limit
from api.kit.schemas import Form
from api.permissions import Permission
from api.teams import acting, handovers, membership, nicknames, reading
from api.teams.schemas import ActingIn, ActingOut, HandoverOut, MemberOut, Nickname, TeamIn, TeamOut
from api.workers import service as workers
from h5.areas import worker
from h5.forms import Typed
from h5.pages import See, Visit, page
from h5.rendering import View
from h5.views.worker.invitations import kept

READ, UPDATE = Permission.WORKER_TEAMS_READ, Permission.WORKER_TEAMS_UPDATE
TEAMS, ONE = "/h5/teams", "/teams/<team_id:uuid>"
MEMBER = ONE + "/members/<member_id:uuid>"
TERM = ONE + "/acting-leaders/<acting_id:uuid>"
FORMINGS = Limit("team_create", 20, 3600)


@dataclass(frozen=True, slots=True)
class TeamsPage(View):
    """The teams one is in."""

    template = "worker/teams.html"
    title = "worker.teams.title"
    teams: tuple[TeamOut, ...]
    verified: bool
    invited: str
    """The address of an invitation that waited for the registration; empty without one."""
    older: str


@dataclass(frozen=True, slots=True)
class NewTeamPage(View):
    """Name and trade of a new team."""

    template = "worker/team_new.html"
    title = "worker.teams.new.title"
    typed: Typed
    trades: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TeamPage(View):
    """A team, who is in it, and the offers of leadership that wait."""

    template = "worker/team.html"
    title = "worker.teams.one.title"
    typed: Typed
    team: TeamOut
    members: tuple[MemberOut, ...]
    older: str
    offer: HandoverOut | None
    acting: ActingOut | None
    """Who is asked to lead for a term, or does or will."""


@dataclass(frozen=True, slots=True)
class MemberPage(View):
    """A member, and what those who lead may do; what he may do himself."""

    template = "worker/team_member.html"
    title = "worker.teams.member.title"
    typed: Typed
    team: TeamOut
    member: MemberOut
    offered: bool
    """Whether an offer of leadership waits already."""
    acting: ActingOut | None
    today: dt.date
    latest: dt.date
    """The last day on which a term may begin."""


class NicknameForm(Form):
    """A nickname; left empty it is taken away."""

    nickname: Nickname | None = None


class TermForm(Form):
    """From which day to which, both included."""

    from_on: dt.date
    to_on: dt.date


@page(worker, "GET", "/teams", permission=READ, back="/h5/")
async def teams(actor: Actor, query: PageQuery, visit: Visit) -> TeamsPage:
    """My teams."""
    views, cursor = await membership.own(actor, query)
    found = await workers.of_account(actor.id)
    older = f"{TEAMS}?cursor={cursor}" if cursor else ""
    verified = found is not None and found.state == "verified"
    listed = tuple(reading.team(view) for view in views)
    return TeamsPage(listed, verified, kept(visit), older)


@page(worker, "GET", "/teams/new", permission=UPDATE, back=TEAMS)
async def new_team(typed: Typed) -> NewTeamPage:
    """Ask for name and trade."""
    entries = codes.entries(Dictionary.WORK_TYPES)
    return NewTeamPage(typed, tuple((each.code, each.name) for each in entries))


@page(worker, "POST", "/teams/new", permission=UPDATE, again=new_team, limits=(FORMINGS,))
async def form_team(actor: Actor, form: TeamIn) -> See:
    """Form the team and lead it."""
    view = await membership.form(actor, form)
    return See(f"{TEAMS}/{view.team.id}", says="worker.teams.new.done")


@page(worker, "GET", ONE, permission=READ, back=TEAMS)
async def team(actor: Actor, team_id: UUID, query: PageQuery, typed: Typed) -> TeamPage:
    """One of my teams."""
    found = await reading.whole(actor, team_id, query)
    older = f"{TEAMS}/{team_id}?cursor={found.cursor}" if found.cursor else ""
    return TeamPage(typed, found.team, found.members, older, found.offer, found.acting)


@page(worker, "POST", ONE + "/leave", permission=UPDATE, again=team)
async def leave(actor: Actor, team_id: UUID) -> See:
    """Leave the team."""
    await membership.leave(actor, team_id)
    return See(TEAMS, says="worker.teams.left")


@page(worker, "GET", MEMBER, permission=READ, back=TEAMS)
async def member(actor: Actor, team_id: UUID, member_id: UUID, typed: Typed) -> MemberPage:
    """One member."""
    found = await reading.member(actor, team_id, member_id)
    today = clock.today()
    return MemberPage(
        typed, found.team, found.members[0], found.offer is not None, found.acting,
        today, today + timedelta(days=acting.BEFORE_DAYS),
    )  # fmt: skip


@page(worker, "POST", MEMBER + "/nickname", permission=UPDATE, again=member)
async def call(actor: Actor, team_id: UUID, member_id: UUID, form: NicknameForm) -> See:
    """Call a member so, or no longer."""
    await nicknames.call(actor, team_id, member_id, form.nickname or "")
    said = "worker.teams.called" if form.nickname else "worker.teams.called_no_more"
    return See(f"{TEAMS}/{team_id}/members/{member_id}", says=said)


@page(worker, "POST", MEMBER + "/acting", permission=UPDATE, again=member)
async def name_acting(actor: Actor, team_id: UUID, member_id: UUID, form: TermForm) -> See:
    """Ask a member to lead for a term."""
    given = ActingIn(member_id=member_id, from_on=form.from_on, to_on=form.to_on)
    await acting.name(actor, team_id, given)
    return See(f"{TEAMS}/{team_id}", says="worker.teams.acting.asked")


@page(worker, "POST", TERM + "/accept", permission=UPDATE, again=team)
async def accept_acting(actor: Actor, team_id: UUID, acting_id: UUID) -> See:
    """Lead during the term."""
    await acting.accept(actor, team_id, acting_id)
    return See(f"{TEAMS}/{team_id}", says="worker.teams.acting.said_yes")


@page(worker, "POST", TERM + "/decline", permission=UPDATE, again=team)
async def decline_acting(actor: Actor, team_id: UUID, acting_id: UUID) -> See:
    """Do not lead."""
    await acting.decline(actor, team_id, acting_id)
    return See(f"{TEAMS}/{team_id}", says="worker.teams.acting.said_no")


@page(worker, "POST", TERM + "/end", permission=UPDATE, again=team)
async def end_acting(actor: Actor, team_id: UUID, acting_id: UUID) -> See:
    """Take the offer back, or end the term."""
    await acting.end(actor, team_id, acting_id)
    return See(f"{TEAMS}/{team_id}", says="worker.teams.acting.ended")


@page(worker, "POST", MEMBER + "/remove", permission=UPDATE, again=member)
async def remove(actor: Actor, team_id: UUID, member_id: UUID) -> See:
    """Remove a member."""
    await membership.remove(actor, team_id, member_id)
    return See(f"{TEAMS}/{team_id}", says="worker.teams.removed")


@page(worker, "POST", MEMBER + "/offer", permission=UPDATE, again=member)
async def offer(actor: Actor, team_id: UUID, member_id: UUID) -> See:
    """Offer the team to a member."""
    await handovers.offer(actor, team_id, member_id)
    return See(f"{TEAMS}/{team_id}", says="worker.teams.offered")


@page(worker, "POST", ONE + "/handovers/<offer_id:uuid>/accept", permission=UPDATE, again=team)
async def accept(actor: Actor, team_id: UUID, offer_id: UUID) -> See:
    """Lead the team from now on."""
    await handovers.accept(actor, team_id, offer_id)
    return See(f"{TEAMS}/{team_id}", says="worker.teams.leading_now")


@page(worker, "POST", ONE + "/handovers/<offer_id:uuid>/decline", permission=UPDATE, again=team)
async def decline(actor: Actor, team_id: UUID, offer_id: UUID) -> See:
    """Do not lead it."""
    await handovers.decline(actor, team_id, offer_id)
    return See(f"{TEAMS}/{team_id}", says="worker.teams.declined")


@page(worker, "POST", ONE + "/handovers/<offer_id:uuid>/withdraw", permission=UPDATE, again=team)
async def withdraw(actor: Actor, team_id: UUID, offer_id: UUID) -> See:
    """Take the offer back."""
    await handovers.withdraw(actor, team_id, offer_id)
    return See(f"{TEAMS}/{team_id}", says="worker.teams.withdrawn")
