"""What is true of insurance: its kinds, and when a policy holds. Pure."""

from datetime import date
from enum import StrEnum, unique

MOST_PEOPLE = 1_000
"""How many are named to a policy at once."""
UNINSURED = "进场那天没有工伤保险或意外险。可以进场，但请先给他买好保险，再登记到“保险”里。"
"""What the entry check says. It warns and does not bar: the worker would lose his day for it."""


@unique
class Kind(StrEnum):
    """What a policy is against. Each of them counts as insured."""

    WORK_INJURY = "work_injury"
    ACCIDENT = "accident"
    LIABILITY = "liability"

    @property
    def called(self) -> str:
        """What people call it."""
        return CALLED[self]


CALLED = {
    Kind.WORK_INJURY: "工伤保险",
    Kind.ACCIDENT: "意外伤害险",
    Kind.LIABILITY: "雇主责任险",
}


def holds(starts_on: date, ends_on: date, day: date) -> bool:
    """Whether a period, both days included, holds on the day."""
    return starts_on <= day <= ends_on
