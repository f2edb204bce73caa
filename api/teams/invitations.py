"""班组邀请: a short code by which verified workers join of their own accord."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import clock
from api.kit.actor import Actor
from api.kit.pagination import PageQuery, page
from api.kit.rate_limit import Limit
from api.kit.transaction import transaction
from api.notices import service as notices
from api.settings import settings
from api.teams import membership, queries
from api.teams.access import led
from api.teams.errors import InvitationOver, NoSuchInvitation, TeamFull, TooManyInvitations
from api.teams.leading import leaders_of
from api.teams.membership import TeamView
from api.teams.models import Invitation, Member, Team
from api.teams.schemas import InvitationIn
from api.workers import service as workers

# Read aloud on a site: no 0 and O, no 1, I and L.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8
MOST_OPEN = 20
LARGEST_TEAM = 300
LOOKS = Limit("team_invitation_look", 600, 3600, by="ip")
"""A whole crew behind one address looks at its invitation; whoever guesses gets nowhere near."""


def is_open(row: Invitation) -> bool:
    """Whether the code still lets somebody in."""
    return bool(row.revoked_at is None and row.used < row.uses and clock.now() < row.expires_at)


@dataclass(frozen=True, slots=True)
class Invited:
    """Where a code leads, and whether whoever asks is in that team already."""

    invitation: Invitation
    view: TeamView
    in_it: bool


def link_of(code: str) -> str:
    """The address that a scanner or WeChat opens: the code, and nothing of a person."""
    return f"{settings().public_url.rstrip('/')}/h5/invitations/{code}"


async def invite(actor: Actor, team_id: UUID, given: InvitationIn) -> tuple[Team, Invitation]:
    """The team and a fresh code. NoSuchTeam, NotLeader, NotVerified, TooManyInvitations."""
    async with transaction():
        lead = await led(actor, team_id, lock=True)
        team, worker = lead.team, await workers.worker_of(actor)
        rows = await queries.invitations(team.id).filter(
            revoked_at=None, expires_at__gt=clock.now()
        )  # fmt: skip
        if sum(is_open(row) for row in rows) >= MOST_OPEN:
            raise TooManyInvitations
        row = await Invitation.create(
            team_id=team.id,
            code="".join(secrets.choice(ALPHABET) for _ in range(LENGTH)),
            uses=given.uses,
            expires_at=clock.now() + timedelta(hours=given.hours),
            made_by=worker.id,
        )
        audit.record(
            actor, Tag.TEAM_INVITED, ("team", team.id), invitation=str(row.id), acting=lead.acting
        )
    return team, row


async def revoke(actor: Actor, team_id: UUID, invitation_id: UUID) -> None:
    """The code lets nobody in from now on. NoSuchTeam, NotLeader, NoSuchInvitation."""
    async with transaction():
        lead = await led(actor, team_id, lock=True)
        row = await queries.invitations(lead.team.id).filter(id=invitation_id).first()
        if row is None:
            raise NoSuchInvitation
        if row.revoked_at is None:
            row.revoked_at = clock.now()
            await row.save(update_fields=["revoked_at"])
            audit.record(
                actor, Tag.TEAM_INVITATION_REVOKED, ("team", row.team_id),
                invitation=str(row.id), acting=lead.acting,
            )  # fmt: skip


async def shown(actor: Actor, code: str) -> Invited:
    """Where a code leads, for whoever was given it, logged in or not.

    NoSuchInvitation, InvitationOver.
    """
    row = await _find(code)
    team = await queries.teams([row.team_id]).first()
    if team is None or not is_open(row):
        raise InvitationOver
    view, own = await membership.view_of(actor, team)
    return Invited(row, view, own)


async def own(
    actor: Actor, team_id: UUID, query: PageQuery
) -> tuple[Team, list[Invitation], str | None]:
    """The team and its codes, newest first, for its leader. NoSuchTeam, NotLeader."""
    team = (await led(actor, team_id)).team
    rows, cursor = await page(queries.invitations(team.id), query)
    return team, rows, cursor


async def accept(actor: Actor, code: str) -> tuple[TeamView, bool]:
    """The team, which the actor has joined himself, and whether he joined just now.

    Joining again uses nothing up. NotVerified, NoSuchInvitation, InvitationOver, TeamFull.
    """
    async with transaction():
        worker = await workers.worker_of(actor)
        found = await _find(code)
        # The team's row first, as everywhere: of two at once, the second sees the first.
        team = await queries.teams([found.team_id]).select_for_update().first()
        row = await Invitation.get(id=found.id)
        if team is None:
            raise InvitationOver
        joined = not await queries.members(team.id).filter(worker_id=worker.id).exists()
        if joined:
            await _join(actor, row, worker.id)
            await _tell(actor, team)
    return await membership.shown(actor, team.id), joined


async def _tell(actor: Actor, team: Team) -> None:
    leaders = (await leaders_of(team)).ids
    for account_id in (await workers.accounts_of(set(leaders))).values():
        params = {"team": str(team.id)}
        notices.tell(actor, account_id, "team.joined", params, about=("team", team.id))


async def _find(code: str) -> Invitation:
    typed = code.strip().upper()
    known = len(typed) == LENGTH and set(typed) <= set(ALPHABET)
    row = await Invitation.get_or_none(code=typed) if known else None
    if row is None:
        raise NoSuchInvitation
    return row


async def _join(actor: Actor, row: Invitation, worker_id: UUID) -> None:
    if not is_open(row):
        raise InvitationOver
    if await queries.members(row.team_id).count() >= LARGEST_TEAM:
        raise TeamFull
    row.used += 1
    await row.save(update_fields=["used"])
    await Member.create(
        team_id=row.team_id,
        worker_id=worker_id,
        invitation_id=row.id,
        joined_on=clock.today(),
    )
    audit.record(actor, Tag.TEAM_JOINED, ("team", row.team_id), worker=str(worker_id))
