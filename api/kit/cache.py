"""A small cache with two back ends, a dict and Redis, and invalidation across processes.

Nothing here is the truth: every value may be lost at any time. `CacheDown` says that Redis does
not answer; callers say what they do then (limits count locally, memos ask the database).
"""

import asyncio
import contextlib
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Protocol

from redis import asyncio as aioredis
from redis.exceptions import RedisError

from api.kit.gathering import Gathering

TOPIC = "forget"
OPERATION_TIMEOUT_S = 0.5
BEAT_S = 2.0
"""After so long a silence the server is asked for a sign of life, and given as long again."""


COUNTED = """
local counted = {}
for place, key in ipairs(KEYS) do
  redis.call('SET', key, 0, 'PX', ARGV[2 * place - 1], 'NX')
  counted[place] = redis.call('INCRBY', key, ARGV[2 * place])
end
return counted
"""
"""Adds to counters that live from their first count: for each key its life in ms and how much."""


class CacheDown(Exception):
    """The cache's server does not answer."""


class Cache(Protocol):
    """Strings under keys, each with a life in seconds."""

    async def get(self, key: str) -> str | None:
        """The value, or None when absent or expired."""

    async def set(self, key: str, value: str, ttl_s: float) -> None:
        """Store for `ttl_s` seconds."""

    async def add(self, key: str, value: str, ttl_s: float) -> bool:
        """Store only if absent; whether it was stored. The winner of a race is one."""

    async def take(self, key: str) -> str | None:
        """The value, removed in the same step: only one caller gets it."""

    async def count(self, key: str, ttl_s: float, by: int = 1) -> int:
        """Add to a counter that lives `ttl_s` from its first count; the new value."""

    async def delete(self, key: str) -> None:
        """Forget the key."""

    async def publish(self, message: str) -> None:
        """Tell every process, this one too."""

    def messages(self) -> AsyncIterator[str | None]:
        """An empty message once it hears, then what is published from then on.

        None now and then while nothing is said: it still hears.
        """

    async def close(self) -> None:
        """Let go of connections."""


class DictCache:
    """In-process cache of bounded size, least recently used first out: the embedded default."""

    def __init__(self, limit: int = 100_000) -> None:
        self._items: OrderedDict[str, tuple[str, float]] = OrderedDict()
        self._limit = limit
        self._listeners: set[asyncio.Queue[str]] = set()

    async def get(self, key: str) -> str | None:
        value, until = self._items.get(key, ("", 0.0))
        if until <= time.monotonic():
            self._items.pop(key, None)
            return None
        self._items.move_to_end(key)
        return value

    async def set(self, key: str, value: str, ttl_s: float) -> None:
        self._items[key] = (value, time.monotonic() + ttl_s)
        self._items.move_to_end(key)
        while len(self._items) > self._limit:
            self._items.popitem(last=False)

    async def add(self, key: str, value: str, ttl_s: float) -> bool:
        if await self.get(key) is not None:
            return False
        await self.set(key, value, ttl_s)
        return True

    async def take(self, key: str) -> str | None:
        value = await self.get(key)
        self._items.pop(key, None)
        return value

    async def count(self, key: str, ttl_s: float, by: int = 1) -> int:
        value = await self.get(key)
        if value is None:
            await self.set(key, str(by), ttl_s)
            return by
        total = int(value) + by
        self._items[key] = (str(total), self._items[key][1])
        return total

    async def delete(self, key: str) -> None:
        self._items.pop(key, None)

    async def publish(self, message: str) -> None:
        for queue in self._listeners:
            queue.put_nowait(message)

    async def messages(self) -> AsyncIterator[str | None]:
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield ""
            while True:
                yield await queue.get()
        finally:
            self._listeners.discard(queue)

    async def close(self) -> None:
        self._items.clear()


class RedisCache:
    """The same over Redis, for more than one process. Each call answers or fails in 0.5 s."""

    def __init__(self, url: str, prefix: str = "gongyou:", beat_s: float = BEAT_S) -> None:
        self._prefix, self._beat_s = prefix, beat_s
        self._redis = aioredis.Redis.from_url(
            url,
            decode_responses=True,
            socket_timeout=OPERATION_TIMEOUT_S,
            socket_connect_timeout=OPERATION_TIMEOUT_S,
        )
        self._counted = self._redis.register_script(COUNTED)
        self._counting = Gathering(self._count_all, most=256)

    async def get(self, key: str) -> str | None:
        with _down():
            return _text(await self._redis.get(self._prefix + key))

    async def set(self, key: str, value: str, ttl_s: float) -> None:
        with _down():
            await self._redis.set(self._prefix + key, value, px=max(1, int(ttl_s * 1000)))

    async def add(self, key: str, value: str, ttl_s: float) -> bool:
        with _down():
            life = max(1, int(ttl_s * 1000))
            return bool(await self._redis.set(self._prefix + key, value, px=life, nx=True))

    async def take(self, key: str) -> str | None:
        with _down():
            return _text(await self._redis.getdel(self._prefix + key))

    async def count(self, key: str, ttl_s: float, by: int = 1) -> int:
        return await self._counting.ask((self._prefix + key, max(1, int(ttl_s * 1000)), by))

    async def _count_all(self, asked: Sequence[tuple[str, int, int]]) -> list[int]:
        keys = [key for key, _, _ in asked]
        with _down():
            return list(await self._counted(keys, [n for _, *numbers in asked for n in numbers]))

    async def delete(self, key: str) -> None:
        with _down():
            await self._redis.delete(self._prefix + key)

    async def publish(self, message: str) -> None:
        with _down():
            await self._redis.publish(self._prefix + TOPIC, message)

    async def messages(self) -> AsyncIterator[str | None]:
        with _down():
            async with self._redis.pubsub() as pubsub:
                await pubsub.subscribe(self._prefix + TOPIC)
                asked = False
                while True:
                    message = await pubsub.get_message(timeout=self._beat_s)
                    if message is None and asked:
                        # A cut cable says nothing, whoever waits at its end hears nothing either.
                        raise CacheDown
                    asked = message is None
                    if message is None:
                        await pubsub.ping()
                    elif message["type"] == "subscribe":
                        yield ""
                    else:
                        yield message["data"] if message["type"] == "message" else None

    async def close(self) -> None:
        with contextlib.suppress(RedisError, OSError):
            await self._redis.aclose()


@contextlib.contextmanager
def _down() -> Iterator[None]:
    try:
        yield
    except (RedisError, OSError, TimeoutError) as error:
        raise CacheDown from error


def _text(value: object) -> str | None:
    return None if value is None else str(value)


_cache: Cache = DictCache()


def use(cache: Cache) -> None:
    """Make `cache` the process's cache."""
    global _cache
    _cache = cache


def cache() -> Cache:
    """The process's cache."""
    return _cache
