"""Money is integer fen: exact, rounded half up in one place, and no float comes near."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.kit.money import fen, times, whole, written

AMOUNTS = st.integers(-(10**12), 10**12)
FACTORS = st.decimals(-1000, 1000, allow_nan=False, places=4)


@given(AMOUNTS)
def test_fen_and_yuan_are_one_amount(amount: int) -> None:
    assert fen(Decimal(amount) / 100) == amount


@given(AMOUNTS, FACTORS)
def test_a_product_is_off_by_half_a_fen_at_most(amount: int, factor: Decimal) -> None:
    exact = Fraction(amount) * Fraction(factor)
    rounded = times(amount, factor)
    assert abs(rounded - exact) <= Fraction(1, 2)
    if abs(rounded - exact) == Fraction(1, 2):
        assert abs(rounded) > abs(exact)


@given(AMOUNTS, FACTORS)
def test_signs_do_not_change_the_rounding(amount: int, factor: Decimal) -> None:
    assert times(-amount, factor) == -times(amount, factor)


@given(AMOUNTS)
def test_what_is_written_reads_back(amount: int) -> None:
    text = written(amount)
    assert fen(Decimal(text.replace(",", ""))) == amount


@pytest.mark.parametrize(
    ("amount", "text"),
    [(548000, "5,480.00"), (0, "0.00"), (5, "0.05"), (-5, "-0.05"), (-123456789, "-1,234,567.89")],
)
def test_how_a_person_reads_it(amount: int, text: str) -> None:
    assert written(amount) == text


@pytest.mark.parametrize(("yuan", "expected"), [("0.005", 1), ("0.004", 0), ("-0.005", -1)])
def test_half_a_fen_goes_away_from_zero(yuan: str, expected: int) -> None:
    assert fen(Decimal(yuan)) == expected


def test_a_float_is_refused() -> None:
    number: Any = 1.5
    with pytest.raises(TypeError):
        fen(number)
    with pytest.raises(TypeError):
        times(1, number)
    with pytest.raises(TypeError):
        times(number, Decimal(1))


@given(st.fractions(-(10**9), 10**9, max_denominator=10**6))
def test_an_exact_sum_is_rounded_once_half_away_from_zero(exact: Fraction) -> None:
    rounded = whole(exact)
    assert abs(rounded - exact) <= Fraction(1, 2)
    if abs(rounded - exact) == Fraction(1, 2):
        assert abs(rounded) > abs(exact)
    assert whole(-exact) == -rounded
