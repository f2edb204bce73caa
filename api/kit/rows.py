"""Many rows in one statement: PostgreSQL takes each column as an array, SQLite row after row.

The ORM sends a row at a time, or builds a CASE of all rows for each column, which takes many times
as long to write and to read. Values are prepared by the fields of the models, as the ORM does it.
"""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from tortoise import connections
from tortoise.models import Model

from api.kit.transaction import CONNECTION, is_sqlite


async def plan_each() -> None:
    """Until the running transaction ends, each statement is planned for the values it is given.

    From its sixth time on PostgreSQL would use one plan for any values; of a list of five hundred
    ids that one reads whole projects, comparing every row with every id.
    """
    if not is_sqlite():
        await connections.get(CONNECTION).execute_script(
            "SET LOCAL plan_cache_mode = force_custom_plan"
        )


async def add_all(rows: Collection[Model], *, twice: bool = False) -> None:
    """Store new rows of one table. twice: those that are there already stay as they are."""
    if not rows:
        return
    model = type(next(iter(rows)))
    if is_sqlite():
        await model.bulk_create(rows, ignore_conflicts=twice)
        return
    names = tuple(model._meta.fields_db_projection)
    statement = _insert(model, names) + (" ON CONFLICT DO NOTHING" if twice else "")
    await connections.get(CONNECTION).execute_query(statement, _columns(model, rows, names))


async def set_all(rows: Collection[Model], *names: str) -> None:
    """Store what these fields of rows of one table say by now."""
    if not rows:
        return
    model, connection = type(next(iter(rows))), connections.get(CONNECTION)
    columns = _columns(model, rows, (*names, "id"))
    if is_sqlite():
        await connection.execute_many(_update_one(model, names), _turned(columns))
    else:
        await connection.execute_query(_update(model, names), columns)


def _columns(model: type[Model], rows: Collection[Model], names: Sequence[str]) -> list[list[Any]]:
    fields = model._meta.fields_map
    return [[fields[name].to_db_value(getattr(row, name), row) for row in rows] for name in names]


def _turned(columns: list[list[Any]]) -> list[list[Any]]:
    return [list(row) for row in zip(*columns, strict=True)]


# Only our own names of tables and columns, and placeholders, stand in the texts.
@cache
def _insert(model: type[Model], names: tuple[str, ...]) -> str:
    quoted = ", ".join(_quoted(model, names))
    return (
        f'INSERT INTO "{model._meta.db_table}" ({quoted}) '  # noqa: S608
        f"SELECT * FROM unnest({_arrays(model, names)})"
    )


@cache
def _update(model: type[Model], names: tuple[str, ...]) -> str:
    sets = ", ".join(f"{name} = given.{name}" for name in _quoted(model, names))
    given = ", ".join(_quoted(model, (*names, "id")))
    return (
        f'UPDATE "{model._meta.db_table}" AS kept SET {sets} '  # noqa: S608
        f"FROM unnest({_arrays(model, (*names, 'id'))}) AS given ({given}) "
        "WHERE kept.id = given.id"
    )


@cache
def _update_one(model: type[Model], names: tuple[str, ...]) -> str:
    sets = ", ".join(f"{name} = ?" for name in _quoted(model, names))
    return f'UPDATE "{model._meta.db_table}" SET {sets} WHERE id = ?'  # noqa: S608


def _quoted(model: type[Model], names: Sequence[str]) -> list[str]:
    columns = model._meta.fields_db_projection
    return [f'"{columns[name]}"' for name in names]


def _arrays(model: type[Model], names: Sequence[str]) -> str:
    fields = model._meta.fields_map
    kinds = (_kind(fields[name].get_for_dialect("postgres", "SQL_TYPE")) for name in names)
    return ", ".join(f"${place}::{kind}[]" for place, kind in enumerate(kinds, 1))


def _kind(written: str) -> str:
    """A type without its length: a cast would cut what is too long, the column refuses it."""
    name = written.partition("(")[0]
    return "text" if name == "VARCHAR" else name
