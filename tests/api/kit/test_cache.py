"""The cache behaves the same over a dict and over Redis, and says when Redis is away."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from api.kit.cache import Cache, CacheDown, DictCache, RedisCache
from tests.api.kit import backends
from tests.stores import Store


@pytest.fixture
async def cache(store: Store, backend: str) -> AsyncIterator[Cache]:
    async for made in backends.made(store, backend):
        yield made


async def expired(cache: Cache, key: str) -> bool:
    """Whether the key goes away at all; asked again and again rather than timed."""
    while await cache.get(key) is not None:  # noqa: ASYNC110 - time alone ends it
        await asyncio.sleep(0.005)
    return True


async def test_what_is_set_is_got_until_it_is_deleted(cache: Cache) -> None:
    assert await cache.get("a") is None
    await cache.set("a", "工友", 60)
    assert await cache.get("a") == "工友"
    await cache.delete("a")
    await cache.delete("a")
    assert await cache.get("a") is None


async def test_a_value_expires(cache: Cache) -> None:
    await cache.set("a", "1", 0.01)
    assert await expired(cache, "a")
    assert await cache.add("a", "2", 60)


async def test_only_one_adds(cache: Cache) -> None:
    won = await asyncio.gather(*(cache.add("a", str(n), 60) for n in range(20)))
    assert won.count(True) == 1


async def test_only_one_takes(cache: Cache) -> None:
    await cache.set("a", "x", 60)
    taken = await asyncio.gather(*(cache.take("a") for _ in range(20)))
    assert sorted(map(str, taken)) == ["None"] * 19 + ["x"]


async def test_a_counter_counts_every_one_of_many(cache: Cache) -> None:
    counted = await asyncio.gather(*(cache.count("a", 60) for _ in range(30)))
    assert sorted(counted) == list(range(1, 31))
    assert await cache.count("a", 60, -1) == 29
    assert await cache.get("a") == "29"


async def test_a_counter_lives_from_its_first_count(cache: Cache) -> None:
    await cache.count("a", 0.05)
    await cache.count("a", 60)
    assert await expired(cache, "a")
    assert await cache.count("a", 60) == 1


async def test_every_listener_hears(cache: Cache) -> None:
    heard: list[str | None] = []

    async def listen() -> None:
        async for message in cache.messages():
            heard.append(message)

    tasks = [asyncio.create_task(listen()) for _ in range(2)]
    await backends.until(lambda: heard.count("") == 2)
    await cache.publish("session abc")
    await backends.until(lambda: heard.count("session abc") == 2)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert heard == ["", "", "session abc", "session abc"]


async def test_the_dict_is_bounded_and_keeps_what_is_used() -> None:
    cache = DictCache(limit=3)
    for key in "abc":
        await cache.set(key, key, 60)
    await cache.get("a")
    await cache.set("d", "d", 60)
    assert [await cache.get(key) for key in "abcd"] == ["a", None, "c", "d"]


async def test_every_call_says_that_redis_is_away() -> None:
    cache = RedisCache(backends.DEAD)
    calls = [
        cache.get("a"), cache.set("a", "1", 1), cache.add("a", "1", 1), cache.take("a"),
        cache.count("a", 1), cache.delete("a"), cache.publish("a"), anext(aiter(cache.messages())),
    ]  # fmt: skip
    for call in calls:
        with pytest.raises(CacheDown):
            await call
    await cache.close()
