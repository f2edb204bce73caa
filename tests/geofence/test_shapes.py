"""Signed distances and `covers`, held against Shapely's predicates and geopy's distances."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from geofence.distance import geodesic_m
from geofence.fences import Fence
from geofence.points import Datum, Wgs84
from geofence.shapes import LINE_M, Area
from tests.geofence.places import (
    CHENGDU,
    CITIES,
    Drawing,
    circle_fence,
    drawings,
    fences,
    moved,
    near_places,
    polygon_fence,
    square,
)

SAMPLES = 60


def area_of(drawing: Drawing, buffer_m: float = 0.0) -> tuple[Fence, Area]:
    fence = Fence.from_geojson(drawing, id="x", datum=Datum.WGS84, buffer_m=buffer_m)
    assert isinstance(fence.shape, Area)
    return fence, fence.shape


def nearest_sample_m(area: Area, place: Wgs84) -> tuple[float, float]:
    """The geodesic to the nearest of many points on the edge, and the widest step of these."""
    least, widest = float("inf"), 0.0
    for ring in shapely.get_rings(shapely.get_parts(area.polygons)):
        for start, end in pairwise(ring.coords):
            on_edge = [
                Wgs84(
                    lon=start[0] + share * (end[0] - start[0]) / SAMPLES,
                    lat=start[1] + share * (end[1] - start[1]) / SAMPLES,
                )
                for share in range(SAMPLES + 1)
            ]
            widest = max(widest, geodesic_m(on_edge[0], on_edge[1]))
            # Degrees rank well enough within one edge; the geodesic has the last word.
            best = sorted(on_edge, key=lambda p: _rank(p, place))[:3]
            least = min(least, *(geodesic_m(point, place) for point in best))
    return least, widest


def _rank(a: Wgs84, b: Wgs84) -> float:
    return ((a.lon - b.lon) * 0.86) ** 2 + (a.lat - b.lat) ** 2


@given(drawings(), near_places())
def test_covers_is_what_shapely_says(drawing: Drawing, place: Wgs84) -> None:
    fence, area = area_of(drawing)
    assume(abs(area.signed_distance_m(place)) > LINE_M)
    truth = shapely.covers(
        shapely.from_geojson(str(drawing).replace("'", '"')), shapely.Point(place.lon, place.lat)
    )
    assert fence.covers(place) == truth


@given(drawings(), near_places())
def test_the_distance_of_an_area_is_the_geodesic_to_its_edge(
    drawing: Drawing, place: Wgs84
) -> None:
    _, area = area_of(drawing)
    got = abs(area.signed_distance_m(place))
    sampled, step = nearest_sample_m(area, place)
    # The nearest sample is at most half a step beside the nearest point.
    assert got <= sampled + 0.01
    assert sampled <= (got**2 + (step / 2) ** 2) ** 0.5 + 0.05


@given(st.sampled_from(list(CITIES)), st.floats(10, 5000), near_places())
def test_the_distance_of_a_circle_is_the_geodesic_to_its_middle(
    city: str, radius_m: float, place: Wgs84
) -> None:
    lon, lat = CITIES[city]
    fence = circle_fence(Wgs84(lon=lon, lat=lat), radius_m)
    here = Wgs84(lon=place.lon - CHENGDU.lon + lon, lat=place.lat - CHENGDU.lat + lat)
    truth = geodesic_m(Wgs84(lon=lon, lat=lat), here) - radius_m
    assert fence.signed_distance_m(here) == pytest.approx(truth, abs=0.01)


@given(drawings(), st.data())
def test_whoever_stands_on_the_line_is_inside(drawing: Drawing, data: st.DataObject) -> None:
    fence, area = area_of(drawing)
    rings = shapely.get_rings(shapely.get_parts(area.polygons)).tolist()
    ring = data.draw(st.sampled_from(rings))
    point = ring.interpolate(data.draw(st.floats(0, 1)), normalized=True)
    place = Wgs84(lon=point.x, lat=point.y)
    assert fence.signed_distance_m(place) == 0.0
    assert fence.covers(place)


def test_whoever_stands_on_a_circle_is_inside() -> None:
    fence = circle_fence(CHENGDU, 100)
    low, high = 0.0, 0.01
    for _ in range(60):
        middle = (low + high) / 2
        inside = geodesic_m(CHENGDU, Wgs84(lon=CHENGDU.lon + middle, lat=CHENGDU.lat)) < 100
        low, high = (middle, high) if inside else (low, middle)
    assert fence.signed_distance_m(Wgs84(lon=CHENGDU.lon + high, lat=CHENGDU.lat)) == 0.0


@given(fences(), near_places())
def test_a_wider_buffer_never_leaves_anybody_out(fence: Fence, place: Wgs84) -> None:
    distances = [
        Fence(id="x", shape=fence.shape, buffer_m=buffer_m).signed_distance_m(place)
        for buffer_m in (0, 5, 30, 100)
    ]
    assert distances == sorted(distances, reverse=True)
    assert distances[0] - distances[-1] == pytest.approx(100)


@given(drawings(), near_places())
def test_the_buffer_is_shapelys_buffer_in_metres(drawing: Drawing, place: Wgs84) -> None:
    fence, area = area_of(drawing, buffer_m=50)
    plane = area.plane
    flat = shapely.transform(
        area.polygons, lambda pairs: np.array([plane.flat(*pair) for pair in pairs.tolist()])
    )
    wide = flat.buffer(50, quad_segs=64)
    here = shapely.Point(plane.flat(place.lon, place.lat))
    assume(wide.boundary.distance(here) > 1)
    assert fence.covers(place) == wide.covers(here)


def test_a_hole_is_outside_and_its_line_is_not() -> None:
    fence = polygon_fence(square(CHENGDU, 300), square(CHENGDU, 100))
    assert fence.signed_distance_m(CHENGDU) == pytest.approx(100, rel=0.01)
    line = Wgs84(lon=square(CHENGDU, 100)[1][0], lat=CHENGDU.lat)
    assert fence.signed_distance_m(line) == 0.0
    between = moved(CHENGDU, east_m=150, north_m=0)
    assert fence.signed_distance_m(between) == pytest.approx(-50, rel=0.01)


def test_far_away_the_distance_is_still_a_distance() -> None:
    fence = polygon_fence(square(CHENGDU, 300))
    beijing = Wgs84(lon=116.3975, lat=39.9087)
    assert fence.signed_distance_m(beijing) == pytest.approx(geodesic_m(CHENGDU, beijing), rel=0.01)
    for lon, lat in ((-76.0, -30.6), (180.0, 0.0), (-180.0, 0.0), (0.0, 90.0), (104.0, -90.0)):
        assert fence.signed_distance_m(Wgs84(lon=lon, lat=lat)) > 1e6


def test_a_fence_beside_180_degrees_knows_its_neighbours() -> None:
    corners = [[179.99, 10.0], [180.0, 10.0], [180.0, 10.01], [179.99, 10.01], [179.99, 10.0]]
    fence = polygon_fence(corners)
    across = Wgs84(lon=-179.999, lat=10.005)
    assert fence.signed_distance_m(across) == pytest.approx(109.6, abs=0.5)
    assert fence.covers(Wgs84(lon=180.0, lat=10.005))
    assert fence.covers(Wgs84(lon=-180.0, lat=10.005))
