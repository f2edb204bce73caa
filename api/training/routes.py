"""Trainings and certificates: recorded by the enterprise, read by it and by the worker."""

from uuid import UUID

from sanic import Blueprint

from api.enterprises.errors import NoSuchEnterprise, WhichEnterprise
from api.kit.actor import Actor
from api.kit.pagination import PageQuery, page
from api.kit.routes import route
from api.kit.schemas import Page
from api.permissions import Permission
from api.projects.errors import NoSuchProject
from api.training import listing, queries, reading, service
from api.training.errors import CertificatePeriod, HeldInFuture, NotParticipating
from api.training.schemas import (
    CertificateIn,
    CertificateOut,
    CertificateQuery,
    TrainingIn,
    TrainingOut,
    TrainingQuery,
)
from api.workers import service as workers
from api.workers.errors import CodeNotActive, NoSuchCode

blueprint = Blueprint("training", url_prefix="/api/v1")
CREATE = Permission.ENTERPRISE_TRAININGS_CREATE
READ = Permission.ENTERPRISE_TRAININGS_READ
OWN = Permission.WORKER_TRAININGS_READ
ON_PROJECT = "/enterprise/projects/<project_id:uuid>/trainings"
WHOSE = (NoSuchEnterprise, WhichEnterprise, NoSuchCode, CodeNotActive)


@route(
    blueprint, "POST", ON_PROJECT, permission=CREATE, status=201,
    errors=(*WHOSE, NoSuchProject, NotParticipating, HeldInFuture),
)  # fmt: skip
async def record_training(actor: Actor, project_id: UUID, body: TrainingIn) -> TrainingOut:
    """Record a safety training that a worker had on the project."""
    return (await reading.trainings([await service.record(actor, project_id, body)]))[0]


@route(blueprint, "GET", ON_PROJECT, permission=READ, errors=(NoSuchProject,))
async def list_trainings(actor: Actor, project_id: UUID, query: TrainingQuery) -> Page[TrainingOut]:
    """The trainings on the project: one's own workers', as the contractor everybody's."""
    return await listing.on_project(actor, project_id, query)


@route(
    blueprint, "POST", "/enterprise/certificates", permission=CREATE, status=201,
    errors=(*WHOSE, CertificatePeriod),
)  # fmt: skip
async def record_certificate(actor: Actor, body: CertificateIn) -> CertificateOut:
    """Record a worker's special-operation certificate."""
    return (await reading.certificates([await service.record_certificate(actor, body)]))[0]


@route(blueprint, "GET", "/enterprise/certificates", permission=READ)
async def list_certificates(actor: Actor, query: CertificateQuery) -> Page[CertificateOut]:
    """The certificates that one's enterprise recorded."""
    rows, cursor = await page(queries.certificates(actor, query), query)
    return Page(items=await reading.certificates(rows), next_cursor=cursor)


@route(blueprint, "GET", "/me/trainings", permission=OWN)
async def list_own_trainings(actor: Actor, query: PageQuery) -> Page[TrainingOut]:
    """One's own trainings."""
    worker = await workers.of_account(actor.id)
    if worker is None:
        return Page(items=[], next_cursor=None)
    rows, cursor = await page(queries.of_worker(worker.id), query)
    return Page(items=await reading.trainings(rows), next_cursor=cursor)


@route(blueprint, "GET", "/me/certificates", permission=OWN)
async def list_own_certificates(actor: Actor, query: PageQuery) -> Page[CertificateOut]:
    """One's own special-operation certificates."""
    worker = await workers.of_account(actor.id)
    if worker is None:
        return Page(items=[], next_cursor=None)
    rows, cursor = await page(queries.certificates_of(worker.id), query)
    return Page(items=await reading.certificates(rows), next_cursor=cursor)
