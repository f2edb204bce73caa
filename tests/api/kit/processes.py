"""A process that starts, opens the database, does one thing and ends."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from api import database
from api.kit import crypto, keys
from api.settings import Settings

T = TypeVar("T")


def opened(settings: Settings, act: Callable[[], Awaitable[T]]) -> T:
    """What `act` gives on the open database, with the keys as they lie in the key file."""
    return asyncio.run(_opened(settings, act))


async def _opened(settings: Settings, act: Callable[[], Awaitable[T]]) -> T:
    crypto.use(crypto.Keyring(crypto.Secrets.read(settings.keys_file)))
    await database.open_database(settings.database_url)
    try:
        await keys.load_keys()
        return await act()
    finally:
        await database.close_database()
