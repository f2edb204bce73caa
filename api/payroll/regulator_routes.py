"""Payments of a region, read only (SC-P4)."""

from uuid import UUID

from sanic import Blueprint

from api.kit.actor import Actor
from api.kit.routes import route
from api.kit.schemas import Page
from api.payroll import errors, reading
from api.payroll.answers import BatchOut, ExceptionOut, PaymentsPage
from api.payroll.schemas import BatchQuery, ExceptionQuery, PaymentQuery
from api.permissions import Permission

blueprint = Blueprint("payroll_oversight", url_prefix="/api/v1/regulator")
READ = Permission.REGULATOR_PAYROLL_READ
ONE = "/payroll-batches/<batch_id:uuid>"


@route(blueprint, "GET", "/payroll-batches", permission=READ)
async def list_region_batches(actor: Actor, query: BatchQuery) -> Page[BatchOut]:
    """The region's batches, newest first."""
    return await reading.batches(actor, READ, query)


@route(blueprint, "GET", ONE, permission=READ, errors=(errors.NoSuchBatch,))
async def show_region_batch(actor: Actor, batch_id: UUID) -> BatchOut:
    """One batch."""
    return await reading.one_batch(actor, READ, batch_id)


@route(blueprint, "GET", f"{ONE}/lines", permission=READ, errors=(errors.NoSuchBatch,))
async def list_region_payments(actor: Actor, batch_id: UUID, query: PaymentQuery) -> PaymentsPage:
    """Its payments; names and cards masked."""
    return await reading.payments(actor, READ, batch_id, query)


@route(blueprint, "GET", "/bank-exceptions", permission=READ)
async def list_region_exceptions(actor: Actor, query: ExceptionQuery) -> Page[ExceptionOut]:
    """The region's bank lines that fit no payment."""
    return await reading.exceptions(actor, READ, query)
