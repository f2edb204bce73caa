"""Of recoveries: a word on one never changes."""

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

APPEND_ONLY = {"vouching": "UPDATE"}
"""Tables, and which change is refused."""

UNIQUE: tuple[str, ...] = ()
"""`CREATE UNIQUE INDEX … WHERE …` statements, in words both databases know."""


def _sqlite(table: str, name: str, act: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{name} BEFORE {act} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
    )


def _postgres(table: str, name: str, act: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{name} BEFORE {act} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )


async def forward(_: Any, editor: Any) -> None:
    """Add triggers."""
    written = _sqlite if editor.DIALECT == "sqlite" else _postgres
    for table, change in APPEND_ONLY.items():
        for name, act in (("update", change), ("delete", "DELETE")):
            await editor.client.execute_script(written(table, name, act))


async def backward(_: Any, editor: Any) -> None:
    """Take them away."""
    sqlite = editor.DIALECT == "sqlite"
    for table in APPEND_ONLY:
        for act in ("update", "delete"):
            place = "" if sqlite else f" ON {table}"
            await editor.client.execute_script(f"DROP TRIGGER {table}_no_{act}{place}")


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("models", "0023_recovery")]
    operations = [ops.RunPython(forward, backward)]
