"""Lists in pages by cursor: newest first, stable while rows are added."""

import base64
import binascii
from typing import Protocol, TypeVar
from uuid import UUID

from tortoise.queryset import QuerySet

from api.kit.errors import FieldError, Invalid
from api.kit.fields import Record
from api.kit.schemas import PageSize, Query

R = TypeVar("R", bound=Record)


class Identified(Protocol):
    """What a list holds."""

    @property
    def id(self) -> UUID:
        """In the order of time."""


Listed = TypeVar("Listed", bound=Identified)


class PageQuery(Query):
    """`?limit=` (1 to 100) and `?cursor=` of every list."""

    limit: PageSize = 20
    cursor: str | None = None

    @property
    def position(self) -> UUID | None:
        """The id after which the page begins; None: at the newest. Invalid cursor: 422."""
        return None if self.cursor is None else _position(self.cursor)


async def page(rows: QuerySet[R], query: PageQuery) -> tuple[list[R], str | None]:
    """Up to `limit` rows, newest first, and the cursor of the rest or None. Invalid cursor: 422."""
    if query.position is not None:
        rows = rows.filter(id__lt=query.position)
    return cut(await rows.order_by("-id").limit(query.limit + 1), query)


def cut(found: list[Listed], query: PageQuery) -> tuple[list[Listed], str | None]:
    """The page out of one row more than fits, and the cursor of the rest or None."""
    more = len(found) > query.limit
    return found[: query.limit], _cursor(found[query.limit - 1].id) if more else None


def _cursor(row_id: UUID) -> str:
    return base64.urlsafe_b64encode(row_id.bytes).rstrip(b"=").decode()


def _position(cursor: str) -> UUID:
    try:
        return UUID(bytes=base64.urlsafe_b64decode(cursor + "=="))
    except (ValueError, binascii.Error) as error:
        fault = FieldError("cursor", "cursor.unknown", "翻页已失效。请从头再看。")
        raise Invalid(errors=(fault,)) from error
