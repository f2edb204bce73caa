"""Of the work log: what never changes, and what there is one of at most."""

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

APPEND_ONLY = ("log_change", "pay_template")

UNIQUE: tuple[str, ...] = (
    "CREATE UNIQUE INDEX uq_log_entry_called ON log_entry "
    "(team_id, worker_id, project_id, day, kind, part) "
    "WHERE roll_call AND removed_at IS NULL",
)
"""`CREATE UNIQUE INDEX … WHERE …` statements, in words both databases know."""


def _sqlite(table: str, act: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
    )


def _postgres(table: str, act: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )


async def forward(_: Any, editor: Any) -> None:
    """Add triggers and the index."""
    sqlite = editor.DIALECT == "sqlite"
    for table in APPEND_ONLY:
        for act in ("update", "delete"):
            statement = _sqlite(table, act) if sqlite else _postgres(table, act)
            await editor.client.execute_script(statement)
    for statement in UNIQUE:
        await editor.client.execute_script(statement)


async def backward(_: Any, editor: Any) -> None:
    """Take them away."""
    sqlite = editor.DIALECT == "sqlite"
    for table in APPEND_ONLY:
        for act in ("update", "delete"):
            place = "" if sqlite else f" ON {table}"
            await editor.client.execute_script(f"DROP TRIGGER {table}_no_{act}{place}")
    for statement in UNIQUE:
        await editor.client.execute_script(f"DROP INDEX {statement.split()[3]}")


class Migration(migrations.Migration):
    """Triggers and a partial unique index."""

    dependencies = [("models", "0015_worklog")]
    operations = [ops.RunPython(forward, backward)]
