"""Lists and pages of projects as answers, for routes and pages alike, each inside its scope."""

from uuid import UUID

from api.kit.actor import Actor
from api.kit.pagination import PageQuery, page
from api.kit.schemas import Page
from api.permissions import Permission
from api.projects import overview, queries
from api.projects.access import require
from api.projects.schemas import BriefOut, ProjectOut, ProjectQuery, brief_of, project_of
from api.projects.unit_schemas import PostOut, UnitOut


async def briefs(actor: Actor, permission: Permission, query: ProjectQuery) -> Page[BriefOut]:
    """The projects one may see, with what each lacks."""
    visible = await queries.visible(actor, permission)
    rows, cursor = await page(queries.narrowed(visible, query), query)
    views = await overview.views(rows)
    items = [brief_of(view.project, view.contractor, view.missing) for view in views]
    return Page(items=items, next_cursor=cursor)


async def names(actor: Actor, permission: Permission, most: int) -> list[tuple[UUID, str]]:
    """The newest projects that one may see, by id and name: what a filter offers."""
    rows = (await queries.visible(actor, permission)).order_by("-id").limit(most)
    return [(row.id, row.name) for row in await rows.only("id", "name")]


async def name(actor: Actor, permission: Permission, project_id: UUID) -> str:
    """The name of a project. NoSuchProject."""
    return (await require(actor, permission, project_id)).name


async def one(actor: Actor, permission: Permission, project_id: UUID) -> ProjectOut:
    """A project with its permits and what it lacks. NoSuchProject."""
    view = await overview.view(actor, permission, project_id)
    return project_of(view.project, view.contractor, view.missing)


async def units(
    actor: Actor, permission: Permission, project_id: UUID, query: PageQuery
) -> Page[UnitOut]:
    """The units that take or took part, newest first. NoSuchProject."""
    project = await require(actor, permission, project_id)
    rows, cursor = await page(queries.units(project.id), query)
    return Page(items=[UnitOut.of(row) for row in rows], next_cursor=cursor)


async def posts(
    actor: Actor, permission: Permission, project_id: UUID, query: PageQuery
) -> Page[PostOut]:
    """The managers' posts, held and past, newest first. NoSuchProject."""
    project = await require(actor, permission, project_id)
    rows, cursor = await page(queries.posts(project.id), query)
    return Page(items=[PostOut.of(row) for row in rows], next_cursor=cursor)
