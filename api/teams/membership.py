"""班组成员: a verified worker forms a team; others join, leave, or are removed by the leader."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import clock, jobs
from api.kit.actor import Actor
from api.kit.pagination import PageQuery, page
from api.kit.transaction import transaction
from api.notices import service as notices
from api.teams import acting, queries
from api.teams.access import led, member_of
from api.teams.errors import LeaderStays, NoSuchMember
from api.teams.leading import Leaders, leaders_of, leaders_today
from api.teams.models import HandoverState, Member, Team
from api.teams.schemas import TeamIn
from api.workers import service as workers


@dataclass(frozen=True, slots=True)
class TeamView:
    """A team as one of its members sees it."""

    team: Team
    leader: str
    acting_leader: str
    """The masked name of who leads for a term today; empty without one."""
    leading: bool
    acting: bool
    """Whether the asker leads as the acting leader."""
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


async def view_of(actor: Actor, team: Team) -> tuple[TeamView, bool]:
    """A team as anybody with its code sees it, logged in or not, and whether he is in it."""
    worker = await workers.of_account(actor.account_id) if actor.account_id else None
    own = worker is not None and await queries.members(team.id).filter(worker_id=worker.id).exists()
    return (await _views([team], worker.id if worker else None))[0], own


async def _views(rows: list[Team], worker_id: UUID | None) -> list[TeamView]:
    leaders = await leaders_today(rows)
    names = await workers.masked_names({each for own in leaders.values() for each in own.ids})
    sizes = await queries.sizes([row.id for row in rows])
    return [view(row, leaders[row.id], names, sizes[row.id], worker_id) for row in rows]


def view(
    row: Team, leaders: Leaders, names: Mapping[UUID, str], size: int, worker_id: UUID | None
) -> TeamView:
    """The team as this worker sees it, with the masked names that the caller looked up."""
    acting_id = leaders.acting_id
    return TeamView(
        team=row,
        leader=names.get(leaders.leader_id, ""),
        acting_leader=names.get(acting_id, "") if acting_id else "",
        leading=leaders.leader_id == worker_id,
        acting=acting_id is not None and acting_id == worker_id,
        members=size,
    )


async def leave(actor: Actor, team_id: UUID) -> None:
    """The actor is out; the last one out dissolves the team. NoSuchTeam, LeaderStays."""
    async with transaction():
        team, worker = await member_of(actor, team_id, lock=True)
        alone = await queries.members(team.id).count() == 1
        if team.leader_id == worker.id and not alone:
            raise LeaderStays
        await _out(actor, team, await queries.members(team.id).get(worker_id=worker.id))
        await _tell_leaders(actor, team)
        if alone:
            team.ended_at = clock.now()
            await team.save(update_fields=["ended_at"])
            audit.record(actor, Tag.TEAM_DISSOLVED, ("team", team.id))


async def remove(actor: Actor, team_id: UUID, member_id: UUID) -> None:
    """The member is out and is told. NoSuchTeam, NotLeader, NoSuchMember, LeaderStays."""
    async with transaction():
        lead = await led(actor, team_id, lock=True)
        team = lead.team
        member = await queries.members(team.id).filter(id=member_id).first()
        if member is None:
            raise NoSuchMember
        if member.worker_id == team.leader_id:
            raise LeaderStays
        await _out(actor, team, member, by_acting=lead.acting)
        for account_id in (await workers.accounts_of({member.worker_id})).values():
            notices.tell(actor, account_id, "team.removed", about=("team", team.id))


async def _tell_leaders(actor: Actor, team: Team) -> None:
    leaders = (await leaders_of(team)).ids
    for account_id in (await workers.accounts_of(set(leaders))).values():
        if account_id != actor.account_id:
            params = {"team": str(team.id)}
            notices.tell(actor, account_id, "team.left", params, about=("team", team.id))


async def _out(actor: Actor, team: Team, member: Member, *, by_acting: bool = False) -> None:
    member.left_on, member.nickname = clock.today(), ""
    await member.save(update_fields=["left_on", "nickname"])
    await acting.end_all(actor, team, worker_id=member.worker_id)
    offers = queries.open_handovers(team.id).filter(to_worker_id=member.worker_id)
    await offers.update(state=HandoverState.WITHDRAWN, decided_at=clock.now())
    audit.record(
        actor, Tag.TEAM_LEFT, ("team", team.id), worker=str(member.worker_id), acting=by_acting
    )
    # Where he works with this team, he works without it from now on.
    jobs.enqueue("engagements.team_left", team_id=team.id, worker_id=member.worker_id)
