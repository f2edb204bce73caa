"""What is remembered is forgotten in every process at once, and not kept while nobody hears."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest
from redis import asyncio as aioredis

from api.kit.cache import Cache, RedisCache
from api.kit.memo import Channel, GatheredMemo, Memo, forget, listen
from api.kit.transaction import transaction
from tests.api.kit import backends
from tests.stores import Store


class Source:
    """What is looked up; counts how often."""

    def __init__(self) -> None:
        self.value = "first"
        self.asked = 0

    async def load(self) -> str:
        self.asked += 1
        value = self.value
        await asyncio.sleep(0)
        return value


@pytest.fixture
async def cache(store: Store, backend: str) -> AsyncIterator[Cache]:
    async for made in backends.made(store, backend):
        yield made


@pytest.fixture
async def channel(cache: Cache) -> AsyncIterator[Cache]:
    """The cache with this process listening."""
    task = asyncio.create_task(listen(cache))
    await backends.until(lambda: Channel.open)
    yield cache
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert not Channel.open


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def memory() -> Memo[str]:
    return Memo("probe", 60, limit=3)


async def test_a_value_is_loaded_once(channel: Cache, memory: Memo[str], source: Source) -> None:
    values = [await memory.get("a", source.load) for _ in range(5)]
    assert (values, source.asked) == (["first"] * 5, 1)


async def test_forgotten_here_it_is_loaded_anew(
    channel: Cache, memory: Memo[str], source: Source
) -> None:
    await memory.get("a", source.load)
    source.value = "second"
    await forget(channel, "probe", "a")
    assert await memory.get("a", source.load) == "second"


async def test_forgotten_elsewhere_it_is_loaded_anew(
    channel: Cache, memory: Memo[str], source: Source
) -> None:
    await memory.get("a", source.load)
    source.value = "second"
    await channel.publish("probe a")
    await backends.until(lambda: not memory._items)
    assert await memory.get("a", source.load) == "second"


async def test_what_is_forgotten_while_it_is_loaded_is_not_remembered(
    channel: Cache, memory: Memo[str], source: Source
) -> None:
    loading = asyncio.create_task(memory.get("a", source.load))
    await asyncio.sleep(0)
    source.value = "second"
    memory.drop("a")
    assert await loading == "first"
    assert await memory.get("a", source.load) == "second"


async def test_it_is_bounded(channel: Cache, memory: Memo[str], source: Source) -> None:
    for key in "abcd":
        await memory.get(key, source.load)
    await memory.get("a", source.load)
    assert source.asked == 5


async def test_it_expires(channel: Cache, source: Source) -> None:
    short: Memo[str] = Memo("short", 0.0)
    await short.get("a", source.load)
    await short.get("a", source.load)
    assert source.asked == 2


async def test_while_nobody_hears_nothing_is_remembered(memory: Memo[str], source: Source) -> None:
    Channel.open = False
    for _ in range(3):
        await memory.get("a", source.load)
    assert source.asked == 3


async def test_while_redis_is_away_nothing_is_remembered(memory: Memo[str], source: Source) -> None:
    dead = RedisCache(backends.DEAD)
    task = asyncio.create_task(listen(dead))
    for _ in range(50):
        await memory.get("a", source.load)
        await asyncio.sleep(0.001)
    await forget(dead, "probe", "a")
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await dead.close()
    assert source.asked == 50


async def test_after_a_cut_connection_nothing_older_is_remembered(
    channel: Cache, store: Store, memory: Memo[str], source: Source
) -> None:
    if not isinstance(channel, RedisCache):
        return  # a dict has no connection
    await memory.get("a", source.load)
    server = aioredis.Redis.from_url(store.redis_url())
    await server.client_kill_filter(_type="pubsub")
    await server.aclose()
    await backends.until(lambda: Channel.open and not memory._items)
    source.value = "second"
    assert await memory.get("a", source.load) == "second"


async def test_a_line_gone_silent_is_noticed(
    store: Store, backend: str, memory: Memo[str], source: Source
) -> None:
    if backend != "redis":
        return  # a dict has no line
    async with backends.cable(store) as (through, cut):
        task = asyncio.create_task(listen(through))
        await backends.until(lambda: Channel.open)
        await memory.get("a", source.load)
        await asyncio.sleep(0.3)  # many signs of life are asked for and given
        assert Channel.open
        assert memory._items
        cut.set()
        await backends.until(lambda: not Channel.open)
        assert not memory._items
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_what_could_not_be_said_is_said_again(
    channel: Cache, memory: Memo[str], source: Source
) -> None:
    await memory.get("a", source.load)
    await forget(RedisCache(backends.DEAD), "probe", "b")
    assert list(Channel.unsaid) == ["probe b"]
    heard: list[str | None] = []

    async def overhear() -> None:
        async for message in channel.messages():
            heard.append(message)

    task = asyncio.create_task(overhear())
    await backends.until(lambda: heard)
    again = asyncio.create_task(listen(channel))
    await backends.until(lambda: "probe b" in heard)
    assert not Channel.unsaid
    for each in (task, again):
        each.cancel()
    await asyncio.gather(task, again, return_exceptions=True)


def capitals() -> tuple[GatheredMemo[str], list[Sequence[str]]]:
    """A memory of all keys but a stranger's, and what it loaded."""
    loads: list[Sequence[str]] = []

    async def load(keys: Sequence[str]) -> dict[str, str]:
        loads.append(keys)
        await asyncio.sleep(0)
        return {key: key.upper() for key in keys if key != "stranger"}

    return GatheredMemo("many", 60, load), loads


