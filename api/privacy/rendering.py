"""Rows in words: what a person reads of one, and what a machine does."""

import datetime as dt
from collections.abc import Awaitable, Callable, Iterable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from api.enterprises import service as enterprises
from api.kit import clock
from api.kit.fields import Record
from api.kit.holdings import Holding
from api.kit.personal import Personal
from api.projects import service as projects
from api.teams import service as teams

Plain = str | int | float | bool | None | list[Any] | dict[str, Any]
Names = Mapping[str, str]
NAMED: dict[str, Callable[[set[UUID]], Awaitable[Mapping[UUID, str]]]] = {
    "enterprise_id": enterprises.names_of,
    "project_id": projects.names,
    "team_id": teams.names,
    "tenant_id": enterprises.names_of,
}
"""Columns whose id stands for a name that everybody may know."""
NOTHING: tuple[Plain, ...] = (None, "", [])
"""Values that say nothing."""


async def names_in(holding: Holding, rows: Iterable[Record]) -> dict[str, str]:
    """The names behind the ids in the rows, by id; one statement for each kind of name."""
    found: dict[str, str] = {}
    kept = list(rows)
    for column in holding.shown:
        ids = {getattr(row, column) for row in kept} - {None} if column in NAMED else set()
        if ids:
            named = await NAMED[column](ids)
            found |= {str(each): name for each, name in named.items()}
    return found


def plain(value: Any, opened: Callable[[Personal], str]) -> Plain:
    """A value as JSON holds it; `opened` says what stands for something personal."""
    if isinstance(value, Personal):
        return opened(value)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, dt.datetime):
        return clock.beijing(value).isoformat(timespec="seconds")
    if isinstance(value, UUID | dt.date):
        return str(value)
    return value  # type: ignore[no-any-return]


def row_of(holding: Holding, row: Record, opened: Callable[[Personal], str]) -> dict[str, Plain]:
    """The columns of a row that its person is shown, with its id."""
    shown = {name: plain(getattr(row, name), opened) for name in holding.shown}
    return {"id": str(row.id), **shown}


def said(holding: Holding, column: str, value: Plain, names: Names) -> str:
    """A value as a person reads it: 是, a date, a name, the words of a state."""
    if value in NOTHING:
        return "—"
    if isinstance(value, bool):
        return "是" if value else "否"
    text = str(value)
    if column in holding.words:
        return holding.words[column].get(text, text)
    if column in NAMED:
        return names.get(text, "—")
    if (isinstance(value, str) and column.endswith("_at")) or column == "at":
        return text[:16].replace("T", " ")
    return text
