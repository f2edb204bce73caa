"""The bands as a table, what must never be inside, and what holds for any fix and fence."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geofence.datum import convert, to_wgs84
from geofence.decision import Judgement, Policy, PolicyRefused, Reason, Verdict, judge
from geofence.fences import Fence
from geofence.fix import Fix, FixRefused
from geofence.points import Bd09, Datum, Gcj02, PointRefused, Wgs84
from geofence.shapes import LINE_M
from tests.geofence.places import (
    CHENGDU,
    NOON,
    Drawing,
    circle_fence,
    drawings,
    fences,
    fix_at,
    moved,
    near_places,
    polygon_fence,
    square,
)

POLICY = Policy()
SITE = circle_fence(CHENGDU, 100)
INSIDE, NEAR, OUTSIDE, UNCERTAIN = Verdict
WORSE = {INSIDE: 0, NEAR: 1, OUTSIDE: 2}
ACCURACIES = st.floats(0, 200)


def at(metres_from_edge: float) -> Wgs84:
    """A place so far to the north of the site's circle; negative inside."""
    degree_m = 110_860.6
    return Wgs84(lon=CHENGDU.lon, lat=CHENGDU.lat + (100 + metres_from_edge) / degree_m)


def judged(fix: Fix | None, *fences: Fence, policy: Policy = POLICY) -> Judgement:
    return judge(fix, fences or (SITE,), policy, NOON)


BANDS = [
    (-100, 10, INSIDE, (Reason.COVERED,)),
    (-11, 10, INSIDE, (Reason.COVERED,)),
    (-9, 10, INSIDE, (Reason.COVERED, Reason.CROSSES_EDGE)),
    (-1, 200, INSIDE, (Reason.COVERED, Reason.CROSSES_EDGE)),
    (-1, 0, INSIDE, (Reason.COVERED,)),
    (1, 0, NEAR, (Reason.TOLERANCE,)),
    (29, 10, NEAR, (Reason.TOLERANCE,)),
    (31, 10, NEAR, (Reason.ACCURACY,)),
    (39, 10, NEAR, (Reason.ACCURACY,)),
    (41, 10, OUTSIDE, (Reason.TOO_FAR,)),
    (31, 0, OUTSIDE, (Reason.TOO_FAR,)),
    (229, 200, NEAR, (Reason.ACCURACY,)),
    (231, 200, OUTSIDE, (Reason.TOO_FAR,)),
    (50_000, 20, OUTSIDE, (Reason.TOO_FAR,)),
    (-50, 200.1, UNCERTAIN, (Reason.ACCURACY_POOR,)),
    (50_000, 800, UNCERTAIN, (Reason.ACCURACY_POOR,)),
    (-50, None, UNCERTAIN, (Reason.ACCURACY_UNKNOWN,)),
]


@pytest.mark.parametrize(("metres", "accuracy_m", "verdict", "reasons"), BANDS)
def test_bands(
    metres: float, accuracy_m: float | None, verdict: Verdict, reasons: tuple[Reason, ...]
) -> None:
    got = judged(fix_at(at(metres), accuracy_m))
    assert (got.verdict, got.reasons) == (verdict, reasons)
    assert got.distance_m == pytest.approx(metres, rel=0.01, abs=0.1)
    assert (got.fence_id, got.accuracy_m) == ("circle", accuracy_m)


