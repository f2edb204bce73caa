"""What time and pieces earn, to the fen; how books differ; what the law says of the hours."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.worklog import rules
from api.worklog.rules import Difference, Pay, Sum

D = Decimal


@pytest.mark.parametrize(
    ("pay", "hours", "overtime", "expected"),
    [
        # (a) rate / N × hours + rate / M × overtime
        (Pay(30000, D(9), D(6)), "9", "0", 30000),
        (Pay(30000, D(9), D(6)), "9", "3", 45000),
        (Pay(30000, D(9), D(6)), "4.5", "0", 15000),
        (Pay(32000, D(8), D(8)), "10", "0", 40000),
        (Pay(30000, D(9), D(6)), "8", "0", 26667),
        (Pay(10000, D(3), D(3)), "1", "1", 6667),
        (Pay(10000, D(3), D(3)), "1", "0", 3333),
        (Pay(10000, D(6), D(6)), "0.5", "0.5", 1667),
        # (b) rate / N × hours + yuan per hour × overtime
        (Pay(30000, D(9), None, 4000), "9", "2.5", 40000),
        (Pay(30000, D(9), None, 3333), "8", "0.5", 28333),
        (Pay(30000, D(9), None, 3333), "0", "1.5", 5000),
        # overtime like other hours when nothing is said of it
        (Pay(32000, D(8)), "8", "2", 40000),
        (Pay(1, D(8)), "4", "0", 1),
        (Pay(1, D(8)), "3.99", "0", 0),
        (Pay(None, D(8), D(6)), "8", "2", None),
        (Pay(None, D(8), None, 4000), "8", "2", None),
    ],
)
def test_time_earns_by_the_formulas(
    pay: Pay, hours: str, overtime: str, expected: int | None
) -> None:
    exact = rules.worked(pay, hours=D(hours))
    assert rules.earned_fen(pay, exact, D(overtime)) == expected


@pytest.mark.parametrize(
    ("price", "quantity", "expected"),
    [(1250, "10", 12500), (333, "0.5", 167), (1, "0.49", 0), (99, "3.33", 330), (None, "5", None)],
)
def test_pieces_earn_price_times_quantity(
    price: int | None, quantity: str, expected: int | None
) -> None:
    assert rules.piece_fen(price, D(quantity)) == expected


RATES = st.integers(1, 500_000)
LENGTHS = st.decimals(1, 24, places=2)
HOURS = st.decimals(0, 24, places=2)
PAYS = st.builds(
    Pay,
    RATES,
    LENGTHS,
    st.one_of(st.none(), LENGTHS),
    st.just(None),
) | st.builds(Pay, RATES, LENGTHS, st.just(None), RATES)


def exactly(pay: Pay, hours: Decimal, overtime: Decimal) -> Fraction:
    """The formula of the trade, written once more and without any rounding."""
    rate = Fraction(pay.rate_fen or 0)
    extra = (
        Fraction(pay.overtime_rate_fen)
        if pay.overtime_rate_fen is not None
        else rate / Fraction(pay.overtime_unit_hours or pay.unit_hours)
    )
    return rate * Fraction(hours) / Fraction(pay.unit_hours) + extra * Fraction(overtime)


@given(PAYS, HOURS, HOURS)
def test_the_amount_is_the_exact_one_rounded_once(
    pay: Pay, hours: Decimal, overtime: Decimal
) -> None:
    found = rules.earned_fen(pay, rules.worked(pay, hours=hours), overtime)
    assert found is not None
    exact = exactly(pay, hours, overtime)
    assert Fraction(-1, 2) < exact - found <= Fraction(1, 2) or exact == found - Fraction(1, 2)
    assert found == int(exact + Fraction(1, 2))


@given(PAYS, st.decimals(0, 3, places=2), HOURS)
def test_units_and_the_hours_they_stand_for_earn_the_same(
    pay: Pay, units: Decimal, overtime: Decimal
) -> None:
    by_units = rules.earned_fen(pay, rules.as_given(units), overtime)
    by_hours = rules.earned_fen(
        pay, Fraction(units) * Fraction(pay.unit_hours) / Fraction(pay.unit_hours), overtime
    )
    assert by_units == by_hours


@given(PAYS, HOURS, HOURS, HOURS)
def test_more_hours_never_earn_less(pay: Pay, hours: Decimal, more: Decimal, ot: Decimal) -> None:
    less = rules.earned_fen(pay, rules.worked(pay, hours=min(hours, more)), ot)
    most = rules.earned_fen(pay, rules.worked(pay, hours=max(hours, more)), ot)
    assert less is not None and most is not None and less <= most


@given(RATES, LENGTHS, st.integers(1, 40))
def test_whole_units_earn_whole_rates(rate: int, length: Decimal, count: int) -> None:
    pay = Pay(rate, length, length)
    assert rules.earned_fen(pay, rules.worked(pay, hours=length * count), D(0)) == rate * count


def summed(units: str = "0", hours: str = "0", fen: int | None = None, **more: str) -> Sum:
    values = {name: D(value) for name, value in more.items()}
    return Sum(1, D(units), D(hours), amount_fen=fen, **values)


@pytest.mark.parametrize(
    ("worker", "leader", "expected"),
    [
        (Sum(), Sum(), Difference.SAME),
        (summed("1"), Sum(), Difference.ONLY_WORKER),
        (Sum(), summed("1"), Difference.ONLY_LEADER),
        (summed("1", "8"), summed("1", "9"), Difference.SAME),
        (summed("1.11", "10"), summed("1", "10"), Difference.SAME),
        (summed("1", "8"), summed("0.5", "4"), Difference.WORK),
        (summed("1", overtime="2"), summed("1", overtime="1"), Difference.WORK),
        (summed(quantity="10"), summed(quantity="9.5"), Difference.WORK),
        (summed("1", fen=30000), summed("1", fen=32000), Difference.RATE),
        (summed("1", fen=30000), summed("1"), Difference.SAME),
    ],
)
def test_books_differ_in_work_or_rate(worker: Sum, leader: Sum, expected: Difference) -> None:
    assert rules.difference(False, worker, leader) is expected


def test_money_differs_by_the_amount() -> None:
    assert rules.difference(True, summed(fen=500), summed(fen=500)) is Difference.SAME
    assert rules.difference(True, summed(fen=500), summed(fen=400)) is Difference.MONEY


MIRRORED = {
    Difference.ONLY_WORKER: Difference.ONLY_LEADER,
    Difference.ONLY_LEADER: Difference.ONLY_WORKER,
}
SUMS = st.builds(
    Sum,
    st.integers(0, 2),
    st.sampled_from([D(0), D("0.5"), D(1)]),
    st.sampled_from([D(0), D(8)]),
    st.sampled_from([D(0), D(2)]),
    st.just(D(0)),
    st.sampled_from([None, 100, 200]),
)


@given(st.booleans(), SUMS, SUMS)
def test_a_difference_looks_the_same_from_both_sides(money: bool, one: Sum, other: Sum) -> None:
    found = rules.difference(money, one, other)
    assert rules.difference(money, other, one) is MIRRORED.get(found, found)
    assert rules.difference(money, one, one) is Difference.SAME


@pytest.mark.parametrize(
    ("part", "before", "kept"),
    [
        ("morning", ["afternoon"], {"afternoon"}),
        ("morning", ["morning", "whole"], set()),
        ("whole", ["morning", "afternoon"], set()),
        ("afternoon", ["morning", ""], {"morning"}),
    ],
)
def test_two_halves_stand_beside_each_other(part: str, before: list[str], kept: set[str]) -> None:
    assert rules.kept_halves(part, before) == kept


@given(st.lists(st.tuples(st.integers(0, 6), st.decimals(0, 12, places=1))))
def test_the_law_counts_days_over_eight_hours_and_what_is_beyond(
    parts: list[tuple[int, Decimal]],
) -> None:
    first = date(2026, 11, 1)
    check = rules.legal_check([(first + timedelta(days=n), hours) for n, hours in parts])
    by_day: dict[int, Decimal] = defaultdict(Decimal)
    for n, hours in parts:
        by_day[n] += hours
    beyond = [hours - 8 for hours in by_day.values() if hours > 8]
    assert check.long_days == len(beyond)
    assert check.overtime == sum(beyond)
    assert check.over == (sum(beyond) > 36)
