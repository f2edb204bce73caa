"""The fast distance against the geodesic, within the errors its docstring states."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geofence.distance import LocalPlane, distance_m, geodesic_m, turned
from geofence.points import Wgs84

LON, LAT = st.floats(-180, 180), st.floats(-60, 60)
PLACES = st.builds(lambda lon, lat: Wgs84(lon=lon, lat=lat), LON, LAT)


def offset(limit: float) -> st.SearchStrategy[float]:
    return st.floats(-limit, limit)


@st.composite
def pairs(draw: st.DrawFn, limit: float) -> tuple[Wgs84, Wgs84]:
    a = draw(PLACES)
    lat = a.lat + draw(offset(limit))
    assume(-60 <= lat <= 60)
    return a, Wgs84(lon=turned(a.lon + draw(offset(limit))), lat=lat)


@given(pairs(0.06))
def test_up_to_ten_kilometres(pair: tuple[Wgs84, Wgs84]) -> None:
    assert distance_m(*pair) == pytest.approx(geodesic_m(*pair), rel=1e-6, abs=1e-6)


@given(pairs(1.0))
def test_up_to_one_degree(pair: tuple[Wgs84, Wgs84]) -> None:
    assert distance_m(*pair) == pytest.approx(geodesic_m(*pair), rel=1e-4, abs=1e-6)


@given(PLACES, PLACES)
def test_anywhere(a: Wgs84, b: Wgs84) -> None:
    assert distance_m(a, b) == pytest.approx(geodesic_m(a, b), rel=6e-3, abs=1e-6)


@given(PLACES, PLACES)
def test_is_the_same_both_ways_and_nothing_for_nowhere(a: Wgs84, b: Wgs84) -> None:
    assert distance_m(a, b) == pytest.approx(distance_m(b, a), rel=1e-12)
    assert distance_m(a, a) == 0


@given(PLACES, offset(0.5), offset(0.5))
def test_the_plane_comes_back(origin: Wgs84, east: float, north: float) -> None:
    plane = LocalPlane.around(lon=origin.lon, lat=origin.lat)
    lon, lat = plane.degrees(*plane.flat(turned(origin.lon + east), origin.lat + north))
    assert turned(lon - origin.lon - east) == pytest.approx(0, abs=1e-9)
    assert lat - origin.lat == pytest.approx(north, abs=1e-9)
