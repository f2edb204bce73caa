"""交接: the leader offers the team to a member, who leads it once he has accepted."""

from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import clock
from api.kit.actor import Actor
from api.kit.transaction import transaction
from api.notices import service as notices
from api.teams import acting, queries
from api.teams.access import led, member_of
from api.teams.errors import HandoverOpen, NoSuchHandover, NoSuchMember
from api.teams.models import Handover, HandoverState, Team
from api.workers import service as workers
from api.workers.models import Worker


async def offer(actor: Actor, team_id: UUID, member_id: UUID) -> Handover:
    """The offer; the member is told. NoSuchTeam, NotLeader, NoSuchMember, HandoverOpen."""
    async with transaction():
        team = (await led(actor, team_id, lock=True, himself=True)).team
        member = await queries.members(team.id).filter(id=member_id).first()
        if member is None or member.worker_id == team.leader_id:
            raise NoSuchMember
        if await queries.open_handovers(team.id).exists():
            raise HandoverOpen
        row = await Handover.create(
            team_id=team.id, from_worker_id=team.leader_id, to_worker_id=member.worker_id
        )
        for account_id in (await workers.accounts_of({member.worker_id})).values():
            notices.tell(actor, account_id, "team.handover_offered", about=("team", team.id))
    return row


async def open_one(actor: Actor, team_id: UUID) -> tuple[Handover, Worker]:
    """The offer that waits, for any member. NoSuchTeam, NoSuchHandover."""
    team, worker = await member_of(actor, team_id)
    row = await queries.open_handovers(team.id).first()
    if row is None:
        raise NoSuchHandover
    return row, worker


async def accept(actor: Actor, team_id: UUID, handover_id: UUID) -> Handover:
    """The actor leads the team from now on; everybody in it is told.

    NoSuchTeam, NotVerified, NoSuchHandover for an offer to another.
    """
    async with transaction():
        team, _ = await member_of(actor, team_id, lock=True)
        worker = await workers.worker_of(actor)
        row = await _offered(team, handover_id, to_worker_id=worker.id)
        await _decide(row, HandoverState.ACCEPTED)
        team.leader_id = worker.id
        await team.save(update_fields=["leader_id"])
        await queries.invitations(team.id).filter(revoked_at=None).update(revoked_at=clock.now())
        await acting.end_all(actor, team)
        audit.record(actor, Tag.TEAM_HANDED_OVER, ("team", team.id), leader=str(worker.id))
        others = {each.worker_id for each in await queries.members(team.id)} - {worker.id}
        for account_id in (await workers.accounts_of(others)).values():
            notices.tell(actor, account_id, "team.handed_over", about=("team", team.id))
    return row


async def decline(actor: Actor, team_id: UUID, handover_id: UUID) -> Handover:
    """The offer is over, without a change. NoSuchTeam, NoSuchHandover for an offer to another."""
    async with transaction():
        team, worker = await member_of(actor, team_id, lock=True)
        row = await _offered(team, handover_id, to_worker_id=worker.id)
        await _decide(row, HandoverState.DECLINED)
    return row


async def withdraw(actor: Actor, team_id: UUID, handover_id: UUID) -> None:
    """The leader takes his offer back. NoSuchTeam, NotLeader, NoSuchHandover."""
    async with transaction():
        team = (await led(actor, team_id, lock=True, himself=True)).team
        await _decide(await _offered(team, handover_id), HandoverState.WITHDRAWN)


async def _offered(team: Team, handover_id: UUID, **narrowing: UUID) -> Handover:
    row = await queries.open_handovers(team.id).filter(id=handover_id, **narrowing).first()
    if row is None:
        raise NoSuchHandover
    return row


async def _decide(row: Handover, state: HandoverState) -> None:
    row.state, row.decided_at = state, clock.now()
    await row.save(update_fields=["state", "decided_at"])
