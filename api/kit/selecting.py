"""Statements of our own, for lists and look-ups that are asked for more often than all others.

The ORM writes its text anew each time and makes whole rows, a statement for each table: of what a
small statement takes, that is most. Values are read by the fields of the models, as the ORM does
it, so that both stores give the same.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import count
from typing import Any

from tortoise import connections
from tortoise.models import Model

from api.kit.transaction import CONNECTION, is_sqlite


class Select:
    """`SELECT columns tail`; columns: `alias.field, …`, each alias that of a model's table."""

    def __init__(self, columns: str, models: Mapping[str, type[Model]], tail: str) -> None:
        self.places = [tuple(each.strip().split(".")) for each in columns.split(",")]
        fields = (models[alias]._meta.fields_map[name] for alias, name in self.places)
        self._read = [field.to_python_value for field in fields]
        self._text = f"SELECT {columns} {tail}"

    async def rows(self, more: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        """The rows; more: what follows in the text, with a `?` for each of the values."""
        text = _text(f"{self._text} {more}", is_sqlite())
        # Ids as text, which is how SQLite keeps them; PostgreSQL takes them so, too.
        plain = [value if isinstance(value, int) else str(value) for value in values]
        _, found = await connections.get(CONNECTION).execute_query(text, plain)
        return [
            tuple(read(value) for read, value in zip(self._read, row, strict=True)) for row in found
        ]


def places(many: Sequence[object]) -> str:
    """A `?` for each of them, with commas."""
    return ", ".join("?" * len(many))


@lru_cache(maxsize=1024)
def _text(text: str, sqlite: bool) -> str:
    """With placeholders as the store writes them."""
    numbers = count(1)
    return text if sqlite else re.sub(r"\?", lambda _: f"${next(numbers)}", text)
