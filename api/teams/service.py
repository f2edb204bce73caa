"""What other features ask of teams."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from tortoise.expressions import Q, Subquery

from api.kit import clock
from api.kit.actor import Actor
from api.kit.pagination import PageQuery, page
from api.notices import service as notices
from api.teams import access, leading, queries
from api.teams.leading import Lead, Leaders
from api.teams.models import Member, Team
from api.workers import service as workers

__all__ = [
    "Lead",
    "Leaders",
    "ever_in",
    "find",
    "hold_member",
    "is_member",
    "joined",
    "last_of",
    "leaders_of",
    "leaders_today",
    "leads",
    "led",
    "members_by_id",
    "members_on",
    "members_page",
    "names",
    "nicknames",
    "of_worker",
    "roster",
]


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


async def last_of(worker_id: UUID) -> UUID | None:
    """The team that the worker joined last of those he is in; else the one he left last."""
    rows = await Member.filter(worker_id=worker_id)
    last = max(rows, key=lambda row: (row.left_on or date.max, row.id), default=None)
    return last.team_id if last else None


async def joined(worker_id: UUID) -> dict[UUID, date]:
    """Since which day the worker is in each of his teams."""
    rows = await Member.filter(worker_id=worker_id, left_on=None)
    return {row.team_id: row.joined_on for row in rows}


async def hold_member(team_id: UUID, worker_id: UUID) -> bool:
    """Whether the worker is in the team now, and stays so until the running transaction ends.

    Who leaves meanwhile waits, so that what follows from his leaving sees what was written here.
    """
    rows = Member.filter(team_id=team_id, worker_id=worker_id, left_on=None)
    return await rows.select_for_update().first() is not None


async def led(actor: Actor, team_id: UUID, *, lock: bool = False) -> Lead:
    """The team, which the actor leads today as its leader or acting leader.

    NoSuchTeam for a stranger, NotLeader for a member.
    """
    return await access.led(actor, team_id, lock=lock)


async def leaders_today(team_ids: set[UUID]) -> dict[UUID, Leaders]:
    """Who leads these teams today, by team; dissolved ones are left out. Two statements."""
    return await leading.leaders_today(await queries.teams(team_ids))


async def leaders_of(team_id: UUID) -> frozenset[UUID]:
    """The workers who lead the team today; nobody when it is dissolved."""
    found = (await leaders_today({team_id})).get(team_id)
    return found.ids if found else frozenset()


async def roster(team_id: UUID, day: date) -> list[Member]:
    """The memberships of that day, one for each worker, oldest first."""
    rows = Member.filter(Q(left_on=None) | Q(left_on__gte=day), team_id=team_id, joined_on__lte=day)
    return list({row.worker_id: row for row in await rows.order_by("id")}.values())


async def members_by_id(team_id: UUID, ids: Iterable[UUID]) -> dict[UUID, Member]:
    """The memberships with these ids, past ones too; those of other teams are left out."""
    return {row.id: row for row in await Member.filter(team_id=team_id, id__in=list(ids))}


async def members_page(team_id: UUID, query: PageQuery) -> tuple[list[Member], str | None]:
    """A page of those who are in the team now, the newest first."""
    return await page(queries.members(team_id), query)


async def ever_in(worker_id: UUID) -> list[Team]:
    """The teams in which the worker is or was, the newest first; dissolved ones too."""
    ids = Member.filter(worker_id=worker_id).values("team_id")
    return await Team.filter(id__in=Subquery(ids)).order_by("-id")


async def leads(actor: Actor) -> list[UUID]:
    """The teams that the actor leads today, as their leader or acting leader."""
    worker_id = workers.id_of_account(actor.id)
    terms = queries.acting_in_term(clock.today()).filter(worker_id=worker_id)
    acting = Subquery(terms.values("team_id"))
    rows = Team.filter(Q(leader_id=worker_id) | Q(id__in=acting), ended_at=None)
    return [UUID(str(found)) for found in await rows.values_list("id", flat=True)]


async def led_by(worker_ids: Iterable[UUID]) -> int:
    """How many teams he leads for good."""
    return await Team.filter(leader_id__in=list(worker_ids), ended_at=None).count()


async def nicknames(team_id: UUID) -> dict[UUID, str]:
    """What the team calls its members now, by worker: for pages inside the team alone."""
    rows = queries.members(team_id).exclude(nickname="")
    return {UUID(str(w)): str(n) for w, n in await rows.values_list("worker_id", "nickname")}


async def names(ids: set[UUID]) -> dict[UUID, str]:
    """The names of teams by id; unknown ones are left out. One statement."""
    rows = await Team.filter(id__in=list(ids)).only("id", "name")
    return {row.id: row.name for row in rows}


notices.resolve("team", names)
