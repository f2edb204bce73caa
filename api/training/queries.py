"""Which trainings and certificates."""

from uuid import UUID

from tortoise.queryset import QuerySet

from api.kit.actor import Actor
from api.kit.scope import scope_of
from api.permissions import Permission
from api.training.models import Certificate, Training
from api.training.schemas import CertificateQuery, TrainingQuery

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
