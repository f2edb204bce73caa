"""小名: what a team calls a member; seen inside the team alone."""

from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit.actor import Actor
from api.kit.transaction import transaction
from api.notices import service as notices
from api.teams import queries
from api.teams.access import member_of
from api.teams.errors import NoSuchMember, NotLeader
from api.teams.leading import leaders_of
from api.teams.models import Member, Team
from api.workers import service as workers


async def call(actor: Actor, team_id: UUID, member_id: UUID, nickname: str) -> tuple[Team, Member]:
    """The member is called so from now on, by who leads or by himself; empty takes it away.

    Who is called so by another is told. NoSuchTeam, NoSuchMember, NotLeader.
    """
    async with transaction():
        team, worker = await member_of(actor, team_id, lock=True)
        member = await queries.members(team.id).filter(id=member_id).first()
        if member is None:
            raise NoSuchMember
        his_own = member.worker_id == worker.id
        if not his_own and worker.id not in (await leaders_of(team)).ids:
            raise NotLeader
        if member.nickname != nickname:
            member.nickname = nickname
            await member.save(update_fields=["nickname"])
            # The line says that and by whom, not what: a nickname stays inside the team.
            audit.record(
                actor, Tag.TEAM_NICKNAME_SET, ("team", team.id), worker=str(member.worker_id)
            )
            if nickname and not his_own:
                await _tell(actor, team, member)
    return team, member


async def _tell(actor: Actor, team: Team, member: Member) -> None:
    params = {"team": str(team.id)}
    for account_id in (await workers.accounts_of({member.worker_id})).values():
        notices.tell(actor, account_id, "team.nicknamed", params, about=("team", team.id))
