"""Which recoveries."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from api.kit import clock
from api.kit.actor import Actor
from api.kit.scope import scope_of
from api.recovery.models import Recovery, Vouching
from api.recovery.rules import Side, State
from api.teams import service as teams
from api.workers import service as workers


def of_enterprise(actor: Actor, permission: str) -> QuerySet[Recovery]:
    """Those that wait for a word of the actor's enterprise."""
    scope = scope_of(actor, permission).rows(tenant="enterprise_id")
    return _unsaid(actor).filter(scope)


async def of_colleague(actor: Actor) -> QuerySet[Recovery]:
    """Those of colleagues that wait for the actor's word, of his teams.

    Whoever joined on the day of the asking, or since, does not count: he may have come for that.
    """
    worker = await workers.of_account(actor.id)
    since = await teams.joined(worker.id) if worker else {}
    if worker is None or not since:
        return Recovery.filter(id__in=[])
    asked = [Q(team_id=team_id, created_at__gte=_after(day)) for team_id, day in since.items()]
    return _unsaid(actor).filter(Q(*asked, join_type=Q.OR)).exclude(worker_id=worker.id)


def _after(day: date) -> datetime:
    """The instant at which the day is over."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=clock.BEIJING)


def _unsaid(actor: Actor) -> QuerySet[Recovery]:
    said = Subquery(Vouching.filter(account_id=actor.id).values("recovery_id"))
    return Recovery.filter(state=State.OPEN, id__not_in=said).exclude(account_id=actor.id)


async def colleagues(team_id: UUID, worker_id: UUID, day: date) -> list[UUID]:
    """The workers who were in the team on that day, without this one."""
    return [each for each in await teams.members_on(team_id, day) if each != worker_id]


async def known_by(recovery_ids: Iterable[UUID]) -> Counter[tuple[UUID, Side]]:
    """How many of each side know the person, by recovery. One statement."""
    rows = Vouching.filter(recovery_id__in=list(recovery_ids), known=True)
    return Counter([(row.recovery_id, row.side) for row in await rows])
