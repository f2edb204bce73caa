"""Process-local memory of slow look-ups, forgotten in every process at once.

A value lives at most `ttl_s`. `forget` tells all processes through the cache's channel; while
that channel is down nothing is remembered at all, so a revoked right never outlives it. A silent
line counts as down after seconds, and what could not be said is said again.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from functools import partial
from time import monotonic
from typing import Any, ClassVar, Generic, TypeVar

from api.kit.cache import Cache, CacheDown, cache
from api.kit.gathering import Gathering
from api.kit.transaction import is_open, unit

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
        known = self._known(key)
        if known is not None:
            return known
        epoch = self._epoch
        value = await load()
        if value is not None:
            self._keep({key: value}, epoch)
        return value

    def _known(self, key: str) -> T | None:
        found = self._items.get(key)
        return found[0] if found and found[1] > monotonic() and Channel.open else None

    def _keep(self, values: Mapping[str, T], epoch: int) -> None:
        """Remember what was loaded since that epoch, unless something was forgotten meanwhile."""
        if epoch != self._epoch or not Channel.open:
            return
        until = monotonic() + self._ttl_s
        self._items.update({key: (value, until) for key, value in values.items()})
        while len(self._items) > self._limit:
            self._items.popitem(last=False)

    def forget_after_commit(self, key: str) -> None:
        """Forget the key in every process once the running transaction has committed."""
        unit().after_commit.append(partial(forget, cache(), self.name, key))

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

    async def of_all(self, keys: Collection[str]) -> Mapping[str, T]:
        """The values of those keys that there are; those not remembered by one `load`.

        In a transaction all are loaded, and none remembered: what it sees is its own.
        """
        if is_open():
            return await self._load(list(keys))
        known = {key: value for key in keys if (value := self._known(key)) is not None}
        missing = [key for key in keys if key not in known]
        if not missing:
            return known
        epoch = self._epoch
        found = await self._load(missing)
        self._keep(found, epoch)
        return {**known, **found}

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
