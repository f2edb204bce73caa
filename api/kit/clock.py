"""The one clock. Instants are aware UTC; a day is a date in Asia/Shanghai.

`set_clock` moves it for drills and tests; nothing else in the project reads the system's time.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


def _system() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system


def set_clock(source: Callable[[], datetime] | None = None) -> None:
    """Let `now` read `source`, or the system's clock again when None."""
    global _source
    _source = source or _system


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _source().astimezone(UTC)


def today() -> date:
    """The present date in Asia/Shanghai."""
    return day_of(now())


def day_of(instant: datetime) -> date:
    """The Asia/Shanghai date of an aware instant."""
    return beijing(instant).date()


def beijing(instant: datetime) -> datetime:
    """The same instant on a clock in Asia/Shanghai. ValueError when naive."""
    if instant.tzinfo is None:
        raise ValueError("naive datetime")
    return instant.astimezone(BEIJING)


def in_seconds(seconds: float) -> datetime:
    """The instant `seconds` from now."""
    return now() + timedelta(seconds=seconds)
