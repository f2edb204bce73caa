"""Where encrypted files lie: a folder here, behind a port that an object store can take."""

import asyncio
import os
from pathlib import Path
from typing import Protocol


class NoSuchFile(LookupError):
    """There is no file under this key."""


class Storage(Protocol):
    """Bytes under keys. The caller encrypts; the store never sees plain content."""

    async def put(self, key: str, content: bytes) -> None:
        """Store durably: after return the bytes survive a power cut."""

    async def get(self, key: str) -> bytes:
        """The bytes. NoSuchFile when there are none."""

    async def part(self, key: str, start: int, length: int) -> bytes:
        """So many bytes from `start` on, fewer at the end. NoSuchFile when there are none."""

    async def delete(self, key: str) -> None:
        """Remove; nothing happens when there is none."""


class FolderStorage:
    """Files in a folder, two levels deep by the end of their key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, key: str, content: bytes) -> None:
        await asyncio.to_thread(self._put, key, content)

    async def get(self, key: str) -> bytes:
        try:
            return await asyncio.to_thread(self._path(key).read_bytes)
        except FileNotFoundError:
            raise NoSuchFile from None

    async def part(self, key: str, start: int, length: int) -> bytes:
        try:
            return await asyncio.to_thread(self._part, key, start, length)
        except FileNotFoundError:
            raise NoSuchFile from None

    async def delete(self, key: str) -> None:
        await asyncio.to_thread(self._path(key).unlink, missing_ok=True)

    def _put(self, key: str, content: bytes) -> None:
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        with fresh.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)

    def _part(self, key: str, start: int, length: int) -> bytes:
        with self._path(key).open("rb") as file:
            file.seek(start)
            return file.read(length)

    def _path(self, key: str) -> Path:
        if not key.replace("-", "").isalnum():
            raise ValueError("a storage key is letters, digits and dashes")
        return self._folder / key[-2:] / key
