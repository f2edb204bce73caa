"""班组成员: a verified worker forms a team; others join, leave, or are removed by the leader."""

from dataclasses import dataclass
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import clock, jobs
from api.kit.actor import Actor
from api.kit.pagination import PageQuery, page
from api.kit.transaction import transaction
from api.notices import service as notices
from api.teams import queries
from api.teams.access import led, member_of
from api.teams.errors import LeaderStays, NoSuchMember
from api.teams.models import HandoverState, Member, Team
from api.teams.schemas import TeamIn
from api.workers import service as workers


@dataclass(frozen=True, slots=True)
class TeamView:
    """A team as one of its members sees it."""

    team: Team
    leader: str
    leading: bool
    members: int


async def form(actor: Actor, given: TeamIn) -> TeamView:
    """A new team, led by the actor, who is its first member. NotVerified."""
    async with transaction():
        worker = await workers.worker_of(actor)
        team = await Team.create(name=given.name, trade=given.trade, leader_id=worker.id)
        await Member.create(team_id=team.id, worker_id=worker.id, joined_on=clock.today())
        audit.record(actor, Tag.TEAM_CREATED, ("team", team.id))
    return (await _views([team], worker.id))[0]


async def own(actor: Actor, query: PageQuery) -> tuple[list[TeamView], str | None]:
    """The teams in which the actor is, newest first, and the cursor of the rest."""
    worker = await workers.of_account(actor.id)
    if worker is None:
        return [], None
    rows, cursor = await page(queries.teams(await queries.own_ids(worker.id)), query)
    return await _views(rows, worker.id), cursor


async def shown(actor: Actor, team_id: UUID) -> TeamView:
    """One of the actor's teams. NoSuchTeam."""
    team, worker = await member_of(actor, team_id)
    return (await _views([team], worker.id))[0]


async def view_of(actor: Actor, team: Team) -> TeamView:
    """A team as the actor sees it, whether he is in it or not."""
    worker = await workers.of_account(actor.id)
    return (await _views([team], worker.id if worker else None))[0]


async def _views(rows: list[Team], worker_id: UUID | None) -> list[TeamView]:
    names = await workers.masked_names({row.leader_id for row in rows})
    sizes = await queries.sizes([row.id for row in rows])
    return [
        TeamView(row, names.get(row.leader_id, ""), row.leader_id == worker_id, sizes[row.id])
        for row in rows
    ]


async def listed(
    actor: Actor, team_id: UUID, query: PageQuery
) -> tuple[Team, list[tuple[Member, str]], str | None]:
    """The team, its members with their masked names, and the cursor of the rest. NoSuchTeam."""
    team, _ = await member_of(actor, team_id)
    rows, cursor = await page(queries.members(team.id), query)
    names = await workers.masked_names({row.worker_id for row in rows})
    return team, [(row, names.get(row.worker_id, "")) for row in rows], cursor


async def member(actor: Actor, team_id: UUID, member_id: UUID) -> tuple[Team, Member, str]:
    """The team, one of its members, and his masked name. NoSuchTeam, NoSuchMember."""
    team, _ = await member_of(actor, team_id)
    row = await queries.members(team.id).filter(id=member_id).first()
    if row is None:
        raise NoSuchMember
    names = await workers.masked_names({row.worker_id})
    return team, row, names.get(row.worker_id, "")


async def leave(actor: Actor, team_id: UUID) -> None:
    """The actor is out; the last one out dissolves the team. NoSuchTeam, LeaderStays."""
    async with transaction():
        team, worker = await member_of(actor, team_id, lock=True)
        alone = await queries.members(team.id).count() == 1
        if team.leader_id == worker.id and not alone:
            raise LeaderStays
        await _out(actor, team, await queries.members(team.id).get(worker_id=worker.id))
        if alone:
            team.ended_at = clock.now()
            await team.save(update_fields=["ended_at"])
            audit.record(actor, Tag.TEAM_DISSOLVED, ("team", team.id))


async def remove(actor: Actor, team_id: UUID, member_id: UUID) -> None:
    """The member is out and is told. NoSuchTeam, NotLeader, NoSuchMember, LeaderStays."""
    async with transaction():
        team = await led(actor, team_id, lock=True)
        member = await queries.members(team.id).filter(id=member_id).first()
        if member is None:
            raise NoSuchMember
        if member.worker_id == team.leader_id:
            raise LeaderStays
        await _out(actor, team, member)
        for account_id in (await workers.accounts_of({member.worker_id})).values():
            notices.tell(actor, account_id, "team.removed", about=("team", team.id))


async def _out(actor: Actor, team: Team, member: Member) -> None:
    member.left_on = clock.today()
    await member.save(update_fields=["left_on"])
    offers = queries.open_handovers(team.id).filter(to_worker_id=member.worker_id)
    await offers.update(state=HandoverState.WITHDRAWN, decided_at=clock.now())
    audit.record(actor, Tag.TEAM_LEFT, ("team", team.id), worker=str(member.worker_id))
    # Where he works with this team, he works without it from now on.
    jobs.enqueue("engagements.team_left", team_id=team.id, worker_id=member.worker_id)
