"""Which recoveries."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from tortoise.expressions import Subquery
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
    """Those of colleagues that wait for the actor's word: of teams that he was in before today."""
    worker = await workers.of_account(actor.id)
    if worker is None:
        return Recovery.filter(id__in=[])
    team_ids = await teams.joined_before(worker.id, clock.today())
    return _unsaid(actor).filter(team_id__in=team_ids).exclude(worker_id=worker.id)


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
