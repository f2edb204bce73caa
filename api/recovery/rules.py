"""What follows from what those who know the person have said; pure."""

from collections.abc import Iterable
from enum import StrEnum, unique

COLLEAGUES = 2
"""How many colleagues have to know him, besides the officer who sees him and his card."""


@unique
class Side(StrEnum):
    """As whom somebody speaks."""

    COLLEAGUE = "colleague"
    OFFICER = "officer"


@unique
class State(StrEnum):
    """Where a recovery stands. `over`: decided by another way, or nobody answered in time."""

    OPEN = "open"
    PASSED = "passed"
    REFUSED = "refused"
    OVER = "over"


def verdict(words: Iterable[tuple[Side, bool]]) -> State:
    """What all words together say: one who does not know him is enough to stop this way.

    The two officers' way goes on then: a word against him hinders nobody for good.
    """
    said = list(words)
    if not all(known for _, known in said):
        return State.REFUSED
    sides = [side for side, _ in said]
    enough = sides.count(Side.COLLEAGUE) >= COLLEAGUES and Side.OFFICER in sides
    return State.PASSED if enough else State.OPEN
