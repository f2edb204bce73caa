"""Canaries: personal data of synthetic people that must appear nowhere in plain text.

A pytest plugin: after every test that had a database, all its tables and the raw bytes of its
files are searched, and so is everything that was logged, for the numbers and names of the cast and
the specimens. What is looked for is found only where somebody forgot to seal it.
"""

import asyncio
import io
import logging
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import asyncpg
import pytest
import structlog

from api.kit.logging import configure
from api.settings import Settings
from tests.cast import PARTS
from tests.specimens import person

SEEDS = range(120)
OTHERS = ("13911117777", "13900000088", "13900000097", "13900000098", "13900000099")
WHOLE = "SELECT database_to_xml(true, false, '')::text"
"""PostgreSQL writes all its tables in one answer: rows, jobs' arguments, audit facts and all."""


@cache
def canaries() -> frozenset[str]:
    """What must not appear: ID numbers, phones, bank numbers, addresses and long names."""
    people = [person(seed) for seed in SEEDS]
    numbers = {text for each in people for text in (each.number, each.phone, each.bank_card)}
    phones = {part.phone for part in PARTS.values() if part.phone}
    addresses = {each.address for each in people}
    return frozenset(numbers | phones | addresses | set(OTHERS))


@cache
def names() -> frozenset[str]:
    """The people's names, long enough not to be part of another word."""
    return frozenset(n for seed in SEEDS if len(n := person(seed).name) >= 3)


@cache
def _pattern() -> re.Pattern[bytes]:
    words = sorted(canaries() | names(), key=len, reverse=True)
    return re.compile(b"|".join(re.escape(word.encode()) for word in words))


def found_in(content: bytes) -> set[str]:
    """The canaries in some bytes, also when the text lies there in UTF-16 or escaped."""
    unescaped = re.sub(
        rb"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)).encode(errors="replace"), content
    )
    hits = _pattern().findall(content) + _pattern().findall(unescaped)
    return {hit.decode() for hit in hits}


def in_database(settings: Settings) -> set[str]:
    """The canaries in the database behind the settings."""
    if settings.database_url.startswith("sqlite://"):
        file = Path(settings.database_url.removeprefix("sqlite://"))
        parts = (file, file.with_name(f"{file.name}-wal"))
        return found_in(b"".join(part.read_bytes() for part in parts if part.exists()))
    return found_in(asyncio.run(_dump(settings.database_url)))


async def _dump(url: str) -> bytes:
    try:
        connection = await asyncpg.connect(url)
    except (OSError, asyncpg.PostgresError):
        return b""  # the test itself removed it
    try:
        return str(await connection.fetchval(WHOLE)).encode()
    finally:
        await connection.close()


def in_files(settings: Settings) -> set[str]:
    """The canaries in the photos and other files of the test."""
    files = [file for file in settings.var.rglob("*") if file.is_file()]
    return {hit for file in files for hit in found_in(file.read_bytes())}


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that is logged in a test, as the server would write it."""
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    written = io.StringIO()
    configure("DEBUG")
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(written))
    # pytest's own handlers go on: they make what a test shows when it fails.
    root.handlers[:] = [*handlers, *root.handlers]
    yield written
    structlog.configure(**before)
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture(autouse=True)
def no_canary_escapes(request: pytest.FixtureRequest) -> Iterator[None]:
    """Search what a test leaves behind, before its database is removed."""
    if "settings" not in request.fixturenames:
        yield
        return
    settings: Settings = request.getfixturevalue("settings")
    written: io.StringIO = request.getfixturevalue("logged")
    yield
    assert not in_database(settings), "personal data in plain text in the database"
    assert not in_files(settings), "personal data in plain text in a file"
    assert not found_in(written.getvalue().encode()), "personal data in the log"
