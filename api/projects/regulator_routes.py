"""Projects for the officers of their region, and what the region publishes for the boards."""

from sanic import Blueprint

from api.codes import service as codes
from api.enterprises.errors import OutsideRegion
from api.kit.actor import Actor
from api.kit.pagination import page
from api.kit.routes import route
from api.kit.schemas import Page
from api.permissions import Permission
from api.projects import overview, queries, standards
from api.projects.board_schemas import StandardIn, StandardOut, StandardQuery
from api.projects.overview import Tally
from api.projects.reading import add_reading
from api.projects.schemas import CountQuery, CountsOut, RegionCount

blueprint = Blueprint("project_oversight", url_prefix="/api/v1/regulator/projects")
figures = Blueprint("project_figures", url_prefix="/api/v1/regulator")
READ = Permission.REGULATOR_PROJECTS_READ

add_reading(blueprint, READ)


@route(figures, "GET", "/project-counts", permission=READ, errors=(OutsideRegion,))
async def count_projects(actor: Actor, query: CountQuery) -> CountsOut:
    """How many projects a region has by status, and each region one level below."""
    tally = await overview.counts(actor, query.region)
    return CountsOut(**dict(_count(tally)), parts=[_count(part) for part in tally.parts])


@route(
    figures,
    "POST",
    "/region-standards",
    permission=Permission.REGULATOR_STANDARDS_UPDATE,
    status=201,
    errors=(OutsideRegion,),
)
async def publish_standard(actor: Actor, body: StandardIn) -> StandardOut:
    """Publish the minimum wage and whom to call; every board of the region shows it."""
    row = await standards.publish(actor, body)
    return StandardOut.model_validate(row, from_attributes=True)


@route(figures, "GET", "/region-standards", permission=READ)
async def list_standards(actor: Actor, query: StandardQuery) -> Page[StandardOut]:
    """What the regions published, newest first."""
    rows = queries.standards().filter(region=query.region) if query.region else queries.standards()
    found, cursor = await page(rows, query)
    items = [StandardOut.model_validate(row, from_attributes=True) for row in found]
    return Page(items=items, next_cursor=cursor)


def _count(tally: Tally) -> RegionCount:
    return RegionCount(
        region=tally.region,
        name=codes.region_name(tally.region) or "",
        total=tally.total,
        by_status=tally.by_status,
    )
