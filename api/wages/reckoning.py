"""What work comes to: items of a line from days, terms and amounts, and what the worker sees. Pure.

Amounts are exact fractions of a fen until each item is rounded once by `kit.money`; the sum of
the items is the net amount, and the sum of the lines the sheet's total.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum, unique
from fractions import Fraction
from functools import cached_property
from typing import Any

from api.kit import money

ZERO = Decimal(0)
CENT = Decimal("0.01")
EIGHT = Decimal(8)
OVERTIME_PERCENT = 150
"""Labour Law, art. 44: overtime on a working day."""
MONTH_DAYS = Decimal("21.75")
"""Paid days of a month: 人社部发〔2008〕3 号 and its successor of 2025."""
DEDUCTION_CAP = Fraction(1, 5)
"""劳部发〔1994〕489 号, art. 16: a month's deductions for damage are at most a fifth."""


@unique
class PayKind(StrEnum):
    """By what a wage is counted."""

    MONTH = "month"
    DAY = "day"
    HOUR = "hour"
    PIECE = "piece"


@unique
class ItemKind(StrEnum):
    """What an amount of a line is."""

    BASIC = "basic"
    PIECE = "piece"
    OVERTIME = "overtime"
    BONUS = "bonus"
    BACK_PAY = "back_pay"
    DEDUCTION = "deduction"
    ADVANCE = "advance"

    @property
    def taken(self) -> bool:
        """Whether it lessens the wage."""
        return self in (ItemKind.DEDUCTION, ItemKind.ADVANCE)

    @property
    def by_hand(self) -> bool:
        """Whether an officer may add it, with a reason: the others follow from work and terms."""
        return self in (ItemKind.BONUS, ItemKind.BACK_PAY, ItemKind.DEDUCTION)


@unique
class Hint(StrEnum):
    """What an officer should look at before he goes on; it hinders nothing but `NO_TERMS`."""

    NO_TERMS = "no_terms"
    DEDUCTION_CAP = "deduction_cap"
    BELOW_MINIMUM = "below_minimum"
    ADVANCE_LEFT = "advance_left"


@dataclass(frozen=True, slots=True)
class Terms:
    """How somebody is paid: `rate_fen` a month, a 工, an hour or a piece.

    Overtime is paid overtime_fen by the hour or, without it, overtime_percent of the hour's pay.
    """

    pay_kind: PayKind
    rate_fen: int
    unit_hours: Decimal = EIGHT
    overtime_percent: int | None = OVERTIME_PERCENT
    overtime_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day's work: 工 that count, and hours of overtime beside them."""

    on: date
    units: Decimal
    overtime: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Piece:
    """Agreed piece work of one unit on a day; amount_fen: as both books say, None: at the terms'
    price."""

    unit: str
    quantity: Decimal
    amount_fen: int | None = None
    on: date = date.min


@dataclass(frozen=True, slots=True)
class Advance:
    """An agreed advance 借支 that was not taken back yet; positive."""

    source: str
    on: date
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Item:
    """One amount of a line, signed."""

    kind: ItemKind
    amount_fen: int
    quantity: Decimal | None = None
    unit: str = ""
    price_fen: int | None = None
    note: str = ""
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """What a line's items come to."""

    gross_fen: int
    deducted_fen: int

    @property
    def net_fen(self) -> int:
        """What is paid: the sum of the items."""
        return self.gross_fen - self.deducted_fen


@dataclass(frozen=True)
class Work:
    """What a line was drawn from.

    month_days: for pay by the month, how many working days the month of each day has.
    """

    days: Sequence[Day] = ()
    pieces: Sequence[Piece] = ()
    advances: Sequence[Advance] = ()
    month_days: Mapping[tuple[int, int], int] | None = None

    @cached_property
    def units(self) -> Decimal:
        """All 工."""
        return sum((each.units for each in self.days), ZERO)

    @cached_property
    def overtime(self) -> Decimal:
        """All hours of overtime."""
        return sum((each.overtime for each in self.days), ZERO)


