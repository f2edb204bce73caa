"""记工对照: both books of the enterprise's workers beside the punches, to read."""

from dataclasses import dataclass

from api.kit.actor import Actor
from api.permissions import Permission
from api.projects import listing
from api.worklog import reading
from api.worklog.answers import LogLineOut
from api.worklog.schemas import OfficeLogQuery
from h5.areas import enterprise
from h5.pages import page
from h5.rendering import View, address

READ = Permission.ENTERPRISE_WORKLOG_READ
LIST = "/enterprise/worklog"
CHOICES = 100
"""Projects that the filter offers."""


@dataclass(frozen=True, slots=True)
class WorklogPage(View):
    """The lines that fit the filters."""

    template = "enterprise/worklog.html"
    title = "enterprise.worklog.title"
    query: OfficeLogQuery
    lines: tuple[LogLineOut, ...]
    projects: tuple[tuple[str, str], ...]
    older: str


@page(enterprise, "GET", "/worklog", permission=READ)
async def worklog(actor: Actor, query: OfficeLogQuery) -> WorklogPage:
    """Both books beside the punches."""
    lines, cursor = await reading.office_lines(actor, query)
    sites = await listing.names(actor, Permission.ENTERPRISE_PROJECTS_READ, CHOICES)
    return WorklogPage(
        query=query,
        lines=tuple(lines),
        projects=tuple((str(key), name) for key, name in sites),
        older=address(LIST, query, cursor=cursor) if cursor else "",
    )
