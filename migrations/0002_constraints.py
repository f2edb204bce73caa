"""What a model cannot declare: the audit never changes, and partial unique indexes."""

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

APPEND_ONLY = ("audit_line", "consent", "enterprise_change", "review", "worker_change")

RESEALED = {
    "enterprise_change": ("old_person", "new_person"),
    "review": ("note",),
    "worker_change": ("old",),
}
"""Sealed columns of append-only tables: a rotation of keys writes them anew, nothing else may."""

UNIQUE: tuple[str, ...] = ()
"""`CREATE UNIQUE INDEX … WHERE …` statements, in words both databases know."""

POSTGRES_REFUSAL = """
CREATE FUNCTION refuse_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'append-only'; END $$ LANGUAGE plpgsql
"""


COLUMNS = {
    "sqlite": "SELECT name FROM pragma_table_info('{}')",
    "postgres": "SELECT column_name AS name FROM information_schema.columns "
    "WHERE table_schema = current_schema() AND table_name = '{}'",
}


async def _acts(editor: Any, dialect: str, table: str) -> dict[str, str]:
    """What is refused on the table, by the trigger's name."""
    if table not in RESEALED:
        return {"update": "UPDATE", "delete": "DELETE"}
    rows = await editor.client.execute_query_dict(COLUMNS[dialect].format(table))
    kept = sorted(row["name"] for row in rows if row["name"] not in RESEALED[table])
    return {"update": f"UPDATE OF {', '.join(kept)}", "delete": "DELETE"}


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
    sqlite = editor.DIALECT == "sqlite"
    if not sqlite:
        await editor.client.execute_script(POSTGRES_REFUSAL)
    for table in APPEND_ONLY:
        acts = await _acts(editor, "sqlite" if sqlite else "postgres", table)
        for name, act in acts.items():
            statement = (_sqlite if sqlite else _postgres)(table, name, act)
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
    if not sqlite:
        await editor.client.execute_script("DROP FUNCTION refuse_change()")


class Migration(migrations.Migration):
    """Triggers and partial unique indexes."""

    dependencies = [("models", "0001_initial")]
    operations = [ops.RunPython(forward, backward)]
