"""Files by signed address: each area of pages shows them under an address of its own."""

from typing import Annotated

from pydantic import Field, StringConstraints

from api.kit.schemas import Query


class LinkQuery(Query):
    """The time and signature of a photo's address."""

    expires: Annotated[int, Field(ge=0, le=2**40)]
    signature: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{43}$")]


def within(area: str, url: str) -> str:
    """The address of a file of the API as the pages of an area show it."""
    return url.replace("/api/v1/", f"/{area}/", 1)