STALE, FUTURE = timedelta(minutes=5, seconds=1), timedelta(minutes=1, seconds=1)
DOUBTS: dict[str, tuple[Fix | None, tuple[Reason, ...]]] = {
    "no fix": (None, (Reason.NO_FIX,)),
    "0,0": (fix_at(Wgs84(lon=0, lat=0)), (Reason.NO_POSITION,)),
    "0,0 in gcj02": (fix_at(Gcj02(lon=0, lat=0)), (Reason.NO_POSITION,)),
    "a failed baidu": (fix_at(Bd09(lon=4.9e-324, lat=4.9e-324)), (Reason.NO_POSITION,)),
    "0,0 made bd09": (fix_at(Bd09(lon=0.0065, lat=0.006)), (Reason.NO_POSITION,)),
    "the pole": (fix_at(Wgs84(lon=104, lat=90)), (Reason.NO_POSITION,)),
    "stale": (fix_at(CHENGDU, taken_at=NOON - STALE), (Reason.STALE,)),
    "future": (fix_at(CHENGDU, taken_at=NOON + FUTURE), (Reason.FROM_FUTURE,)),
    "year 1": (fix_at(CHENGDU, taken_at=datetime.min.replace(tzinfo=NOON.tzinfo)), (Reason.STALE,)),
    "no accuracy": (fix_at(CHENGDU, None), (Reason.ACCURACY_UNKNOWN,)),
    "poor accuracy": (fix_at(CHENGDU, 201), (Reason.ACCURACY_POOR,)),
    "everything": (
        fix_at(CHENGDU, 800, taken_at=NOON - STALE),
        (Reason.STALE, Reason.ACCURACY_POOR),
    ),
}


@pytest.mark.parametrize("name", DOUBTS)
def test_a_doubtful_fix_is_uncertain_even_in_the_middle_of_the_site(name: str) -> None:
    fix, reasons = DOUBTS[name]
    around_zero = circle_fence(Wgs84(lon=0, lat=0), 5000)
    for fence in (SITE, around_zero):
        got = judged(fix, fence)
        assert (got.verdict, got.reasons) == (UNCERTAIN, reasons)


@pytest.mark.parametrize("name", DOUBTS)
def test_without_a_fence_that_is_the_first_reason(name: str) -> None:
    fix, reasons = DOUBTS[name]
    got = judge(fix, [], POLICY, NOON)
    assert got.reasons == (Reason.NO_FENCE, *reasons)
    assert (got.verdict, got.distance_m, got.fence_id) == (UNCERTAIN, None, None)


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        ("104.0658", "91"),
        ("181", "30.6574"),
        ("NaN", "30.6574"),
        ("104.0658", "NaN"),
        ("1e400", "30.6574"),
        ("-Infinity", "30.6574"),
        ("104.0658", "Infinity"),
        ("null", "null"),
        ('"104.0658"', "30.6574"),
    ],
)
@pytest.mark.parametrize("datum", [Wgs84, Gcj02, Bd09])
def test_what_json_can_hold_and_the_earth_cannot_never_becomes_a_fix(
    lon: str, lat: str, datum: type[Wgs84]
) -> None:
    with pytest.raises(PointRefused):
        fix_at(datum(lon=json.loads(lon), lat=json.loads(lat)))


@pytest.mark.parametrize("accuracy", ["NaN", "1e400", "-1", '"18"', "true"])
def test_what_is_no_accuracy_never_becomes_a_fix(accuracy: str) -> None:
    with pytest.raises(FixRefused):
        fix_at(CHENGDU, json.loads(accuracy))


def test_a_fix_forged_past_its_checks_is_still_not_inside() -> None:
    fix = fix_at(CHENGDU)
    forged = Wgs84(lon=0, lat=30)
    object.__setattr__(forged, "lon", float("nan"))
    object.__setattr__(fix, "point", forged)
    assert judged(fix).verdict not in (INSIDE, NEAR)
    blurred = fix_at(CHENGDU)
    object.__setattr__(blurred, "accuracy_m", float("nan"))
    assert judged(blurred).verdict is UNCERTAIN


@pytest.mark.parametrize("accuracy_m", [0, 10, 200])
def test_whoever_stands_on_the_line_is_inside(accuracy_m: float) -> None:
    corners = square(CHENGDU, 100)
    for lon, lat in corners:
        got = judged(fix_at(Wgs84(lon=lon, lat=lat), accuracy_m), polygon_fence(corners))
        assert (got.verdict, got.distance_m) == (INSIDE, 0.0)


