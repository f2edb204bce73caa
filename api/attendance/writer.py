"""Writes punches: durable before it returns, one statement however long the history.

`PunchWriter` is the seam: another writer may gather the punches of many requests in one commit.
The ORM stays off this path; a test holds `PunchRow` and the model together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any, Protocol
from uuid import UUID

from tortoise import connections

from api.kit.transaction import CONNECTION, is_sqlite


@dataclass(frozen=True, slots=True, kw_only=True)
class PunchRow:
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


COLUMNS = tuple(field.name for field in fields(PunchRow))
_values = attrgetter(*COLUMNS)


def row_of(stored: object) -> PunchRow:
    """A stored punch as a value; `stored` has the columns as attributes."""
    return PunchRow(**dict(zip(COLUMNS, _values(stored), strict=True)))


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
        sqlite = is_sqlite()
        values = [_plain(value) if sqlite else value for row in rows for value in _values(row)]
        connection = connections.get(CONNECTION)
        stored = await connection.execute_query_dict(_statement(len(rows), sqlite), values)
        return {UUID(str(each["id"])) for each in stored}


def _plain(value: Any) -> Any:
    # SQLite keeps ids as text, as the ORM writes them.
    return str(value) if isinstance(value, UUID) else value


@lru_cache(maxsize=512)
def _statement(rows: int, sqlite: bool) -> str:
    width = len(COLUMNS)
    numbers = iter(range(1, rows * width + 1))
    row = [", ".join("?" if sqlite else f"${next(numbers)}" for _ in COLUMNS) for _ in range(rows)]
    columns = ", ".join(f'"{name}"' for name in COLUMNS)
    # Only our own column names and placeholders stand in the text.
    return (
        f'INSERT INTO "punch" ({columns}) VALUES ({"), (".join(row)}) '  # noqa: S608
        'ON CONFLICT DO NOTHING RETURNING "id"'
    )


class _Current:
    writer: PunchWriter = StatementWriter()


def use(writer: PunchWriter) -> None:
    """Let punches be written by `writer`."""
    _Current.writer = writer


def writer() -> PunchWriter:
    """The process's writer."""
    return _Current.writer
