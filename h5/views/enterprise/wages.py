"""工资单: the list, a new one, one with its lines, and the steps that lead it to the bank."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.rate_limit import Limit
from api.kit.routes import Download
from api.kit.schemas import Form, Note
from api.kit.spreadsheets import XLSX
from api.payroll import reading as payments
from api.permissions import Permission
from api.projects import listing
from api.wages import reading, sheets, tables
from api.wages.answers import ImportFaultOut, LineOut, SheetOut, SheetWholeOut
from api.wages.errors import BadSheetFile
from api.wages.rules import LineState, PayState, SheetKind, SheetState
from api.wages.schemas import (
    AuditIn,
    LineQuery,
    ReasonIn,
    SheetFileForm,
    SheetIn,
    SheetQuery,
)
from h5.areas import enterprise
from h5.forms import Typed, filled
from h5.pages import See, page
from h5.rendering import View, address

READ, UPDATE = Permission.ENTERPRISE_WAGES_READ, Permission.ENTERPRISE_WAGES_UPDATE
AUDIT, RECHECK = Permission.ENTERPRISE_WAGES_AUDIT, Permission.ENTERPRISE_WAGES_RECHECK
RELEASE = Permission.ENTERPRISE_WAGES_RELEASE
LIST, ONE = "/enterprise/wages", "/wages/<sheet_id:uuid>"
TABLES = Limit("wage_tables", 30, 3600)
Options = tuple[tuple[str, str], ...]
Yuan = Annotated[Decimal, Field(gt=0, le=10**7, max_digits=10, decimal_places=2)]
Month = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
MOST = 100
"""Projects to choose from."""
STATES = tuple(each.value for each in SheetState)
KINDS = tuple(each.value for each in SheetKind)


class SheetForm(Form):
    """For which project, month and days."""

    project_id: UUID
    kind: SheetKind
    month: Month
    from_on: date | None = None
    to_on: date | None = None
    pay_on: date | None = None

    @property
    def given(self) -> SheetIn:
        """The same as it is asked of the service."""
        return filled(SheetIn, self.model_dump(exclude_none=True))


class AuditForm(Form):
    """The box that what overlaps was looked at."""

    overlaps_seen: bool = False


class ReasonForm(Form):
    """Why it goes back or counts no more."""

    reason: Note


@dataclass(frozen=True, slots=True)
class SheetsPage(View):
    """The sheets that fit the filters, and what all of them come to."""

    template = "enterprise/wages.html"
    title = "enterprise.wages.title"
    query: SheetQuery
    rows: tuple[SheetOut, ...]
    sheets: int
    persons: int
    total_fen: int
    states: tuple[str, ...]
    kinds: tuple[str, ...]
    projects: Options
    older: str
    may_make: bool


@dataclass(frozen=True, slots=True)
class SheetFormPage(View):
    """The form of a new sheet."""

    template = "enterprise/wage_form.html"
    title = "enterprise.wage_form.title"
    typed: Typed
    projects: Options
    kinds: tuple[str, ...]
    month: str


@dataclass(frozen=True, slots=True)
class May:
    """What the actor may do with the sheet as it stands; the service has the last word."""

    submit: bool
    correct: bool
    audit: bool
    recheck: bool
    release: bool
    send_back: bool
    void: bool
    archive: bool


@dataclass(frozen=True, slots=True)
class SheetPage(View):
    """One sheet: sums, what wants attention, lines, steps."""

    template = "enterprise/wage_sheet.html"
    title = "enterprise.wage_sheet.title"
    typed: Typed
    sheet: SheetWholeOut
    query: LineQuery
    rows: tuple[LineOut, ...]
    states: tuple[str, ...]
    pay_states: tuple[str, ...]
    older: str
    held_since: datetime | None
    waits: str
    """For what it waits, where the actor has nothing to do."""
    may: May


async def project_options(actor: Actor) -> Options:
    """The projects to choose from."""
    found = await listing.names(actor, Permission.ENTERPRISE_PROJECTS_READ, MOST)
    return tuple((str(key), name) for key, name in found)


@page(enterprise, "GET", "/wages", permission=READ)
async def wages(actor: Actor, query: SheetQuery) -> SheetsPage:
    """The sheets, newest first."""
    found = await reading.sheets(actor, READ, query)
    return SheetsPage(
        query=query,
        rows=tuple(found.items),
        sheets=found.sheets,
        persons=found.persons,
        total_fen=found.total_fen,
        states=STATES,
        kinds=KINDS,
        projects=await project_options(actor),
        older=address(LIST, query, cursor=found.next_cursor) if found.next_cursor else "",
        may_make=actor.may(UPDATE),
    )


@page(enterprise, "GET", "/wages/new", permission=UPDATE, back=LIST, of_one=True)
async def new_sheet(actor: Actor, typed: Typed) -> SheetFormPage:
    """The form of a new sheet."""
    last = clock.today().replace(day=1)
    month = f"{last.year - (last.month == 1)}-{(last.month - 2) % 12 + 1:02d}"
    return SheetFormPage(typed, await project_options(actor), KINDS, month)


@page(enterprise, "POST", "/wages/new", permission=UPDATE, again=new_sheet, of_one=True)
async def make_sheet(actor: Actor, form: SheetForm) -> See:
    """Draw a sheet."""
    row = await sheets.make(actor, form.given)
    return See(f"{LIST}/{row.id}", says="enterprise.wage_form.made")


@page(enterprise, "GET", ONE, permission=READ, back=LIST)
async def sheet(actor: Actor, sheet_id: UUID, query: LineQuery, typed: Typed) -> SheetPage:
    """One sheet with a page of its lines."""
    row = await reading.sheet(actor, READ, sheet_id)
    found = await reading.lines(actor, READ, sheet_id, query)
    here = f"{LIST}/{sheet_id}"
    return SheetPage(
        typed=typed,
        sheet=row,
        query=query,
        rows=tuple(found.items),
        states=tuple(each.value for each in LineState),
        pay_states=tuple(each.value for each in PayState),
        older=address(here, query, cursor=found.next_cursor) if found.next_cursor else "",
        held_since=await payments.held_since(sheet_id) if row.state.pays else None,
        waits=await _waits(actor, row),
        may=_may(actor, row),
    )


async def _waits(actor: Actor, row: SheetWholeOut) -> str:
    if row.state is not SheetState.PAYING or not await payments.carried(row.id):
        return row.state.value
    pays = row.contractor.id in actor.tenants_of(Permission.ENTERPRISE_PAYROLL_UPDATE)
    return "file" if pays else "file_of_other"


def _may(actor: Actor, row: SheetWholeOut) -> May:
    employer = row.enterprise.id in actor.tenants_of(UPDATE) and not row.drawing
    pays = row.contractor.id
    made = row.made_by_you or row.corrected_by_you
    return May(
        submit=employer and row.state is SheetState.DRAFT,
        correct=employer and row.state.corrected,
        audit=row.state is SheetState.SUBMITTED and pays in actor.tenants_of(AUDIT) and not made,
        recheck=row.state is SheetState.AUDITED
        and pays in actor.tenants_of(RECHECK)
        and not (made or row.audited_by_you),
        release=row.state is SheetState.RECHECKED
        and pays in actor.tenants_of(RELEASE)
        and not made,
        send_back=row.state.returned and pays in actor.tenants_of(AUDIT),
        void=employer and (row.state is SheetState.DRAFT or row.state.returned),
        archive=employer and row.state is SheetState.PAID,
    )


def _seen(sheet_id: UUID, what: str) -> See:
    return See(f"{LIST}/{sheet_id}", says=f"enterprise.wage_sheet.done.{what}")


@page(enterprise, "POST", f"{ONE}/submit", permission=UPDATE, again=sheet)
async def submit(actor: Actor, sheet_id: UUID) -> See:
    """To the contractor, and to the workers to sign."""
    await sheets.submit(actor, sheet_id)
    return _seen(sheet_id, "submitted")


@page(enterprise, "POST", f"{ONE}/audit", permission=AUDIT, again=sheet)
async def audit(actor: Actor, sheet_id: UUID, form: AuditForm) -> See:
    """Audited."""
    await sheets.audit_sheet(actor, sheet_id, AuditIn(overlaps_seen=form.overlaps_seen))
    return _seen(sheet_id, "audited")


@page(enterprise, "POST", f"{ONE}/recheck", permission=RECHECK, again=sheet)
async def recheck(actor: Actor, sheet_id: UUID) -> See:
    """Checked again."""
    await sheets.recheck(actor, sheet_id)
    return _seen(sheet_id, "rechecked")


@page(enterprise, "POST", f"{ONE}/release", permission=RELEASE, again=sheet, sudo=True)
async def release(actor: Actor, sheet_id: UUID) -> See:
    """Released to be paid."""
    await sheets.release(actor, sheet_id)
    return _seen(sheet_id, "released")


@page(enterprise, "POST", f"{ONE}/return", permission=AUDIT, again=sheet)
async def send_back(actor: Actor, sheet_id: UUID, form: ReasonForm) -> See:
    """Back to its maker."""
    await sheets.send_back(actor, sheet_id, ReasonIn(reason=form.reason))
    return _seen(sheet_id, "returned")


@page(enterprise, "POST", f"{ONE}/void", permission=UPDATE, again=sheet)
async def void(actor: Actor, sheet_id: UUID, form: ReasonForm) -> See:
    """It counts no more."""
    await sheets.void(actor, sheet_id, ReasonIn(reason=form.reason))
    return _seen(sheet_id, "voided")


@page(enterprise, "POST", f"{ONE}/archive", permission=UPDATE, again=sheet)
async def archive(actor: Actor, sheet_id: UUID) -> See:
    """Put away."""
    await sheets.archive(actor, sheet_id)
    return _seen(sheet_id, "archived")


@page(enterprise, "POST", f"{ONE}/export", permission=READ, again=sheet, limits=(TABLES,))
async def export_sheet(actor: Actor, sheet_id: UUID) -> Download:
    """The sheet as a table."""
    name, content = await tables.export(actor, READ, sheet_id)
    return Download(content, XLSX, name)


@page(enterprise, "POST", f"{ONE}/table", permission=UPDATE, again=sheet, limits=(TABLES,))
async def put_table(actor: Actor, sheet_id: UUID, form: SheetFileForm) -> See:
    """Amounts from a table that was filled in."""
    found = await tables.put(actor, sheet_id, form)
    if found.faults:
        words = tuple(FieldError("table", BadSheetFile.code, _said(each)) for each in found.faults)
        raise BadSheetFile(errors=words[:20])
    return See(
        f"{LIST}/{sheet_id}", says="enterprise.wage_sheet.done.table",
        values={"n": str(found.changed)},
    )  # fmt: skip


def _said(fault: ImportFaultOut) -> str:
    return f"第 {fault.row} 行“{fault.column}”：{fault.sentence}"
