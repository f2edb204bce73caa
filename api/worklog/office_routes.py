"""Both books for the enterprise that employs or builds: to read, beside the days."""

from sanic import Blueprint

from api.kit.actor import Actor
from api.kit.routes import route
from api.kit.schemas import Page
from api.permissions import Permission
from api.worklog import reading
from api.worklog.answers import OfficeLogLineOut
from api.worklog.schemas import OfficeLogQuery

blueprint = Blueprint("worklog_office", url_prefix="/api/v1/enterprise")


@route(blueprint, "GET", "/worklog-lines", permission=Permission.ENTERPRISE_WORKLOG_READ)
async def list_office_lines(actor: Actor, query: OfficeLogQuery) -> Page[OfficeLogLineOut]:
    """Both books of the enterprise's workers beside the punches; names masked."""
    items, cursor = await reading.office_lines(actor, query)
    return Page(items=items, next_cursor=cursor)
