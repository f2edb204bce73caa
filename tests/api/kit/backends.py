"""Both back ends of the cache for a test, and a Redis that does not answer."""

import asyncio
from collections.abc import AsyncIterator, Callable

from api.kit.cache import Cache, DictCache, RedisCache
from api.kit.ids import new_token
from tests.stores import Store

DEAD = "redis://127.0.0.1:1/0"


def prefixed(store: Store) -> RedisCache:
    """A cache on the run's Redis that shares no key with another."""
    return RedisCache(store.redis_url(), prefix=f"{new_token()}:")


async def made(store: Store, name: str) -> AsyncIterator[Cache]:
    """The back end of that name, closed afterwards."""
    cache: Cache = DictCache()
    if name == "redis":
        cache = prefixed(store)
    elif name == "dead":
        cache = RedisCache(DEAD)
    yield cache
    await cache.close()


async def until(true: Callable[[], object]) -> None:
    """Wait for something that another task does; the run's own limit ends a vain wait."""
    while not true():  # noqa: ASYNC110 - there is no event to wait for
        await asyncio.sleep(0.005)
