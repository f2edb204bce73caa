"""The data keys in the database: loading them into the keyring, adding one, wrapping them anew."""

from api.kit.crypto import Keyring, keyring, new_data_key
from api.kit.ids import new_id
from api.kit.models import DataKey
from api.kit.transaction import transaction


async def load_keys() -> None:
    """Teach the keyring every data key of the database; make the first one if there is none."""
    rows = await DataKey.all().order_by("id")
    for row in rows:
        keyring().learn(str(row.id), row.wrapped)
    if not rows:
        await add_key()


async def add_key() -> str:
    """Add a data key and seal with it from now on; its id. Older keys go on opening."""
    row_id = new_id()
    wrapped = keyring().wrap(str(row_id), new_data_key())
    async with transaction():
        await DataKey.create(id=row_id, wrapped=wrapped)
    keyring().learn(str(row_id), wrapped)
    return str(row_id)


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
