"""The rights notice board of a site: what it reads, as a sheet to print, proved by a photo."""

from dataclasses import dataclass
from uuid import UUID

from markupsafe import Markup

from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import PUBLIC, Download
from api.permissions import Permission
from api.projects import access, board, board_print, listing
from api.projects.board import Board, Proof
from api.projects.board_schemas import PhotoForm
from api.projects.schemas import ProjectOut
from h5 import qr
from h5.areas import enterprise, root
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View

READ, UPDATE = Permission.ENTERPRISE_PROJECTS_READ, Permission.ENTERPRISE_PROJECTS_UPDATE
BOARD = "/projects/<project_id:uuid>/board"
LOOKS = Limit("board_look", 60, 60, by="ip")
PRINTS = Limit("board_print", 30, 3600)


@dataclass(frozen=True, slots=True)
class BoardPage(View):
    """The board as it reads today, persons masked."""

    template = "enterprise/board.html"
    title = "enterprise.board.title"
    typed: Typed
    project: ProjectOut
    board: Board
    rights: tuple[str, ...]
    proof: Proof
    qr: Markup
    """Leads everybody to what the board says today."""
    may_change: bool


@dataclass(frozen=True, slots=True)
class PublicBoardPage(View):
    """The board for everybody who scans the code on it."""

    template = "public/board.html"
    title = "enterprise.board.title"
    board: Board
    rights: tuple[str, ...]


@page(enterprise, "GET", BOARD, permission=READ)
async def notice_board(actor: Actor, project_id: UUID, typed: Typed) -> BoardPage:
    """The rights notice board."""
    project = await access.require(actor, READ, project_id)
    shown = await board.board(project)
    return BoardPage(
        typed=typed,
        project=await listing.one(actor, READ, project_id),
        board=shown,
        rights=board.RIGHTS,
        proof=await board.proof(project_id, shown),
        qr=qr.drawn(shown.address),
        may_change=actor.may(UPDATE),
    )


@page(root, "GET", "/boards/<code:str>", permission=PUBLIC, kind="worker", limits=(LOOKS,))
async def public_board(code: str) -> PublicBoardPage:
    """What the board with this code says today, persons masked."""
    return PublicBoardPage(await board.board(await board.of_code(code)), board.RIGHTS)


@page(enterprise, "POST", f"{BOARD}/print", permission=UPDATE, again=notice_board, limits=(PRINTS,))
async def print_board(actor: Actor, project_id: UUID) -> Download:
    """The board as a sheet to print, with names and phones; it is written down."""
    project = await access.require(actor, UPDATE, project_id)
    sheet = await board_print.pdf(await board.printed(actor, project))
    return Download(sheet, "application/pdf", f"board-{project.code}.pdf")


@page(enterprise, "POST", f"{BOARD}/photos", permission=UPDATE, again=notice_board)
async def post_board_photo(actor: Actor, project_id: UUID, form: PhotoForm) -> See:
    """Prove with a photo that the board hangs."""
    await board.post_photo(actor, project_id, form.photo)
    return See(f"/enterprise/projects/{project_id}/board", says="enterprise.board.posted")
