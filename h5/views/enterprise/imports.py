"""批量导入: a file of workers, and the report on each of its rows."""

from dataclasses import dataclass
from uuid import UUID

from api.collecting import imports as service
from api.collecting import listing
from api.collecting.schemas import ImportForm, ImportOut, ImportReportOut
from api.enterprises import service as enterprises
from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.rate_limit import Limit
from api.kit.routes import Download
from api.kit.spreadsheets import XLSX
from api.permissions import Permission
from h5.areas import enterprise
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View, address

READ, COLLECT = Permission.ENTERPRISE_WORKERS_READ, Permission.ENTERPRISE_WORKERS_COLLECT
LIST = "/enterprise/imports"
IMPORTS = Limit("worker_import", 20, 3600)


@dataclass(frozen=True, slots=True)
class ImportsPage(View):
    """The form of a file, and the imports so far."""

    template = "enterprise/imports.html"
    title = "enterprise.imports.title"
    typed: Typed
    imports: tuple[ImportOut, ...]
    older: str
    may_collect: bool


@dataclass(frozen=True, slots=True)
class ReportPage(View):
    """What became of each row."""

    template = "enterprise/import_report.html"
    title = "enterprise.import_report.title"
    report: ImportReportOut
    labels: dict[str, str]
    """What a faulty cell's column is called."""


@page(enterprise, "GET", "/imports", permission=READ, of_one=True)
async def imports(actor: Actor, query: PageQuery, typed: Typed) -> ImportsPage:
    """The imports so far, and the form of the next."""
    found = await listing.all_imports(actor, query)
    older = address(LIST, query, cursor=found.next_cursor) if found.next_cursor else ""
    return ImportsPage(typed, tuple(found.items), older, actor.may(COLLECT))


@page(
    enterprise,
    "POST",
    "/imports",
    permission=COLLECT,
    of_one=True,
    again=imports,
    limits=(IMPORTS,),
)
async def import_workers(actor: Actor, form: ImportForm) -> See:
    """Collect the workers in a file, and on to the report."""
    tenant = await enterprises.acting_for(actor, COLLECT, form.enterprise_id)
    report = await service.import_file(actor, tenant, form.file.content)
    return See(f"{LIST}/{report.id}", says="enterprise.imports.done")


@page(enterprise, "GET", "/imports/template", permission=READ)
async def template(actor: Actor) -> Download:
    """An empty file with the columns of an import."""
    return Download(service.template(), XLSX, "workers.xlsx")


@page(enterprise, "GET", "/imports/<import_id:uuid>", permission=READ)
async def report(actor: Actor, import_id: UUID) -> ReportPage:
    """The report on an import."""
    return ReportPage(await listing.report(actor, import_id), service.LABELS)


@page(enterprise, "GET", "/imports/<import_id:uuid>/file", permission=READ)
async def report_file(actor: Actor, import_id: UUID) -> Download:
    """The report as an XLSX file."""
    row = await service.one(actor, import_id)
    return Download(await service.as_sheet(row), XLSX, "import-report.xlsx")
