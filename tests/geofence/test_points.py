"""A point is a finite place in a named datum, or it is not made."""

import json
from dataclasses import FrozenInstanceError

import pytest

from geofence.points import Bd09, Datum, Gcj02, PointRefused, Wgs84, point_in

TYPES = [Wgs84, Gcj02, Bd09]
NAN, INFINITY = float("nan"), float("inf")

UNUSABLE = [
    (181, 30, "lon"),
    (-180.0001, 30, "lon"),
    (104, 91, "lat"),
    (104, -90.0001, "lat"),
    (NAN, 30, "lon"),
    (104, NAN, "lat"),
    (INFINITY, 30, "lon"),
    (104, -INFINITY, "lat"),
    (json.loads("1e400"), 30, "lon"),
    (10**400, 30, "lon"),
    (None, 30, "lon"),
    (104, None, "lat"),
    ("104.0658", 30, "lon"),
    (True, 30, "lon"),
    (104, [30], "lat"),
    (complex(104), 30, "lon"),
]


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize(("lon", "lat", "axis"), UNUSABLE)
def test_refuses_what_is_no_coordinate(
    kind: type[Wgs84], lon: float, lat: float, axis: str
) -> None:
    with pytest.raises(PointRefused) as refused:
        kind(lon=lon, lat=lat)
    assert refused.value.axis == axis
    assert not any(character.isdigit() for character in str(refused.value))


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize(("lon", "lat"), [(180, 90), (-180, -90), (0, 0), (104.0658, 30.6574)])
def test_takes_the_whole_range_with_both_ends(kind: type[Wgs84], lon: float, lat: float) -> None:
    point = kind(lon=lon, lat=lat)
    assert (point.lon, point.lat) == (lon, lat)
    assert isinstance(point.lon, float)


@pytest.mark.parametrize("datum", Datum)
def test_datum_and_type_belong_together(datum: Datum) -> None:
    assert point_in(datum, lon=104, lat=30).datum is datum


def test_points_of_different_datums_are_never_equal() -> None:
    same_numbers = {kind(lon=104, lat=30) for kind in TYPES}
    assert len(same_numbers) == 3


def test_goes_by_keyword_and_never_changes() -> None:
    with pytest.raises(TypeError):
        Wgs84(104, 30)  # type: ignore[call-arg]
    with pytest.raises(FrozenInstanceError):
        Wgs84(lon=104, lat=30).lon = 105  # type: ignore[misc]
