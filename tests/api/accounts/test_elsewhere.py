"""What is revoked in one process is dead at the next request in every other.

Another process is the same module loaded a second time: its own memory and its own listener, and
nothing shared but the cache.
"""

import asyncio
import importlib.util
from collections.abc import AsyncIterator, Awaitable, Callable
from hashlib import sha256
from typing import Any

import pytest

from api.accounts import grants
from api.accounts.models import Session
from api.kit import memo
from api.kit.actor import SYSTEM
from api.kit.cache import Cache
from tests.api.accounts.ways_in import (
    DEVICES,
    PASSWORD,
    SESSIONS,
    SUDO,
    enter_by_password,
    hire,
    until_open,
)
from tests.cast import Client

PATIENCE = 500
Act = Callable[[Client, str, str], Awaitable[object]]


@pytest.fixture
async def elsewhere(client: Client, cache: Cache) -> AsyncIterator[Any]:
    """The memory of sessions in another process, which listens already."""
    spec = importlib.util.spec_from_file_location("memo_elsewhere", str(memo.__file__))
    assert spec and spec.loader
    process: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(process)
    listening = asyncio.create_task(process.listen(cache))
    await until_open(process)
    yield process.Memo("session", ttl_s=3600)
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)


async def answering(value: object) -> object:
    return value


async def remembered(elsewhere: Any, token: str) -> bool:
    """Whether the other process takes the token, from memory where it can."""
    key = sha256(token.encode()).hexdigest()
    live = await elsewhere.get(
        key, lambda: Session.filter(token_hash=key, revoked_at=None).exists()
    )
    return bool(live)


async def log_out(client: Client, token: str, username: str) -> object:
    return await client.delete(f"{SESSIONS}/current", token=token)


async def log_out_everywhere(client: Client, token: str, username: str) -> object:
    return await client.delete(DEVICES, token=token)


async def prove_again(client: Client, token: str, username: str) -> object:
    proof = {"method": "password", "username": username, "password": PASSWORD}
    return await client.post(SUDO, token=token, json=proof)


async def be_disabled(client: Client, token: str, username: str) -> object:
    await client.cast.sudo("platform_admin")
    account = (await Session.filter(method="password").prefetch_related("account"))[0].account
    return await client.delete(f"/api/v1/platform/staff/{account.id}", as_="platform_admin")


@pytest.mark.parametrize("act", [log_out, log_out_everywhere, prove_again, be_disabled])
async def test_a_dead_token_is_dead_in_every_process(
    client: Client, elsewhere: Any, act: Act
) -> None:
    await hire("clerk")
    token = (await enter_by_password(client, "clerk")).json()["token"]
    assert await remembered(elsewhere, token)
    await act(client, token, "clerk")
    for _ in range(PATIENCE):
        if not await remembered(elsewhere, token):
            return
        await asyncio.sleep(0.01)
    raise AssertionError("the token lives on in the other process")


async def test_a_change_of_rights_is_heard_in_every_process(client: Client, elsewhere: Any) -> None:
    account_id = await hire("clerk")
    token = (await enter_by_password(client, "clerk")).json()["token"]
    key = sha256(token.encode()).hexdigest()
    await elsewhere.get(key, lambda: answering("old rights"))
    await grants.take(SYSTEM, account_id, "project_manager")
    for _ in range(PATIENCE):
        if await elsewhere.get(key, lambda: answering("new rights")) == "new rights":
            return
        await asyncio.sleep(0.01)
    raise AssertionError("the other process keeps the old rights")


async def test_the_other_process_does_remember(client: Client, elsewhere: Any) -> None:
    assert await elsewhere.get("key", lambda: answering(1)) == 1
    assert await elsewhere.get("key", lambda: answering(2)) == 1
