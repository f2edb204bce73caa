"""代发监管: the region's batches, their results, and what fits no payment, to read."""

from dataclasses import dataclass
from uuid import UUID

from api.kit.actor import Actor
from api.payroll import reading
from api.payroll.answers import BatchOut, ExceptionOut, PaymentOut
from api.payroll.rules import BatchState
from api.payroll.schemas import BatchQuery, ExceptionQuery, PaymentQuery
from api.permissions import Permission
from h5.areas import regulator
from h5.pages import page
from h5.rendering import View, address

READ = Permission.REGULATOR_PAYROLL_READ
LIST, EXCEPTIONS = "/regulator/payments", "/regulator/payments/exceptions"
STATES = tuple(each.value for each in BatchState)


@dataclass(frozen=True, slots=True)
class BatchesPage(View):
    """The region's batches that fit the filters."""

    template = "regulator/payments.html"
    title = "enterprise.payments.title"
    query: BatchQuery
    rows: tuple[BatchOut, ...]
    states: tuple[str, ...]
    older: str


@dataclass(frozen=True, slots=True)
class BatchPage(View):
    """One batch with a page of its payments."""

    template = "regulator/payment.html"
    title = "enterprise.payments.one"
    batch: BatchOut
    rows: tuple[PaymentOut, ...]
    older: str


@dataclass(frozen=True, slots=True)
class ExceptionsPage(View):
    """Bank lines that fit no payment."""

    template = "regulator/payment_exceptions.html"
    title = "enterprise.exceptions.title"
    rows: tuple[ExceptionOut, ...]
    older: str


@page(regulator, "GET", "/payments", permission=READ)
async def batches(actor: Actor, query: BatchQuery) -> BatchesPage:
    """The region's batches, newest first."""
    found = await reading.batches(actor, READ, query)
    older = address(LIST, query, cursor=found.next_cursor) if found.next_cursor else ""
    return BatchesPage(query, tuple(found.items), STATES, older)


@page(regulator, "GET", "/payments/<batch_id:uuid>", permission=READ, back=LIST)
async def batch(actor: Actor, batch_id: UUID, query: PaymentQuery) -> BatchPage:
    """One batch."""
    row = await reading.one_batch(actor, READ, batch_id)
    found = await reading.payments(actor, READ, batch_id, query)
    here = f"{LIST}/{batch_id}"
    older = address(here, query, cursor=found.next_cursor) if found.next_cursor else ""
    return BatchPage(row, tuple(found.items), older)


@page(regulator, "GET", "/payments/exceptions", permission=READ, back=LIST)
async def exceptions(actor: Actor, query: ExceptionQuery) -> ExceptionsPage:
    """What fits no payment."""
    found = await reading.exceptions(actor, READ, query)
    older = address(EXCEPTIONS, query, cursor=found.next_cursor) if found.next_cursor else ""
    return ExceptionsPage(tuple(found.items), older)
