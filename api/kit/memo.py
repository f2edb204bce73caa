"""Process-local memory of slow look-ups, forgotten in every process at once.

A value lives at most `ttl_s`. `forget` tells all processes through the cache's channel; while
that channel is down nothing is remembered at all, so a revoked right never outlives it.
"""

import asyncio
import contextlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any, Generic, TypeVar

from api.kit.cache import Cache, CacheDown

T = TypeVar("T")
RETRY_S = 1.0


class Memo(Generic[T]):
    """Values by key, loaded once and kept for a moment."""

    def __init__(self, name: str, ttl_s: float, limit: int = 50_000) -> None:
        self.name = name
        self._ttl_s = ttl_s
        self._limit = limit
        self._items: OrderedDict[str, tuple[T, float]] = OrderedDict()
        self._epoch = 0
        MEMOS[name] = self

    async def get(self, key: str, load: Callable[[], Awaitable[T]]) -> T:
        """The remembered value, or the one that `load` gives now."""
        found = self._items.get(key)
        if found and found[1] > monotonic() and Channel.open:
            return found[0]
        epoch = self._epoch
        value = await load()
        if epoch == self._epoch and Channel.open:
            self._items[key] = (value, monotonic() + self._ttl_s)
            while len(self._items) > self._limit:
                self._items.popitem(last=False)
        return value

    def drop(self, key: str) -> None:
        """Forget the key in this process, also for a load that is under way."""
        self._epoch += 1
        self._items.pop(key, None)

    def drop_all(self) -> None:
        """Forget everything in this process."""
        self._epoch += 1
        self._items.clear()


MEMOS: dict[str, Memo[Any]] = {}


class Channel:
    """Whether this process hears what others forget."""

    open = False


async def forget(cache: Cache, memo: str, key: str) -> None:
    """Forget a key of a memo in every process, in this one before returning."""
    MEMOS[memo].drop(key)
    with contextlib.suppress(CacheDown):
        await cache.publish(f"{memo} {key}")


async def listen(cache: Cache) -> None:
    """Hear and forget, until cancelled. While the channel is down nothing is remembered."""
    while True:
        try:
            async for message in cache.messages():
                if message:
                    _drop(message)
                else:
                    # It hears from now on, perhaps again: what was said before, it has missed.
                    _drop_everything()
                    Channel.open = True
        except CacheDown:
            await asyncio.sleep(RETRY_S)
        finally:
            Channel.open = False
            _drop_everything()


def _drop(message: str) -> None:
    memo, _, key = message.partition(" ")
    if memo in MEMOS:
        MEMOS[memo].drop(key)


def _drop_everything() -> None:
    for each in MEMOS.values():
        each.drop_all()
