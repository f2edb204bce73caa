"""Teams and offers as their members read them."""

from dataclasses import dataclass
from uuid import UUID

from api.kit.actor import Actor
from api.kit.pagination import PageQuery, page
from api.teams import acting, invitations, queries
from api.teams.access import member_of
from api.teams.errors import NoSuchMember
from api.teams.leading import leaders_with
from api.teams.membership import TeamView, view
from api.teams.models import ActingLeader, Handover, Invitation, Member, Team
from api.teams.schemas import (
    ActingOut,
    HandoverOut,
    InvitationOut,
    InvitedOut,
    MemberOut,
    TeamOut,
    trade_name,
)
from api.workers import service as workers


@dataclass(frozen=True, slots=True)
class Whole:
    """A team with a page of its members, and what waits for an answer."""

    team: TeamOut
    members: tuple[MemberOut, ...]
    cursor: str | None
    offer: HandoverOut | None
    acting: ActingOut | None
    """Who is asked to lead for a term, or does or will."""


async def whole(actor: Actor, team_id: UUID, query: PageQuery) -> Whole:
    """One of the actor's teams with everything on it, in eight statements. NoSuchTeam."""
    found, own = await member_of(actor, team_id)
    rows, cursor = await page(queries.members(found.id), query)
    return await _drawn(found, own.id, rows, cursor)


async def member(actor: Actor, team_id: UUID, member_id: UUID) -> Whole:
    """The same with this one member. NoSuchTeam, NoSuchMember."""
    found, own = await member_of(actor, team_id)
    rows = await queries.members(found.id).filter(id=member_id)
    if not rows:
        raise NoSuchMember
    return await _drawn(found, own.id, rows, None)


async def _drawn(found: Team, own_id: UUID, rows: list[Member], cursor: str | None) -> Whole:
    offer, term = await queries.open_handovers(found.id).first(), await acting.current(found)
    leaders, sizes = leaders_with(found, term), await queries.sizes([found.id])
    asked = {offer.to_worker_id} if offer else set()
    asked |= {term.worker_id} if term else set()
    names = await workers.masked_names(asked | leaders.ids | {row.worker_id for row in rows})
    return Whole(
        team(view(found, leaders, names, sizes[found.id], own_id)),
        tuple(MemberOut.of(row, names.get(row.worker_id, ""), leaders, own_id) for row in rows),
        cursor,
        HandoverOut.of(offer, names.get(offer.to_worker_id, ""), offer.to_worker_id == own_id)
        if offer
        else None,
        ActingOut.of(term, names.get(term.worker_id, ""), term.worker_id == own_id)
        if term
        else None,
    )


def team(found: TeamView) -> TeamOut:
    """The team as shown."""
    row = found.team
    return TeamOut(
        id=row.id,
        name=row.name,
        trade=row.trade,
        trade_name=trade_name(row.trade),
        leader=found.leader,
        acting_leader=found.acting_leader,
        leading=found.leading,
        acting=found.acting,
        members=found.members,
        created_at=row.created_at,
    )


def invited(found: invitations.Invited) -> InvitedOut:
    """Where a code leads, as shown to whoever has it: nothing of the members."""
    row = found.view.team
    return InvitedOut(
        team=row.name,
        trade_name=trade_name(row.trade),
        leader=found.view.leader,
        in_it=found.in_it,
        expires_at=found.invitation.expires_at,
    )


def invitation(row: Invitation, name: str) -> InvitationOut:
    """The invitation as its leader is shown it."""
    link = invitations.link_of(row.code)
    return InvitationOut.of(row, name, invitations.is_open(row), link)


async def handover(row: Handover, *, to_me: bool) -> HandoverOut:
    """The offer as shown."""
    names = await workers.masked_names({row.to_worker_id})
    return HandoverOut.of(row, names.get(row.to_worker_id, ""), to_me)


async def acting_leader(row: ActingLeader, *, to_me: bool) -> ActingOut:
    """The term as shown."""
    names = await workers.masked_names({row.worker_id})
    return ActingOut.of(row, names.get(row.worker_id, ""), to_me)
