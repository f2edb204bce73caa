"""班组: one's own, forming one, its members; leaving, removing, handing over."""

from dataclasses import dataclass
from uuid import UUID

from api.codes import service as codes
from api.codes.service import Dictionary
from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.rate_limit import Limit
from api.permissions import Permission
from api.teams import handovers, membership, reading
from api.teams.errors import NoSuchHandover
from api.teams.schemas import HandoverOut, MemberOut, TeamIn, TeamOut
from api.workers import service as workers
from h5.areas import worker
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View

READ, UPDATE = Permission.WORKER_TEAMS_READ, Permission.WORKER_TEAMS_UPDATE
TEAMS, ONE = "/h5/teams", "/teams/<team_id:uuid>"
FORMINGS = Limit("team_create", 20, 3600)


@dataclass(frozen=True, slots=True)
class TeamsPage(View):
    """The teams one is in."""

    template = "worker/teams.html"
    title = "worker.teams.title"
    teams: tuple[TeamOut, ...]
    verified: bool
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
    """A team, who is in it, and the offer of leadership that waits."""

    template = "worker/team.html"
    title = "worker.teams.one.title"
    typed: Typed
    team: TeamOut
    members: tuple[MemberOut, ...]
    older: str
    offer: HandoverOut | None


@dataclass(frozen=True, slots=True)
class MemberPage(View):
    """A member, and what the leader may do."""

    template = "worker/team_member.html"
    title = "worker.teams.member.title"
    typed: Typed
    team: TeamOut
    member: MemberOut
    offered: bool
    """Whether an offer of leadership waits already."""


@page(worker, "GET", "/teams", permission=READ, back="/h5/")
async def teams(actor: Actor, query: PageQuery) -> TeamsPage:
    """My teams."""
    views, cursor = await membership.own(actor, query)
    found = await workers.of_account(actor.id)
    older = f"{TEAMS}?cursor={cursor}" if cursor else ""
    verified = found is not None and found.state == "verified"
    return TeamsPage(tuple(reading.team(view) for view in views), verified, older)


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
    return TeamPage(typed, found.team, found.members, older, found.offer)


@page(worker, "POST", ONE + "/leave", permission=UPDATE, again=team)
async def leave(actor: Actor, team_id: UUID) -> See:
    """Leave the team."""
    await membership.leave(actor, team_id)
    return See(TEAMS, says="worker.teams.left")


@page(worker, "GET", ONE + "/members/<member_id:uuid>", permission=READ, back=TEAMS)
async def member(actor: Actor, team_id: UUID, member_id: UUID, typed: Typed) -> MemberPage:
    """One member."""
    found, row, name = await membership.member(actor, team_id, member_id)
    view = reading.team(await membership.shown(actor, team_id))
    offered = await _offer(actor, team_id) is not None
    return MemberPage(typed, view, MemberOut.of(row, name, found.leader_id), offered)


@page(worker, "POST", ONE + "/members/<member_id:uuid>/remove", permission=UPDATE, again=member)
async def remove(actor: Actor, team_id: UUID, member_id: UUID) -> See:
    """Remove a member."""
    await membership.remove(actor, team_id, member_id)
    return See(f"{TEAMS}/{team_id}", says="worker.teams.removed")


@page(worker, "POST", ONE + "/members/<member_id:uuid>/offer", permission=UPDATE, again=member)
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


async def _offer(actor: Actor, team_id: UUID) -> HandoverOut | None:
    try:
        row, own = await handovers.open_one(actor, team_id)
    except NoSuchHandover:
        return None
    return await reading.handover(row, to_me=row.to_worker_id == own.id)
