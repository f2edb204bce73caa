"""Telling somebody something, and a clock that stands still."""

from datetime import datetime, timedelta
from uuid import UUID

from api.kit import clock
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction
from api.notices import service


async def tell(account_id: UUID, kind: str, **params: str) -> None:
    async with transaction():
        service.tell(SYSTEM, account_id, kind, params)


def next_at(hour: int, minute: int = 0) -> datetime:
    """The next instant at which clocks in Asia/Shanghai show this time."""
    local = clock.beijing(clock.now())
    due = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return due if due > local else due + timedelta(days=1)


def stop_clock(at: datetime) -> None:
    clock.set_clock(lambda: at)
