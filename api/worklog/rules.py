"""What work amounts to, what a day's books amount to, and where they differ. Pure.

Amounts are exact until they are rounded once, to the fen, by `kit.money`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum, unique
from fractions import Fraction
from typing import Protocol

from api.kit import money

ZERO = Decimal(0)
CENT = Decimal("0.01")
DAY_HOURS = Decimal(8)
"""Labour Law, art. 36: eight hours a day."""
MONTH_OVERTIME = Decimal(36)
"""Labour Law, art. 41: overtime of 36 hours a month at most."""


@unique
class Book(StrEnum):
    """Whose book."""

    WORKER = "worker"
    LEADER = "leader"

    @property
    def other(self) -> "Book":
        """The other side's."""
        return Book.LEADER if self is Book.WORKER else Book.WORKER


@unique
class Kind(StrEnum):
    """What an entry records."""

    TIME = "time"
    PIECE = "piece"
    PIECE_DAYS = "piece_days"
    ADVANCE = "advance"
    SETTLEMENT = "settlement"

    @property
    def is_work(self) -> bool:
        """Whether it is work done, and not money paid."""
        return self not in (Kind.ADVANCE, Kind.SETTLEMENT)


@unique
class Given(StrEnum):
    """How time was written down: the other figure follows by the pay template."""

    NONE = ""
    HOURS = "hours"
    UNITS = "units"


@dataclass(frozen=True, slots=True)
class Pay:
    """How time is paid: so many hours are one 工 (`unit_hours`), of `rate_fen`.

    Overtime counts one 工 for `overtime_unit_hours`, or is paid `overtime_rate_fen` by the hour;
    with neither it counts like other hours. rate_fen None: not agreed yet.
    """

    rate_fen: int | None = None
    unit_hours: Decimal = DAY_HOURS
    overtime_unit_hours: Decimal | None = None
    overtime_rate_fen: int | None = None


USUAL = Pay()
"""What counts while nothing is agreed: eight hours are one 工."""


def worked(pay: Pay, *, hours: Decimal) -> Fraction:
    """How many 工 so many hours are, exactly."""
    return Fraction(hours) / Fraction(pay.unit_hours)


def as_given(units: Decimal) -> Fraction:
    """So many 工, exactly."""
    return Fraction(units)


def earned_fen(pay: Pay, units: Fraction, overtime_hours: Decimal) -> int | None:
    """What `units` 工 and so many hours of overtime earn; None while no rate is agreed.

    rate × 工 + rate / M × overtime, or + yuan per hour × overtime; 工 are hours / N.
    """
    if pay.rate_fen is None:
        return None
    rate = Fraction(pay.rate_fen)
    if pay.overtime_rate_fen is not None:
        by_hour = Fraction(pay.overtime_rate_fen)
    else:
        by_hour = rate / Fraction(pay.overtime_unit_hours or pay.unit_hours)
    return money.whole(rate * units + by_hour * Fraction(overtime_hours))


def piece_fen(price_fen: int | None, quantity: Decimal) -> int | None:
    """Price × quantity; None without a price."""
    return None if price_fen is None else money.times(price_fen, quantity)


def hours_of(pay: Pay, units: Decimal) -> Decimal:
    """How many hours so many 工 are."""
    return (units * pay.unit_hours).quantize(CENT, rounding=ROUND_HALF_UP)


def units_of(pay: Pay, hours: Decimal) -> Decimal:
    """How many 工 so many hours are, to the hundredth; what is paid follows from the hours."""
    return (hours / pay.unit_hours).quantize(CENT, rounding=ROUND_HALF_UP)


class Sayable(Protocol):
    """An entry, as far as sums depend on it."""

    units: Decimal
    hours: Decimal
    overtime_hours: Decimal
    quantity: Decimal
    amount_fen: int | None


@dataclass(frozen=True, slots=True)
class Sum:
    """What one book says in all. amount_fen None: nothing of it has a price."""

    entries: int = 0
    units: Decimal = ZERO
    hours: Decimal = ZERO
    overtime: Decimal = ZERO
    quantity: Decimal = ZERO
    amount_fen: int | None = None


def sum_of(entries: Sequence[Sayable]) -> Sum:
    """The entries of one book together."""
    priced = [each.amount_fen for each in entries if each.amount_fen is not None]
    return Sum(
        entries=len(entries),
        units=sum((each.units for each in entries), ZERO),
        hours=sum((each.hours for each in entries), ZERO),
        overtime=sum((each.overtime_hours for each in entries), ZERO),
        quantity=sum((each.quantity for each in entries), ZERO),
        amount_fen=sum(priced) if priced else None,
    )


@unique
class Difference(StrEnum):
    """Where two books differ."""

    SAME = "same"
    ONLY_WORKER = "only_worker"
    ONLY_LEADER = "only_leader"
    WORK = "work"
    RATE = "rate"
    MONEY = "money"


def difference(is_money: bool, worker: Sum, leader: Sum) -> Difference:
    """How the books differ on one line.

    Work agrees when 工 or hours agree, and overtime and quantity too: one side may count in 工, the
    other in hours. Of the same work at another price the rate differs; who has no price yet agrees.
    """
    if not (worker.entries and leader.entries):
        if worker.entries == leader.entries:
            return Difference.SAME
        return Difference.ONLY_WORKER if worker.entries else Difference.ONLY_LEADER
    if is_money:
        same = worker.amount_fen == leader.amount_fen
        return Difference.SAME if same else Difference.MONEY
    times = worker.units == leader.units or (worker.hours == leader.hours != ZERO)
    if not times or (worker.overtime, worker.quantity) != (leader.overtime, leader.quantity):
        return Difference.WORK
    amounts = {worker.amount_fen, leader.amount_fen} - {None}
    return Difference.RATE if len(amounts) > 1 else Difference.SAME


def kept_halves(called: str, before: Iterable[str]) -> set[str]:
    """Which parts of a day that were called before go on beside the one that is called now.

    A morning and an afternoon stand beside each other; everything else takes the other's place.
    """
    halves = {"morning", "afternoon"}
    return {each for each in before if called in halves and each in halves and each != called}


@dataclass(frozen=True, slots=True)
class LegalCheck:
    """What the law says of the hours written down (L-34): information, it hinders nothing.

    long_days: days over eight hours. overtime: hours beyond eight, of all days together.
    """

    long_days: int
    overtime: Decimal

    @property
    def over(self) -> bool:
        """Whether the overtime of a month is beyond 36 hours."""
        return self.overtime > MONTH_OVERTIME


def legal_check(hours_by_day: Iterable[tuple[date, Decimal]]) -> LegalCheck:
    """The check lines of days whose hours come in any number of parts."""
    days: dict[date, Decimal] = {}
    for day, hours in hours_by_day:
        days[day] = days.get(day, ZERO) + hours
    beyond = [hours - DAY_HOURS for hours in days.values() if hours > DAY_HOURS]
    return LegalCheck(len(beyond), sum(beyond, ZERO))
