"""Which engagements, contracts, ledger lines and overrides: always through a scope."""

from collections.abc import Collection
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from tortoise.expressions import Subquery
from tortoise.queryset import QuerySet

from api.engagements.models import (
    Contract,
    Engagement,
    EntryRule,
    LedgerLine,
    Override,
    State,
    TeamPresence,
)
from api.engagements.schemas import EngagementQuery, LedgerQuery, Narrowing
from api.kit.actor import Actor
from api.kit.fields import Record
from api.kit.scope import scope_of, within
from api.permissions import Permission
from api.workers import service as workers

R = TypeVar("R", bound=Record)


def visible(kind: type[R], actor: Actor, permission: Permission) -> QuerySet[R]:
    """The rows of the actor's region, of his enterprise, and of projects it is contractor of."""
    scope = scope_of(actor, permission)
    own = scope.rows(tenant="enterprise_id", region="region")
    return kind.filter(own | scope.rows(tenant="contractor_id"))


def engagements(
    actor: Actor, permission: Permission, query: EngagementQuery
) -> QuerySet[Engagement]:
    """The engagements within the actor's scope that the query asks for."""
    asked = query.model_copy(update={"trained": None})
    rows = narrowed(visible(Engagement, actor, permission), asked)
    return rows if query.trained is None else rows.filter(trained_on__isnull=not query.trained)


def narrowed(rows: QuerySet[R], query: Narrowing) -> QuerySet[R]:
    """The rows that the query asks for."""
    given: dict[str, Any] = query.model_dump(
        exclude={"limit", "cursor", "region"}, exclude_none=True
    )
    if query.region:
        given |= within("region", query.region)
    return rows.filter(**given)


async def narrowed_ledger(rows: QuerySet[LedgerLine], query: LedgerQuery) -> QuerySet[LedgerLine]:
    """The lines that the query asks for; a worker's also under the ids he had before a merge."""
    if query.worker_id is None:
        return narrowed(rows, query)
    ids = await workers.ids_of(query.worker_id)
    return narrowed(rows, query.model_copy(update={"worker_id": None})).filter(worker_id__in=ids)


def own(worker_id: UUID) -> QuerySet[Engagement]:
    """All periods of a worker, but for those that came to nothing."""
    return Engagement.filter(worker_id=worker_id).exclude(state=State.CANCELLED)


def entered(worker_id: UUID) -> QuerySet[Engagement]:
    """The periods of a worker that began."""
    return Engagement.filter(worker_id=worker_id, entered_on__isnull=False)


def entered_with(team_id: UUID) -> QuerySet[Engagement]:
    """The periods in the team that began."""
    return Engagement.filter(team_id=team_id, entered_on__isnull=False)


def begun_on(project_id: UUID) -> QuerySet[Engagement]:
    """The periods on the project that began."""
    return Engagement.filter(project_id=project_id, entered_on__isnull=False)


def on_site() -> QuerySet[Engagement]:
    """Everybody who is on a site now."""
    return Engagement.filter(state=State.ON_SITE)


def own_contracts(worker_id: UUID) -> QuerySet[Contract]:
    """All contracts of a worker."""
    return Contract.filter(worker_id=worker_id)


def overrides_of(engagement_ids: list[UUID]) -> QuerySet[Override]:
    """The overrides of these periods."""
    return Override.filter(engagement_id__in=engagement_ids)


async def overrides_until(first: date, last: date) -> list[Override]:
    """The overrides whose term ends on one of these days, both included."""
    return await Override.filter(until__gte=first, until__lte=last).order_by("id")


async def let_in_without(periods: QuerySet[Engagement], items: Collection[str]) -> list[UUID]:
    """Those of the periods that began although one of the items was missing."""
    rows = Override.filter(engagement_id__in=Subquery(periods.values("id")))
    found = await rows.values_list("engagement_id", "items")
    return [UUID(str(each)) for each, missing in found if set(items) & set(missing)]


def entry_rules() -> QuerySet[EntryRule]:
    """The entry rules of all regions; they are public."""
    return EntryRule.all()


def presence(team_id: UUID, project_id: UUID) -> QuerySet[TeamPresence]:
    """How many people of a team are on a project."""
    return TeamPresence.filter(team_id=team_id, project_id=project_id)


def ledger(actor: Actor, permission: Permission) -> QuerySet[LedgerLine]:
    """The ledger within the actor's scope."""
    return visible(LedgerLine, actor, permission)
