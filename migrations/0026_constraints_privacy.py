"""Of terms and erasing: ledgers go when their period is released, what leads to somebody is blanked.

Whether a period is released stands in `engagement.released_on`; a worker's rows may lie under the
id of a record that was merged into his, three merges deep at most.
"""

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

WORKER, PROJECT = "OLD.worker_id", "OLD.project_id"
OWNERS = {
    "punch": (WORKER, PROJECT),
    "entry_override": (WORKER, PROJECT),
    "workday_step": ("workday", "OLD.workday_id"),
    "punch_signal": ("workday", "OLD.workday_id"),
    "log_change": ("log_entry", "OLD.entry_id"),
    "complaint_step": ("complaint", "OLD.complaint_id"),
    "complaint_evidence": ("complaint", "OLD.complaint_id"),
    "accident_step": ("accident", "OLD.accident_id"),
}
"""Whose a row is: by its own columns, or by those of the row that it hangs on."""
BLANKED = {"review": ("number_index", "note"), "worker_change": ("shown", "old")}
"""Of append-only tables, a column that may be emptied, and the sealed one."""
REFUSED = {"sqlite": "BEGIN SELECT RAISE(ABORT, 'append-only'); END"}
UNIQUE: tuple[str, ...] = (
    "CREATE UNIQUE INDEX uq_erasure_waiting ON erasure (account_id) WHERE state = 'waiting'",
)
"""`CREATE UNIQUE INDEX … WHERE …` statements, in words both databases know."""
COLUMNS = {
    "sqlite": "SELECT name FROM pragma_table_info('{}')",
    "postgres": "SELECT column_name AS name FROM information_schema.columns "
    "WHERE table_schema = current_schema() AND table_name = '{}'",
}


def _owner(table: str) -> tuple[str, str]:
    """SQL of the worker's and the project's id of a row."""
    first, second = OWNERS[table]
    if first == WORKER:
        return first, second
    worker, project = (
        f"(SELECT {name} FROM {first} WHERE id = {second})"  # noqa: S608
        for name in ("worker_id", "project_id")
    )
    return worker, project


def released(worker: str, project: str) -> str:
    """SQL that is true when every period of that worker on that project is released."""
    ids, last = [worker], worker
    for _ in range(3):
        last = f"(SELECT merged_into_id FROM worker WHERE id = {last})"  # noqa: S608
        ids.append(last)
    periods = (
        f"SELECT 1 FROM engagement WHERE worker_id IN ({', '.join(ids)}) "  # noqa: S608
        f"AND project_id = {project} AND released_on IS"
    )
    return f"EXISTS ({periods} NOT NULL) AND NOT EXISTS ({periods} NULL)"


def _sqlite_delete(table: str) -> str:
    condition = released(*_owner(table))
    return (
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN NOT ({condition}) "
        f"{REFUSED['sqlite']}"
    )


def _postgres_delete(table: str) -> str:
    condition = released(*_owner(table))
    return (
        f"CREATE FUNCTION keep_{table}() RETURNS trigger AS $$ BEGIN "
        f"IF NOT ({condition}) THEN RAISE EXCEPTION 'append-only'; END IF; RETURN OLD; "
        "END $$ LANGUAGE plpgsql; "
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION keep_{table}()"
    )


async def _columns(editor: Any, table: str) -> list[str]:
    dialect = "sqlite" if editor.DIALECT == "sqlite" else "postgres"
    rows = await editor.client.execute_query_dict(COLUMNS[dialect].format(table))
    return sorted(row["name"] for row in rows)


async def _update(editor: Any, table: str, free: tuple[str, ...]) -> list[str]:
    """Triggers: every column but the free ones stays; the first of these may become empty only."""
    fixed = ", ".join(name for name in await _columns(editor, table) if name not in free)
    other = f"NEW.{free[0]} <> '' AND NEW.{free[0]} <> OLD.{free[0]}" if len(free) > 1 else ""
    sqlite = editor.DIALECT == "sqlite"
    end = REFUSED["sqlite"] if sqlite else "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    made = [f"CREATE TRIGGER {table}_no_update BEFORE UPDATE OF {fixed} ON {table} {end}"]
    if other:
        when = f"WHEN {other} {end}" if sqlite else f"FOR EACH ROW WHEN ({other}) {end[13:]}"
        name = f"{table}_no_other_{free[0]}"
        made.append(f"CREATE TRIGGER {name} BEFORE UPDATE OF {free[0]} ON {table} {when}")
    return made


def _dropped(editor: Any, table: str, name: str) -> str:
    place = "" if editor.DIALECT == "sqlite" else f" ON {table}"
    return f"DROP TRIGGER {table}_{name}{place}"


async def forward(_: Any, editor: Any) -> None:
    """Put triggers that let the terms end into the place of those that let nothing go."""
    run = editor.client.execute_script
    for table in OWNERS:
        await run(_dropped(editor, table, "no_delete"))
        written = _sqlite_delete if editor.DIALECT == "sqlite" else _postgres_delete
        await run(written(table))
    for table, free in BLANKED.items():
        await run(_dropped(editor, table, "no_update"))
        for statement in await _update(editor, table, free):
            await run(statement)
    for statement in UNIQUE:
        await run(statement)


async def backward(_: Any, editor: Any) -> None:
    """Let nothing go again."""
    run = editor.client.execute_script
    sqlite = editor.DIALECT == "sqlite"
    end = REFUSED["sqlite"] if sqlite else "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    for table in OWNERS:
        await run(_dropped(editor, table, "no_delete"))
        await run(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {end}")
        if not sqlite:
            await run(f"DROP FUNCTION keep_{table}()")
    for table, free in BLANKED.items():
        await run(_dropped(editor, table, "no_update"))
        await run(_dropped(editor, table, f"no_other_{free[0]}"))
        for statement in await _update(editor, table, free[1:]):
            await run(statement)
    for statement in UNIQUE:
        await run(f"DROP INDEX {statement.split()[3]}")


class Migration(migrations.Migration):
    """Triggers and a partial unique index."""

    dependencies = [("models", "0025_privacy")]
    operations = [ops.RunPython(forward, backward)]
