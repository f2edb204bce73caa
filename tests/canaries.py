"""Canaries: personal data of synthetic people that must appear nowhere in plain text.

A pytest plugin: after every test that had a database, all its tables and the raw bytes of its
files are searched, and so is everything that was logged, for the numbers and names of the cast and
the specimens. What is looked for is found only where somebody forgot to seal it.
"""

import asyncio
import io
import logging
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
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


# What can be a number or a word of Chinese with digits; the rest of the bytes is passed over.
RUNS = re.compile(
    rb"[0-9]{11,}[Xx]?|[\xe3-\xe9][\x80-\xbf]{2}(?:[0-9]|[\xe3-\xe9][\x80-\xbf]{2}){2,}"
)
ESCAPED = re.compile(rb"\\u([0-9a-f]{4})")


def found_in(content: bytes) -> set[str]:
    """The canaries in some bytes, also when JSON has escaped them."""
    if ESCAPED.search(content):
        content += ESCAPED.sub(lambda m: chr(int(m[1], 16)).encode(errors="replace"), content)
    runs = b"\n".join(set(RUNS.findall(content))).decode(errors="replace")
    return {word for word in canaries() | names() if word in runs}


def in_database(settings: Settings) -> set[str]:
    """The canaries in the database behind the settings."""
    if settings.database_url.startswith("sqlite://"):
        file = Path(settings.database_url.removeprefix("sqlite://"))
        parts = (file, file.with_name(f"{file.name}-wal"))
        return found_in(b"".join(part.read_bytes() for part in parts if part.exists()))
    # In a thread of its own: a test may ask while its event loop runs.
    with ThreadPoolExecutor(1) as pool:
        return found_in(pool.submit(asyncio.run, _dump(settings.database_url)).result())


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


class Both(io.StringIO):
    """Keeps what is written, and shows it too."""

    def write(self, text: str) -> int:
        sys.stderr.write(text)
        return super().write(text)


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that is logged in a test, as the server would write it."""
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    written = Both()
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
