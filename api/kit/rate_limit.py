"""Limits on how often: counted in the cache, or in this process while the cache is down.

They never fail open: without Redis each process counts for itself.
"""

from dataclasses import dataclass
from typing import Literal

from api.kit.cache import CacheDown, DictCache, cache
from api.kit.clock import now
from api.kit.crypto import keyring
from api.kit.errors import TooMany
from api.kit.metrics import LIMITED

_local = DictCache()


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `times` in `seconds` for each caller, told apart `by` account, address or both."""

    name: str
    times: int
    seconds: int
    by: Literal["account", "ip"] = "account"


async def spend(limit: Limit, who: str) -> None:
    """Count one use by `who`. TooMany, with the seconds to wait, when none is left."""
    if await _count(limit, who, 1) > limit.times:
        LIMITED.labels(limit.name).inc()
        passed = int(now().timestamp()) % limit.seconds
        raise TooMany(retry_after_s=limit.seconds - passed)


async def give_back(limit: Limit, who: str) -> None:
    """Take back one use: where only failures count, a success costs nothing."""
    await _count(limit, who, -1)


async def _count(limit: Limit, who: str, by: int) -> int:
    window = int(now().timestamp()) // limit.seconds
    key = f"limit:{limit.name}:{keyring().index('limit', who)}:{window}"
    try:
        return await cache().count(key, limit.seconds, by)
    except CacheDown:
        return await _local.count(key, limit.seconds, by)
