"""Projects of a region, and one of them with units, posts and people on site."""

from dataclasses import dataclass
from uuid import UUID

from api.engagements import counting
from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.schemas import Page
from api.permissions import Permission
from api.projects import listing
from api.projects.schemas import BriefOut, ProjectOut, ProjectQuery
from api.projects.unit_schemas import PostOut, UnitOut
from h5.areas import regulator
from h5.pages import page
from h5.rendering import View

READ = Permission.REGULATOR_PROJECTS_READ
ALL = PageQuery(limit=100)


@dataclass(frozen=True, slots=True)
class SitesPage(View):
    """The projects of the region with what each lacks."""

    template = "regulator/sites.html"
    title = "regulator.sites.title"
    found: Page[BriefOut]
    query: ProjectQuery


@dataclass(frozen=True, slots=True)
class SitePage(View):
    """One project."""

    template = "regulator/site.html"
    title = "regulator.sites.one"
    site: ProjectOut
    units: tuple[UnitOut, ...]
    posts: tuple[PostOut, ...]
    on_site: int
    entries: int
    exits: int


@page(regulator, "GET", "/projects", permission=READ)
async def sites(actor: Actor, query: ProjectQuery) -> SitesPage:
    """The projects of the region."""
    return SitesPage(await listing.briefs(actor, READ, query), query)


@page(regulator, "GET", "/projects/<project_id:uuid>", permission=READ, back="/regulator/projects")
async def site(actor: Actor, project_id: UUID) -> SitePage:
    """One project of the region."""
    shown = await listing.one(actor, READ, project_id)
    people = await counting.of_project(actor, Permission.REGULATOR_ENGAGEMENTS_READ, project_id)
    return SitePage(
        site=shown,
        units=tuple((await listing.units(actor, READ, project_id, ALL)).items),
        posts=tuple((await listing.posts(actor, READ, project_id, ALL)).items),
        on_site=people.whole.on_site,
        entries=people.whole.entries,
        exits=people.whole.exits,
    )
