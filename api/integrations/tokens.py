"""A vendor's access token, fetched once and shared by all processes through the cache.

Vendors limit how often a token may be fetched, and a new one may end the old one's life, so only
one process fetches at a time. When the cache is down each process keeps its own.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

from api.integrations.http import UpstreamError
from api.kit.cache import Cache, CacheDown

Fetch = Callable[[], Awaitable[tuple[str, float]]]
"""Asks the vendor; the token and the seconds for which it may be kept."""

LOCK_S = 15.0
POLL_S = 0.05
REMEMBER_FAILURE_S = 2.0


class SharedToken:
    """The token under `key`; `fetch` is called when there is none."""

    def __init__(self, cache: Cache, key: str, fetch: Fetch) -> None:
        self._cache = cache
        self._key = key
        self._fetch = fetch
        self._one = asyncio.Lock()
        self._own: tuple[str, float] = ("", 0.0)
        self._failure: tuple[UpstreamError | None, float] = (None, 0.0)

    async def get(self) -> str:
        """A token in force. UpstreamError when the vendor gives none."""
        return await self._known() or await self._fetched_once()

    async def renew(self, rejected: str) -> str:
        """A token other than `rejected`, which the vendor no longer accepts."""
        if await self._known() == rejected:
            self._own = ("", 0.0)
            with suppress(CacheDown):
                await self._cache.delete(self._key)
        return await self.get()

    async def _known(self) -> str:
        try:
            return await self._cache.get(self._key) or ""
        except CacheDown:
            token, until = self._own
            return token if time.monotonic() < until else ""

    async def _fetched_once(self) -> str:
        async with self._one:  # one in this process …
            while not (token := await self._known()):
                self._raise_recent_failure()
                if await self._locked():  # … and one among all processes
                    return await self._fetched()
                await asyncio.sleep(POLL_S)
            return token

    def _raise_recent_failure(self) -> None:
        # A crowd waiting behind a failed fetch gets its answer instead of trying one by one.
        error, until = self._failure
        if error and time.monotonic() < until:
            raise UpstreamError(error.system, error.code, error.klass, error.permanent)

    async def _locked(self) -> bool:
        try:
            return await self._cache.add(f"{self._key}:lock", "1", LOCK_S)
        except CacheDown:
            return True

    async def _fetched(self) -> str:
        try:
            if token := await self._known():  # another process was faster
                return token
            token, keep_s = await self._fetch()
            self._own = (token, time.monotonic() + keep_s)
            with suppress(CacheDown):
                await self._cache.set(self._key, token, keep_s)
            return token
        except UpstreamError as error:
            self._failure = (error, time.monotonic() + REMEMBER_FAILURE_S)
            raise
        finally:
            with suppress(CacheDown):
                await self._cache.delete(f"{self._key}:lock")
