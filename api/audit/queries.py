"""Which audit lines."""

from tortoise.queryset import QuerySet

from api.audit.models import AuditLine
from api.audit.schemas import AuditQuery
from api.kit.actor import Actor
from api.kit.scope import scope_of
from api.permissions import Permission


def lines(actor: Actor, query: AuditQuery) -> QuerySet[AuditLine]:
    """The lines that the actor may read, narrowed by the query."""
    scope = scope_of(actor, Permission.PLATFORM_AUDIT_READ)
    found = AuditLine.filter(scope.rows(tenant="tenant_id"))
    if query.account_id:
        found = found.filter(account_id=query.account_id)
    return found.filter(subject_id=query.subject_id) if query.subject_id else found
