"""Of conduct: what never changes, and what there is one of at most."""

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

APPEND_ONLY = {
    "conduct_step": "UPDATE OF id, created_at, record_id, act, side, photo_ids, due_on, account_id",
}
"""Tables, and which change is refused: a rotation of keys seals a step's note anew."""

MONTH = "project_id, enterprise_id, month) WHERE state <> 'withdrawn' AND"
UNIQUE = (
    "CREATE UNIQUE INDEX uq_conduct_evaluation_worker ON conduct_evaluation "
    f"(worker_id, {MONTH} worker_id IS NOT NULL",
    "CREATE UNIQUE INDEX uq_conduct_evaluation_team ON conduct_evaluation "
    f"(team_id, {MONTH} team_id IS NOT NULL",
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
    """Add triggers and indexes."""
    written = _sqlite if editor.DIALECT == "sqlite" else _postgres
    for table, change in APPEND_ONLY.items():
        for name, act in (("update", change), ("delete", "DELETE")):
            await editor.client.execute_script(written(table, name, act))
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
    """Triggers and partial unique indexes."""

    dependencies = [("models", "0019_conduct")]
    operations = [ops.RunPython(forward, backward)]
