"""Identifiers: UUIDv7 (RFC 9562), whose order is the order of making."""

import os
import secrets
import time
from datetime import date, datetime
from datetime import time as clock_time
from uuid import UUID

from api.kit import clock

NOON = clock_time(12)

_last = 0


def new_id() -> UUID:
    """A fresh UUIDv7, greater than every earlier one made in this process."""
    global _last
    tick = max(time.time_ns() * 4096 // 1_000_000, _last + 1)
    _last = tick
    return _version_7(tick >> 12, tick & 0xFFF)


def _version_7(milliseconds: int, low: int) -> UUID:
    """Of an instant: 48 bits of milliseconds, 12 bits `low`, the rest drawn."""
    value = milliseconds << 80 | 0x7 << 76 | low << 64
    return UUID(int=value | 0b10 << 62 | int.from_bytes(os.urandom(8)) >> 2)


def new_token() -> str:
    """An unguessable URL-safe token of 256 bits."""
    return secrets.token_urlsafe(32)


def new_digits(length: int) -> str:
    """`length` unguessable decimal digits, as for a text-message code."""
    return f"{secrets.randbelow(10**length):0{length}d}"


def day_id(day: date) -> UUID:
    """A fresh UUIDv7 whose time is that day's noon in Asia/Shanghai: its order tells days alone.

    For rows whose instant of making nobody may read from their address.
    """
    noon = datetime.combine(day, NOON, tzinfo=clock.BEIJING)
    return _version_7(int(noon.timestamp() * 1000), secrets.randbits(12))
