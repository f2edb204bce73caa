"""The database is what models and migrations promise, by the catalogue of the store itself."""

import re
from importlib import import_module
from typing import Any

import pytest
from tortoise import Model, Tortoise, connections, fields
from tortoise.migrations.autodetector import MigrationAutodetector

from api import database
from api.settings import Settings
from tests.guards.document import models

pytestmark = pytest.mark.usefixtures("app")
CONSTRAINTS = [
    import_module(f"migrations.{name}")
    for name in (
        "0002_constraints",
        "0004_constraints_attendance",
        "0011_teams_acting_leader",
        "0012_messages",
        "0014_training_constraints",
        "0016_constraints_worklog",
        "0018_constraints_complaints",
        "0020_constraints_conduct",
        "0022_constraints_profiles",
        "0024_constraints_recovery",
        "0026_constraints_privacy",
        "0031_constraints_wages",
        "0035_constraints_payroll",
    )
]
APPEND_ONLY = {table for module in CONSTRAINTS for table in getattr(module, "APPEND_ONLY", ())}
FIXED = {table for module in CONSTRAINTS for table in getattr(module, "FIXED", ())}
"""Whose rows stay as they are from a moment on."""
BLANKED = {
    f"{table}_no_other_{free[0]}"
    for module in CONSTRAINTS
    for table, free in getattr(module, "BLANKED", {}).items()
}
"""Of columns that may be emptied and not changed."""
UNIQUE = [statement for module in CONSTRAINTS for statement in module.UNIQUE]
INDEXES = {
    "sqlite": "SELECT tbl_name AS place, sql FROM sqlite_master WHERE type = 'index'",
    "postgres": "SELECT tablename AS place, indexdef AS sql FROM pg_indexes "
    "WHERE schemaname = 'public'",
}
TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgres": "SELECT tgname AS name FROM pg_trigger WHERE NOT tgisinternal",
}


async def asked(sql: str) -> list[dict[str, Any]]:
    return list(await connections.get("default").execute_query_dict(sql))


async def unique_columns(table: str, store_name: str) -> set[tuple[str, ...]]:
    """The column sets that the store keeps unique for the whole table."""
    if store_name == "sqlite":
        found = set()
        for index in await asked(f"PRAGMA index_list('{table}')"):
            if index["unique"] and not index["partial"]:
                rows = await asked(f"PRAGMA index_info('{index['name']}')")
                found.add(tuple(sorted(row["name"] for row in rows)))
        return found
    rows = await asked(
        "SELECT i.indrelid::regclass::text AS place, array_agg(a.attname::text) AS names "
        "FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid "
        "AND a.attnum = ANY(i.indkey) WHERE i.indisunique AND i.indpred IS NULL "
        "GROUP BY i.indexrelid, i.indrelid"
    )
    return {tuple(sorted(row["names"])) for row in rows if row["place"].strip('"') == table}


async def indexed_columns(table: str, store_name: str) -> set[tuple[str, ...]]:
    """The column lists that an index of the store begins with, in order."""
    rows = [row for row in await asked(INDEXES[store_name]) if row["place"] == table]
    columns = [re.search(r"\(([^()]*)\)", row["sql"] or "") for row in rows]
    return {tuple(re.findall(r"\w+", match[1])) for match in columns if match}


async def not_null(table: str, store_name: str) -> dict[str, bool]:
    """Each column of the table, and whether it refuses nothing at all."""
    if store_name == "sqlite":
        rows = await asked(f"PRAGMA table_info('{table}')")
        return {row["name"]: bool(row["notnull"] or row["pk"]) for row in rows}
    rows = await asked(
        "SELECT table_name AS place, column_name AS name, is_nullable "
        "FROM information_schema.columns WHERE table_schema = 'public'"
    )
    return {row["name"]: row["is_nullable"] == "NO" for row in rows if row["place"] == table}


async def changes(config: dict[str, Any]) -> list[Any]:
    """What `makemigrations` would write."""
    detector = MigrationAutodetector(Tortoise.apps, config["apps"])
    return list(await detector.changes())


async def test_models_match_the_migrations(settings: Settings) -> None:
    found = await changes(database.config(settings.database_url))
    assert not found, [write.operations for write in found]


