"""Addresses of the machine room: alive, ready or not and why, metrics for machines alone."""

from dataclasses import replace

import httpx
import pytest
from tortoise import connections

from api import database
from api.kit import cache as caches
from api.kit.cache import DictCache, RedisCache
from api.settings import Settings
from tests.api.kit import backends
from tests.cast import Client
from tests.stores import Store

WHOLE = {"ready": True, "database": True, "cache": True, "migrations": True, "demo": False}


async def test_a_process_is_alive(client: Client) -> None:
    answer = await client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"alive": True})


async def test_a_whole_system_is_ready(client: Client) -> None:
    answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, WHOLE)


async def test_a_missing_migration_is_named(client: Client) -> None:
    await connections.get("default").execute_query(
        "DELETE FROM tortoise_migrations WHERE name LIKE '0002%'"
    )
    answer = await client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == WHOLE | {"ready": False, "migrations": False}


async def test_an_empty_database_is_not_ready(client: Client) -> None:
    await connections.get("default").execute_query("DROP TABLE tortoise_migrations")
    answer = await client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == WHOLE | {"ready": False, "migrations": False}


async def test_a_database_that_is_gone_is_named(
    client: Client, store: Store, settings: Settings
) -> None:
    if settings.database_url.startswith("sqlite"):
        await database.close_database()
    store.remove(settings.database_url)
    answer = await client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == WHOLE | {"ready": False, "database": False, "migrations": False}
    assert (await client.get("/healthz")).status_code == 200


async def test_without_its_cache_it_serves_on_and_says_so(client: Client) -> None:
    caches.use(dead := RedisCache(backends.DEAD))
    answer = await client.get("/readyz")
    caches.use(DictCache())
    await dead.close()
    assert (answer.status_code, answer.json()) == (200, WHOLE | {"cache": False})


async def test_metrics_are_for_loopback(client: Client) -> None:
    await client.get("/healthz")
    answer = await client.get("/metrics")
    assert answer.status_code == 200
    assert 'gongyou_requests_total{operation="system.healthz",status="200"}' in answer.text
    elsewhere = await client.get("/metrics", ip="203.0.113.9")
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (403, "auth.not_permitted")


async def test_a_forged_address_opens_no_metrics(client: Client) -> None:
    for header in ("X-Forwarded-For", "X-Real-IP", "Forwarded", "True-Client-IP"):
        answer = await client.get("/metrics", ip="203.0.113.9", headers={header: "127.0.0.1"})
        assert answer.status_code == 403


@pytest.mark.parametrize("ip", ["unknown", "", "::ffff:203.0.113.9", "fe80::1%eth0"])
async def test_an_odd_address_opens_no_metrics(client: Client, ip: str) -> None:
    assert (await client.get("/metrics", ip=ip)).status_code == 403


class TestToken:
    """With a metrics token in the settings."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, metrics_token="a-token-of-the-machine-room")

    async def test_it_opens_metrics_and_nothing_else(self, client: Client) -> None:
        token = "a-token-of-the-machine-room"
        answer = await client.get("/metrics", ip="203.0.113.9", token=token)
        assert answer.status_code == 200
        assert (await client.get("/api/v1/me/sessions", token=token)).status_code == 401

    async def test_another_token_does_not(self, client: Client) -> None:
        for token in ("", "a-token-of-the-machine-roo", "令牌"):
            headers = {"Authorization": f"Bearer {token}".encode()}
            answer = await client.get("/metrics", ip="203.0.113.9", headers=headers)
            assert answer.status_code == 401


async def test_metrics_carry_no_value_of_a_request(client: Client) -> None:
    for path in ("/api/v1/files/13912345678", "/13912345678", "/api/v1/me/consents/13912345678"):
        await client.get(path, as_="zhang")
    assert "13912345678" not in (await client.get("/metrics")).text


async def test_a_demo_says_so_in_every_answer(client: Client) -> None:
    answer: httpx.Response = await client.get("/healthz")
    assert "x-gongyou-demo" not in answer.headers
    assert answer.headers["content-type"] == "application/json"


class TestDemo:
    """With `DEMO=1`."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, demo=True)

    async def test_every_answer_says_so(self, client: Client) -> None:
        for path in ("/healthz", "/readyz", "/nowhere", "/api/v1/me/sessions"):
            assert (await client.get(path)).headers["x-gongyou-demo"] == "1"
        assert (await client.get("/readyz")).json()["demo"] is True
