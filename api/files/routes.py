"""Files by signed address."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints
from sanic import Blueprint

from api.files import service
from api.files.errors import LinkExpired, NoSuchFile
from api.kit.actor import Actor
from api.kit.routes import Download, route
from api.kit.schemas import Query
from api.permissions import Permission

blueprint = Blueprint("files", url_prefix="/api/v1/files")


class LinkQuery(Query):
    """The time and signature of a file's address."""

    expires: Annotated[int, Field(ge=0, le=2**40)]
    signature: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{43}$")]


@route(
    blueprint,
    "GET",
    "/<file_id:uuid>",
    permission=Permission.OWN_ACCOUNT_READ,
    errors=(LinkExpired, NoSuchFile),
)
async def show_file(actor: Actor, file_id: UUID, query: LinkQuery) -> Download:
    """The photo behind an address that was made for the caller minutes ago."""
    content = await service.fetch(actor, file_id, query.expires, query.signature)
    return Download(content, "image/jpeg", f"{file_id}.jpg")
