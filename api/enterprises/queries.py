"""Which enterprises."""

from uuid import UUID

from tortoise.queryset import QuerySet

from api.enterprises.models import Enterprise, EnterpriseChange
from api.enterprises.rules import name_key
from api.enterprises.schemas import EnterpriseQuery
from api.kit.actor import Actor
from api.kit.scope import scope_of
from api.permissions import Permission


def own(actor: Actor, permission: Permission) -> QuerySet[Enterprise]:
    """The enterprises that the actor applied for or works for."""
    scope = scope_of(actor, permission)
    return Enterprise.filter(scope.rows(account="applicant_id", tenant="id"))


def overseen(actor: Actor, permission: Permission) -> QuerySet[Enterprise]:
    """The enterprises of the actor's region."""
    return Enterprise.filter(scope_of(actor, permission).rows(region="region"))


def narrowed(rows: QuerySet[Enterprise], query: EnterpriseQuery) -> QuerySet[Enterprise]:
    """The rows that the query asks for, with their qualifications."""
    if query.state:
        rows = rows.filter(state=query.state)
    if query.name:
        rows = rows.filter(name_key__contains=name_key(query.name))
    if query.credit_code:
        rows = rows.filter(credit_code=query.credit_code)
    return rows.prefetch_related("qualifications")


def history(enterprise_id: UUID) -> QuerySet[EnterpriseChange]:
    """What happened to an enterprise the caller may see."""
    return EnterpriseChange.filter(enterprise_id=enterprise_id)
