"""Teams for workers: form, invite, join, leave, hand over, let another lead for a term."""

from uuid import UUID

from sanic import Blueprint

from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.rate_limit import Limit
from api.kit.routes import PUBLIC, Reply, route
from api.kit.schemas import Page
from api.permissions import Permission
from api.teams import acting, handovers, invitations, membership, nicknames, reading
from api.teams.errors import (
    ActingOpen,
    ActingTerm,
    HandoverOpen,
    InvitationOver,
    LeaderStays,
    MemberNotVerified,
    NoSuchActing,
    NoSuchHandover,
    NoSuchInvitation,
    NoSuchMember,
    NoSuchTeam,
    NotLeader,
    TeamFull,
    TooManyInvitations,
)
from api.teams.schemas import (
    ActingIn,
    ActingOut,
    HandoverIn,
    HandoverOut,
    InvitationIn,
    InvitationOut,
    InvitedOut,
    MemberOut,
    NicknameIn,
    TeamIn,
    TeamOut,
)
from api.workers.errors import NotVerified

blueprint = Blueprint("teams", url_prefix="/api/v1")
READ = Permission.WORKER_TEAMS_READ
UPDATE = Permission.WORKER_TEAMS_UPDATE
ONE = "/teams/<team_id:uuid>"
ACTING = f"{ONE}/acting-leaders/<acting_id:uuid>"
HANDOVER = f"{ONE}/handovers/<handover_id:uuid>"


@route(
    blueprint, "POST", "/teams", permission=UPDATE, status=201, errors=(NotVerified,),
    limits=(Limit("team_create", 20, 3600),),
)  # fmt: skip
async def form_team(actor: Actor, body: TeamIn) -> TeamOut:
    """Form a team as a verified worker; one leads it."""
    return reading.team(await membership.form(actor, body))


@route(blueprint, "GET", "/teams", permission=READ)
async def list_own_teams(actor: Actor, query: PageQuery) -> Page[TeamOut]:
    """The teams one is in."""
    views, cursor = await membership.own(actor, query)
    return Page(items=[reading.team(view) for view in views], next_cursor=cursor)


@route(blueprint, "GET", ONE, permission=READ, errors=(NoSuchTeam,))
async def show_team(actor: Actor, team_id: UUID) -> TeamOut:
    """One of one's teams."""
    return reading.team(await membership.shown(actor, team_id))


@route(blueprint, "GET", f"{ONE}/members", permission=READ, errors=(NoSuchTeam,))
async def list_members(actor: Actor, team_id: UUID, query: PageQuery) -> Page[MemberOut]:
    """Who is in the team, names masked, with their nicknames; never documents or cards."""
    found = await reading.whole(actor, team_id, query)
    return Page(items=list(found.members), next_cursor=found.cursor)


@route(
    blueprint, "PUT", f"{ONE}/members/<member_id:uuid>/nickname", permission=UPDATE,
    errors=(NoSuchTeam, NotLeader, NoSuchMember), limits=(Limit("team_nickname", 200, 3600),),
)  # fmt: skip
async def call_member(actor: Actor, team_id: UUID, member_id: UUID, body: NicknameIn) -> MemberOut:
    """What the team calls a member, said by who leads or by himself; null takes it away."""
    await nicknames.call(actor, team_id, member_id, body.nickname or "")
    return (await reading.member(actor, team_id, member_id)).members[0]


@route(
    blueprint, "DELETE", f"{ONE}/members/<member_id:uuid>", permission=UPDATE, status=204,
    errors=(NoSuchTeam, NotLeader, NoSuchMember, LeaderStays),
)  # fmt: skip
async def remove_member(actor: Actor, team_id: UUID, member_id: UUID) -> None:
    """Remove a member as the leader; he is told."""
    await membership.remove(actor, team_id, member_id)


@route(
    blueprint, "POST", f"{ONE}/leave", permission=UPDATE, status=204,
    errors=(NoSuchTeam, LeaderStays),
)  # fmt: skip
async def leave_team(actor: Actor, team_id: UUID) -> None:
    """Leave the team; its leader hands over first."""
    await membership.leave(actor, team_id)


@route(
    blueprint, "POST", f"{ONE}/invitations", permission=UPDATE, status=201,
    errors=(NoSuchTeam, NotLeader, NotVerified, TooManyInvitations),
    limits=(Limit("team_invite", 60, 3600),),
)  # fmt: skip
async def invite(actor: Actor, team_id: UUID, body: InvitationIn) -> InvitationOut:
    """Make a code by which verified workers join."""
    team, row = await invitations.invite(actor, team_id, body)
    return reading.invitation(row, team.name)


@route(
    blueprint, "GET", f"{ONE}/invitations", permission=READ, errors=(NoSuchTeam, NotLeader)
)  # fmt: skip
async def list_invitations(actor: Actor, team_id: UUID, query: PageQuery) -> Page[InvitationOut]:
    """The codes of the team, for its leader."""
    team, rows, cursor = await invitations.own(actor, team_id, query)
    items = [reading.invitation(row, team.name) for row in rows]
    return Page(items=items, next_cursor=cursor)


@route(
    blueprint, "DELETE", f"{ONE}/invitations/<invitation_id:uuid>", permission=UPDATE, status=204,
    errors=(NoSuchTeam, NotLeader, NoSuchInvitation),
)  # fmt: skip
async def revoke_invitation(actor: Actor, team_id: UUID, invitation_id: UUID) -> None:
    """Revoke a code."""
    await invitations.revoke(actor, team_id, invitation_id)


