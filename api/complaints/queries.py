"""Which complaints: one's own, the enterprise's that it may see, the region's."""

from datetime import date
from uuid import UUID

from tortoise.expressions import Subquery
from tortoise.queryset import QuerySet

from api.complaints.models import Complaint
from api.complaints.rules import OfficeState, State
from api.complaints.schemas import OfficeComplaintQuery, RegionComplaintQuery
from api.kit import clock
from api.kit.actor import Actor
from api.kit.scope import scope_of, within
from api.permissions import Permission


def own(worker_id: UUID | Subquery) -> QuerySet[Complaint]:
    """The complaints of a worker, also of projects that he left."""
    return Complaint.filter(worker_id=worker_id)


def of_enterprise(actor: Actor, permission: Permission) -> QuerySet[Complaint]:
    """Those that the actor's enterprise is to answer, once it may know of them.

    What goes to the authority alone it never sees, and no other enterprise on the site sees any.
    """
    scope = scope_of(actor, permission)
    rows = Complaint.filter(scope.rows(tenant="enterprise_id"))
    return rows.exclude(office_state=OfficeState.HIDDEN)


def of_region(actor: Actor, permission: Permission) -> QuerySet[Complaint]:
    """Those of the actor's region, whoever holds them."""
    return Complaint.filter(scope_of(actor, permission).rows(region="region"))


def asked_by_office(rows: QuerySet[Complaint], query: OfficeComplaintQuery) -> QuerySet[Complaint]:
    """Those that the enterprise's query asks for."""
    wanted = {
        "office_state": query.state,
        "project_id": query.project_id,
        "kind": query.kind,
        "topic": query.topic,
    }
    return rows.filter(**{name: each for name, each in wanted.items() if each is not None})


def asked_by_region(rows: QuerySet[Complaint], query: RegionComplaintQuery) -> QuerySet[Complaint]:
    """Those that the regulator's query asks for."""
    wanted = {
        "holder": query.holder,
        "state": query.state,
        "topic": query.topic,
        "enterprise_id": query.enterprise_id,
        "content": query.content,
    }
    rows = rows.filter(**{name: each for name, each in wanted.items() if each is not None})
    if query.region:
        rows = rows.filter(**within("region", query.region))
    if query.flagged:
        rows = rows.filter(flagged_on__isnull=False)
    if query.overdue:
        rows = rows.filter(state__in=[State.RECEIVED, State.ACCEPTED], due_on__lt=clock.today())
    return rows


def due(today: date) -> QuerySet[Complaint]:
    """Those with which something happens by itself by now."""
    return Complaint.filter(due_on__lt=today)


def lagging() -> QuerySet[Complaint]:
    """Those of which the enterprise is to see more with the next round."""
    return Complaint.filter(office_lags=True)
