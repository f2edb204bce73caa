"""The databases of a test run: one migrated template, a fresh copy for each test."""

import asyncio
import shutil
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from api import migrating
from tests.servers import Postgres, Redis


class Store(Protocol):
    """Gives each test its own database."""

    def fresh(self) -> str:
        """The URL of a new database with every migration applied."""

    def redis_url(self) -> str:
        """The URL of Redis, or empty for the embedded cache."""

    def drop(self, url: str) -> None:
        """Remove a database made by `fresh`."""


class SqliteStore:
    """Files copied from a template file."""

    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.db"
        self._folder = folder
        asyncio.run(migrating.migrate(f"sqlite://{self._template}"))

    def fresh(self) -> str:
        file = self._folder / f"{uuid4().hex}.db"
        shutil.copy(self._template, file)
        return f"sqlite://{file}"

    def redis_url(self) -> str:
        return ""

    def drop(self, url: str) -> None:
        file = Path(url.removeprefix("sqlite://"))
        for each in (file, file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm")):
            each.unlink(missing_ok=True)


class PostgresStore:
    """Databases copied from a template database, and Redis beside them."""

    def __init__(self, postgres: Postgres, redis: Redis) -> None:
        self._postgres = postgres
        self._redis = redis
        asyncio.run(migrating.migrate(_tortoise(postgres.create_database("template_gongyou"))))

    def fresh(self) -> str:
        name = f"t{uuid4().hex}"
        return _tortoise(self._postgres.create_database(name, "template_gongyou"))

    def redis_url(self) -> str:
        return self._redis.url()

    def drop(self, url: str) -> None:
        self._postgres.drop_database(url.rpartition("/")[2])


def _tortoise(url: str) -> str:
    return url.replace("postgresql://", "postgres://", 1)
