"""代发: batches and their results, files, paying again and advances, what the bank's lines fit."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.integrations.bank import files
from api.kit import money
from api.kit.actor import Actor
from api.kit.routes import Download
from api.kit.schemas import Form, Note
from api.payroll import carrying, drawing, reading, settling
from api.payroll.answers import AdvanceOut, BatchOut, ExceptionOut, LeftOutsOut, PaymentOut
from api.payroll.rules import BatchState, ExceptionState, PaymentState, Way
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
from api.wages import reading as wages
from api.wages.answers import SheetWholeOut
from h5.areas import enterprise
from h5.forms import Typed, filled
from h5.pages import See, page
from h5.rendering import View, address
from h5.views.enterprise.wages import Options, project_options

READ, UPDATE = Permission.ENTERPRISE_PAYROLL_READ, Permission.ENTERPRISE_PAYROLL_UPDATE
LIST, ONE = "/enterprise/payments", "/payments/<batch_id:uuid>"
SHEETS, SHEET = f"{LIST}/sheets", "/payments/sheets/<sheet_id:uuid>"
EXCEPTIONS, ADVANCES = f"{LIST}/exceptions", f"{LIST}/advances"
STATES = tuple(each.value for each in BatchState)
Yuan = Annotated[Decimal, Field(gt=0, le=10**9, max_digits=12, decimal_places=2)]


class AdvanceForm(Form):
    """From which account, and why."""

    account: str
    reason: Note


class HandlingForm(Form):
    """What was found out."""

    note: Note


class RecoveryForm(Form):
    """Money that came back."""

    yuan: Yuan
    on: date
    note: Note


@dataclass(frozen=True, slots=True)
class BatchesPage(View):
    """The batches that fit the filters."""

    template = "enterprise/payments.html"
    title = "enterprise.payments.title"
    query: BatchQuery
    rows: tuple[BatchOut, ...]
    states: tuple[str, ...]
    projects: Options
    older: str


@dataclass(frozen=True, slots=True)
class BatchPage(View):
    """One batch with a page of its payments; `carries`: the actor takes its files to the bank."""

    template = "enterprise/payment.html"
    title = "enterprise.payments.one"
    typed: Typed
    batch: BatchOut
    query: PaymentQuery
    rows: tuple[PaymentOut, ...]
    states: tuple[str, ...]
    older: str
    carries: bool
    held_since: datetime | None


@dataclass(frozen=True, slots=True)
class PaySheetPage(View):
    """Who of a sheet is not paid, its newest batches, and what can be done; `pays`: the actor."""

    template = "enterprise/pay_sheet.html"
    title = "enterprise.pay_sheet.title"
    typed: Typed
    sheet: SheetWholeOut
    left: LeftOutsOut
    rows: tuple[BatchOut, ...]
    pays: bool
    may_advance: bool


@dataclass(frozen=True, slots=True)
class ExceptionsPage(View):
    """Bank lines that fit no payment."""

    template = "enterprise/payment_exceptions.html"
    title = "enterprise.exceptions.title"
    typed: Typed
    query: ExceptionQuery
    rows: tuple[ExceptionOut, ...]
    states: tuple[str, ...]
    older: str
    may_act: bool


@dataclass(frozen=True, slots=True)
class AdvancesPage(View):
    """Advances; `own`: the enterprises for which the actor writes down what came back."""

    template = "enterprise/advances.html"
    title = "enterprise.advances.title"
    typed: Typed
    rows: tuple[AdvanceOut, ...]
    own: tuple[UUID, ...]
    older: str


@page(enterprise, "GET", "/payments", permission=READ)
async def batches(actor: Actor, query: BatchQuery) -> BatchesPage:
    """The batches, newest first."""
    found = await reading.batches(actor, READ, query)
    older = address(LIST, query, cursor=found.next_cursor) if found.next_cursor else ""
    return BatchesPage(query, tuple(found.items), STATES, await project_options(actor), older)


@page(enterprise, "GET", ONE, permission=READ, back=LIST)
async def batch(actor: Actor, batch_id: UUID, query: PaymentQuery, typed: Typed) -> BatchPage:
    """One batch with a page of its payments."""
    row = await reading.one_batch(actor, READ, batch_id)
    found = await reading.payments(actor, READ, batch_id, query)
    here = f"{LIST}/{batch_id}"
    return BatchPage(
        typed=typed,
        batch=row,
        query=query,
        rows=tuple(found.items),
        states=tuple(each.value for each in PaymentState),
        older=address(here, query, cursor=found.next_cursor) if found.next_cursor else "",
        carries=row.way is Way.FILE and row.contractor.id in actor.tenants_of(UPDATE),
        held_since=await reading.held_since(row.sheet_id),
    )


@page(enterprise, "POST", f"{ONE}/file", permission=UPDATE, again=batch, sudo=True)
async def export(actor: Actor, batch_id: UUID) -> Download:
    """The batch as a file for the bank."""
    number, content = await carrying.written(actor, batch_id)
    return Download(content, files.MEDIA_TYPE, f"{number}.csv")


@page(enterprise, "POST", f"{ONE}/receipt", permission=UPDATE, again=batch)
async def bring(actor: Actor, batch_id: UUID, form: ReceiptForm) -> See:
    """Take in the bank's receipt."""
    found = reading.report(await carrying.brought(actor, batch_id, form.file.content))
    counts = {"applied": found.applied, "same": found.same, "exceptions": found.exceptions}
    return See(
        f"{LIST}/{batch_id}", says="enterprise.payments.file.taken",
        values={name: str(count) for name, count in counts.items()},
    )  # fmt: skip


