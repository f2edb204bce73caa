"""The audit for its readers."""

from sanic import Blueprint

from api.audit import queries
from api.audit.schemas import AuditLineOut, AuditQuery
from api.kit.actor import Actor
from api.kit.pagination import page
from api.kit.routes import route
from api.kit.schemas import Page
from api.permissions import Permission

blueprint = Blueprint("audit", url_prefix="/api/v1/platform/audit")


@route(blueprint, "GET", "/lines", permission=Permission.PLATFORM_AUDIT_READ)
async def list_lines(actor: Actor, query: AuditQuery) -> Page[AuditLineOut]:
    """Audit lines, newest first, of an account or subject."""
    lines, cursor = await page(queries.lines(actor, query), query)
    return Page(items=[AuditLineOut.of(line) for line in lines], next_cursor=cursor)
