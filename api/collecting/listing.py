"""Collected workers and imports as answers, for routes and pages alike."""

from uuid import UUID

from api.collecting import imports, queries
from api.collecting.models import LinkState
from api.collecting.schemas import (
    CollectedOut,
    CollectedPage,
    ImportOut,
    ImportReportOut,
    LinkQuery,
    RowOut,
)
from api.kit.actor import Actor
from api.kit.pagination import PageQuery, page
from api.kit.schemas import Page


async def collected(actor: Actor, query: LinkQuery) -> CollectedPage:
    """The enterprise's workers, masked; how many denied it."""
    rows, cursor = await page(queries.standing(actor, query), query)
    denied = await queries.collected(actor, query).filter(state=LinkState.DENIED).count()
    items = [CollectedOut.of(row) for row in rows]
    return CollectedPage(items=items, next_cursor=cursor, denied=denied)


async def all_imports(actor: Actor, query: PageQuery) -> Page[ImportOut]:
    """The enterprise's imports, newest first."""
    reports, cursor = await page(queries.imports(actor), query)
    counts = await queries.counts([report.id for report in reports])
    items = [ImportOut.of(report, counts[report.id]) for report in reports]
    return Page(items=items, next_cursor=cursor)


async def report(actor: Actor, import_id: UUID) -> ImportReportOut:
    """One import with all its rows. NoSuchImport."""
    row = await imports.one(actor, import_id)
    rows = [RowOut.of(each) for each in await imports.rows_of(row)]
    summary = ImportOut.of(row, (await queries.counts([row.id]))[row.id])
    return ImportReportOut(**dict(summary), rows=rows)
