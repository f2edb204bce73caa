"""A list as a table to take away: what the filters show, masked as on the page, and audited.

It is asked for by a form, since the audit keeps a line of it and looking alone writes nothing.
The rows come from the service that the page itself asks, so nobody exports what he may not see.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Generic, TypeVar
from uuid import UUID

from api.audit.exports import exported
from api.kit import clock
from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.rate_limit import Limit
from api.kit.routes import Download
from api.kit.spreadsheets import XLSX, Cell, write
from h5.formatters import Formatters
from h5.texts import texts

R = TypeVar("R")
Q = TypeVar("Q", bound=PageQuery)
Fetch = Callable[[Q], Awaitable[tuple[Sequence[R], str | None]]]
"""One page of the list, and the cursor of the next."""

MOST = 5000
"""Rows of one file: more than a meeting reads, less than a copy of the whole register."""
STEP = 100
EXPORTS = Limit("list_export", 30, 3600)

say = texts()
words = Formatters(say)


@dataclass(frozen=True)
class Table(Generic[R]):
    """How a list becomes a table: its name in the audit, its title, and each column's cell."""

    name: str
    title: str
    """A key of the catalogue, like each column's heading."""
    columns: tuple[tuple[str, Callable[[R], Cell]], ...]


async def export(actor: Actor, table: Table[R], query: Q, fetch: Fetch[Q, R]) -> Download:
    """The first MOST rows that the query asks for; the file says so when there are more."""
    rows, more = await _gathered(query, fetch)
    await exported(actor, table.name, len(rows), _asked(query))
    key = "components.export.cut" if more else "components.export.whole"
    title, now = say(table.title), clock.now()
    above = say(key, title=title, at=words.moment_on_paper(now), n=len(rows))
    header = [say(heading) for heading, _ in table.columns]
    cells = [[cell(row) for _, cell in table.columns] for row in rows]
    content = await asyncio.to_thread(write, header, cells, above=above, name=title)
    name = say("components.export.file", title=title, day=clock.today().isoformat())
    return Download(content, XLSX, name)


async def _gathered(query: Q, fetch: Fetch[Q, R]) -> tuple[list[R], bool]:
    """Up to MOST rows from the first on, wherever the reader stood, and whether there are more."""
    rows: list[R] = []
    cursor: str | None = None
    while len(rows) < MOST:
        asked = query.model_copy(update={"limit": STEP, "cursor": cursor})
        found, cursor = await fetch(asked)
        rows += found
        if cursor is None:
            break
    return rows[:MOST], cursor is not None


def _asked(query: PageQuery) -> str:
    """The filters as the audit may keep them: no text that somebody typed."""
    given = query.model_dump(exclude={"limit", "cursor"}, exclude_none=True, exclude_defaults=True)
    kept = {n: v for n, v in given.items() if isinstance(v, UUID | date | Enum | bool)}
    return " ".join(f"{n}={v.value if isinstance(v, Enum) else v}" for n, v in kept.items())


def state(kind: str, value: str) -> str:
    """The state of one of our things by its word."""
    return say(f"components.state.{kind}.{value}")


def number(text: str | Decimal) -> Decimal:
    """Hours or units as a cell that can be summed, without needless zeros."""
    return Decimal(text)


def day(value: date | None) -> str:
    """A date as it stands on paper; empty without one."""
    return words.day_short(value) if value else ""
