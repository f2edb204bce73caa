"""Of funds and wages: what never changes, what stays from a moment on, what is there once.

What a worker left goes when his period on the project is released, as in 0026. What was audited
keeps its amounts: nobody changes them by hand after approval (GY-9).
"""

from importlib import import_module
from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

released = import_module("migrations.0026_constraints_privacy").released
ALWAYS = ""
"""Refused whatever the row says."""
GONE = released("OLD.worker_id", "OLD.project_id")
SHEET = "(SELECT {} FROM wage_sheet WHERE id = {})"
OPEN = "('draft', 'submitted')"
LINE_SHEET = SHEET.format("state", "OLD.sheet_id")
LINE = "(SELECT {} FROM wage_line WHERE id = OLD.line_id)"
ITEM_SHEET = SHEET.format("state", LINE.format("sheet_id"))
ITEM_GONE = released(LINE.format("worker_id"), LINE.format("project_id"))
AMOUNTS = (
    "sheet_id, version, pay_kind, rate_fen, unit_hours, overtime_percent, overtime_fen, days, "
    "units, hours, overtime_hours, gross_fen, deducted_fen, net_fen, digest"
)
APPEND_ONLY = {
    "payroll_agreement": ("UPDATE", ALWAYS, ALWAYS),
    "account_entry": ("UPDATE", ALWAYS, ALWAYS),
    "wage_step": ("UPDATE", ALWAYS, ALWAYS),
    "wage_terms": (
        "UPDATE OF id, created_at, project_id, enterprise_id, pay_kind, rate_fen, unit_hours, "
        "overtime_percent, overtime_fen, pay_day, effective_from, contract_id, account_id",
        ALWAYS,
        f"NOT ({GONE})",
    ),
    "wage_line_version": (
        "UPDATE OF id, created_at, line_id, project_id, version, shown, digest, reason, account_id",
        ALWAYS,
        f"NOT ({GONE})",
    ),
    "line_signature": (
        "UPDATE OF id, created_at, line_id, project_id, line_version, digest, way, "
        "strokes_file_id, account_id, at",
        ALWAYS,
        f"NOT ({GONE})",
    ),
}
"""Tables: which change is refused, and when a change and a deletion are. A worker's record that is
merged into another takes its rows along, so `worker_id` may change."""
FIXED = {
    "wage_sheet": (
        "UPDATE",
        "NEW.paid_fen + NEW.failed_fen + NEW.pending_fen <> NEW.total_fen",
        "",
    ),
    "wage_line": (
        f"UPDATE OF {AMOUNTS}",
        f"{LINE_SHEET} NOT IN {OPEN}",
        f"{SHEET.format('submitted_at', 'OLD.sheet_id')} IS NOT NULL AND NOT ({GONE})",
    ),
    "wage_item": (
        "UPDATE OF line_id, kind, amount_fen, quantity, unit, price_fen, note",
        f"{ITEM_SHEET} NOT IN {OPEN}",
        f"{ITEM_SHEET} NOT IN {OPEN} AND NOT ({ITEM_GONE})",
    ),
}
"""Tables whose rows stay from a moment on, in the same form."""
UNIQUE: tuple[str, ...] = (
    "CREATE UNIQUE INDEX uq_special_account_open ON special_account (project_id) "
    "WHERE state <> 'closed'",
    "CREATE UNIQUE INDEX uq_line_contest_open ON line_contest (line_id) WHERE state = 'open'",
)
"""`CREATE UNIQUE INDEX … WHERE …` statements, in words both databases know."""


def _sqlite(table: str, name: str, act: str, when: str) -> str:
    only = f"WHEN {when} " if when else ""
    return (
        f"CREATE TRIGGER {table}_no_{name} BEFORE {act} ON {table} {only}"
        "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
    )


def _postgres(table: str, name: str, act: str, when: str) -> str:
    then = "OLD" if act == "DELETE" else "NEW"
    return (
        f"CREATE FUNCTION {table}_{name}_kept() RETURNS trigger AS $$ BEGIN "
        f"IF {when or 'TRUE'} THEN RAISE EXCEPTION 'append-only'; END IF; RETURN {then}; "
        "END $$ LANGUAGE plpgsql; "
        f"CREATE TRIGGER {table}_no_{name} BEFORE {act} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_{name}_kept()"
    )


async def forward(_: Any, editor: Any) -> None:
    """Add triggers and partial unique indexes."""
    written = _sqlite if editor.DIALECT == "sqlite" else _postgres
    for table, (change, changed, deleted) in {**APPEND_ONLY, **FIXED}.items():
        await editor.client.execute_script(written(table, "update", change, changed))
        await editor.client.execute_script(written(table, "delete", "DELETE", deleted))
    for statement in UNIQUE:
        await editor.client.execute_script(statement)


async def backward(_: Any, editor: Any) -> None:
    """Take them away."""
    sqlite = editor.DIALECT == "sqlite"
    for statement in UNIQUE:
        await editor.client.execute_script(f"DROP INDEX {statement.split()[3]}")
    for table in (*APPEND_ONLY, *FIXED):
        for act in ("update", "delete"):
            place = "" if sqlite else f" ON {table}"
            await editor.client.execute_script(f"DROP TRIGGER {table}_no_{act}{place}")
            if not sqlite:
                await editor.client.execute_script(f"DROP FUNCTION {table}_{act}_kept()")


class Migration(migrations.Migration):
    """Triggers and partial unique indexes."""

    dependencies = [("models", "0030_funds_wages")]
    operations = [ops.RunPython(forward, backward)]
