"""Records trainings and certificates; what other features ask of them."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.enterprises import service as enterprises
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.scope import scope_of
from api.kit.transaction import transaction
from api.permissions import Permission
from api.projects import service as projects
from api.projects.service import Project
from api.training.errors import CertificatePeriod, HeldInFuture, NotParticipating
from api.training.models import Certificate, Training, TrainingKind
from api.training.rules import ENTRY_HOURS, RETRAINED_FOR, certificates_for
from api.training.schemas import CertificateIn, TrainingIn
from api.workers import service as workers

__all__ = [
    "ENTRY_HOURS",
    "RETRAINED_FOR",
    "certificates_for",
    "employer",
    "entry_hours",
    "has_entry_training",
    "holds_certificate",
    "record",
    "record_certificate",
    "trained_since",
]
CREATE = Permission.ENTERPRISE_TRAININGS_CREATE


async def employer(
    actor: Actor,
    permission: Permission,
    project: Project,
    enterprise_id: UUID | None,
    day: date,
) -> UUID:
    """The unit of the project for which the actor speaks on that day.

    The general contractor speaks for every unit, another unit for itself. NotParticipating,
    NoSuchEnterprise, WhichEnterprise.
    """
    scope = scope_of(actor, permission)
    chosen = enterprise_id
    if chosen is None or not scope.has_tenant(project.enterprise_id):
        chosen = await enterprises.acting_for(actor, permission, enterprise_id)
    if not await projects.participates(chosen, project.id, day):
        raise NotParticipating
    return chosen


async def record(actor: Actor, project_id: UUID, given: TrainingIn) -> Training:
    """The training of one worker. NoSuchProject, NotParticipating, NoSuchCode, HeldInFuture."""
    if given.held_on > clock.today():
        raise HeldInFuture(errors=(FieldError("held_on", HeldInFuture.code, HeldInFuture.detail),))
    project = await projects.require(actor, CREATE, project_id)
    unit = await employer(actor, CREATE, project, given.enterprise_id, clock.today())
    worker = await workers.by_code(given.worker_code)
    async with transaction():
        row = await Training.create(
            worker_id=worker.id,
            project_id=project.id,
            enterprise_id=unit,
            contractor_id=project.enterprise_id,
            region=project.region,
            kind=given.kind.value,
            held_on=given.held_on,
            hours=given.hours,
            topic=given.topic,
            recorded_by=actor.account_id,
        )
        audit.record(
            actor, Tag.TRAINING_RECORDED, ("worker", worker.id), tenant_id=unit,
            project=str(project.id), kind=row.kind, training=str(row.id),
        )  # fmt: skip
    return row


async def record_certificate(actor: Actor, given: CertificateIn) -> Certificate:
    """The certificate of one worker. NoSuchEnterprise, NoSuchCode, CertificatePeriod."""
    if given.valid_to < given.valid_from:
        fault = FieldError("valid_to", CertificatePeriod.code, CertificatePeriod.detail)
        raise CertificatePeriod(errors=(fault,))
    tenant = await enterprises.acting_for(actor, CREATE, given.enterprise_id)
    worker = await workers.by_code(given.worker_code)
    async with transaction():
        row = await Certificate.create(
            worker_id=worker.id,
            enterprise_id=tenant,
            operation=given.operation,
            number=given.number,
            issued_by=given.issued_by,
            valid_from=given.valid_from,
            valid_to=given.valid_to,
            recorded_by=actor.account_id,
        )
        audit.record(
            actor, Tag.CERTIFICATE_RECORDED, ("worker", worker.id), tenant_id=tenant,
            operation=row.operation,
        )  # fmt: skip
    return row


async def entry_hours(worker_id: UUID, project_id: UUID, day: date) -> Decimal:
    """How many hours of entry training the worker had on the project up to that day."""
    rows = Training.filter(
        worker_id=worker_id, project_id=project_id, kind=TrainingKind.ENTRY, held_on__lte=day
    )
    return sum((row.hours for row in await rows), Decimal(0))


async def has_entry_training(
    worker_id: UUID, project_id: UUID, hours: Decimal = ENTRY_HOURS
) -> bool:
    """Whether the worker had at least so many hours of entry training on the project by today."""
    return await entry_hours(worker_id, project_id, clock.today()) >= hours


async def trained_since(worker_id: UUID, first: date, last: date) -> bool:
    """Whether the worker had any training on one of these days, both included."""
    return await Training.exists(worker_id=worker_id, held_on__gte=first, held_on__lte=last)


async def holds_certificate(worker_id: UUID, operations: Iterable[str], day: date) -> bool:
    """Whether the worker holds a certificate for one of the operations on that day."""
    return await Certificate.exists(
        worker_id=worker_id,
        operation__in=list(operations),
        valid_from__lte=day,
        valid_to__gte=day,
    )
