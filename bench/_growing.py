"""Many cities beside one: every row of a database again and again, as other people's elsewhere.

Copies keep what rows say and how they hang together: each id leads to another id made from it, each
unique text, number or key is varied, each region lies in another province, and what is sealed for
its row is sealed anew for the copy.
"""

import asyncio
import hashlib
import json
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from secrets import token_bytes
from typing import Any
from uuid import UUID

import asyncpg
from tortoise import Tortoise
from tortoise.models import Model

from api import app as application
from api import database
from api.kit import keys
from api.kit.cache import DictCache
from api.kit.fields import place
from api.kit.reseal import sealed_columns
from api.settings import Settings
from api.wiring import adapters_from
from api.workers.models import Worker
from verification.code import CodeKind, new_code

ONCE = {
    "data_key", "drawn_until", "idempotency_record", "job", "timetable", "wage_sheet_serial",
}  # fmt: skip
"""Tables of the system itself, not of its people."""
OTHER_ID = """CASE WHEN {0} IN (SELECT id FROM kept) THEN {0} ELSE
    (left({0}::text, 14) || '7' || substr(md5({0}::text || k::text), 1, 19))::uuid END"""
"""The copy's id: the same instant, another random part. `other_id` is the same in Python."""
VARIED = {
    "varchar": "left({0}, greatest({1} - 12, 0)) || substr(md5({0} || k), 1, least({1}, 12))",
    "text": "{0} || '~' || k",
    "bytea": "sha256({0} || int4send(k))",
    "int4": "{0} + k * 1000000",
    "int8": "{0} + k * 1000000000",
}
PROVINCES = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 52 53 54 61 62 63 64 65"
ELSEWHERE = (
    f"(string_to_array('{PROVINCES}', ' '))[k % {len(PROVINCES.split())} + 1] || substr({{0}}, 3)"
)
COLUMNS = """SELECT column_name AS name, udt_name AS type, character_maximum_length AS longest
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1
    ORDER BY ordinal_position"""
UNIQUE = """SELECT array(SELECT attname::text FROM pg_attribute
        WHERE attrelid = indrelid AND attnum = ANY(indkey)) AS columns
    FROM pg_index WHERE indisunique AND indrelid = $1::regclass"""


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `varied` when copies must differ in it."""

    name: str
    type: str
    longest: int | None
    varied: bool

    @property
    def copied(self) -> str:
        """What a copy number `k` holds, in SQL."""
        quoted = f'"{self.name}"'
        if self.type == "uuid":
            return OTHER_ID.format(quoted)
        if self.name.endswith("region"):
            return ELSEWHERE.format(quoted)
        return VARIED[self.type].format(quoted, self.longest) if self.varied else quoted


def other_id(original: UUID, k: int) -> UUID:
    """The id of copy `k` of a row."""
    text = str(original)
    drawn = hashlib.md5(f"{text}{k}".encode(), usedforsecurity=False).hexdigest()
    return UUID(text[:14] + "7" + drawn[:19])


async def grow(settings: Settings, times: int) -> int:
    """The database holds `times` cities where it held one; how many rows."""
    cache = DictCache()
    application.prepare(settings, adapters_from(settings, cache), cache)
    await database.open_database(settings.database_url)
    connection = await asyncpg.connect(settings.database_url)
    try:
        await keys.load_keys()
        own = [each async for each in _sealed(times)] + [await _codes(times)]
        rows = await _copy(connection, times)
        for table, name, values in own:
            await _replace(connection, table, name, values)
        await connection.execute("VACUUM ANALYZE")
        return rows
    finally:
        await connection.close()
        await database.close_database()


async def _copy(connection: asyncpg.Connection, times: int) -> int:
    # Foreign keys and triggers rest: a copy is whole only when all tables are.
    await connection.execute("SET session_replication_role = replica")
    tables = sorted(model._meta.db_table for model in _models())
    once = " UNION ALL ".join(f'SELECT id FROM "{table}"' for table in ONCE)  # noqa: S608
    await connection.execute(f"CREATE TEMPORARY TABLE kept AS {once}")
    rows = 0
    for table in tables:
        if table not in ONCE:
            columns = await _columns(connection, table)
            names = ", ".join(f'"{each.name}"' for each in columns)
            copied = ", ".join(each.copied for each in columns)
            done = await connection.execute(
                f'INSERT INTO "{table}" ({names}) '  # noqa: S608
                f'SELECT {copied} FROM "{table}", generate_series(1, {times - 1}) AS k'
            )
            rows += int(done.rpartition(" ")[2])
    return rows


def _models() -> list[type[Model]]:
    return list((Tortoise.apps or {})["models"].values())


async def _columns(connection: asyncpg.Connection, table: str) -> list[Column]:
    rows = await connection.fetch(COLUMNS, table)
    types = {row["name"]: row["type"] for row in rows}
    varied = set()
    for index in await connection.fetch(UNIQUE, f'"{table}"'):
        if not any(types[name] == "uuid" for name in index["columns"]):
            varied.add(next(name for name in index["columns"] if types[name] in VARIED))
    return [Column(row["name"], row["type"], row["longest"], row["name"] in varied) for row in rows]


async def _sealed(times: int) -> AsyncIterator[tuple[str, str, list[tuple[UUID, str]]]]:
    """What copies hold in each sealed column: table, column, id and sealed text."""
    for model, names in sealed_columns().items():
        table, rows = model._meta.db_table, await model.all()
        for name in names:
            values = []
            for row in rows:
                value = getattr(row, name)
                if value is not None:
                    opened = value.opened()
                    for k in range(1, times):
                        found = other_id(row.pk, k)
                        values.append((found, opened.seal(place(table, found, name))))
            yield table, name, values


async def _codes(times: int) -> tuple[str, str, list[tuple[UUID, str]]]:
    """The same for workers' codes, whose last character proves the others."""
    values = [
        (other_id(row.pk, k), new_code(CodeKind.WORKER, row.code[1:3], token_bytes).compact)
        for row in await Worker.exclude(code=None)
        for k in range(1, times)
        if row.code
    ]
    return Worker._meta.db_table, "code", values


async def _replace(
    connection: asyncpg.Connection, table: str, name: str, values: list[tuple[UUID, str]]
) -> None:
    await connection.execute("CREATE TEMPORARY TABLE own (id uuid, value text)")
    await connection.copy_records_to_table("own", records=values)
    await connection.execute(
        f'UPDATE "{table}" AS t SET "{name}" = o.value FROM own AS o WHERE t.id = o.id'  # noqa: S608
    )
    await connection.execute("DROP TABLE own")


def main() -> None:
    """`python -m bench._growing SETTINGS TIMES`: a process of its own gives its memory back."""
    given: dict[str, Any] = json.loads(Path(sys.argv[1]).read_text())
    print(asyncio.run(grow(Settings.load({}, given), int(sys.argv[2]))))


if __name__ == "__main__":
    main()
