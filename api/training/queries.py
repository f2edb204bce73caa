"""Which trainings and certificates."""

from uuid import UUID

from tortoise.queryset import QuerySet

from api.kit.actor import Actor
from api.kit.scope import scope_of, within
from api.permissions import Permission
from api.training.models import Certificate, Course, GroupSession, Training, Visit
from api.training.schemas import CertificateQuery, RegionTrainingQuery, TrainingQuery

READ = Permission.ENTERPRISE_TRAININGS_READ


def recorded(actor: Actor, project_id: UUID, query: TrainingQuery) -> QuerySet[Training]:
    """The trainings on a project, of the actor's enterprise or under its general contract."""
    scope = scope_of(actor, READ)
    mine = scope.rows(tenant="enterprise_id") | scope.rows(tenant="contractor_id")
    rows = Training.filter(mine, project_id=project_id)
    if query.worker_id:
        rows = rows.filter(worker_id=query.worker_id)
    return rows.filter(kind=query.kind) if query.kind else rows


def of_worker(worker_id: UUID) -> QuerySet[Training]:
    """All trainings of a worker."""
    return Training.filter(worker_id=worker_id)


def certificates(actor: Actor, query: CertificateQuery) -> QuerySet[Certificate]:
    """The certificates that the actor's enterprise recorded."""
    rows = Certificate.filter(scope_of(actor, READ).rows(tenant="enterprise_id"))
    return rows.filter(worker_id=query.worker_id) if query.worker_id else rows


def certificates_of(worker_id: UUID) -> QuerySet[Certificate]:
    """All certificates of a worker."""
    return Certificate.filter(worker_id=worker_id)


def courses(actor: Actor, permission: Permission) -> QuerySet[Course]:
    """The courses of the actor's enterprises."""
    return Course.filter(scope_of(actor, permission).rows(tenant="enterprise_id"))


def sessions(actor: Actor, permission: Permission) -> QuerySet[GroupSession]:
    """The sessions of the actor's enterprises, and on projects of which they are contractor."""
    scope = scope_of(actor, permission)
    return GroupSession.filter(
        scope.rows(tenant="enterprise_id") | scope.rows(tenant="contractor_id")
    )


def visits(worker_id: UUID) -> QuerySet[Visit]:
    """The lessons that a worker opened."""
    return Visit.filter(worker_id=worker_id)


def in_region(actor: Actor, query: RegionTrainingQuery) -> QuerySet[Training]:
    """The trainings in the actor's region that the query asks for."""
    scope = scope_of(actor, Permission.REGULATOR_TRAININGS_READ)
    rows = Training.filter(scope.rows(region="region"))
    asked = query.model_dump(
        include={"project_id", "enterprise_id", "trade", "kind"}, exclude_none=True
    )
    if query.region:
        rows = rows.filter(**within("region", query.region))
    return rows.filter(**asked)
