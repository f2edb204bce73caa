"""Writes punches: durable before it returns, one statement for all that come at the same time.

`PunchWriter` is the seam: another writer may keep punches elsewhere or write them otherwise.
The ORM stays off this path; a test holds `PunchRow` and the model together.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import NamedTuple, Protocol, get_args, get_type_hints
from uuid import UUID

import asyncpg
from tortoise import connections
from tortoise.exceptions import IntegrityError, OperationalError

from api.kit.gathering import Gathering
from api.kit.transaction import CONNECTION, is_sqlite

MOST = 256
"""How many calls share a statement at most."""
SQLITE_ROWS = 500
SPOILT = (IntegrityError, OperationalError, asyncpg.DeadlockDetectedError)
"""What one row can do to the statement of all."""


class PunchRow(NamedTuple):
    """One punch as it is stored; `models.Punch` says what each column means."""

    id: UUID
    created_at: datetime
    client_id: UUID
    content: str
    worker_id: UUID
    account_id: UUID
    project_id: UUID
    engagement_id: UUID
    team_id: UUID | None
    enterprise_id: UUID
    workday_id: UUID
    day: date
    direction: str | None
    method: str
    at: datetime
    received_at: datetime
    claimed_at: datetime | None
    late_upload: bool
    verdict: str
    detail: str
    distance_m: float | None
    fence_id: UUID | None
    fence_version: int | None
    lon: float | None
    lat: float | None
    given_lon: float | None
    given_lat: float | None
    datum: str | None
    accuracy_m: float | None
    taken_at: datetime | None
    device_id: str
    gate: str | None
    code_use: str | None
    photo_id: UUID | None
    note: str
    signals: str


COLUMNS = PunchRow._fields
_values = attrgetter(*COLUMNS)


def row_of(stored: object) -> PunchRow:
    """A stored punch as a value; `stored` has the columns as attributes."""
    return PunchRow._make(_values(stored))


class PunchWriter(Protocol):
    """Stores punches, each once."""

    async def write(self, rows: Sequence[PunchRow]) -> set[UUID]:
        """The ids of those rows that are stored now, safe on disk.

        Left out is a row whose `client_id` or site code its worker has used before, be it by
        another one of `rows`.
        """


class StatementWriter:
    """One INSERT for all rows, committed by itself before it returns."""

    async def write(self, rows: Sequence[PunchRow]) -> set[UUID]:
        """As `PunchWriter` says."""
        return await (_on_sqlite(rows) if is_sqlite() else _on_postgres(rows))


class GroupWriter:
    """Punches that come at the same time share one statement and one commit."""

    def __init__(self, inner: PunchWriter) -> None:
        self._inner = inner
        self._gathering = Gathering(self._write_all, most=MOST)

    async def write(self, rows: Sequence[PunchRow]) -> set[UUID]:
        """As `PunchWriter` says."""
        try:
            return await self._gathering.ask(rows)
        except SPOILT:
            # The rows of one must not cost the others theirs: each by itself. What is stored by
            # now, because the answer alone was lost, is found to be there.
            return await self._inner.write(rows)

    async def _write_all(self, asked: Sequence[Sequence[PunchRow]]) -> list[set[UUID]]:
        # In the same order everywhere: two processes never wait for each other's rows.
        rows = sorted(chain.from_iterable(asked), key=attrgetter("worker_id"))
        stored = await self._inner.write(rows)
        return [{row.id for row in each} & stored for each in asked]


async def _on_postgres(rows: Sequence[PunchRow]) -> set[UUID]:
    # One array for each column: the same statement for any number of rows.
    values = list(zip(*rows, strict=True))
    stored = await connections.get(CONNECTION).execute_query_dict(FROM_ARRAYS, values)
    return {each["id"] for each in stored}


async def _on_sqlite(rows: Sequence[PunchRow]) -> set[UUID]:
    # It keeps ids as text, as the ORM writes them, and takes so many values at once.
    stored: set[UUID] = set()
    for first in range(0, len(rows), SQLITE_ROWS):
        some = rows[first : first + SQLITE_ROWS]
        values = [str(v) if isinstance(v, UUID) else v for row in some for v in row]
        connection = connections.get(CONNECTION)
        found = await connection.execute_query_dict(_with_values(len(some)), values)
        stored |= {UUID(each["id"]) for each in found}
    return stored


_NAMES = ", ".join(f'"{name}"' for name in COLUMNS)
_TYPES = {
    UUID: "uuid", str: "text", int: "int", float: "float8", bool: "bool", date: "date",
    datetime: "timestamptz",
}  # fmt: skip
_ARRAYS = ", ".join(
    f"${place}::{_TYPES[(get_args(kind) or (kind,))[0]]}[]"
    for place, kind in enumerate(get_type_hints(PunchRow).values(), 1)
)
# Only our own column names and placeholders stand in the texts.
FROM_ARRAYS = (
    f'INSERT INTO "punch" ({_NAMES}) SELECT * FROM unnest({_ARRAYS}) '  # noqa: S608
    'ON CONFLICT DO NOTHING RETURNING "id"'
)


@lru_cache(maxsize=SQLITE_ROWS)
def _with_values(rows: int) -> str:
    row = ", ".join("?" for _ in COLUMNS)
    return (
        f'INSERT INTO "punch" ({_NAMES}) VALUES {", ".join([f"({row})"] * rows)} '  # noqa: S608
        'ON CONFLICT DO NOTHING RETURNING "id"'
    )


class _Current:
    writer: PunchWriter = GroupWriter(StatementWriter())


def use(writer: PunchWriter) -> None:
    """Let punches be written by `writer`."""
    _Current.writer = writer


def writer() -> PunchWriter:
    """The process's writer."""
    return _Current.writer
