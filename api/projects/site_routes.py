"""The fences and the rights notice board of a site, kept by its general contractor."""

from uuid import UUID

from sanic import Blueprint

from api.files.errors import BadPhoto
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import Download, route
from api.permissions import Permission
from api.projects import board, board_print, fences
from api.projects.access import require
from api.projects.board_schemas import PhotoForm, PhotoOut
from api.projects.errors import (
    BadFence,
    FenceChanged,
    NoSuchFence,
    NoSuchProject,
    NotContractor,
    ProjectFinished,
    TooManyFences,
)
from api.projects.fence_schemas import FenceChangeIn, FenceIn, FenceOut, VersionQuery
from api.projects.reading import photo_out

blueprint = Blueprint("sites", url_prefix="/api/v1/enterprise/projects/<project_id:uuid>")
UPDATE = Permission.ENTERPRISE_PROJECTS_UPDATE
KEPT = (NoSuchProject, NotContractor, ProjectFinished)
FENCE = "/fences/<fence_id:uuid>"


@route(
    blueprint,
    "POST",
    "/fences",
    permission=UPDATE,
    status=201,
    errors=(*KEPT, BadFence, TooManyFences),
)
async def draw_fence(actor: Actor, project_id: UUID, body: FenceIn) -> FenceOut:
    """Draw a fence, in force from now on: a circle, an area with holes, or several parts."""
    return FenceOut.shown(*await fences.draw(actor, project_id, body))


@route(
    blueprint,
    "PUT",
    FENCE,
    permission=UPDATE,
    errors=(*KEPT, BadFence, NoSuchFence, FenceChanged),
)
async def redraw_fence(
    actor: Actor, project_id: UUID, fence_id: UUID, body: FenceChangeIn
) -> FenceOut:
    """Change a fence from now on; what was judged before stays judged."""
    return FenceOut.shown(*await fences.redraw(actor, project_id, fence_id, body))


@route(
    blueprint,
    "DELETE",
    FENCE,
    permission=UPDATE,
    status=204,
    errors=(*KEPT, NoSuchFence, FenceChanged),
)
async def end_fence(actor: Actor, project_id: UUID, fence_id: UUID, query: VersionQuery) -> None:
    """End a fence from now on; it stays in the history."""
    await fences.end(actor, project_id, fence_id, query.version)


@route(
    blueprint,
    "POST",
    "/board/print",
    permission=UPDATE,
    errors=(NoSuchProject,),
    limits=(Limit("board_print", 30, 3600),),
)
async def print_board(actor: Actor, project_id: UUID) -> Download:
    """The rights notice board as a sheet to print, with names and phones; it is written down."""
    project = await require(actor, UPDATE, project_id)
    sheet = await board_print.pdf(await board.printed(actor, project))
    return Download(sheet, "application/pdf", f"board-{project.code}.pdf")


@route(
    blueprint,
    "POST",
    "/board/photos",
    permission=UPDATE,
    status=201,
    errors=(*KEPT, BadPhoto),
)
async def post_board_photo(actor: Actor, project_id: UUID, form: PhotoForm) -> PhotoOut:
    """Prove with a photo that the board hangs on the site."""
    return photo_out(actor, await board.post_photo(actor, project_id, form.photo))
