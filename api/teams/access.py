"""Whose team: the doors through which its members and its leaders go."""

from uuid import UUID

from api.kit.actor import Actor
from api.teams import queries
from api.teams.errors import NoSuchTeam, NotLeader
from api.teams.leading import Lead, leaders_of
from api.teams.models import Team
from api.workers import service as workers
from api.workers.models import Worker


async def member_of(actor: Actor, team_id: UUID, *, lock: bool = False) -> tuple[Team, Worker]:
    """The team and the actor as its member. NoSuchTeam for a stranger.

    `lock`: the team's row is held until the transaction ends, so that changes come one by one.
    """
    worker = await workers.of_account(actor.id)
    rows = queries.teams([team_id])
    team = await (rows.select_for_update() if lock else rows).first()
    if team is None or worker is None:
        raise NoSuchTeam
    if not await queries.members(team.id).filter(worker_id=worker.id).exists():
        raise NoSuchTeam
    return team, worker


async def led(actor: Actor, team_id: UUID, *, lock: bool = False, himself: bool = False) -> Lead:
    """The team, which the actor leads today. NoSuchTeam for a stranger, NotLeader for a member.

    `himself`: only the leader, not an acting one: handing over, naming another, dissolving.
    """
    team, worker = await member_of(actor, team_id, lock=lock)
    if team.leader_id == worker.id:
        return Lead(team, worker, acting=False)
    if himself or worker.id not in (await leaders_of(team)).ids:
        raise NotLeader
    return Lead(team, worker, acting=True)
