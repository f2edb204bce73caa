"""Which day a punch belongs to, and what a day amounts to."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.attendance import rules
from api.attendance.rules import Direction, Evidence, Reason, Shift
from api.kit.clock import BEIJING, day_of
from tests.api.attendance.sites import at

DAY = Shift(8 * 60, 18 * 60)
NIGHT = Shift(20 * 60, 30 * 60)
LATE = Shift(16 * 60, 24 * 60)
D1, D2 = "2026-06-03", "2026-06-04"


@pytest.mark.parametrize(
    ("shift", "day", "time", "expected"),
    [
        (DAY, D1, "08:00", D1),
        (DAY, D1, "04:00", D1),
        (DAY, D2, "03:59", D1),
        (DAY, D2, "00:30", D1),
        (NIGHT, D1, "19:30", D1),
        (NIGHT, D1, "16:00", D1),
        (NIGHT, D2, "06:05", D1),
        (NIGHT, D2, "15:59", D1),
        (NIGHT, D2, "16:00", D2),
        (LATE, D2, "00:10", D1),
        (Shift(0, 24 * 60), D1, "00:00", D1),
        (Shift(0, 24 * 60), D1, "23:59", D1),
        (Shift(22 * 60, 46 * 60), D2, "21:59", D1),
        (Shift(22 * 60, 46 * 60), D2, "22:00", D2),
    ],
)
def test_a_night_shift_belongs_to_the_day_it_began(
    shift: Shift, day: str, time: str, expected: str
) -> None:
    assert rules.workday_of(at(day, time), (shift,) * 3) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("shifts", "time", "expected"),
    [
        ((NIGHT, DAY, DAY), "06:10", D1),
        ((NIGHT, DAY, DAY), "06:59", D1),
        ((NIGHT, DAY, DAY), "07:00", D2),
        ((NIGHT, Shift(5 * 60, 14 * 60), DAY), "05:20", D1),
        ((NIGHT, Shift(5 * 60, 14 * 60), DAY), "05:30", D2),
        ((LATE, Shift(60, 9 * 60), DAY), "00:20", D1),
        ((LATE, Shift(60, 9 * 60), DAY), "00:40", D2),
        ((DAY, NIGHT, NIGHT), "03:59", D1),
        ((DAY, NIGHT, NIGHT), "08:00", D2),
        ((DAY, NIGHT, NIGHT), "19:30", D2),
        ((DAY, DAY, Shift(0, 9 * 60)), "20:30", D2),
        ((DAY, DAY, Shift(0, 9 * 60)), "21:00", "2026-06-05"),
    ],
)
def test_a_night_shift_ends_on_its_day_though_other_hours_hold_from_the_next(
    shifts: tuple[Shift, Shift, Shift], time: str, expected: str
) -> None:
    """The shifts of the days 3, 4 and 5; a punch on the 4th."""
    assert rules.workday_of(at(D2, time), shifts) == date.fromisoformat(expected)


shifts = st.builds(
    lambda start, length: Shift(start, start + length),
    st.integers(0, 24 * 60 - 1),
    st.integers(60, 24 * 60),
)
instants = st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 1, 1)).map(
    lambda naive: naive.replace(tzinfo=BEIJING)
)


@given(instants, st.lists(shifts, min_size=5, max_size=5))
def test_every_instant_belongs_to_exactly_one_day(moment: datetime, week: list[Shift]) -> None:
    today = day_of(moment)

    def about(day: date) -> tuple[Shift, Shift, Shift]:
        place = 2 + (day - today).days
        return week[place - 1], week[place], week[place + 1]

    day = rules.workday_of(moment, about(today))
    start, end = rules.span_of(day, about(day))
    assert start <= moment < end
    assert timedelta(0) < end - start < timedelta(days=2, hours=4)


def acts(
    *times: str, directions: str = "", reasons: frozenset[Reason] = frozenset()
) -> list[Evidence]:
    """Punches at these times; directions: i, o or - for each."""
    marks = {"i": Direction.IN, "o": Direction.OUT, "-": None}
    given = directions or "-" * len(times)
    return [
        Evidence(at(D1, time), UUID(int=place), marks[given[place]], reasons)
        for place, time in enumerate(times)
    ]


@pytest.mark.parametrize(
    ("evidence", "units", "hours", "reasons"),
    [
        (acts("08:00", "18:00"), "1.0", "10.0", set()),
        (acts("08:00", "12:00", "13:30", "17:30"), "1.0", "8.0", set()),
        (acts("08:00", "12:00"), "0.5", "4.0", set()),
        (acts("08:00", "09:30"), "0.0", "1.5", {"no_work"}),
        (acts("08:00"), "0.0", "0.0", {"missing_out"}),
        (acts("18:00", directions="o"), "0.0", "0.0", {"missing_in"}),
        (acts("08:00", "12:00", "13:30"), "0.5", "4.0", {"missing_out"}),
        (acts("08:00", "18:00", directions="io"), "1.0", "10.0", set()),
        (acts("08:00", "08:01", "18:00"), "1.0", "10.0", set()),
        (acts("08:00", "17:50", "18:10", directions="ioo"), "1.0", "10.2", set()),
        (acts("07:40", "08:00", "18:00", directions="iio"), "1.0", "10.3", set()),
        (acts("08:00", "13:00", "18:00", directions="iio"), "0.5", "5.0", {"missing_out"}),
        (acts("05:00", "23:00"), "1.0", "18.0", {"too_long"}),
        ([], "0.0", "0.0", set()),
    ],
)
def test_a_days_punches_amount_to(
    evidence: list[Evidence], units: str, hours: str, reasons: set[str]
) -> None:
    draft = rules.derive(evidence, DAY)
    assert (str(draft.units), str(draft.hours), set(draft.reasons)) == (units, hours, reasons)


def test_a_day_spent_outside_counts_nothing_and_says_so() -> None:
    evidence = acts("08:00", "18:00", reasons=frozenset({Reason.OUTSIDE}))
    draft = rules.derive(evidence, DAY)
    assert draft.units == 0
    assert draft.reasons == {Reason.OUTSIDE, Reason.NO_WORK}
    assert draft.is_complete


def test_one_end_on_the_site_is_enough() -> None:
    first, last = acts("08:00", "18:00")
    outside = Evidence(last.at, last.client_id, None, frozenset({Reason.OUTSIDE}))
    assert rules.derive([first, outside], DAY).units == 1


def test_a_second_try_on_the_site_takes_the_place_of_one_outside() -> None:
    away = Evidence(at(D1, "07:40"), UUID(int=1), Direction.IN, frozenset({Reason.OUTSIDE}))
    here = Evidence(at(D1, "08:00"), UUID(int=2), Direction.IN)
    out = Evidence(at(D1, "18:00"), UUID(int=3), Direction.OUT)
    assert rules.derive([away, here, out], DAY).hours == Decimal("10.0")


punches = st.builds(
    lambda minute, client, direction: Evidence(
        at(D1, "04:00") + timedelta(minutes=minute), client, direction
    ),
    st.integers(0, 24 * 60 - 1),
    st.uuids(),
    st.sampled_from([None, Direction.IN, Direction.OUT]),
)


@given(st.lists(punches, max_size=8).flatmap(lambda p: st.tuples(st.just(p), st.permutations(p))))
def test_the_order_of_arrival_never_matters(
    orders: tuple[list[Evidence], list[Evidence]],
) -> None:
    assert rules.derive(orders[0], DAY) == rules.derive(orders[1], DAY)


@given(st.lists(punches, max_size=8))
def test_units_and_hours_stay_in_bounds(evidence: list[Evidence]) -> None:
    draft = rules.derive(evidence, DAY)
    assert draft.units in (Decimal("0.0"), Decimal("0.5"), Decimal("1.0"))
    assert 0 <= draft.hours <= 24


def test_a_forgotten_out_never_turns_the_next_day_around() -> None:
    today = rules.derive(acts("08:00"), DAY)
    tomorrow = rules.derive(
        [Evidence(each.at + timedelta(days=1), each.client_id) for each in acts("08:00", "18:00")],
        DAY,
    )
    assert not today.is_complete
    assert tomorrow.is_complete
    assert tomorrow.units == 1
