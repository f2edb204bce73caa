"""Structured logs that cannot carry personal data.

A line is an event name and fields from a fixed list; a field not on the list is dropped, long runs
of digits are blotted out, and lines of other people's libraries keep their template only.
"""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any
from uuid import UUID

import orjson
import structlog

from api.kit import clock

ALLOWED = frozenset({
    "account_id", "attempt", "cache", "code", "count", "database", "demo", "duration_ms",
    "error", "event", "host", "job", "key_id", "level", "line", "listening", "logger", "name",
    "operation", "path", "pid", "port", "request_id", "result", "rows", "seconds", "status",
    "system", "timestamp", "trace", "until", "version", "where",
})  # fmt: skip
"""The only fields that a line may carry."""

_DIGITS = re.compile(r"\d{6,}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LONGEST = 4000


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return value if abs(value) < 10**9 else "#"
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, str):
        if not _DIGITS.search(value):
            return value[:LONGEST]
        return value if _UUID.fullmatch(value) else _DIGITS.sub("#", value)[:LONGEST]
    return f"<{type(value).__name__}>"


def only_allowed(_: Any, __: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """The line with allowed fields only, each a short plain value."""
    return {
        # The instant is our own clock's; its digits are no person's.
        key: value if key == "timestamp" else _plain(value)
        for key, value in event.items()
        if key in ALLOWED
    }


def _stamped(_: Any, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    line["timestamp"] = clock.now()
    return line


def _rendered(_: Any, __: str, line: MutableMapping[str, Any]) -> str:
    return orjson.dumps(line, option=orjson.OPT_UTC_Z).decode()


class TemplateOnly(logging.Handler):
    """Takes lines of other libraries: logger, level, template and the exception's frames.

    Arguments and exception texts are left out: they may hold anything.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line through our own logger."""
        template = record.msg if isinstance(record.msg, str) and record.args else ""
        error = record.exc_info[1] if record.exc_info else None
        log.log(
            record.levelno,
            "library.line",
            logger=record.name,
            code=template[:200],
            error=type(error).__name__ if error else None,
            trace=frames(error) if error else None,
        )


def frames(error: BaseException) -> str:
    """Where an exception was raised: file names, lines and functions, without any value."""
    places, trace = [], error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 2)[-1]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return " < ".join(reversed(places[-12:]))


def configure(level: str = "INFO") -> None:
    """Write JSON lines to standard error; route every other library's lines through it."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            _stamped,
            only_allowed,
            _rendered,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers[:] = [TemplateOnly()]
    root.setLevel(logging.WARNING)


log: structlog.stdlib.BoundLogger = structlog.get_logger()
