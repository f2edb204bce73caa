"""Wage sheets and terms of pay, for the employer and the general contractor."""

from uuid import UUID

from sanic import Blueprint

from api.engagements.errors import NoSuchEngagement
from api.enterprises.errors import (
    EnterpriseFrozen,
    NoSuchEnterprise,
    NotVerified,
    WhichEnterprise,
)
from api.funds.errors import NotReady
from api.kit.actor import Actor
from api.kit.routes import Download, route
from api.kit.schemas import Page
from api.kit.spreadsheets import XLSX
from api.permissions import Permission
from api.projects.errors import NoSuchProject
from api.wages import (
    contesting,
    correcting,
    errors,
    reading,
    sheets,
    tables,
    terms,
    terms_reading,
)
from api.wages.answers import (
    ContestOut,
    ImportOut,
    LineOut,
    LineWholeOut,
    PaidOut,
    SheetPage,
    SheetWholeOut,
    TermsOut,
    WorkerTermsOut,
)
from api.wages.schemas import (
    AuditIn,
    ContestAnswerIn,
    ContestQuery,
    CorrectionIn,
    LineQuery,
    PaidQuery,
    ReasonIn,
    SheetFileForm,
    SheetIn,
    SheetQuery,
    TermsIn,
    TermsQuery,
    UnsignedIn,
)

blueprint = Blueprint("wages", url_prefix="/api/v1/enterprise")
READ, UPDATE = Permission.ENTERPRISE_WAGES_READ, Permission.ENTERPRISE_WAGES_UPDATE
AUDIT, RECHECK = Permission.ENTERPRISE_WAGES_AUDIT, Permission.ENTERPRISE_WAGES_RECHECK
RELEASE = Permission.ENTERPRISE_WAGES_RELEASE
ONE = "/wage-sheets/<sheet_id:uuid>"
LINE = f"{ONE}/lines/<wage_line_id:uuid>"
STEP = (errors.NoSuchSheet, errors.WrongStep, errors.StillDrawing)


@route(blueprint, "GET", "/wage-terms", permission=READ)
async def list_terms(actor: Actor, query: TermsQuery) -> Page[TermsOut]:
    """How workers are paid 计酬约定, newest first; older ones stay in the list."""
    return await terms_reading.terms(actor, READ, query)


@route(
    blueprint, "POST", "/wage-terms", permission=UPDATE, status=201,
    errors=(NoSuchProject, errors.NotEmployed),
)  # fmt: skip
async def set_terms(actor: Actor, body: TermsIn) -> TermsOut:
    """From a day on a worker is paid so; he is told."""
    return (await terms_reading.terms_out([await terms.set_terms(actor, body)]))[0]


@route(blueprint, "GET", "/wage-terms/in-force", permission=READ, errors=(NoSuchProject,))
async def list_paid(actor: Actor, query: PaidQuery) -> Page[PaidOut]:
    """Those at work on a project, each with what he is paid by today."""
    return await terms_reading.paid(actor, READ, query)


@route(
    blueprint, "GET", "/projects/<project_id:uuid>/workers/<worker_id:uuid>/wage-terms",
    permission=READ, errors=(NoSuchProject, NoSuchEngagement),
)  # fmt: skip
async def show_worker_terms(actor: Actor, project_id: UUID, worker_id: UUID) -> WorkerTermsOut:
    """All that was agreed with a worker on a project: since when, by whom, what held before."""
    return await terms_reading.of_worker(actor, READ, project_id, worker_id)


@route(blueprint, "GET", "/wage-sheets", permission=READ)
async def list_sheets(actor: Actor, query: SheetQuery) -> SheetPage:
    """Wage sheets 工资单, newest first, with the sums of all that are asked for."""
    return await reading.sheets(actor, READ, query)


@route(
    blueprint, "POST", "/wage-sheets", permission=UPDATE, status=201,
    errors=(
        NoSuchProject, NoSuchEnterprise, WhichEnterprise, NotVerified, EnterpriseFrozen,
        errors.NotEmployed, errors.PeriodMissing, errors.WrongPeriod, errors.PayTooEarly,
    ),
)  # fmt: skip
async def make_sheet(actor: Actor, body: SheetIn) -> SheetWholeOut:
    """Draw a sheet from days, books and terms; a large one goes on in the background."""
    row = await sheets.make(actor, body)
    return await reading.sheet(actor, UPDATE, row.id)


@route(blueprint, "GET", ONE, permission=READ, errors=(errors.NoSuchSheet,))
async def show_sheet(actor: Actor, sheet_id: UUID) -> SheetWholeOut:
    """One sheet with its steps."""
    return await reading.sheet(actor, READ, sheet_id)


@route(blueprint, "GET", f"{ONE}/lines", permission=READ, errors=(errors.NoSuchSheet,))
async def list_lines(actor: Actor, sheet_id: UUID, query: LineQuery) -> Page[LineOut]:
    """Its lines; names are masked."""
    return await reading.lines(actor, READ, sheet_id, query)


@route(
    blueprint, "GET", LINE, permission=READ, errors=(errors.NoSuchSheet, errors.NoSuchLine)
)  # fmt: skip
async def show_line(actor: Actor, sheet_id: UUID, wage_line_id: UUID) -> LineWholeOut:
    """One line with items, and its days by punches, both books and the sheet."""
    return await reading.line(actor, READ, sheet_id, wage_line_id)


