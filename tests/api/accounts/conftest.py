"""Accounts meet the emulated WeChat and text-message gateway, and a clock that can be moved."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from api.integrations.adapters import Adapters
from api.kit import clock, memo
from api.kit.cache import Cache
from tests.api.accounts.ways_in import Watch, until_open
from tests.cast import Client


@pytest.fixture
def adapters(emulated_adapters: Adapters) -> Adapters:
    return emulated_adapters


@pytest.fixture
def watch() -> Iterator[Watch]:
    """The process's clock, standing still until it is moved."""
    yield Watch()
    clock.set_clock()


@pytest.fixture
async def remembering(client: Client, cache: Cache) -> AsyncIterator[None]:
    """Sessions are remembered for a moment, as in a running process."""
    task = asyncio.create_task(memo.listen(cache))
    await until_open(memo)
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
