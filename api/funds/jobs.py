"""What the clock does with guarantees and accounts."""

from datetime import time

from api.funds import balancing, guarantees
from api.kit.jobs import regular


@regular("funds.guarantees", at=time(8, 10))
async def watch_guarantees() -> None:
    """Remind before a guarantee ends, say so when it has."""
    await guarantees.watch()


@regular("funds.balances", at=time(6, 40))
async def compare_balances() -> None:
    """Hold every account against the bank's, before anybody pays."""
    await balancing.compare_all()
