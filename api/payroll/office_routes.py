"""The general contractor's payments: batches, files, exceptions, advances."""

from uuid import UUID

from sanic import Blueprint

from api.funds.errors import NotReady
from api.integrations.bank import files
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import Download, route
from api.kit.schemas import Page
from api.payroll import carrying, drawing, errors, reading, settling
from api.payroll.answers import (
    AdvanceOut,
    BatchOut,
    ExceptionOut,
    LeftOutsOut,
    PaymentsPage,
    ReceiptOut,
)
from api.payroll.schemas import (
    AdvanceQuery,
    BatchQuery,
    ExceptionQuery,
    HandlingIn,
    PaymentIn,
    PaymentQuery,
    ReceiptForm,
    RecoveryIn,
)
from api.permissions import Permission

blueprint = Blueprint("payroll", url_prefix="/api/v1/enterprise")
READ, UPDATE = Permission.ENTERPRISE_PAYROLL_READ, Permission.ENTERPRISE_PAYROLL_UPDATE
ONE = "/payroll-batches/<batch_id:uuid>"
NONE = errors.NoSuchBatch


@route(
    blueprint, "POST", "/wage-sheets/<sheet_id:uuid>/payments", permission=UPDATE, status=201,
    sudo=True, errors=(
        errors.NoSuchPaySheet, errors.NotReleased, errors.NobodyToPay, errors.OwnSheet, NotReady,
    ),
)  # fmt: skip
async def pay_sheet(actor: Actor, sheet_id: UUID, body: PaymentIn) -> BatchOut:
    """Pay a released sheet, again those who did not get it, or advance it from own money."""
    batch = await drawing.pay(actor, sheet_id, body)
    return await reading.one_batch(actor, READ, batch.id)


@route(
    blueprint, "GET", "/wage-sheets/<sheet_id:uuid>/left-out", permission=READ,
    errors=(errors.NoSuchPaySheet,),
)  # fmt: skip
async def list_left_out(actor: Actor, sheet_id: UUID) -> LeftOutsOut:
    """Who of a sheet is in no batch, and why; whether all of it is held."""
    return await reading.left_out(actor, READ, sheet_id)


@route(blueprint, "GET", "/payroll-batches", permission=READ)
async def list_batches(actor: Actor, query: BatchQuery) -> Page[BatchOut]:
    """Batches that the enterprise pays or whose employer it is, newest first."""
    return await reading.batches(actor, READ, query)


@route(blueprint, "GET", ONE, permission=READ, errors=(NONE,))
async def show_batch(actor: Actor, batch_id: UUID) -> BatchOut:
    """One batch."""
    return await reading.one_batch(actor, READ, batch_id)


@route(blueprint, "GET", f"{ONE}/lines", permission=READ, errors=(NONE,))
async def list_payments(actor: Actor, batch_id: UUID, query: PaymentQuery) -> PaymentsPage:
    """Its payments, each with what became of it."""
    return await reading.payments(actor, READ, batch_id, query)


@route(
    blueprint, "POST", f"{ONE}/file", permission=UPDATE, sudo=True,
    errors=(NONE, errors.WrongWay, errors.WrongBatchStep),
)  # fmt: skip
async def write_file(actor: Actor, batch_id: UUID) -> Download:
    """The batch as a file for a bank without an interface; it counts as sent from now on."""
    number, content = await carrying.written(actor, batch_id)
    return Download(content, files.MEDIA_TYPE, f"{number}.csv")


@route(
    blueprint, "POST", f"{ONE}/receipts", permission=UPDATE,
    errors=(NONE, errors.WrongWay, errors.WrongBatchStep, errors.BadReceiptFile),
    limits=(Limit("receipt_import", 60, 3600),), largest_body=files.LARGEST + 64 * 1024,
)  # fmt: skip
async def bring_receipt(actor: Actor, batch_id: UUID, form: ReceiptForm) -> ReceiptOut:
    """Take in a bank's receipt, whole or not at all; what became of each of its lines."""
    return reading.report(await carrying.brought(actor, batch_id, form.file.content))


@route(blueprint, "GET", "/bank-exceptions", permission=READ)
async def list_exceptions(actor: Actor, query: ExceptionQuery) -> Page[ExceptionOut]:
    """Bank lines that fit no payment, newest first."""
    return await reading.exceptions(actor, READ, query)


@route(
    blueprint, "POST", "/bank-exceptions/<exception_id:uuid>/handling", permission=UPDATE,
    errors=(errors.NoSuchException, errors.AlreadyHandled),
)  # fmt: skip
async def handle_exception(actor: Actor, exception_id: UUID, body: HandlingIn) -> ExceptionOut:
    """Close one with what was found out."""
    return await reading.one_exception(await settling.handle(actor, exception_id, body))


@route(blueprint, "GET", "/wage-advances", permission=READ)
async def list_advances(actor: Actor, query: AdvanceQuery) -> Page[AdvanceOut]:
    """Advances that the enterprise made, or that were made for it."""
    return await reading.advances(actor, READ, query)


@route(
    blueprint, "POST", "/wage-advances/<advance_id:uuid>/recoveries", permission=UPDATE, status=201,
    errors=(errors.NoSuchAdvance, errors.WrongRecoveryDay, errors.RecoveredTooMuch),
)  # fmt: skip
async def recover_advance(actor: Actor, advance_id: UUID, body: RecoveryIn) -> AdvanceOut:
    """Write down money that came back for an advance."""
    return await reading.one_advance(await settling.recover(actor, advance_id, body))