async def test_a_changed_model_is_seen(settings: Settings) -> None:
    job = Tortoise.apps["models"]["Job"]
    field = job._meta.fields_map["attempts"]
    job._meta.fields_map["attempts"] = fields.BigIntField(default=0)
    try:
        assert await changes(database.config(settings.database_url))
    finally:
        job._meta.fields_map["attempts"] = field


async def test_the_catalogue_holds_what_the_models_promise(store_name: str) -> None:
    for model in models():
        await _compare(model, store_name)


async def _compare(model: type[Model], store_name: str) -> None:
    meta = model._meta
    columns = await not_null(meta.db_table, store_name)
    promised = {meta.fields_db_projection[name]: meta.fields_map[name] for name in meta.db_fields}
    assert {name: not field.null for name, field in promised.items()} == columns
    unique = await unique_columns(meta.db_table, store_name)
    wanted = [[name] for name, field in promised.items() if field.unique]
    wanted += [_columns(model, names) for names in meta.unique_together]
    assert {tuple(sorted(names)) for names in wanted} <= unique, meta.db_table
    indexed = await indexed_columns(meta.db_table, store_name)
    assert {tuple(_columns(model, names)) for names in meta.indexes} <= indexed, meta.db_table


def _columns(model: type[Model], names: Any) -> list[str]:
    listed = getattr(names, "fields", names)
    found = [model._meta.fields_map[name] for name in listed]
    return [field.source_field or field.model_field_name for field in found]


async def test_every_model_is_in_a_registered_module() -> None:
    assert set(Tortoise.apps["models"].values()) == set(models())


async def test_no_constraint_is_declared_where_it_would_be_lost() -> None:
    lost = [m.__name__ for m in models() if getattr(m.Meta, "constraints", ())]
    assert not lost, "Tortoise drops Meta.constraints of a new table: use the migration"


async def test_every_table_that_only_grows_refuses_the_rest(store_name: str) -> None:
    found = {row["name"] for row in await asked(TRIGGERS[store_name])}
    promised = {f"{t}_no_{act}" for t in APPEND_ONLY | FIXED for act in ("update", "delete")}
    assert found == promised | BLANKED
    assert {"audit_line", "consent"} <= APPEND_ONLY


async def test_what_says_append_only_is_append_only() -> None:
    said = {m._meta.db_table for m in models() if "append-only" in (m.__doc__ or "").lower()}
    assert said <= APPEND_ONLY


async def test_partial_indexes_are_there(store_name: str) -> None:
    for statement in UNIQUE:
        match = re.search(r"INDEX \"?(\w+)\"? ON \"?(\w+)\"?", statement)
        assert match, statement
        rows = [row["sql"] for row in await asked(INDEXES[store_name]) if row["place"] == match[2]]
        mine = [sql for sql in rows if sql and match[1] in sql]
        assert len(mine) == 1, statement
        assert "UNIQUE" in mine[0] and "WHERE" in mine[0]


async def test_foreign_keys_hold(store_name: str) -> None:
    if store_name == "sqlite":
        assert (await asked("PRAGMA foreign_keys"))[0]["foreign_keys"] == 1
        assert (await asked("PRAGMA synchronous"))[0]["synchronous"] == 2
        assert (await asked("PRAGMA journal_mode"))[0]["journal_mode"] == "wal"
        keys = sum(
            [len(await asked(f"PRAGMA foreign_key_list('{m._meta.db_table}')")) for m in models()]
        )
    else:
        keys = len(await asked("SELECT 1 AS x FROM pg_constraint WHERE contype = 'f'"))
    assert keys == sum(len(model._meta.fk_fields) for model in models())


async def test_instants_are_the_house_field() -> None:
    for model in models():
        for name, field in model._meta.fields_map.items():
            if isinstance(field, fields.DatetimeField):
                assert type(field).__name__ == "InstantField", (model.__name__, name)


async def test_ids_are_the_house_id() -> None:
    for model in models():
        assert model._meta.pk_attr == "id"
        assert isinstance(model._meta.pk, fields.UUIDField), model.__name__