@route(
    blueprint, "POST", f"{LINE}/corrections", permission=UPDATE,
    errors=(*STEP, errors.NoSuchLine, errors.WrongItem, errors.BelowNothing),
)  # fmt: skip
async def correct_line(
    actor: Actor, sheet_id: UUID, wage_line_id: UUID, body: CorrectionIn
) -> LineWholeOut:
    """Add an amount or take one away again; the worker is told and his signature is void."""
    await correcting.correct(actor, sheet_id, wage_line_id, body)
    return await reading.line(actor, UPDATE, sheet_id, wage_line_id)


@route(
    blueprint, "PUT", f"{LINE}/unsigned-reason", permission=UPDATE,
    errors=(*STEP, errors.NoSuchLine),
)  # fmt: skip
async def explain_unsigned(
    actor: Actor, sheet_id: UUID, wage_line_id: UUID, body: UnsignedIn
) -> LineWholeOut:
    """Why the line is paid although it is not signed (L-08)."""
    await correcting.explain(actor, sheet_id, wage_line_id, body)
    return await reading.line(actor, UPDATE, sheet_id, wage_line_id)


@route(
    blueprint, "POST", f"{ONE}/submission", permission=UPDATE,
    errors=(*STEP, errors.EmptySheet, errors.NoTerms),
)  # fmt: skip
async def submit_sheet(actor: Actor, sheet_id: UUID) -> SheetWholeOut:
    """To the contractor; workers are asked to look at their lines and sign."""
    await sheets.submit(actor, sheet_id)
    return await reading.sheet(actor, UPDATE, sheet_id)


@route(
    blueprint, "POST", f"{ONE}/audit", permission=AUDIT,
    errors=(*STEP, errors.SamePerson, errors.OverlapUnseen),
)  # fmt: skip
async def audit_sheet(actor: Actor, sheet_id: UUID, body: AuditIn) -> SheetWholeOut:
    """The contractor's officer has audited it (L-06)."""
    await sheets.audit_sheet(actor, sheet_id, body)
    return await reading.sheet(actor, AUDIT, sheet_id)


@route(
    blueprint, "POST", f"{ONE}/recheck", permission=RECHECK, errors=(*STEP, errors.SamePerson)
)  # fmt: skip
async def recheck_sheet(actor: Actor, sheet_id: UUID) -> SheetWholeOut:
    """Another of the contractor's has checked it again."""
    await sheets.recheck(actor, sheet_id)
    return await reading.sheet(actor, RECHECK, sheet_id)


@route(
    blueprint, "POST", f"{ONE}/release", permission=RELEASE, sudo=True,
    errors=(*STEP, errors.SamePerson, errors.UnsignedLines, NotReady),
)  # fmt: skip
async def release_sheet(actor: Actor, sheet_id: UUID) -> SheetWholeOut:
    """It may be paid from the special account; no amount changes any more (GY-9)."""
    await sheets.release(actor, sheet_id)
    return await reading.sheet(actor, RELEASE, sheet_id)


@route(blueprint, "POST", f"{ONE}/return", permission=AUDIT, errors=STEP)
async def return_sheet(actor: Actor, sheet_id: UUID, body: ReasonIn) -> SheetWholeOut:
    """Back to its maker, with the reason."""
    await sheets.send_back(actor, sheet_id, body)
    return await reading.sheet(actor, AUDIT, sheet_id)


@route(blueprint, "POST", f"{ONE}/voiding", permission=UPDATE, errors=STEP)
async def void_sheet(actor: Actor, sheet_id: UUID, body: ReasonIn) -> SheetWholeOut:
    """It counts no more; it stays to be read."""
    await sheets.void(actor, sheet_id, body)
    return await reading.sheet(actor, UPDATE, sheet_id)


@route(blueprint, "POST", f"{ONE}/archiving", permission=UPDATE, errors=STEP)
async def archive_sheet(actor: Actor, sheet_id: UUID) -> SheetWholeOut:
    """Put a paid sheet away."""
    await sheets.archive(actor, sheet_id)
    return await reading.sheet(actor, UPDATE, sheet_id)


@route(blueprint, "GET", f"{ONE}/file", permission=READ, errors=(errors.NoSuchSheet,))
async def take_sheet(actor: Actor, sheet_id: UUID) -> Download:
    """The sheet as an XLSX file with its sums; who takes it stands in the audit."""
    name, content = await tables.export(actor, READ, sheet_id)
    return Download(content, XLSX, name)


@route(
    blueprint, "POST", f"{ONE}/file", permission=UPDATE,
    errors=(*STEP, errors.BadSheetFile, errors.BelowNothing),
)  # fmt: skip
async def put_sheet(actor: Actor, sheet_id: UUID, form: SheetFileForm) -> ImportOut:
    """Amounts from the table that was taken away: all of them, or none and what is wrong."""
    return await tables.put(actor, sheet_id, form)


@route(blueprint, "GET", "/wage-contests", permission=READ)
async def list_contests(actor: Actor, query: ContestQuery) -> Page[ContestOut]:
    """Objections of workers to their lines 异议, newest first."""
    return await reading.contests(actor, READ, query)


@route(
    blueprint, "POST", "/wage-contests/<contest_id:uuid>/answer", permission=UPDATE,
    errors=(errors.NoSuchContest, errors.ContestClosed, errors.NotAdjusted),
)  # fmt: skip
async def answer_contest(actor: Actor, contest_id: UUID, body: ContestAnswerIn) -> ContestOut:
    """Answer one: the line was changed, or stays as it is."""
    row = await contesting.answer(actor, contest_id, body)
    return (await reading.contests_out(actor, [row]))[0]
