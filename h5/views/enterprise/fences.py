"""Electronic fences: the list, every version, and the editor, on a map or by hand."""

from dataclasses import dataclass
from typing import Annotated, Literal, TypeVar
from uuid import UUID

from markupsafe import Markup
from pydantic import Field, StringConstraints

from api.kit.actor import Actor
from api.kit.schemas import Form, Line
from api.permissions import Permission
from api.projects import fences as service
from api.projects import listing
from api.projects.errors import NoSuchFence
from api.projects.fence_schemas import FenceChangeIn, FenceIn, FenceOut, VersionOut
from api.projects.schemas import ProjectOut
from api.settings import settings
from geofence.points import Datum
from h5.areas import enterprise
from h5.forms import Typed, filled
from h5.pages import See, page
from h5.rendering import View
from h5.sketches import Sketch
from h5.views.enterprise.drawings import (
    MOST_TEXT,
    in_datum,
    island,
    others,
    sketch_of,
    typed_area,
)

F = TypeVar("F", bound=FenceIn)
READ, UPDATE = Permission.ENTERPRISE_PROJECTS_READ, Permission.ENTERPRISE_PROJECTS_UPDATE
ALL = "/projects/<project_id:uuid>/fences"
ONE = f"{ALL}/<fence_id:uuid>"


class FenceForm(Form):
    """A fence as typed or drawn: a circle, or an area as GeoJSON."""

    name: Line
    shape: Literal["circle", "area"]
    datum: Datum
    lon: float | None = None
    lat: float | None = None
    radius_m: float | None = None
    geometry: Annotated[str, StringConstraints(max_length=MOST_TEXT)] = ""
    buffer_m: float = 0
    version: Annotated[int, Field(ge=1, le=10**6)] | None = None

    def fence(self, model: type[F]) -> F:
        """The same in the words of the API. Invalid for a text that is no geometry."""
        given: dict[str, object] = self.model_dump(include={"name", "datum", "buffer_m"})
        if self.shape == "circle":
            point = {"type": "Point", "coordinates": [self.lon, self.lat]}
            given |= {"geometry": point, "radius_m": self.radius_m}
        else:
            given["geometry"] = typed_area(self.geometry)
        if issubclass(model, FenceChangeIn):
            given["version"] = self.version
        return filled(model, given)


class EndForm(Form):
    """The version that was read."""

    version: Annotated[int, Field(ge=1, le=10**6)]


@dataclass(frozen=True, slots=True)
class FencesPage(View):
    """The fences in force with a drawing of them all, and those that ended."""

    template = "enterprise/fences.html"
    title = "enterprise.fences.title"
    typed: Typed
    project: ProjectOut
    fences: tuple[FenceOut, ...]
    ended: tuple[FenceOut, ...]
    sketch: Sketch | None
    may_change: bool


@dataclass(frozen=True, slots=True)
class VersionShown:
    """One version with its drawing."""

    row: VersionOut
    sketch: Sketch | None


@dataclass(frozen=True, slots=True)
class FencePage(View):
    """One fence with every version it had."""

    template = "enterprise/fence.html"
    title = "enterprise.fence.title"
    typed: Typed
    project: ProjectOut
    fence: FenceOut
    versions: tuple[VersionShown, ...]
    may_change: bool


@dataclass(frozen=True, slots=True)
class EditorPage(View):
    """The editor: a form that works by hand, and a map over it where scripts run."""

    template = "enterprise/fence_editor.html"
    title = "enterprise.fence_editor.title"
    shows_map = True
    typed: Typed
    project: ProjectOut
    fence: FenceOut | None
    shape: str
    datum: str
    lon: str
    lat: str
    geometry: str
    others: Markup
    tiles: str
    tiles_datum: str


@page(enterprise, "GET", ALL, permission=READ)
async def fences(actor: Actor, project_id: UUID, typed: Typed) -> FencesPage:
    """The fences of a project."""
    project = await listing.one(actor, READ, project_id)
    found = [FenceOut.shown(*each) for each in await service.listed(project.id, ended=True)]
    current = tuple(each for each in found if each.valid_to is None)
    return FencesPage(
        typed=typed,
        project=project,
        fences=current,
        ended=tuple(each for each in found if each.valid_to is not None),
        sketch=sketch_of(current),
        may_change=actor.may(UPDATE),
    )


