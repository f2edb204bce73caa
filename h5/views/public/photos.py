"""Photos by signed address, for whom the address was made.

The service makes addresses of the API, which knows tokens alone; `beside` turns one into an
address of an area, where the browser's login counts.
"""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from api.files import service as files
from api.kit.actor import Actor
from api.kit.routes import Download
from api.kit.schemas import Query
from api.permissions import Permission
from h5.areas import enterprise, regulator, worker
from h5.pages import page


class LinkQuery(Query):
    """The time and signature of a photo's address."""

    expires: Annotated[int, Field(ge=0, le=2**40)]
    signature: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{43}$")]


def beside(area: str, url: str) -> str:
    """The address of a photo as the pages of an area show it: h5, enterprise or regulator."""
    return url.replace("/api/v1/", f"/{area}/", 1)


async def photo(actor: Actor, file_id: UUID, query: LinkQuery) -> Download:
    """The photo behind an address that was made for the caller minutes ago."""
    content = await files.fetch(actor, file_id, query.expires, query.signature)
    return Download(content, "image/jpeg", "")


for _area in (worker, enterprise, regulator):
    page(_area, "GET", "/files/<file_id:uuid>", permission=Permission.OWN_ACCOUNT_READ)(photo)
