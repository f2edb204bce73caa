"""Which workers, and lists that begin with the oldest."""

from uuid import UUID

from tortoise.queryset import QuerySet

from api.kit.errors import FieldError, Invalid
from api.kit.pagination import PageQuery
from api.kit.scope import within
from api.workers.models import Verification, Worker
from api.workers.office_schemas import WorkerQuery


def narrowed(rows: QuerySet[Worker], query: WorkerQuery) -> QuerySet[Worker]:
    """The rows that the query asks for."""
    if query.state:
        rows = rows.filter(state=query.state)
    if query.code_state:
        rows = rows.filter(code_state=query.code_state)
    if query.region:
        rows = rows.filter(**within("region", query.region))
    return rows


async def oldest_first(
    rows: QuerySet[Verification], query: PageQuery
) -> tuple[list[Verification], str | None]:
    """Up to `limit` rows, oldest first, and the cursor of the rest or None."""
    if query.cursor is not None:
        rows = rows.filter(id__gt=_position(query.cursor))
    found = await rows.order_by("id").limit(query.limit + 1)
    more = len(found) > query.limit
    return found[: query.limit], str(found[query.limit - 1].id) if more else None


def _position(cursor: str) -> UUID:
    try:
        return UUID(cursor)
    except ValueError:
        fault = FieldError("cursor", "cursor.unknown", "翻页已失效。请从头再看。")
        raise Invalid(errors=(fault,)) from None
