"""Periods of days, by their definition: a set of days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.projects.models import Policy, Status
from api.projects.periods import Period
from api.projects.rules import DEFAULT_POLICY, STEPS, clock_time, policy_on

START = date(2026, 1, 1)
DAYS = st.integers(0, 40)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(DAYS)
    length = draw(st.none() | st.integers(0, 20))
    first = START + timedelta(days=start)
    return Period(first, None if length is None else first + timedelta(days=length))


def _days(period: Period) -> set[date]:
    return {day for n in range(100) if (day := START + timedelta(days=n)) in period}


@given(periods(), periods())
def test_two_periods_overlap_when_they_share_a_day(one: Period, other: Period) -> None:
    assert one.overlaps(other) == bool(_days(one) & _days(other))
    assert one.overlaps(other) == other.overlaps(one)
    assert one.overlaps(one)


@given(periods())
def test_both_ends_count(period: Period) -> None:
    assert period.start in period
    assert period.start - timedelta(days=1) not in period
    if period.end:
        assert period.end in period
        assert period.end + timedelta(days=1) not in period


def test_a_period_never_ends_before_it_starts() -> None:
    with pytest.raises(ValueError, match="before"):
        Period(START, START - timedelta(days=1))


def _policy(day: int, tolerance: int) -> Policy:
    return Policy(
        effective_from=START + timedelta(days=day), methods=["fence"], photo=False,
        shift_start_min=480, shift_end_min=1920, tolerance_m=tolerance,
    )  # fmt: skip


@given(st.lists(DAYS, max_size=6), DAYS, st.integers(1, 10))
def test_a_later_policy_never_changes_an_earlier_day(
    days: list[int], asked: int, ahead: int
) -> None:
    rows = [_policy(day, n) for n, day in enumerate(days)]
    day = START + timedelta(days=asked)
    assert policy_on(day, rows) == policy_on(day, [*rows, _policy(asked + ahead, 499)])


@given(st.lists(DAYS, min_size=1, max_size=6), DAYS)
def test_the_policy_of_a_day_is_the_latest_begun(days: list[int], asked: int) -> None:
    rows = [_policy(day, n) for n, day in enumerate(days)]
    found = policy_on(START + timedelta(days=asked), rows)
    begun = [day for day in days if day <= asked]
    if not begun:
        assert found == DEFAULT_POLICY
    else:
        last = max(n for n, day in enumerate(days) if day == max(begun))
        assert (found.tolerance_m, found.shift_end_next_day) == (last, True)
        assert clock_time(1920) == found.shift_end


def test_a_finished_project_leads_nowhere() -> None:
    assert STEPS[Status.FINISHED] == frozenset()
    assert set(STEPS) == set(Status)
