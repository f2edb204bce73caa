"""Which policies and insured periods, always through a scope where an office asks."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from api.engagements.service import visible
from api.insurance.models import Cover, InsurancePolicy
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
    rows = visible(Cover, actor, permission).filter(on(day), engagement_id__isnull=False)
    return Subquery(rows.values("engagement_id"))


def projects_insured(actor: Actor, permission: Permission, day: date) -> Subquery:
    """The projects on which everybody is insured that day, of an officer those of his region.

    An enterprise's are not narrowed: what insures its people may be another unit's policy.
    """
    scope, rows = scope_of(actor, permission), Cover.filter(on(day), engagement_id=None)
    if not scope.tenant_ids:
        rows = rows.filter(scope.rows(region="region"))
    return Subquery(rows.values("project_id"))


def covering(periods: Mapping[UUID, UUID], day: date) -> QuerySet[Cover]:
    """What insures that day these periods, by id with their projects."""
    named = Q(engagement_id__in=list(periods))
    whole = Q(engagement_id=None, project_id__in=list(set(periods.values())))
    return Cover.filter(on(day)).filter(named | whole)


def ever_covering(worker_id: UUID, projects: Iterable[UUID]) -> QuerySet[Cover]:
    """What ever insured a worker by name, or everybody on these projects."""
    whole = Q(engagement_id=None, project_id__in=list(projects))
    return Cover.filter(named_to(worker_id) | whole)


def named_to(worker_id: UUID) -> Q:
    """Where a worker is named."""
    return Q(worker_id=worker_id)
