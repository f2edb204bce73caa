"""Of payroll: what never changes, and that a wage line is under way or paid once at most.

A payment's payee and card may be sealed anew by a rotation of keys; its amount stays as approved
(GY-9). It goes when its worker's period on the project is released, as in 0026.
"""

from importlib import import_module
from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

released = import_module("migrations.0026_constraints_privacy").released
_wages = import_module("migrations.0031_constraints_wages")
ALWAYS = ""
"""Refused whatever the row says."""
APPEND_ONLY = {
    "bank_receipt": ("UPDATE", ALWAYS, ALWAYS),
    "advance_recovery": ("UPDATE", ALWAYS, ALWAYS),
}
"""Tables: which change is refused, and when a change and a deletion are."""
FIXED = {
    "bank_batch": (
        "UPDATE OF id, created_at, number, sheet_id, project_id, contractor_id, enterprise_id, "
        "payer, way, lines, total_fen",
        ALWAYS,
        ALWAYS,
    ),
    "batch_line": (
        "UPDATE OF id, created_at, batch_id, line_id, sheet_id, project_id, seq, card_index, "
        "amount_fen, again",
        ALWAYS,
        f"NOT ({released('OLD.worker_id', 'OLD.project_id')})",
    ),
    "bank_exception": (
        "UPDATE OF id, created_at, batch_id, project_id, contractor_id, region, seq, amount_fen, "
        "outcome, reason, reference, at, why",
        ALWAYS,
        ALWAYS,
    ),
}
"""Tables of whose rows some columns stay, in the same form."""
UNIQUE: tuple[str, ...] = (
    "CREATE UNIQUE INDEX uq_batch_line_live ON batch_line (line_id) "
    "WHERE state IN ('waiting', 'succeeded')",
)
"""`CREATE UNIQUE INDEX … WHERE …` statements, in words both databases know."""


async def forward(_: Any, editor: Any) -> None:
    """Add triggers and a partial unique index."""
    written = _wages._sqlite if editor.DIALECT == "sqlite" else _wages._postgres
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
    """Triggers and a partial unique index."""

    dependencies = [("models", "0034_payroll")]
    operations = [ops.RunPython(forward, backward)]
