"""What the clock does with guarantees."""

from datetime import time

from api.funds import guarantees
from api.kit.jobs import regular


@regular("funds.guarantees", at=time(8, 10))
async def watch_guarantees() -> None:
    """Remind before a guarantee ends, say so when it has."""
    await guarantees.watch()
