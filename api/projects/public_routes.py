"""What everybody may read of a project: the board that hangs at its gate."""

from sanic import Blueprint

from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import PUBLIC, route
from api.projects import board
from api.projects.board_schemas import BoardOut
from api.projects.errors import NoSuchProject
from api.projects.reading import board_out

blueprint = Blueprint("boards", url_prefix="/api/v1/boards")


@route(
    blueprint,
    "GET",
    "/<board_code:str>",
    permission=PUBLIC,
    errors=(NoSuchProject,),
    limits=(Limit("board", 60, 60, by="ip"),),
)
async def show(actor: Actor, board_code: str) -> BoardOut:
    """The rights notice board of a site as it reads today, by the code in its QR."""
    project = await board.of_code(board_code)
    shown = await board.board(project)
    return board_out(shown, await board.proof(project.id, shown))
