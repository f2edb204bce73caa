"""Limits count every use, say when to come back, and never fail open."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from api.kit import cache as caches
from api.kit import clock
from api.kit.actor import Origin
from api.kit.cache import Cache, DictCache
from api.kit.errors import TooMany
from api.kit.ids import new_token
from api.kit.rate_limit import Limit, give_back, spend
from tests.api.kit import backends
from tests.api.kit.probe import LIMIT, Acts
from tests.cast import Client
from tests.stores import Store

START = datetime(2026, 11, 1, 0, 0, 10, tzinfo=UTC)


@pytest.fixture
async def counted(app: object, store: Store, backend_or_none: str) -> AsyncIterator[Cache]:
    """Each back end in turn, also a Redis that does not answer; time stands still."""
    clock.set_clock(lambda: START)
    async for made in backends.made(store, backend_or_none):
        caches.use(made)
        yield made
    caches.use(DictCache())


def limit() -> Limit:
    return Limit(new_token(), 3, 60)


async def allowed(some: Limit, who: str, tries: int) -> int:
    """How many of the tries were let through."""
    outcomes = await asyncio.gather(
        *(spend(some, who) for _ in range(tries)), return_exceptions=True
    )
    assert all(outcome is None or isinstance(outcome, TooMany) for outcome in outcomes)
    return outcomes.count(None)


async def test_it_lets_so_many_through_and_no_more(counted: Cache) -> None:
    assert await allowed(limit(), "a", 10) == 3


async def test_callers_and_limits_are_told_apart(counted: Cache) -> None:
    one, other = limit(), limit()
    for some, who in ((one, "a"), (one, "b"), (other, "a")):
        assert await allowed(some, who, 5) == 3


async def test_the_next_window_is_free_again(counted: Cache) -> None:
    some = limit()
    assert await allowed(some, "a", 5) == 3
    clock.set_clock(lambda: START + timedelta(seconds=50))
    assert await allowed(some, "a", 5) == 3


async def test_it_says_when_to_come_back(counted: Cache) -> None:
    some = limit()
    await allowed(some, "a", 3)
    with pytest.raises(TooMany) as refusal:
        await spend(some, "a")
    assert refusal.value.retry_after_s == 50


async def test_a_use_given_back_may_be_spent_again(counted: Cache) -> None:
    some = limit()
    await allowed(some, "a", 3)
    await give_back(some, "a")
    assert await allowed(some, "a", 5) == 1


async def test_who_is_limited_stands_nowhere_in_the_cache(app: object) -> None:
    cache = DictCache()
    caches.use(cache)
    await spend(limit(), "13912345678")
    assert "13912345678" not in str(cache._items)


async def test_over_http_it_is_a_429_with_retry_after(probed: Client, acts: Acts) -> None:
    clock.set_clock(lambda: START)
    answers = [await probed.get("/probe/limited", as_="zhang") for _ in range(LIMIT.times + 1)]
    assert [answer.status_code for answer in answers] == [204, 204, 204, 429]
    assert (answers[-1].headers["retry-after"], answers[-1].json()["code"]) == (
        "50", "request.too_many",
    )  # fmt: skip
    assert len(acts.done) == 3
    assert (await probed.get("/probe/limited", as_="li")).status_code == 204


@pytest.mark.parametrize(
    ("ip", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2::7", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff:1:2:3", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::7", "2001:db8:1:3::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("-", "-"),
    ],
)
def test_of_ipv6_a_whole_network_is_one_caller(ip: str, network: str) -> None:
    assert Origin(ip=ip).network == network


async def test_nobody_gets_round_a_limit_by_another_address_of_his_network(client: Client) -> None:
    clock.set_clock(lambda: START)
    path = "/api/v1/boards/x"
    codes = [(await client.get(path, ip=f"2001:db8::{n:x}")).status_code for n in range(62)]
    assert (set(codes[:60]), set(codes[60:])) == ({404}, {429})
    assert (await client.get(path, ip="2001:db8:0:1::1")).status_code == 404