def test_the_clocks_limits_are_still_good() -> None:
    for taken_at in (NOON - POLICY.max_age, NOON, NOON + POLICY.max_ahead):
        assert judged(fix_at(CHENGDU, taken_at=taken_at)).verdict is INSIDE


def test_now_must_be_aware() -> None:
    with pytest.raises(ValueError, match="aware"):
        judge(fix_at(CHENGDU), [SITE], POLICY, NOON.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tolerance_m", float("nan")),
        ("tolerance_m", float("inf")),
        ("tolerance_m", -1),
        ("accuracy_factor", float("nan")),
        ("accuracy_factor", 3.1),
        ("max_accuracy_m", float("inf")),
        ("max_accuracy_m", 0),
        ("max_age", timedelta(0)),
        ("max_age", timedelta(days=2)),
        ("max_ahead", timedelta(seconds=-1)),
        ("max_ahead", timedelta(hours=2)),
    ],
)
def test_a_policy_that_lets_anybody_in_is_refused(field: str, value: object) -> None:
    with pytest.raises(PolicyRefused) as refused:
        replace(POLICY, **{field: value})  # type: ignore[arg-type]
    assert refused.value.field == field


def test_the_policy_moves_the_bands() -> None:
    fix = fix_at(at(50), 10)
    assert judged(fix).verdict is OUTSIDE
    assert judged(fix, policy=Policy(tolerance_m=45)).verdict is NEAR
    assert judged(fix, policy=Policy(accuracy_factor=2.5)).verdict is NEAR
    assert judged(fix, policy=Policy(max_accuracy_m=5)).verdict is UNCERTAIN


def test_the_nearest_of_several_fences_counts() -> None:
    works = polygon_fence(square(CHENGDU, 100), id="works")
    dormitory = polygon_fence(square(moved(CHENGDU, east_m=500, north_m=0), 50), id="dormitory")
    for east_m, verdict, fence_id in (
        (0, INSIDE, "works"),
        (120, NEAR, "works"),
        (430, NEAR, "dormitory"),
        (500, INSIDE, "dormitory"),
        (250, OUTSIDE, "works"),
    ):
        fix = fix_at(moved(CHENGDU, east_m=east_m, north_m=0))
        for order in ((works, dormitory), (dormitory, works)):
            got = judged(fix, *order)
            assert (got.verdict, got.fence_id) == (verdict, fence_id)


def test_of_equal_fences_the_first_counts() -> None:
    twins = [replace(SITE, id=name) for name in ("first", "second")]
    assert judged(fix_at(CHENGDU), *twins).fence_id == "first"


def test_the_wrong_datum_would_have_missed_the_site() -> None:
    """Chengdu: read as WGS-84, the phone's GCJ-02 numbers lie 360 m off, its BD-09 ones 1.2 km."""
    for datum in (Datum.GCJ02, Datum.BD09):
        shifted = convert(CHENGDU, datum)
        assert judged(fix_at(shifted)).verdict is INSIDE
        assert judged(fix_at(Wgs84(lon=shifted.lon, lat=shifted.lat))).verdict is OUTSIDE


@given(fences(), near_places(), ACCURACIES)
def test_inside_is_exactly_what_the_fence_covers(
    fence: Fence, place: Wgs84, accuracy_m: float
) -> None:
    got = judged(fix_at(place, accuracy_m), fence)
    assert (got.verdict is INSIDE) == fence.covers(place)


@given(st.lists(fences(), min_size=1, max_size=4), near_places(), ACCURACIES)
def test_one_fence_more_never_worsens_the_verdict(
    some: list[Fence], place: Wgs84, accuracy_m: float
) -> None:
    fix = fix_at(place, accuracy_m)
    alone = [WORSE[judged(fix, fence).verdict] for fence in some]
    assert WORSE[judged(fix, *some).verdict] == min(alone)


