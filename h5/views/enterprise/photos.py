"""Photos by signed address, for whom the address was made."""

from uuid import UUID

from api.files import service as files
from api.kit.actor import Actor
from api.kit.routes import Download
from api.permissions import Permission
from h5.areas import enterprise
from h5.links import LinkQuery
from h5.pages import page


@page(enterprise, "GET", "/files/<file_id:uuid>", permission=Permission.OWN_ACCOUNT_READ)
async def photo(actor: Actor, file_id: UUID, query: LinkQuery) -> Download:
    """The photo behind an address that was made for the caller minutes ago."""
    content = await files.fetch(actor, file_id, query.expires, query.signature)
    return Download(content, "image/jpeg", "")
