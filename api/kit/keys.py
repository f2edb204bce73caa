"""The data keys in the database: loading them into the keyring, adding one, wrapping them anew.

A key added by one process must be known to all before anybody seals with it, or they could not read
what they are asked for. So every process looks for new keys, and a rotation lets the new one seal
only after a while.
"""

import asyncio
from collections.abc import Callable

from tortoise.exceptions import DBConnectionError, OperationalError

from api.kit import clock
from api.kit.crypto import Keyring, SealBroken, Secrets, keyring, new_data_key
from api.kit.ids import new_id
from api.kit.logging import log
from api.kit.models import DataKey
from api.kit.transaction import transaction

LOOK_S = 2.0
SETTLE_S = 8.0
"""After this every process knows a new key: several times `LOOK_S`."""


async def load_keys() -> None:
    """Teach the keyring every data key of the database; make the first one if there is none."""
    rows = await DataKey.all().order_by("id")
    moment = clock.now()
    for at, row in enumerate(rows):
        seals = at == 0 or row.created_at <= moment
        keyring().learn(str(row.id), row.wrapped, seals=seals)
    if not rows:
        await add_key()


async def add_key(settle_s: float = 0.0) -> str:
    """Add a data key and, once `settle_s` are over, seal with it; its id. Older keys go on opening.

    Its `created_at` is the instant from which it seals.
    """
    row_id = new_id()
    wrapped = keyring().wrap(str(row_id), new_data_key())
    async with transaction():
        begins = clock.in_seconds(settle_s)
        await DataKey.create(id=row_id, wrapped=wrapped, created_at=begins)
    keyring().learn(str(row_id), wrapped, seals=settle_s <= 0)
    return str(row_id)


async def keep_current(read: Callable[[], Secrets]) -> None:
    """Learn the keys that other processes add, until cancelled; `read` reads the key file anew."""
    while True:
        await asyncio.sleep(LOOK_S)
        try:
            await _take_new_keks(read)
            await load_keys()
        except (DBConnectionError, OperationalError, OSError, SealBroken, ValueError) as error:
            log.error("keys.waiting", error=type(error).__name__)


async def _take_new_keks(read: Callable[[], Secrets]) -> None:
    wraps = await DataKey.all().values_list("wrapped", flat=True)
    needed = {str(text).split(".")[0] for text in wraps}
    if needed - keyring().secret.keks.keys():
        keyring().secret = await asyncio.to_thread(read)


async def rewrap_keys(ring: Keyring) -> int:
    """Wrap every data key by the ring's current KEK; how many were wrapped by another."""
    changed = 0
    async with transaction():
        for row in await DataKey.all():
            if row.wrapped.split(".")[0] == ring.secret.kek_id:
                continue
            key = ring.unwrap(str(row.id), row.wrapped)
            row.wrapped = ring.wrap(str(row.id), key)
            await row.save(update_fields=["wrapped"])
            changed += 1
    return changed
