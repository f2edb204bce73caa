"""The databases of a test run: one migrated template, a fresh copy for each test."""

import asyncio
import fcntl
import shutil
import tempfile
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol, TypeVar
from uuid import uuid4

import asyncpg

from api import migrating
from api.kit import fields
from tests.servers import Postgres, Redis

T = TypeVar("T")

OTHERS_OUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
EMPTY = """
DO $$
DECLARE each text; filled boolean; found text[] := '{}';
BEGIN
  FOR each IN SELECT format('%I', tablename) FROM pg_tables
    WHERE schemaname = 'public' AND tablename <> 'tortoise_migrations'
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %s)', each) INTO filled;
    IF filled THEN found := found || each; END IF;
  END LOOP;
  IF cardinality(found) > 0 THEN
    EXECUTE 'TRUNCATE ' || array_to_string(found, ', ') || ' CASCADE';
  END IF;
END $$
"""
SHAPE = """
SELECT md5(string_agg(each, ';' ORDER BY each)) FROM (
  SELECT format('%s %s %s', c.relname, a.attname, a.atttypid) AS each
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0
  UNION ALL SELECT format('%s %s', tgname, tgenabled) FROM pg_trigger
  UNION ALL SELECT name FROM tortoise_migrations
) AS parts
"""


class Store(Protocol):
    """Gives each test its own database."""

    def fresh(self) -> str:
        """The URL of a new database with every migration applied."""

    def empty(self) -> str:
        """The URL of a new database with nothing in it."""

    def redis_url(self) -> str:
        """The URL of Redis, or empty for the embedded cache."""

    def drop(self, url: str) -> None:
        """Take back a database made by `fresh`."""

    def remove(self, url: str) -> None:
        """Let there be no such database any more."""


class SqliteStore:
    """Files copied from a template file."""

    def __init__(self, folder: Path) -> None:
        self._template = _migrated()
        self._folder = folder

    def fresh(self) -> str:
        file = self._folder / f"{uuid4().hex}.db"
        shutil.copy(self._template, file)
        return f"sqlite://{file}"

    def empty(self) -> str:
        return f"sqlite://{self._folder / uuid4().hex}.db"

    def redis_url(self) -> str:
        return ""

    def drop(self, url: str) -> None:
        self.remove(url)

    def remove(self, url: str) -> None:
        file = Path(url.removeprefix("sqlite://"))
        for each in (file, file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm")):
            each.unlink(missing_ok=True)


def _migrated() -> Path:
    """An SQLite file with every migration, kept for the runs after this one: 20 s of work."""
    parts = [*sorted(migrating.FOLDER.glob("*.py")), Path(fields.__file__)]
    digest = sha256(version("tortoise-orm").encode() + b"".join(p.read_bytes() for p in parts))
    file = Path(tempfile.gettempdir()) / f"gongyou-template-{digest.hexdigest()[:16]}.db"
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            draft = file.with_suffix(".draft")
            draft.unlink(missing_ok=True)
            asyncio.run(migrating.migrate(f"sqlite://{draft}"))
            draft.rename(file)
    return file


class PostgresStore:
    """Databases copied from a template database, and Redis beside them.

    Copying takes longer than most tests: a database is emptied and used again, unless a test has
    changed its tables, triggers or migrations.
    """

    def __init__(self, postgres: Postgres, redis: Redis) -> None:
        self._postgres = postgres
        self._redis = redis
        self._clean: list[str] = []
        self._thread = ThreadPoolExecutor(1)
        template = postgres.create_database("template_gongyou")
        asyncio.run(migrating.migrate(_tortoise(template)))
        self._shape = self._run(_emptied(template))

    def fresh(self) -> str:
        if self._clean:
            return self._clean.pop()
        name = f"t{uuid4().hex}"
        return _tortoise(self._postgres.create_database(name, "template_gongyou"))

    def empty(self) -> str:
        return _tortoise(self._postgres.create_database(f"t{uuid4().hex}"))

    def redis_url(self) -> str:
        return self._redis.url()

    def drop(self, url: str) -> None:
        if self._run(_emptied(url)) == self._shape:
            self._clean.append(url)
        else:
            self.remove(url)

    def remove(self, url: str) -> None:
        self._postgres.drop_database(url.rpartition("/")[2])

    def _run(self, act: Coroutine[Any, Any, T]) -> T:
        # In a thread of its own: the test's event loop is not to be touched.
        return self._thread.submit(asyncio.run, act).result()


async def _emptied(url: str) -> str:
    """Empty every table but the record of migrations; the database's shape, or "" without one."""
    try:
        connection = await asyncpg.connect(url)
    except asyncpg.InvalidCatalogNameError:
        return ""
    try:
        await connection.execute(OTHERS_OUT)
        await connection.execute(EMPTY)
        return str(await connection.fetchval(SHAPE))
    except asyncpg.PostgresError:
        return ""  # a test took a table away
    finally:
        await connection.close()


def _tortoise(url: str) -> str:
    return url.replace("postgresql://", "postgres://", 1)
