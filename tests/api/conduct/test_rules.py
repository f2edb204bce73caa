"""What is true of conduct, without a server: the table of moves, terms, levels, scores."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.conduct import rules
from api.conduct.rules import MONTHS, MOVES, OUTCOMES, Act, Level, State, Subject

DAYS = st.dates(min_value=date(2026, 1, 1), max_value=date(2027, 12, 31))


def test_every_state_is_reached_and_every_way_ends() -> None:
    assert {to for _, to in MOVES.items()} | {State.HEARING} == set(State)
    assert {at for at, _ in MOVES} == set(State) - {State.ENDED}
    for (_, act), to in MOVES.items():
        assert (to is State.ENDED) == (act in OUTCOMES)


def test_nothing_is_upheld_unheard() -> None:
    assert [at for at, act in MOVES if act in (Act.UPHELD, Act.REFUSED)] == [State.TO_DECIDE] * 2
    assert {act for at, act in MOVES if at is State.HEARING} == {
        Act.ANSWERED, Act.UNANSWERED, Act.WITHDRAWN,
    }  # fmt: skip


def test_every_decided_state_expires() -> None:
    decided = {state for state in State if not state.undecided} - {State.ENDED}
    assert {at for at, act in MOVES if act is Act.EXPIRED} == decided


def test_kinds_of_the_dictionary_are_within_the_rules() -> None:
    found = rules.kinds()
    assert {kind.subject for kind in found} == set(Subject)
    for kind in found:
        least, most = rules.months_of(kind.level)
        assert kind.level.good is kind.good and least <= kind.months <= most
        assert rules.kind_of(kind.code) == kind


@given(DAYS, st.integers(1, 36))
def test_a_term_is_its_months_long(day: date, months: int) -> None:
    last = rules.term(day, months)
    assert timedelta(28 * months - 1) <= last - day <= timedelta(31 * months)
    assert day < rules.half_way(day, last) <= last


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        ("2026-01-31", 1, "2026-02-27"),
        ("2026-08-31", 6, "2027-02-27"),
        ("2027-03-01", 12, "2028-02-29"),
    ],
)
def test_ends_of_months(day: str, months: int, last: str) -> None:
    assert rules.term(date.fromisoformat(day), months) == date.fromisoformat(last)


@given(st.lists(st.integers(1, 5), max_size=60), st.lists(st.sampled_from(list(Level))))
def test_a_score_stays_within_its_bounds(marks: list[int], levels: list[Level]) -> None:
    evaluated = rules.evaluation_points(marks)
    assert -10 <= evaluated <= 10
    points = [evaluated, *(rules.POINTS[level] for level in levels)]
    assert 0 <= rules.score(points) <= 100
    assert rules.score(points) >= rules.score([*points, rules.POINTS[Level.LIGHT]])


def test_the_graver_weighs_more() -> None:
    bad = [rules.POINTS[level] for level in MONTHS]
    assert bad == sorted(bad, reverse=True) and max(bad) < 0
    assert all(rules.POINTS[level] > 0 for level in Level if level.good)


def test_half_a_point_is_rounded_away_from_nothing() -> None:
    assert rules.evaluation_points([3, 3, 3, 3, 3, 3, 3, 3, 3, 4]) == 1
    assert rules.evaluation_points([]) == 0


@pytest.mark.parametrize(
    ("region", "above"), [("510107", "510100"), ("510100", "510000"), ("510000", "510000")]
)
def test_one_level_above(region: str, above: str) -> None:
    assert rules.above(region) == above


@pytest.mark.parametrize(
    ("today", "first"),
    [("2026-11-30", "2025-12"), ("2026-12-01", "2026-01"), ("2027-01-15", "2026-02")],
)
def test_the_months_that_count(today: str, first: str) -> None:
    assert rules.first_month(date.fromisoformat(today)) == first
