"""Of trainings: what never changes, what there is one of at most, who is trained already."""

import secrets
from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

APPEND_ONLY = ("quiz_attempt",)

UNIQUE: tuple[str, ...] = (
    "CREATE UNIQUE INDEX uq_training_version ON training (worker_id, version_id) "
    "WHERE version_id IS NOT NULL",
    "CREATE UNIQUE INDEX uq_certificate_check_code ON certificate (check_code) "
    "WHERE check_code IS NOT NULL",
)

FIXED = {"course_version": "OLD.published_at IS NOT NULL", "lesson": "OLD.fixed"}
"""Tables whose rows stay as they are from a moment on, and how such a row is known."""


def _sqlite(table: str, act: str, when: str = "") -> str:
    only = f"WHEN {when} " if when else ""
    return (
        f"CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table} {only}"
        "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
    )


def _postgres(table: str, act: str, when: str = "") -> str:
    only = f"WHEN ({when}) " if when else ""
    return (
        f"CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table} "
        f"FOR EACH ROW {only}EXECUTE FUNCTION refuse_change()"
    )


TRAINED = (
    "UPDATE engagement SET trained_on = entered_on WHERE entered_on IS NOT NULL AND id NOT IN "
    "(SELECT engagement_id FROM entry_override WHERE CAST(items AS TEXT) LIKE '%training%')"
)
"""Who entered had been trained, but for those who were let in without a training."""


async def forward(_: Any, editor: Any) -> None:
    """Add triggers and indexes, and say what is known of before."""
    written = _sqlite if editor.DIALECT == "sqlite" else _postgres
    for act in ("update", "delete"):
        for table in APPEND_ONLY:
            await editor.client.execute_script(written(table, act))
        for table, when in FIXED.items():
            await editor.client.execute_script(written(table, act, when))
    for statement in UNIQUE:
        await editor.client.execute_script(statement)
    await editor.client.execute_script(TRAINED)
    await _give_codes(editor)


async def _give_codes(editor: Any) -> None:
    mark = "?, ?" if editor.DIALECT == "sqlite" else "$1, $2"
    first, second = mark.split(", ")
    for row in await editor.client.execute_query_dict("SELECT id FROM certificate"):
        await editor.client.execute_query(
            f"UPDATE certificate SET check_code = {first} WHERE id = {second}",  # noqa: S608
            [secrets.token_urlsafe(16), row["id"]],
        )


async def backward(_: Any, editor: Any) -> None:
    """Take them away."""
    sqlite = editor.DIALECT == "sqlite"
    for table in (*APPEND_ONLY, *FIXED):
        for act in ("update", "delete"):
            place = "" if sqlite else f" ON {table}"
            await editor.client.execute_script(f"DROP TRIGGER {table}_no_{act}{place}")
    for statement in UNIQUE:
        await editor.client.execute_script(f"DROP INDEX {statement.split()[3]}")


class Migration(migrations.Migration):
    """Triggers, partial unique indexes, and what follows from older rows."""

    dependencies = [("models", "0013_training")]
    operations = [ops.RunPython(forward, backward)]
