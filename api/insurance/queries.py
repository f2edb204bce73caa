"""Which policies and insured periods, always through a scope where an office asks."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from api.engagements.service import visible
from api.insurance.models import InsurancePolicy, InsuredPeriod
from api.insurance.schemas import PolicyQuery
from api.kit import clock
from api.kit.actor import Actor
from api.kit.scope import scope_of
from api.permissions import Permission


def asked(rows: QuerySet[InsurancePolicy], query: PolicyQuery) -> QuerySet[InsurancePolicy]:
    """Those that the query asks for."""
    if query.project_id:
        rows = rows.filter(project_id=query.project_id)
    if query.kind:
        rows = rows.filter(kind=query.kind)
    if query.in_force is None:
        return rows
    now = on(clock.today())
    return rows.filter(now) if query.in_force else rows.filter(~now)


def on(day: date) -> Q:
    """Rows whose days, both included, hold that one."""
    return Q(starts_on__lte=day, ends_on__gte=day)


def periods_insured(actor: Actor, permission: Permission, day: date) -> Subquery:
    """The periods that are named to a policy of that day, within the actor's scope."""
    rows = visible(InsuredPeriod, actor, permission).filter(on(day))
    return Subquery(rows.values("engagement_id"))


def projects_insured(actor: Actor, permission: Permission, day: date) -> Subquery:
    """The projects on which everybody is insured that day, of an officer those of his region.

    An enterprise's are not narrowed: what insures its people may be another unit's policy.
    """
    scope, rows = scope_of(actor, permission), wholes().filter(on(day))
    if not scope.tenant_ids:
        rows = rows.filter(scope.rows(region="region"))
    return Subquery(rows.values("project_id"))


def wholes() -> QuerySet[InsurancePolicy]:
    """The policies for whole projects."""
    return InsurancePolicy.filter(whole_project=True)


def named(engagement_ids: Iterable[UUID]) -> QuerySet[InsuredPeriod]:
    """Where these periods are named."""
    return InsuredPeriod.filter(engagement_id__in=list(engagement_ids))


def named_of_worker(worker_id: UUID) -> QuerySet[InsuredPeriod]:
    """Where a worker is named."""
    return InsuredPeriod.filter(worker_id=worker_id)