@route(
    blueprint, "GET", "/invitations/<code:str>", permission=PUBLIC,
    errors=(NoSuchInvitation, InvitationOver), limits=(invitations.LOOKS,),
)  # fmt: skip
async def show_invitation(actor: Actor, code: str) -> InvitedOut:
    """Where a code leads, for everybody who has it, logged in or not."""
    return reading.invited(await invitations.shown(actor, code))


@route(
    blueprint, "POST", "/invitations/<code:str>/accept", permission=UPDATE, status=(201, 200),
    errors=(NotVerified, NoSuchInvitation, InvitationOver, TeamFull),
    limits=(Limit("team_join", 20, 3600),),
)  # fmt: skip
async def accept_invitation(actor: Actor, code: str) -> Reply[TeamOut]:
    """Join a team by its code; 200 when one is in it already."""
    view, joined = await invitations.accept(actor, code)
    return Reply(reading.team(view), 201 if joined else 200)


@route(
    blueprint, "POST", f"{ONE}/handovers", permission=UPDATE, status=201,
    errors=(NoSuchTeam, NotLeader, NoSuchMember, HandoverOpen),
)  # fmt: skip
async def offer_handover(actor: Actor, team_id: UUID, body: HandoverIn) -> HandoverOut:
    """Offer the team to a member; he leads it once he has accepted."""
    row = await handovers.offer(actor, team_id, body.member_id)
    return await reading.handover(row, to_me=False)


@route(
    blueprint, "GET", f"{ONE}/handovers/open", permission=READ, errors=(NoSuchTeam, NoSuchHandover)
)  # fmt: skip
async def show_open_handover(actor: Actor, team_id: UUID) -> HandoverOut:
    """The offer that waits for an answer."""
    row, worker = await handovers.open_one(actor, team_id)
    return await reading.handover(row, to_me=row.to_worker_id == worker.id)


@route(
    blueprint, "POST", f"{HANDOVER}/accept", permission=UPDATE,
    errors=(NoSuchTeam, NotVerified, NoSuchHandover),
)  # fmt: skip
async def accept_handover(actor: Actor, team_id: UUID, handover_id: UUID) -> HandoverOut:
    """Lead the team from now on; open codes are revoked."""
    return await reading.handover(await handovers.accept(actor, team_id, handover_id), to_me=True)


@route(
    blueprint, "POST", f"{HANDOVER}/decline", permission=UPDATE, errors=(NoSuchTeam, NoSuchHandover)
)  # fmt: skip
async def decline_handover(actor: Actor, team_id: UUID, handover_id: UUID) -> HandoverOut:
    """Do not lead the team."""
    return await reading.handover(await handovers.decline(actor, team_id, handover_id), to_me=True)


@route(
    blueprint, "DELETE", HANDOVER, permission=UPDATE, status=204,
    errors=(NoSuchTeam, NotLeader, NoSuchHandover),
)  # fmt: skip
async def withdraw_handover(actor: Actor, team_id: UUID, handover_id: UUID) -> None:
    """Take the offer back as the leader."""
    await handovers.withdraw(actor, team_id, handover_id)


@route(
    blueprint, "POST", f"{ONE}/acting-leaders", permission=UPDATE, status=201,
    errors=(NoSuchTeam, NotLeader, NoSuchMember, MemberNotVerified, ActingOpen, ActingTerm),
    limits=(Limit("team_acting", 60, 3600),),
)  # fmt: skip
async def name_acting_leader(actor: Actor, team_id: UUID, body: ActingIn) -> ActingOut:
    """Ask a member to lead beside one for a term; he does once he has accepted."""
    return await reading.acting_leader(await acting.name(actor, team_id, body), to_me=False)


@route(
    blueprint, "GET", f"{ONE}/acting-leaders/open", permission=READ,
    errors=(NoSuchTeam, NoSuchActing),
)  # fmt: skip
async def show_acting_leader(actor: Actor, team_id: UUID) -> ActingOut:
    """Who is asked to lead for a term, or does or will."""
    row, worker = await acting.open_one(actor, team_id)
    return await reading.acting_leader(row, to_me=row.worker_id == worker.id)


@route(
    blueprint, "POST", f"{ACTING}/accept", permission=UPDATE,
    errors=(NoSuchTeam, NotVerified, NoSuchActing),
)  # fmt: skip
async def accept_acting(actor: Actor, team_id: UUID, acting_id: UUID) -> ActingOut:
    """Lead during the term."""
    row = await acting.accept(actor, team_id, acting_id)
    return await reading.acting_leader(row, to_me=True)


@route(
    blueprint, "POST", f"{ACTING}/decline", permission=UPDATE, errors=(NoSuchTeam, NoSuchActing)
)  # fmt: skip
async def decline_acting(actor: Actor, team_id: UUID, acting_id: UUID) -> ActingOut:
    """Do not lead."""
    row = await acting.decline(actor, team_id, acting_id)
    return await reading.acting_leader(row, to_me=True)


@route(
    blueprint, "DELETE", ACTING, permission=UPDATE, status=204,
    errors=(NoSuchTeam, NotLeader, NoSuchActing),
)  # fmt: skip
async def end_acting(actor: Actor, team_id: UUID, acting_id: UUID) -> None:
    """Take the offer back or end the term, as the leader or as the acting leader himself."""
    await acting.end(actor, team_id, acting_id)