def hours_of(units: Decimal, terms: Terms | None) -> Decimal:
    """The hours of so many 工, to the hundredth; eight each while nothing is agreed."""
    unit_hours = terms.unit_hours if terms else EIGHT
    return (units * unit_hours).quantize(CENT, rounding=ROUND_HALF_UP)


Schedule = Sequence[tuple[date, Terms]]
"""What is agreed since which day, the earliest first; that one counts for days before it, too."""


@dataclass(frozen=True, slots=True)
class Part:
    """The work that one of the terms pays; at: which of them. note: its days, where there are more
    parts."""

    at: int
    terms: Terms
    work: Work
    note: str = ""


def items_of(parts: Iterable[Part], advances: Iterable[Advance]) -> list[Item]:
    """What each part of the work earns by its terms, and what was advanced on it.

    Advances are taken back in their order while the wage covers the whole of one; what it does not
    cover waits for the next sheet, so that a wage is never below nothing.
    """
    earned = [replace(item, note=part.note) for part in parts for item in _earned(part)]
    return earned + _advances(sum(each.amount_fen for each in earned), advances)


def parts_of(agreed: Schedule, work: Work) -> list[Part]:
    """The work by the terms that pay it; without those that pay nothing of it."""
    begins = [date.min, *(since for since, _ in agreed[1:])][: len(agreed)]
    ends = [*begins[1:], date.max][: len(agreed)]
    found = []
    for at, ((_, terms), begin, end) in enumerate(zip(agreed, begins, ends, strict=True)):
        days = [each for each in work.days if begin <= each.on < end]
        pieces = [each for each in work.pieces if begin <= each.on < end]
        if days or pieces:
            found.append(Part(at, terms, Work(days, _together(pieces), (), work.month_days)))
    if len(found) == 1:
        return found
    return [replace(each, note=_since(begins[each.at], ends[each.at])) for each in found]


def _since(begin: date, end: date) -> str:
    if begin == date.min:
        return f"{end.month}月{end.day}日前"
    return f"{begin.month}月{begin.day}日起"


def _together(pieces: Iterable[Piece]) -> list[Piece]:
    """Piece work by unit; what has an agreed amount apart from what the terms' price is for."""
    sums: dict[tuple[str, bool], Piece] = {}
    for each in pieces:
        key = (each.unit, each.amount_fen is not None)
        known = sums.get(key)
        amount = each.amount_fen
        if known is not None and amount is not None:
            amount += known.amount_fen or 0
        quantity = each.quantity + (known.quantity if known else ZERO)
        sums[key] = Piece(each.unit, quantity, amount)
    return [sums[key] for key in sorted(sums)]


def _earned(part: Part) -> list[Item]:
    terms, work = part.terms, part.work
    return [*_basic(terms, work), *_pieces(terms, work.pieces), *_overtime(terms, work)]


def _basic(terms: Terms, work: Work) -> list[Item]:
    if terms.pay_kind is PayKind.PIECE or not work.units:
        return []
    units = work.units
    if terms.pay_kind is PayKind.HOUR:
        exact = Fraction(units) * Fraction(terms.unit_hours) * terms.rate_fen
        quantity, unit = hours_of(units, terms), "小时"
    elif terms.pay_kind is PayKind.DAY:
        exact, quantity, unit = Fraction(units) * terms.rate_fen, units, "工"
    else:
        exact, quantity, unit = _monthly(terms.rate_fen, work), units, "天"
    price = None if terms.pay_kind is PayKind.MONTH else terms.rate_fen
    return [Item(ItemKind.BASIC, money.whole(exact), quantity, unit, price)]


def _monthly(rate_fen: int, work: Work) -> Fraction:
    """A month's rate for all its working days; each day is its share, also one beyond them.

    Holidays are in the rate: who worked every working day has earned the whole of it.
    """
    by_month = work.month_days or {}
    shares = (
        Fraction(day.units) / Fraction(by_month.get((day.on.year, day.on.month), MONTH_DAYS))
        for day in work.days
    )
    return rate_fen * sum(shares, Fraction(0))


