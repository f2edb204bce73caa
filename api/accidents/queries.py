"""Which accidents and contacts, through a scope where an office asks."""

from datetime import date
from uuid import UUID

from tortoise.expressions import Subquery
from tortoise.queryset import QuerySet

from api.accidents.models import Accident, AccidentStep, EmergencyContact
from api.accidents.schemas import OfficeAccidentQuery, RegionAccidentQuery
from api.engagements import service as engagements
from api.kit import clock
from api.kit.actor import Actor
from api.kit.scope import within
from api.permissions import Permission


def own(worker_id: UUID | Subquery) -> QuerySet[Accident]:
    """What happened to a worker."""
    return Accident.filter(worker_id=worker_id)


def visible(actor: Actor, permission: Permission) -> QuerySet[Accident]:
    """Those of the actor's region, of his enterprise, and of projects it is contractor of."""
    return engagements.visible(Accident, actor, permission)


def asked(rows: QuerySet[Accident], query: OfficeAccidentQuery) -> QuerySet[Accident]:
    """Those that the query asks for."""
    wanted = {"state": query.state, "project_id": query.project_id, "harm": query.harm}
    rows = rows.filter(**{name: each for name, each in wanted.items() if each is not None})
    if query.unclaimed:
        rows = rows.filter(claimed_on=None)
    if not isinstance(query, RegionAccidentQuery):
        return rows
    if query.late:
        rows = rows.filter(claimed_on=None, employer_due_on__lt=clock.today())
    return rows.filter(**within("region", query.region)) if query.region else rows


def due(day: date) -> QuerySet[Accident]:
    """Those of which the clock has something to say by that day."""
    return Accident.filter(next_on__lte=day)


def contacts(worker_id: UUID | Subquery) -> QuerySet[EmergencyContact]:
    """A worker's contacts."""
    return EmergencyContact.filter(worker_id=worker_id)


def steps_of(accident_id: UUID) -> QuerySet[AccidentStep]:
    """Every step, oldest first."""
    return AccidentStep.filter(accident_id=accident_id).order_by("id")
