"""学时: how many hours of training somebody had, and how many his region asks for."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from api.engagements import access, entry_rules, queries
from api.engagements.models import Engagement, State
from api.engagements.rules import NATIONAL, Rules
from api.kit import clock
from api.kit.actor import Actor
from api.permissions import Permission
from api.training import service as training
from api.training.service import TrainingKind
from api.workers import service as workers

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of a kind. aim: how many are asked for; None when there is no such number."""

    kind: TrainingKind
    hours: Decimal
    aim: Decimal | None

    @property
    def enough(self) -> bool:
        """Whether nothing is missing."""
        return self.aim is None or self.hours >= self.aim


async def own(actor: Actor, year: int | None) -> tuple[int, list[Hours]]:
    """The year and the actor's hours in it, by his newest open period."""
    worker = await workers.of_account(actor.id)
    asked = year or clock.today().year
    if worker is None:
        return asked, []
    periods = queries.own(worker.id).filter(state__in=[State.ON_SITE, State.REGISTERED])
    return asked, await _hours(worker.id, await periods.order_by("-id").first(), asked)


async def of_period(
    actor: Actor, project_id: UUID, engagement_id: UUID, year: int | None
) -> tuple[int, list[Hours]]:
    """The same of a worker on a project, for his offices. NoSuchEngagement."""
    read = Permission.ENTERPRISE_TRAININGS_READ
    row = await access.one(actor, read, project_id, engagement_id)
    asked = year or clock.today().year
    return asked, await _hours(row.worker_id, row, asked)


async def _hours(worker_id: UUID, row: Engagement | None, year: int) -> list[Hours]:
    """Levels count as entry counts them today, the other kinds as the year holds them."""
    today = clock.today()
    rules = await entry_rules.in_force(row.region, today) if row else NATIONAL
    found = await training.hours_by_kind(worker_id, year)
    if row is not None:
        found |= await _levels(row, today)
    aims = aims_of(rules, row.trade if row else "")
    asked = aims.keys() - {TrainingKind.POST_CHANGE}
    kinds = [kind for kind in TrainingKind if kind in asked or found.get(kind)]
    return [Hours(kind, found.get(kind, NOTHING), aims.get(kind)) for kind in kinds]


async def _levels(row: Engagement, day: date) -> dict[TrainingKind, Decimal]:
    levels = await training.entry_levels(row.worker_id, row.project_id, row.enterprise_id, day)
    return {
        TrainingKind.COMPANY: levels.company,
        TrainingKind.ENTRY: levels.project,
        TrainingKind.TEAM: levels.team,
    }


def aims_of(rules: Rules, trade: str) -> dict[TrainingKind, Decimal]:
    """What is asked of somebody of this trade: by his region, else by the state.

    Special trades are asked of those who need a certificate. A change of post is shown to those
    alone who had a training for one: who changed is not known here.
    """
    aims = {**training.AIMS, **rules.hours}
    aims[TrainingKind.ENTRY] = rules.training_hours
    if not training.certificates_for(trade):
        del aims[TrainingKind.SPECIAL]
    return aims