@given(st.floats(0, 360), st.lists(st.floats(0, 3000), min_size=2, max_size=8), ACCURACIES)
def test_moving_away_never_improves_the_verdict(
    bearing: float, ways_m: list[float], accuracy_m: float
) -> None:
    """From the middle of a circle and of a square, along any ray."""
    ray = complex(*moved_unit(bearing))
    for fence in (SITE, polygon_fence(square(CHENGDU, 200))):
        verdicts = []
        for way in sorted(ways_m):
            place = moved(CHENGDU, east_m=way * ray.real, north_m=way * ray.imag)
            verdicts.append(WORSE[judged(fix_at(place, accuracy_m), fence).verdict])
        assert verdicts == sorted(verdicts)


def moved_unit(bearing: float) -> tuple[float, float]:
    from_north = 1j ** (bearing / 90)
    return from_north.imag, from_north.real


@given(fences(), near_places(), st.floats(0, 5000), st.floats(0, 5000))
def test_a_larger_accuracy_never_makes_anybody_inside(
    fence: Fence, place: Wgs84, one: float, other: float
) -> None:
    small, large = sorted((one, other))
    before = judged(fix_at(place, small), fence).verdict
    after = judged(fix_at(place, large), fence).verdict
    assert after is not INSIDE or before is INSIDE
    assert before is not NEAR or after in (NEAR, UNCERTAIN)
    assert before is not UNCERTAIN or after is UNCERTAIN


@given(drawings(), near_places(), ACCURACIES, st.sampled_from(Datum), st.sampled_from(Datum))
def test_the_datum_of_the_input_does_not_change_the_verdict(
    drawing: Drawing, place: Wgs84, accuracy_m: float, of_fence: Datum, of_fix: Datum
) -> None:
    plain = Fence.from_geojson(drawing, id="x", datum=Datum.WGS84)
    other = Fence.from_geojson(redrawn(drawing, of_fence), id="x", datum=of_fence)
    expected = judged(fix_at(place, accuracy_m), plain)
    assume(beside_a_limit(expected) > 0.01)
    got = judged(fix_at(convert(place, of_fix), accuracy_m), other)
    assert (got.verdict, got.reasons) == (expected.verdict, expected.reasons)
    assert got.distance_m == pytest.approx(expected.distance_m, abs=0.01)


def beside_a_limit(judgement: Judgement) -> float:
    """How many metres the fix is from a place where another verdict or reason begins."""
    distance, accuracy = judgement.distance_m, judgement.accuracy_m
    assert distance is not None and accuracy is not None
    return min(abs(distance - limit) for limit in (0, LINE_M, 30, 30 + accuracy, -accuracy))


def redrawn(drawing: Drawing, datum: Datum) -> Drawing:
    def turn(value: object) -> object:
        if isinstance(value, list) and isinstance(value[0], float):
            point = convert(Wgs84(lon=value[0], lat=value[1]), datum)
            return [point.lon, point.lat]
        return [turn(each) for each in value] if isinstance(value, list) else value

    return {name: turn(value) for name, value in drawing.items()}


@given(fences(), near_places(), ACCURACIES)
def test_a_wider_buffer_never_worsens_the_verdict(
    fence: Fence, place: Wgs84, accuracy_m: float
) -> None:
    fix = fix_at(place, accuracy_m)
    verdicts = [
        WORSE[judged(fix, replace(fence, buffer_m=buffer_m)).verdict] for buffer_m in (0, 30, 100)
    ]
    assert verdicts == sorted(verdicts, reverse=True)


@given(st.floats(-180, 180), st.floats(-90, 90), st.sampled_from([Wgs84, Gcj02, Bd09]), ACCURACIES)
def test_nobody_a_hundred_kilometres_away_is_ever_on_site(
    lon: float, lat: float, kind: type[Wgs84], accuracy_m: float
) -> None:
    point = kind(lon=lon, lat=lat)
    place = to_wgs84(point)
    assume(abs(place.lon - CHENGDU.lon) > 1.1 or abs(place.lat - CHENGDU.lat) > 1.1)
    assert judged(fix_at(point, accuracy_m)).verdict in (OUTSIDE, UNCERTAIN)
