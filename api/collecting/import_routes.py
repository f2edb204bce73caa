"""Files of workers to collect, and the reports on them."""

from uuid import UUID

from sanic import Blueprint

from api.collecting import imports, listing, queries
from api.collecting.errors import (
    FormulasInSheet,
    MissingColumns,
    NoRows,
    NoSuchImport,
    SheetTooLarge,
    SheetTooSlow,
    UnreadableSheet,
)
from api.collecting.routes import COLLECT, GATE
from api.collecting.schemas import ImportForm, ImportOut, ImportReportOut
from api.enterprises import service as enterprises
from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.rate_limit import Limit
from api.kit.routes import Download, route
from api.kit.schemas import Page
from api.kit.spreadsheets import XLSX
from api.permissions import Permission

blueprint = Blueprint("worker_imports", url_prefix="/api/v1/enterprise/worker-imports")
READ = Permission.ENTERPRISE_WORKERS_READ
BAD_FILE = (
    FormulasInSheet, MissingColumns, NoRows, SheetTooLarge, SheetTooSlow, UnreadableSheet,
)  # fmt: skip


@route(
    blueprint,
    "POST",
    "",
    permission=COLLECT,
    status=201,
    errors=(*GATE, *BAD_FILE),
    limits=(Limit("worker_import", 20, 3600),),
)
async def import_workers(actor: Actor, form: ImportForm) -> ImportOut:
    """Collect the workers in an XLSX or CSV file; the report says what became of each row."""
    enterprise_id = await enterprises.acting_for(actor, COLLECT, form.enterprise_id)
    report = await imports.import_file(actor, enterprise_id, form.file.content)
    return ImportOut.of(report, (await queries.counts([report.id]))[report.id])


@route(blueprint, "GET", "", permission=READ)
async def list_imports(actor: Actor, query: PageQuery) -> Page[ImportOut]:
    """The enterprise's imports, newest first."""
    return await listing.all_imports(actor, query)


@route(blueprint, "GET", "/<import_id:uuid>", permission=READ, errors=(NoSuchImport,))
async def show_import(actor: Actor, import_id: UUID) -> ImportReportOut:
    """One import with all its rows."""
    return await listing.report(actor, import_id)


@route(blueprint, "GET", "/<import_id:uuid>/report", permission=READ, errors=(NoSuchImport,))
async def download_import_report(actor: Actor, import_id: UUID) -> Download:
    """The report as an XLSX file."""
    report = await imports.one(actor, import_id)
    return Download(await imports.as_sheet(report), XLSX, "import-report.xlsx")


@route(blueprint, "GET", "/template", permission=READ)
async def download_import_template(actor: Actor) -> Download:
    """An empty XLSX file with the columns of an import."""
    return Download(imports.template(), XLSX, "workers.xlsx")
