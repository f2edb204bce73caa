"""What is true of special accounts: their states, what moves money, when one may close. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, unique

NOTICE_DAYS = 30
"""Public notice before an account is closed: Regulation on Wages of Migrant Workers, art. 27."""
TRANSFER_DAYS = 31
"""Labour cost comes in once a month at least: art. 24 and 29."""
REMIND_DAYS = 30
"""So many days before a guarantee ends its owner is reminded; our choice."""


@unique
class AccountState(StrEnum):
    """Where a special account stands."""

    OPENING = "opening"
    ACTIVE = "active"
    CLOSING = "closing"
    CLOSED = "closed"

    @property
    def open(self) -> bool:
        """Whether it still is the project's account."""
        return self is not AccountState.CLOSED

    @property
    def pays(self) -> bool:
        """Whether money may move: what is still owed is paid while closing is announced too."""
        return self in (AccountState.ACTIVE, AccountState.CLOSING)


@unique
class EntryKind(StrEnum):
    """What a line of the account's ledger is."""

    LABOUR_COST_IN = "labour_cost_in"
    WAGE_OUT = "wage_out"
    NON_WAGE_OUT = "non_wage_out"
    INTEREST = "interest"
    CORRECTION = "correction"

    @property
    def sign(self) -> int:
        """1: comes in, -1: goes out, 0: either."""
        return SIGNS[self]

    @property
    def by_hand(self) -> bool:
        """Whether an officer writes it: wages go out by their payment alone."""
        return self is not EntryKind.WAGE_OUT


SIGNS = {
    EntryKind.LABOUR_COST_IN: 1,
    EntryKind.WAGE_OUT: -1,
    EntryKind.NON_WAGE_OUT: -1,
    EntryKind.INTEREST: 1,
    EntryKind.CORRECTION: 0,
}


@unique
class GuaranteeKind(StrEnum):
    """What stands good for the wages: money in a bank, or a guarantee (art. 32)."""

    DEPOSIT = "deposit"
    BANK_GUARANTEE = "bank_guarantee"
    INSURANCE = "insurance"


@unique
class GuaranteeState(StrEnum):
    """Whether it still stands good."""

    VALID = "valid"
    EXPIRED = "expired"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Term:
    """The first and the last day of an agreement; without a last day it has no end."""

    first: date
    last: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it is in force on that day."""
        return self.first <= on and (self.last is None or on <= self.last)


def fits(kind: EntryKind, amount_fen: int) -> bool:
    """Whether an amount has the sign of its kind; nothing moves no money."""
    return amount_fen * kind.sign > 0 if kind.sign else amount_fen != 0


def notice_until(announced_on: date) -> date:
    """The last day of the public notice, the day of announcing not counted."""
    return announced_on + timedelta(days=NOTICE_DAYS)


def notice_over(announced_on: date, today: date) -> bool:
    """Whether the public notice has ended."""
    return today > notice_until(announced_on)
