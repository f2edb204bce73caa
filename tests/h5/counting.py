"""Counts the SQL statements that a piece of code sends."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

LOGGER = logging.getLogger("tortoise.db_client")


class _Seen(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage())


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent inside, in their order; those that open and close a transaction too."""
    handler, level = _Seen(), LOGGER.level
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.DEBUG)
    try:
        yield handler.found
    finally:
        LOGGER.removeHandler(handler)
        LOGGER.setLevel(level)