async def test_keys_asked_for_at_once_are_loaded_at_once(channel: Cache) -> None:
    many, loads = capitals()
    keys = ["a", "b", "a", "stranger", "c"]
    found = await asyncio.gather(*(many.of(key) for key in keys))
    assert (found, loads) == (["A", "B", "A", None, "C"], [["a", "b", "stranger", "c"]])
    assert [await many.of(key) for key in ("a", "b", "c")] == ["A", "B", "C"]
    assert len(loads) == 1
    await many.of("stranger")
    assert len(loads) == 2


async def test_several_keys_are_loaded_together_and_remembered_each(channel: Cache) -> None:
    many, loads = capitals()
    assert await many.of("a") == "A"
    assert await many.of_all(["a", "b", "stranger"]) == {"a": "A", "b": "B"}
    assert await many.of_all(["b", "a"]) == {"a": "A", "b": "B"}
    assert loads == [["a"], ["b", "stranger"]]
    loading = asyncio.create_task(many.of_all(["c"]))
    await asyncio.sleep(0)
    many.drop("c")
    assert await loading == {"c": "C"}
    await many.of("c")
    assert loads[2:] == [["c"], ["c"]]


@pytest.mark.usefixtures("app")
async def test_what_a_transaction_reads_of_several_keys_is_its_own() -> None:
    Channel.open = True
    loads: list[Sequence[str]] = []

    async def load(keys: Sequence[str]) -> dict[str, str]:
        loads.append(keys)
        return dict.fromkeys(keys, str(len(loads)))

    many: GatheredMemo[str] = GatheredMemo("many", 60, load)
    assert [await many.of_all(["a"]) for _ in range(2)] == [{"a": "1"}] * 2
    async with transaction():
        assert await many.of_all(["a", "b"]) == {"a": "2", "b": "2"}
        many.forget_after_commit("a")
    assert await many.of_all(["a", "b"]) == {"a": "3", "b": "3"}


async def test_messages_of_unknown_memos_are_passed_over(
    channel: Cache, memory: Memo[str], source: Source
) -> None:
    await memory.get("a", source.load)
    for message in ("", "unknown a", "probe", "probe  "):
        await channel.publish(message)
    await channel.publish("probe a")
    await backends.until(lambda: not memory._items)
    assert Channel.open
