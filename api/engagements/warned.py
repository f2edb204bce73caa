"""What the entry check warns of beside what is missing: rooms above, which know it, say so."""

from collections.abc import Awaitable, Callable
from datetime import date

from api.engagements.models import Engagement

Warner = Callable[[Engagement, date], Awaitable[str | None]]
"""From the period and the day to a sentence with what to do; None when all is well."""
_WARNERS: list[Warner] = []


def warn(warner: Warner) -> None:
    """Let `warner` be asked at every entry check."""
    _WARNERS.append(warner)


async def of(row: Engagement, day: date) -> tuple[str, ...]:
    """What all of them say."""
    said = [await warner(row, day) for warner in _WARNERS]
    return tuple(each for each in said if each)
