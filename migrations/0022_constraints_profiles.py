"""Of cards, corrections and accidents: what never changes, and what there is one of."""

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

APPEND_ONLY = {
    "worker_card_step": "UPDATE",
    "accident_step": "UPDATE OF id, created_at, accident_id, act, side, account_id",
}
"""Tables, and which change is refused: a rotation of keys seals a step's note anew."""

UNIQUE: tuple[str, ...] = (
    "CREATE UNIQUE INDEX uq_worker_card_active ON worker_card (worker_id) WHERE state = 'active'",
    "CREATE UNIQUE INDEX uq_profile_correction_pending ON profile_correction (worker_id, field) "
    "WHERE state = 'pending'",
)
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
    """Add indexes and triggers."""
    for statement in UNIQUE:
        await editor.client.execute_script(statement)
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
    for statement in UNIQUE:
        await editor.client.execute_script(f"DROP INDEX {statement.split()[3]}")


class Migration(migrations.Migration):
    """Indexes and triggers."""

    dependencies = [("models", "0021_profiles")]
    operations = [ops.RunPython(forward, backward)]
