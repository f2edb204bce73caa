"""A punch stays as it was taken, but for its place: that may be rounded, once, and no other way."""

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

DROP = {
    "sqlite": "DROP TRIGGER punch_no_update",
    "postgres": "DROP TRIGGER punch_no_update ON punch",
}
WHOLE = {
    "sqlite": "CREATE TRIGGER punch_no_update BEFORE UPDATE ON punch "
    "BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "postgres": "CREATE TRIGGER punch_no_update BEFORE UPDATE ON punch "
    "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
}
BUT_ROUNDED = {
    "sqlite": "CREATE TRIGGER punch_no_update BEFORE UPDATE ON punch WHEN NOT ({}) "
    "BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "postgres": "CREATE TRIGGER punch_no_update BEFORE UPDATE ON punch "
    "FOR EACH ROW WHEN (NOT ({})) EXECUTE FUNCTION refuse_change()",
}
COLUMNS = {
    "sqlite": "SELECT name FROM pragma_table_info('punch')",
    "postgres": "SELECT column_name AS name FROM information_schema.columns "
    "WHERE table_schema = current_schema() AND table_name = 'punch'",
}
ROUNDED = {"sqlite": "round(OLD.{}, 3)", "postgres": "round(OLD.{}::numeric, 3)::float8"}
SAME = {"sqlite": "NEW.{} IS {}", "postgres": "NEW.{} IS NOT DISTINCT FROM {}"}
POSITION = {"lon": None, "lat": None, "given_lon": "NULL", "given_lat": "NULL"}
"""What each column of the place becomes; None: itself to three decimals."""


async def _allowed(editor: Any, dialect: str) -> str:
    """The one change there may be, as a condition on OLD and NEW."""
    rows = await editor.client.execute_query_dict(COLUMNS[dialect])
    after = {row["name"]: f"OLD.{row['name']}" for row in rows}
    for name, value in POSITION.items():
        after[name] = value or ROUNDED[dialect].format(name)
    return " AND ".join(SAME[dialect].format(name, after[name]) for name in sorted(after))


def _dialect(editor: Any) -> str:
    return "sqlite" if editor.DIALECT == "sqlite" else "postgres"


async def forward(_: Any, editor: Any) -> None:
    """Let the place be rounded."""
    dialect = _dialect(editor)
    await editor.client.execute_script(DROP[dialect])
    condition = await _allowed(editor, dialect)
    await editor.client.execute_script(BUT_ROUNDED[dialect].format(condition))


async def backward(_: Any, editor: Any) -> None:
    """Let nothing be changed again."""
    dialect = _dialect(editor)
    await editor.client.execute_script(DROP[dialect])
    await editor.client.execute_script(WHOLE[dialect])


class Migration(migrations.Migration):
    """One trigger in the place of another."""

    dependencies = [("models", "0004_constraints_attendance")]
    operations = [ops.RunPython(forward, backward)]
