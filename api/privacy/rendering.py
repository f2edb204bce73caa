"""Rows in words: what a person reads of one, and what a machine does."""

import datetime as dt
from collections.abc import Awaitable, Callable, Iterable, Mapping
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any
from uuid import UUID

from tortoise import fields

from api.enterprises import service as enterprises
from api.kit import clock, on_paper
from api.kit.fields import InstantField, Record
from api.kit.holdings import Holding
from api.kit.personal import Personal
from api.projects import service as projects
from api.teams import service as teams

Plain = str | int | float | bool | None | list[Any] | dict[str, Any]
Names = Mapping[str, str]
Say = Callable[[Any, Names], str]
NAMED: dict[str, Callable[[set[UUID]], Awaitable[Mapping[UUID, str]]]] = {
    "enterprise_id": enterprises.names_of,
    "project_id": projects.names,
    "team_id": teams.names,
    "tenant_id": enterprises.names_of,
}
"""Columns whose id stands for a name that everybody may know."""
NOTHING: tuple[Plain, ...] = (None, "", [])
"""Values that say nothing."""
IN_VALUE = ("（分）", "（米）", "代码")
"""Endings of what columns are called, for machines: people read 元, 米 and names."""
FEN, METRES = "_fen", "_m"


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


def called(name: str) -> str:
    """What a column is called where people read its values."""
    for ending in IN_VALUE:
        name = name.removesuffix(ending)
    return name


def said(holding: Holding, column: str, value: Plain, names: Names) -> str:
    """A value as a person reads it: 是, a day, an amount, a name, the words of a state."""
    return "—" if value in NOTHING else _say(holding, column)(value, names)


@cache
def _say(holding: Holding, column: str) -> Say:
    """How a column's values are said, found out once."""
    if column in NAMED:
        return lambda value, names: names.get(str(value), "—")
    words = holding.words.get(column)
    alone = holding.spoken.get(column) or (on_paper.by(words) if words else _by_kind(column))
    alone = alone or BY_FIELD.get(type(holding.model._meta.fields_map[column]), str)
    return lambda value, _: alone(value)


def _by_kind(column: str) -> Callable[[Any], str] | None:
    if column.endswith(FEN):
        return on_paper.yuan
    if column.endswith(METRES):
        return lambda metres: f"{round(metres):,} 米"
    return on_paper.month if column == "month" else None


def _float(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


BY_FIELD: dict[type, Callable[[Any], str]] = {
    fields.BooleanField: lambda value: "是" if value else "否",
    fields.DateField: on_paper.dated,
    fields.FloatField: _float,
    InstantField: lambda value: on_paper.instant(dt.datetime.fromisoformat(value)),
}
"""By the type of a column; every other value is said as it stands."""