@page(enterprise, "GET", SHEET, permission=READ, back=LIST)
async def pay_sheet(actor: Actor, sheet_id: UUID, typed: Typed) -> PaySheetPage:
    """Who of a sheet is not paid, and how to pay them."""
    sheet = await wages.sheet(actor, Permission.ENTERPRISE_WAGES_READ, sheet_id)
    left = await reading.left_out(actor, READ, sheet_id)
    found = await reading.batches(actor, READ, BatchQuery(sheet_id=sheet_id))
    pays = sheet.contractor.id in actor.tenants_of(UPDATE)
    foreign = sheet.contractor.id != sheet.enterprise.id
    return PaySheetPage(
        typed=typed,
        sheet=sheet,
        left=left,
        rows=tuple(found.items),
        pays=pays,
        may_advance=foreign,
    )


@page(enterprise, "POST", f"{SHEET}/pay", permission=UPDATE, again=pay_sheet, sudo=True)
async def pay(actor: Actor, sheet_id: UUID) -> See:
    """Pay from the special account whoever can be paid now."""
    return await _paid(actor, sheet_id, PaymentIn())


@page(enterprise, "POST", f"{SHEET}/advance", permission=UPDATE, again=pay_sheet, sudo=True)
async def advance(actor: Actor, sheet_id: UUID, form: AdvanceForm) -> See:
    """Pay from the contractor's own account."""
    given = {"payer": "contractor", "account": form.account, "reason": form.reason}
    return await _paid(actor, sheet_id, filled(PaymentIn, given))


async def _paid(actor: Actor, sheet_id: UUID, given: PaymentIn) -> See:
    made = await drawing.pay(actor, sheet_id, given)
    says = "paid_by_file" if made.way is Way.FILE else "paid"
    return See(
        f"{SHEETS}/{sheet_id}", says=f"enterprise.pay_sheet.{says}",
        values={"lines": str(made.lines), "total": money.written(made.total_fen)},
    )  # fmt: skip


@page(enterprise, "GET", "/payments/exceptions", permission=READ, back=LIST)
async def exceptions(actor: Actor, query: ExceptionQuery, typed: Typed) -> ExceptionsPage:
    """What fits no payment, newest first."""
    found = await reading.exceptions(actor, READ, query)
    return ExceptionsPage(
        typed=typed,
        query=query,
        rows=tuple(found.items),
        states=tuple(each.value for each in ExceptionState),
        older=address(EXCEPTIONS, query, cursor=found.next_cursor) if found.next_cursor else "",
        may_act=actor.may(UPDATE),
    )


@page(
    enterprise, "POST", "/payments/exceptions/<exception_id:uuid>/handle", permission=UPDATE,
    again=exceptions,
)  # fmt: skip
async def handle(actor: Actor, exception_id: UUID, form: HandlingForm) -> See:
    """Close one with what was found out."""
    await settling.handle(actor, exception_id, HandlingIn(note=form.note))
    return See(EXCEPTIONS, says="enterprise.exceptions.handled")


@page(enterprise, "GET", "/payments/advances", permission=READ, back=LIST)
async def advances(actor: Actor, query: AdvanceQuery, typed: Typed) -> AdvancesPage:
    """What was advanced, newest first."""
    found = await reading.advances(actor, READ, query)
    older = address(ADVANCES, query, cursor=found.next_cursor) if found.next_cursor else ""
    return AdvancesPage(typed, tuple(found.items), actor.tenants_of(UPDATE), older)


@page(
    enterprise, "POST", "/payments/advances/<advance_id:uuid>/recover", permission=UPDATE,
    again=advances,
)  # fmt: skip
async def recover(actor: Actor, advance_id: UUID, form: RecoveryForm) -> See:
    """Money came back for one."""
    given = RecoveryIn(amount_fen=money.fen(form.yuan), on=form.on, note=form.note)
    await settling.recover(actor, advance_id, given)
    return See(ADVANCES, says="enterprise.advances.done")
