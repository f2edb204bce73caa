"""工龄: how many people are at work, and how many of them since ten and twenty years (CS-S1b)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tortoise.expressions import Subquery
from tortoise.functions import Count

from api.engagements import queries
from api.engagements.models import Engagement, State
from api.engagements.rules import years_before
from api.kit import clock
from api.kit.actor import Actor
from api.permissions import Permission

LONG, LONGEST = 10, 20


@dataclass(frozen=True, slots=True)
class Seniority:
    """People at work today, and those of them who entered a first site so many years ago."""

    people: int
    long: int
    longest: int


async def of(actor: Actor, permission: Permission, project_id: UUID | None = None) -> Seniority:
    """Of those on site within the actor's scope, each person once.

    His first work date is his first entry anywhere, for whichever employer. Three statements.
    """
    there = queries.visible(Engagement, actor, permission).filter(state=State.ON_SITE)
    if project_id is not None:
        there = there.filter(project_id=project_id)
    people = Subquery(there.values("worker_id"))
    return Seniority(
        people=await _since(people, clock.today()),
        long=await _since(people, years_before(clock.today(), LONG)),
        longest=await _since(people, years_before(clock.today(), LONGEST)),
    )


async def _since(people: Subquery, day: date) -> int:
    rows = Engagement.filter(worker_id__in=people, entered_on__lte=day)
    [found] = await rows.annotate(n=Count("worker_id", distinct=True)).values("n")
    return int(found["n"])