@page(enterprise, "GET", ONE, permission=READ)
async def fence(actor: Actor, project_id: UUID, fence_id: UUID, typed: Typed) -> FencePage:
    """One fence with its versions."""
    project = await listing.one(actor, READ, project_id)
    rows = await service.versions(project.id, fence_id)
    versions = tuple(VersionOut.of(row) for row in rows)
    return FencePage(
        typed=typed,
        project=project,
        fence=await _one(project.id, fence_id),
        versions=tuple(VersionShown(each, sketch_of([each])) for each in versions),
        may_change=actor.may(UPDATE),
    )


async def _one(project_id: UUID, fence_id: UUID) -> FenceOut:
    for each in await service.listed(project_id, ended=True):
        if each[0].id == fence_id:
            return FenceOut.shown(*each)
    raise NoSuchFence


@page(enterprise, "GET", f"{ALL}/new", permission=UPDATE)
async def new_fence(actor: Actor, project_id: UUID, typed: Typed) -> EditorPage:
    """Draw a fence."""
    return await _editor(actor, project_id, None, typed)


@page(enterprise, "GET", f"{ONE}/edit", permission=UPDATE)
async def edit_fence(actor: Actor, project_id: UUID, fence_id: UUID, typed: Typed) -> EditorPage:
    """Draw a fence anew."""
    return await _editor(actor, project_id, fence_id, typed)


async def _editor(
    actor: Actor, project_id: UUID, fence_id: UUID | None, typed: Typed
) -> EditorPage:
    project = await listing.one(actor, UPDATE, project_id)
    found = [FenceOut.shown(*each) for each in await service.listed(project.id, ended=False)]
    mine = next((each for each in found if each.id == fence_id), None)
    if fence_id is not None and mine is None:
        raise NoSuchFence
    datum = Datum(settings().map_datum) if settings().map_tiles or not mine else mine.datum
    circle = mine is not None and mine.geometry.type == "Point"
    shape = in_datum(mine.geometry.model_dump(mode="json"), datum) if mine else None
    if mine and mine.datum == datum:
        shape = mine.drawn.model_dump(mode="json")
    place = shape["coordinates"] if shape and circle else ("", "")
    rest = [each for each in found if each is not mine]
    return EditorPage(
        typed=typed,
        project=project,
        fence=mine,
        shape="circle" if circle else "area",
        datum=datum.value,
        lon=str(place[0]),
        lat=str(place[1]),
        geometry=str(island(shape)) if shape and not circle else "",
        others=island(others(rest, datum)),
        tiles=settings().map_tiles,
        tiles_datum=settings().map_datum,
    )


@page(enterprise, "POST", ALL, permission=UPDATE, again=new_fence)
async def draw_fence(actor: Actor, project_id: UUID, form: FenceForm) -> See:
    """A new fence, in force from now on."""
    await service.draw(actor, project_id, form.fence(FenceIn))
    return See(f"/enterprise/projects/{project_id}/fences", says="enterprise.fences.drawn")


@page(enterprise, "POST", f"{ONE}/edit", permission=UPDATE, again=edit_fence)
async def redraw_fence(actor: Actor, project_id: UUID, fence_id: UUID, form: FenceForm) -> See:
    """A new version of the fence."""
    await service.redraw(actor, project_id, fence_id, form.fence(FenceChangeIn))
    return See(
        f"/enterprise/projects/{project_id}/fences/{fence_id}", says="enterprise.fences.redrawn"
    )


@page(enterprise, "POST", f"{ONE}/end", permission=UPDATE, again=fence)
async def end_fence(actor: Actor, project_id: UUID, fence_id: UUID, form: EndForm) -> See:
    """The fence holds no more from now on."""
    await service.end(actor, project_id, fence_id, form.version)
    return See(f"/enterprise/projects/{project_id}/fences", says="enterprise.fences.ended")
