"""What other features ask of teams."""

from datetime import date
from uuid import UUID

from tortoise.expressions import Q

from api.kit.actor import Actor
from api.notices import service as notices
from api.teams.models import Member, Team
from api.workers import service as workers

__all__ = ["find", "is_member", "leads", "members_on", "names", "of_worker"]


async def find(team_id: UUID) -> Team | None:
    """The team, unless it is dissolved."""
    return await Team.get_or_none(id=team_id, ended_at=None)


async def is_member(team_id: UUID, worker_id: UUID) -> bool:
    """Whether the worker is in the team now."""
    return await Member.exists(team_id=team_id, worker_id=worker_id, left_on=None)


async def of_worker(worker_id: UUID) -> dict[UUID, str]:
    """The teams that the worker is in now, by id and name."""
    rows = Member.filter(worker_id=worker_id, left_on=None)
    return await names({row.team_id for row in await rows.only("id", "team_id")})


async def members_on(team_id: UUID, day: date) -> list[UUID]:
    """The workers who were in the team on that day, both ends of a membership included."""
    rows = Member.filter(Q(left_on=None) | Q(left_on__gte=day), team_id=team_id, joined_on__lte=day)
    return sorted({row.worker_id for row in await rows})


async def leads(actor: Actor) -> list[UUID]:
    """The teams that the actor leads."""
    worker = await workers.of_account(actor.id)
    if worker is None:
        return []
    rows = Team.filter(leader_id=worker.id, ended_at=None)
    return [UUID(str(found)) for found in await rows.values_list("id", flat=True)]


async def names(ids: set[UUID]) -> dict[UUID, str]:
    """The names of teams by id; unknown ones are left out. One statement."""
    rows = await Team.filter(id__in=list(ids)).only("id", "name")
    return {row.id: row.name for row in rows}


notices.resolve("team", names)
