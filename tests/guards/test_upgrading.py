"""A database that was in use is brought to the newest migration and says what it said before."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from tortoise import Model, Tortoise, connections
from tortoise.fields.relational import ForeignKeyFieldInstance
from tortoise.migrations.api import migrate

from api import app as application
from api import database, migrating
from api.engagements.models import Engagement
from api.integrations.adapters import Adapters
from api.kit import keys
from api.kit.cache import Cache
from api.kit.transaction import CONNECTION
from api.notices.models import Notice, NoticeSettings
from api.settings import Settings
from api.teams.models import Member
from api.training.models import Certificate
from tests.api.kit.filling import value_of
from tests.guards.document import models
from tests.stores import Store

LANDED = "0010_one_account_per_person"
"""The newest migration that stands on databases in use."""
EACH = 2
COLUMNS = {
    "sqlite": "SELECT m.name AS place, c.name AS name FROM sqlite_master m, "
    "pragma_table_info(m.name) c WHERE m.type = 'table'",
    "postgres": "SELECT table_name AS place, column_name AS name FROM information_schema.columns "
    "WHERE table_schema = 'public'",
}


@pytest.fixture
async def used(
    store: Store, settings: Settings, adapters: Adapters, cache: Cache
) -> AsyncIterator[str]:
    """The URL of an open database at the landed migrations."""
    url = store.empty()
    await migrate(config=database.config(url, migrating=True), target=f"models.{LANDED}")
    await Tortoise.close_connections()
    application.prepare(replace(settings, database_url=url), adapters, cache)
    await database.open_database(url)
    await keys.load_keys()
    yield url
    await database.close_database()
    store.remove(url)


async def old_columns(store_name: str) -> dict[str, set[str]]:
    """The columns that there are, by table."""
    found: dict[str, set[str]] = {}
    for row in await connections.get(CONNECTION).execute_query_dict(COLUMNS[store_name]):
        found.setdefault(row["place"], set()).add(row["name"])
    return found


def known(model: type[Model], columns: set[str]) -> list[str]:
    """The model's fields that have such a column."""
    return [n for n, column in model._meta.fields_db_projection.items() if column in columns]


async def write(model: type[Model], columns: dict[str, set[str]]) -> Model:
    """A row with every column of then, written without the model's newer ones."""
    meta, values = model._meta, dict[str, Any]()
    for name, field in meta.fields_map.items():
        if isinstance(field, ForeignKeyFieldInstance):
            values[name] = await write(field.related_model, columns)
        elif name in meta.db_fields and not getattr(field, "reference", None):
            values[name] = value_of(model, name, field)
    row, names = model(**values), known(model, columns[meta.db_table])
    connection = connections.get(CONNECTION)
    listed = ", ".join(f'"{meta.fields_db_projection[name]}"' for name in names)
    lite = connection.capabilities.dialect == "sqlite"
    marks = ", ".join("?" if lite else f"${n}" for n in range(1, len(names) + 1))
    sql = f'INSERT INTO "{meta.db_table}" ({listed}) VALUES ({marks})'  # noqa: S608
    fields = meta.fields_map
    held = [fields[name].to_db_value(getattr(row, name), row) for name in names]
    await connection.execute_query(sql, held)
    row._saved_in_db = True
    return row


async def test_what_was_written_before_is_read_after(used: str, store_name: str) -> None:
    columns = await old_columns(store_name)
    before = [each for each in models() if each._meta.db_table in columns]
    assert len(before) > 30
    written = {each: [await write(each, columns) for _ in range(EACH)] for each in before}
    await database.close_database()
    await migrating.migrate(used)
    await database.open_database(used)
    for model, rows in written.items():
        for row in rows:
            found = await model.get(id=row.pk)
            for name in known(model, columns[model._meta.db_table]):
                assert getattr(found, name) == getattr(row, name), (model.__name__, name)
    assert {row.nickname for row in await Member.all()} == {""}
    assert {(row.wechat.value, row.wechat_code) for row in await Notice.all()} == {("none", "")}
    chosen = await NoticeSettings.all()
    assert {(row.wechat_messages, row.digest_at) for row in chosen} == {(True, "18:30")}
    codes = {row.check_code for row in await Certificate.all()}
    assert None not in codes and len(codes) == EACH
    assert all(row.trained_on == row.entered_on for row in await Engagement.all())
