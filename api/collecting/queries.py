"""Which links and imports."""

from collections.abc import Sequence
from uuid import UUID

from tortoise.functions import Count
from tortoise.queryset import QuerySet

from api.collecting.models import (
    LinkState,
    RowStatus,
    WorkerImport,
    WorkerImportRow,
    WorkerLink,
)
from api.collecting.schemas import LinkQuery
from api.kit.actor import Actor
from api.kit.scope import Scope, scope_of
from api.permissions import Permission

READ = Permission.ENTERPRISE_WORKERS_READ


def collected(actor: Actor, query: LinkQuery) -> QuerySet[WorkerLink]:
    """The links of the actor's enterprises, those denied too."""
    rows = WorkerLink.filter(scope_of(actor, READ).rows(tenant="enterprise_id"))
    return rows.filter(enterprise_id=query.enterprise_id) if query.enterprise_id else rows


def standing(actor: Actor, query: LinkQuery) -> QuerySet[WorkerLink]:
    """The links that the workers have not denied, with their workers."""
    rows = collected(actor, query).exclude(state=LinkState.DENIED)
    rows = rows.filter(state=query.state) if query.state else rows
    return rows.prefetch_related("worker")


def own_links(actor: Actor) -> QuerySet[WorkerLink]:
    """The links of the worker who asks."""
    scope = Scope(account_id=scope_of(actor, Permission.WORKER_LINKS_UPDATE).account_id)
    return WorkerLink.filter(scope.rows(account="worker__account_id"))


def imports(actor: Actor) -> QuerySet[WorkerImport]:
    """The imports of the actor's enterprises."""
    return WorkerImport.filter(scope_of(actor, READ).rows(tenant="enterprise_id"))


async def counts(report_ids: Sequence[UUID]) -> dict[UUID, dict[RowStatus, int]]:
    """How many rows of each import ended how."""
    rows = WorkerImportRow.filter(report_id__in=list(report_ids))
    grouped = rows.annotate(count=Count("id")).group_by("report_id", "status")
    found: dict[UUID, dict[RowStatus, int]] = {each: {} for each in report_ids}
    for report_id, status, count in await grouped.values_list("report_id", "status", "count"):
        found[report_id][RowStatus(status)] = count
    return found
