"""Both back ends of the cache for a test, and a Redis that does not answer."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

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


@asynccontextmanager
async def cable(store: Store) -> AsyncIterator[tuple[RedisCache, asyncio.Event]]:
    """A cache on the run's Redis through a line that, once cut, passes nothing on and stays open.

    It asks for a sign of life every few milliseconds.
    """
    cut, server = asyncio.Event(), urlsplit(store.redis_url())

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while passed := await reader.read(65536):
            if not cut.is_set():
                writer.write(passed)

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(server.hostname, server.port)
        writers.extend((back, writer))
        ways = (pass_on(reader, back), pass_on(there, writer))
        lines.extend(asyncio.create_task(way) for way in ways)

    lines: list[asyncio.Task[None]] = []
    writers: list[asyncio.StreamWriter] = []
    middle = await asyncio.start_server(connected, "127.0.0.1", 0)
    port = middle.sockets[0].getsockname()[1]
    made = RedisCache(f"redis://127.0.0.1:{port}{server.path}", f"{new_token()}:", beat_s=0.05)
    yield made, cut
    await made.close()
    middle.close()
    for writer, line in zip(writers, lines, strict=True):
        writer.close()
        line.cancel()
    await asyncio.gather(*lines, return_exceptions=True)