def _pieces(terms: Terms, pieces: Iterable[Piece]) -> list[Item]:
    by_piece = terms.pay_kind is PayKind.PIECE
    return [
        Item(ItemKind.PIECE, each.amount_fen, each.quantity, each.unit)
        if each.amount_fen is not None
        else Item(
            ItemKind.PIECE,
            money.times(terms.rate_fen, each.quantity),
            each.quantity,
            each.unit,
            terms.rate_fen,
        )
        for each in pieces
        if each.amount_fen is not None or by_piece
    ]


def _overtime(terms: Terms, work: Work) -> list[Item]:
    hours, price = work.overtime, hour_fen(terms)
    if not hours or price is None:
        return []
    shown = None if price.denominator > 1 else int(price)
    return [Item(ItemKind.OVERTIME, money.whole(price * Fraction(hours)), hours, "小时", shown)]


def hour_fen(terms: Terms) -> Fraction | None:
    """What an hour of overtime earns, exactly; None for piece work without an amount agreed."""
    if terms.overtime_fen is not None:
        return Fraction(terms.overtime_fen)
    rate, percent = Fraction(terms.rate_fen), terms.overtime_percent
    if percent is None or terms.pay_kind is PayKind.PIECE:
        return None
    by_kind = {
        PayKind.HOUR: rate,
        PayKind.DAY: rate / Fraction(terms.unit_hours),
        PayKind.MONTH: rate / Fraction(MONTH_DAYS) / Fraction(terms.unit_hours),
    }
    return by_kind[terms.pay_kind] * percent / 100


def _advances(earned_fen: int, advances: Iterable[Advance]) -> list[Item]:
    taken, left = [], earned_fen
    for each in sorted(advances, key=lambda one: (one.on, one.source)):
        if each.amount_fen > left:
            break
        left -= each.amount_fen
        note = each.on.isoformat()
        taken.append(Item(ItemKind.ADVANCE, -each.amount_fen, note=note, source=each.source))
    return taken


def totals(amounts_fen: Iterable[int]) -> Totals:
    """What the signed amounts of a line come to."""
    amounts = list(amounts_fen)
    return Totals(
        gross_fen=sum(each for each in amounts if each > 0),
        deducted_fen=-sum(each for each in amounts if each < 0),
    )


def hints(
    terms: Terms | None,
    items: Sequence[Item],
    *,
    units: Decimal,
    advances: int = 0,
    minimum_month_fen: int | None = None,
) -> list[Hint]:
    """What to look at. advances: how many were due; minimum_month_fen: the region's wage (L-35)."""
    found = [] if terms is not None else [Hint.NO_TERMS]
    sums = totals(each.amount_fen for each in items)
    deducted = -sum(each.amount_fen for each in items if each.kind is ItemKind.DEDUCTION)
    if deducted > DEDUCTION_CAP * sums.gross_fen:
        found.append(Hint.DEDUCTION_CAP)
    earned = sums.gross_fen - deducted
    if minimum_month_fen and earned < Fraction(minimum_month_fen) / Fraction(MONTH_DAYS) * Fraction(
        units
    ):
        found.append(Hint.BELOW_MINIMUM)
    if advances > sum(each.kind is ItemKind.ADVANCE for each in items):
        found.append(Hint.ADVANCE_LEFT)
    return found


def plain(amount: Decimal) -> str:
    """A decimal as it is written: 1.50 is `1.5`, 20 is `20`."""
    return f"{amount.normalize():f}"


def canonical(shown: Mapping[str, Any]) -> bytes:
    """The one way to write what a line says: keys in order, no spaces, UTF-8."""
    return json.dumps(
        shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def digest(shown: Mapping[str, Any]) -> str:
    """SHA-256 of what the worker sees, 64 hex digits (BY-08)."""
    return hashlib.sha256(canonical(shown)).hexdigest()
