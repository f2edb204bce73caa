"""Which cards: one's own, and those of the actor's enterprise."""

from uuid import UUID

from tortoise.queryset import QuerySet

from api.cards.models import WorkerCard, WorkerCardStep
from api.cards.schemas import CardQuery
from api.kit.actor import Actor
from api.kit.scope import scope_of
from api.permissions import Permission


def of_worker(worker_id: UUID) -> QuerySet[WorkerCard]:
    """All cards that a worker ever had."""
    return WorkerCard.filter(worker_id=worker_id)


def issued(actor: Actor, permission: Permission) -> QuerySet[WorkerCard]:
    """The cards that the actor's enterprises issued."""
    return WorkerCard.filter(scope_of(actor, permission).rows(tenant="enterprise_id"))


def asked(rows: QuerySet[WorkerCard], query: CardQuery) -> QuerySet[WorkerCard]:
    """Those that the query asks for."""
    if query.state:
        rows = rows.filter(state=query.state)
    return rows.filter(worker_id=query.worker_id) if query.worker_id else rows


def steps_of(card_ids: list[UUID]) -> QuerySet[WorkerCardStep]:
    """What happened to these cards, oldest first."""
    return WorkerCardStep.filter(card_id__in=card_ids).order_by("id")
