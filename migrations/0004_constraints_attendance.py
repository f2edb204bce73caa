"""Of projects and attendance: what never changes, and what there is one of at most."""

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

APPEND_ONLY = (
    "attendance_policy",
    "entry_override",
    "entry_rule",
    "project_status_change",
    "punch",
    "punch_signal",
    "region_standard",
    "site_ledger",
    "workday_step",
)

UNIQUE: tuple[str, ...] = (
    "CREATE UNIQUE INDEX uq_fence_version_current ON fence_version (fence_id) "
    "WHERE valid_to IS NULL",
    "CREATE UNIQUE INDEX uq_engagement_open ON engagement (worker_id, project_id) "
    "WHERE state IN ('registered', 'on_site')",
    "CREATE UNIQUE INDEX uq_team_member_open ON team_member (team_id, worker_id) "
    "WHERE left_on IS NULL",
    "CREATE UNIQUE INDEX uq_team_handover_open ON team_handover (team_id) WHERE state = 'open'",
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
    """Add triggers and indexes."""
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
    """Triggers and partial unique indexes."""

    dependencies = [("models", "0003_projects_and_attendance")]
    operations = [ops.RunPython(forward, backward)]
