"""Projects: the list, and one with its key information."""

from dataclasses import dataclass
from uuid import UUID

from api.codes import service as codes
from api.codes.service import Dictionary
from api.kit import clock
from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.permissions import Permission
from api.projects import fences, listing, registration
from api.projects.fence_schemas import FenceOut
from api.projects.policies import policy_in_force
from api.projects.policy_schemas import RulesOut
from api.projects.rules import STEPS, Item
from api.projects.schemas import BriefOut, ProjectOut, ProjectQuery, StatusIn
from api.projects.service import Status
from api.projects.unit_schemas import PostOut, UnitOut
from h5.areas import enterprise
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View, address
from h5.sketches import Sketch
from h5.views.enterprise.drawings import sketch_of

READ, UPDATE = Permission.ENTERPRISE_PROJECTS_READ, Permission.ENTERPRISE_PROJECTS_UPDATE
LIST = "/enterprise/projects"
ONE = "/projects/<project_id:uuid>"
Options = tuple[tuple[str, str], ...]
FEW = PageQuery(limit=5)


@dataclass(frozen=True, slots=True)
class ProjectsPage(View):
    """The projects and what each lacks."""

    template = "enterprise/projects.html"
    title = "enterprise.projects.title"
    projects: tuple[BriefOut, ...]
    query: ProjectQuery
    statuses: Options
    older: str
    may_create: bool


@dataclass(frozen=True, slots=True)
class ProjectPage(View):
    """One project: what it is, what it lacks, and the ways to complete it."""

    template = "enterprise/project.html"
    title = "enterprise.project.title"
    typed: Typed
    project: ProjectOut
    items: int
    """How many pieces of key information there are."""
    units: tuple[UnitOut, ...]
    posts: tuple[PostOut, ...]
    rules: RulesOut
    fences: tuple[FenceOut, ...]
    sketch: Sketch | None
    next_statuses: Options
    may_change: bool
    may_pay: bool
    today: str


def options(dictionary: Dictionary) -> Options:
    """Every code of a dictionary that is in force, with its name."""
    return tuple((entry.code, entry.name) for entry in codes.entries(dictionary))


@page(enterprise, "GET", "/projects", permission=READ)
async def projects(actor: Actor, query: ProjectQuery) -> ProjectsPage:
    """The projects in which one's enterprise takes part."""
    found = await listing.briefs(actor, READ, query)
    return ProjectsPage(
        projects=tuple(found.items),
        query=query,
        statuses=options(Dictionary.PROJECT_STATUS),
        older=address(LIST, query, cursor=found.next_cursor) if found.next_cursor else "",
        may_create=actor.may(Permission.ENTERPRISE_PROJECTS_CREATE),
    )


@page(enterprise, "GET", ONE, permission=READ)
async def project(actor: Actor, project_id: UUID, typed: Typed) -> ProjectPage:
    """One project."""
    found = await listing.one(actor, READ, project_id)
    drawn = await fences.listed(project_id, ended=False)
    shown = tuple(FenceOut.shown(*each) for each in drawn)
    names = dict(options(Dictionary.PROJECT_STATUS))
    after = sorted(STEPS[Status(found.status)])
    return ProjectPage(
        typed=typed,
        project=found,
        items=len(Item),
        units=tuple((await listing.units(actor, READ, project_id, FEW)).items),
        posts=tuple((await listing.posts(actor, READ, project_id, FEW)).items),
        rules=RulesOut.of(await policy_in_force(project_id, clock.today())),
        fences=shown,
        sketch=sketch_of(shown),
        next_statuses=tuple((str(each), names.get(each, each)) for each in after),
        may_change=actor.may(UPDATE),
        may_pay=actor.may(Permission.ENTERPRISE_FUNDS_READ),
        today=clock.today().isoformat(),
    )


@page(enterprise, "POST", f"{ONE}/status", permission=UPDATE, again=project)
async def set_status(actor: Actor, project_id: UUID, form: StatusIn) -> See:
    """Begin, suspend, resume or finish the works."""
    await registration.set_status(actor, project_id, form)
    return See(f"{LIST}/{project_id}", says="enterprise.project.status_set")
