"""The database's history, and an operation that Tortoise does not have."""

from typing import Any

from tortoise.migrations import operations as ops


class AddFilled(ops.AddField):
    """A column that may not be empty, added to a table in use: rows of before hold its default.

    The default stays in the database, so that code of before goes on writing rows without it.
    """

    async def database_forward(
        self, app_label: str, old_state: Any, new_state: Any, state_editor: Any = None
    ) -> None:
        """Add it with its default."""
        field = new_state.apps.get_model(f"{app_label}.{self.model_name}")._meta.fields_map[
            self.name
        ]
        unset, field.db_default = field.db_default, field.default
        try:
            await super().database_forward(app_label, old_state, new_state, state_editor)
        finally:
            field.db_default = unset
