"""Process-local memory of slow look-ups, forgotten in every process at once.

A value lives at most `ttl_s`. `forget` tells all processes through the cache's channel; while
that channel is down nothing is remembered at all, so a revoked right never outlives it. A silent
line counts as down after seconds, and what could not be said is said again.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from time import monotonic
from typing import Any, ClassVar, Generic, TypeVar

from api.kit.cache import Cache, CacheDown
from api.kit.gathering import Gathering

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
        """The remembered value, or the one that `load` gives now. None is not remembered."""
        found = self._items.get(key)
        if found and found[1] > monotonic() and Channel.open:
            return found[0]
        epoch = self._epoch
        value = await load()
        if value is not None and epoch == self._epoch and Channel.open:
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


class GatheredMemo(Memo[T | None]):
    """A memo that loads by itself: all keys that are asked for at the same time by one `load`.

    `load` gives the values of the keys it knows.
    """

    def __init__(
        self, name: str, ttl_s: float, load: Callable[[Sequence[str]], Awaitable[Mapping[str, T]]]
    ) -> None:
        super().__init__(name, ttl_s)
        self._load = load
        self._loading = Gathering(self._load_all, most=256)

    async def of(self, key: str) -> T | None:
        """The remembered value, or the one that there is now; None without one."""
        return await self.get(key, partial(self._loading.ask, key))

    async def _load_all(self, keys: Sequence[str]) -> list[T | None]:
        found = await self._load(list(dict.fromkeys(keys)))
        return [found.get(key) for key in keys]


MEMOS: dict[str, Memo[Any]] = {}


class Channel:
    """Whether this process hears what others forget."""

    open = False
    unsaid: ClassVar[deque[str]] = deque(maxlen=10_000)
    """What this process could not tell the others yet."""


async def forget(cache: Cache, memo: str, key: str) -> None:
    """Forget a key of a memo in every process, in this one before returning."""
    MEMOS[memo].drop(key)
    try:
        await cache.publish(f"{memo} {key}")
    except CacheDown:
        Channel.unsaid.append(f"{memo} {key}")


async def listen(cache: Cache) -> None:
    """Hear and forget, until cancelled. While the channel is down nothing is remembered."""
    while True:
        try:
            await _hear(cache)
        except CacheDown:
            pass
        finally:
            Channel.open = False
            _drop_everything()
        await asyncio.sleep(RETRY_S)


async def _hear(cache: Cache) -> None:
    async for message in cache.messages():
        if message:
            _drop(message)
            continue
        if message is not None:
            # It hears from now on, perhaps again: what was said before, it has missed.
            _drop_everything()
            Channel.open = True
        await _say_again(cache)


async def _say_again(cache: Cache) -> None:
    while Channel.unsaid:
        await cache.publish(Channel.unsaid[0])
        Channel.unsaid.popleft()


def _drop(message: str) -> None:
    memo, _, key = message.partition(" ")
    if memo in MEMOS:
        MEMOS[memo].drop(key)


def _drop_everything() -> None:
    for each in MEMOS.values():
        each.drop_all()
