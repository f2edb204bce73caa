"""Records trainings and certificates; what other features ask of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from tortoise.expressions import Subquery
from tortoise.functions import Count

from api.audit import service as audit
from api.audit.tags import Tag
from api.enterprises import service as enterprises
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.ids import new_id
from api.kit.transaction import transaction
from api.permissions import Permission
from api.projects import service as projects
from api.training import sessions
from api.training.cards import hours_by_kind
from api.training.check_codes import new_code
from api.training.errors import CertificatePeriod
from api.training.models import Certificate, GroupSession, Training, TrainingKind
from api.training.rules import AIMS, ENTRY_HOURS, LEVELS, RETRAINED_FOR, certificates_for
from api.training.schemas import CertificateIn, TrainingIn
from api.training.sites import Place
from api.training.sites import use as use_sites
from api.training.units import employer
from api.workers import service as workers

__all__ = [
    "AIMS",
    "ENTRY_HOURS",
    "RETRAINED_FOR",
    "EntryHours",
    "Place",
    "TrainingKind",
    "certificates",
    "certificates_for",
    "correct_certificate",
    "employer",
    "entry_levels",
    "has_entry_training",
    "held_by_kind",
    "holds_certificate",
    "hours_by_kind",
    "record",
    "record_certificate",
    "trained_since",
    "use_sites",
]
CREATE = Permission.ENTERPRISE_TRAININGS_CREATE


async def record(actor: Actor, project_id: UUID, given: TrainingIn) -> Training:
    """The training of one worker: a session of one person.

    NoSuchProject, NotParticipating, NoSuchCode, HeldInFuture.
    """
    sessions.require_past(given.held_on)
    project = await projects.require(actor, CREATE, project_id)
    unit = await employer(actor, CREATE, project, given.enterprise_id, clock.today())
    worker = await workers.by_code(given.worker_code)
    session = GroupSession(
        id=new_id(), project_id=project.id, enterprise_id=unit,
        contractor_id=project.enterprise_id, region=project.region, kind=given.kind,
        topic=given.topic, trainer="", held_on=given.held_on, hours=given.hours, people=1,
        recorded_by=actor.account_id,
    )  # fmt: skip
    return (await sessions.write(actor, session, [worker.id]))[0]


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
            check_code=new_code(),
        )
        audit.record(
            actor, Tag.CERTIFICATE_RECORDED, ("worker", worker.id), tenant_id=tenant,
            operation=row.operation,
        )  # fmt: skip
    return row


async def certificates(worker_id: UUID) -> list[Certificate]:
    """All certificates of a worker, the newest first."""
    return await Certificate.filter(worker_id=worker_id).order_by("-id")


async def correct_certificate(actor: Actor, certificate_id: UUID, first: date, last: date) -> None:
    """The certificate's term is this one; who asked and what stood there is kept by the caller."""
    async with transaction():
        row = await Certificate.filter(id=certificate_id).select_for_update().get()
        row.valid_from, row.valid_to, row.reminded_on = first, last, None
        await row.save(update_fields=["valid_from", "valid_to", "reminded_on"])
        audit.record(
            actor, Tag.CERTIFICATE_CORRECTED, ("worker", row.worker_id),
            tenant_id=row.enterprise_id, operation=row.operation,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class EntryHours:
    """Hours of the three-level education 三级安全教育 that count on a project."""

    company: Decimal
    project: Decimal
    team: Decimal


async def entry_levels(
    worker_id: UUID, project_id: UUID, enterprise_id: UUID, day: date
) -> EntryHours:
    """How many hours of each level count on that day.

    What the project and the team taught elsewhere goes along for a year; what a company taught is
    its own.
    """
    rows = await Training.filter(worker_id=worker_id, kind__in=list(LEVELS), held_on__lte=day)
    return levels_of(rows, project_id, enterprise_id, day)


def levels_of(
    rows: Iterable[Training], project_id: UUID, enterprise_id: UUID, day: date
) -> EntryHours:
    """The same, out of a worker's trainings."""
    total = dict.fromkeys(LEVELS, Decimal(0))
    for row in rows:
        if row.kind == TrainingKind.COMPANY:
            counts = row.enterprise_id == enterprise_id
        else:
            counts = row.project_id == project_id or row.held_on >= day - RETRAINED_FOR
        total[TrainingKind(row.kind)] += row.hours if counts else 0
    return EntryHours(
        total[TrainingKind.COMPANY], total[TrainingKind.ENTRY], total[TrainingKind.TEAM]
    )


async def has_entry_training(
    worker_id: UUID, project_id: UUID, enterprise_id: UUID, hours: Decimal = ENTRY_HOURS
) -> bool:
    """Whether so many hours of the project's entry training count for the worker today."""
    found = await entry_levels(worker_id, project_id, enterprise_id, clock.today())
    return found.project >= hours


async def held_by_kind(people: Subquery) -> dict[TrainingKind, int]:
    """How many of these workers, a query of their ids, ever had a training of each kind."""
    rows = Training.filter(worker_id__in=people).annotate(n=Count("worker_id", distinct=True))
    found = await rows.group_by("kind").values_list("kind", "n")
    return {kind: dict(found).get(kind.value, 0) for kind in TrainingKind}


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
