"""One service call is one transaction: rows, audit lines and outbox jobs together or not at all.

Lines and jobs are gathered while the transaction runs and written just before it commits, so that
the audit chain is locked for an instant only.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any

import asyncpg
from tortoise import connections
from tortoise.exceptions import DBConnectionError
from tortoise.transactions import in_transaction

from api.kit.errors import Problem

CONNECTION = "default"
STORE_DOWN = (
    DBConnectionError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.CannotConnectNowError,
    asyncpg.DeadlockDetectedError,
    ConnectionError,
)
"""What a database says while it restarts or cannot serve this request now."""

Flush = Callable[[list[Any]], Awaitable[None]]


class Unit:
    """What one transaction gathers: things to write at its end, and acts to do after it."""

    def __init__(self) -> None:
        self.gathered: dict[Flush, list[Any]] = {}
        self.after_commit: list[Callable[[], Awaitable[None]]] = []

    def gather(self, flush: Flush, item: Any) -> None:
        """Hand `item`, with the others gathered for `flush`, to it just before the commit."""
        self.gathered.setdefault(flush, []).append(item)


_current: ContextVar[Unit | None] = ContextVar("unit", default=None)


def unit() -> Unit:
    """The transaction that runs now. RuntimeError outside of one."""
    current = _current.get()
    if current is None:
        raise RuntimeError("outside of a transaction")
    return current


def is_open() -> bool:
    """Whether a transaction runs now."""
    return _current.get() is not None


@asynccontextmanager
async def transaction() -> AsyncIterator[Unit]:
    """Run the block as one transaction, or as part of the one that already runs.

    A Problem raised inside rolls everything back, unless its class says that it `commits`.
    """
    outer = _current.get()
    if outer is not None:
        yield outer
        return
    fresh, refusal = Unit(), None
    async with in_transaction(CONNECTION):
        await _take_write_lock()
        token = _current.set(fresh)
        try:
            yield fresh
        except Problem as problem:
            if not problem.commits:
                raise
            refusal = problem
        finally:
            _current.reset(token)
        for flush, items in fresh.gathered.items():
            await flush(items)
    for act in fresh.after_commit:
        await act()
    if refusal is not None:
        raise refusal


def is_sqlite() -> bool:
    """Whether the database is SQLite."""
    return bool(connections.get(CONNECTION).capabilities.dialect == "sqlite")


async def _take_write_lock() -> None:
    # SQLite begins deferred: a read first and a write later fails when another process wrote
    # in between, whatever the busy timeout. A write that changes no row takes the lock at once.
    if is_sqlite():
        await connections.get(CONNECTION).execute_query('UPDATE "job" SET "attempts" = 0 WHERE 0')
