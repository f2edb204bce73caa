"""Drawings: what is taken in any datum, and what is refused with the place of its fault."""

from copy import deepcopy
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geofence.datum import convert, to_wgs84
from geofence.distance import distance_m
from geofence.faults import FenceFault, FenceRefused
from geofence.fences import Fence
from geofence.geojson import MAX_VERTICES, geometry_of, shape_from
from geofence.points import Datum, Wgs84, point_in
from geofence.sentences import fence_sentence
from geofence.shapes import Area, Circle
from tests.geofence.places import (
    CHENGDU,
    Drawing,
    drawings,
    moved,
    polygon,
    ring_around,
    square,
)

WGS84 = Datum.WGS84
F = FenceFault
BIG, HOLE = square(CHENGDU, 300), square(CHENGDU, 50)
HALF_OUT = square(moved(CHENGDU, east_m=300, north_m=0), 50)
NOTCHED = [BIG[0], square(CHENGDU, 10)[0], *BIG[1:]]
# All its corners lie in the area, the edge between the first two over the notch.
OVER_NOTCH = square(CHENGDU, 100)
EAST = moved(CHENGDU, east_m=1000, north_m=0)
NEXT_DOOR = square(moved(CHENGDU, east_m=600, north_m=0), 300)
NORTH_EAST = BIG[2]
CORNER_TO_CORNER = [
    [NORTH_EAST[0] + east, NORTH_EAST[1] + north]
    for east, north in ((0, 0), (0.01, 0), (0.01, 0.01), (0, 0.01), (0, 0))
]
BOW_TIE = [BIG[0], BIG[2], BIG[1], BIG[3], BIG[0]]
SPIKE = [BIG[0], BIG[1], BIG[2], [EAST.lon, EAST.lat], BIG[2], BIG[3], BIG[0]]
FINE_RING = ring_around(CHENGDU, [300.0] * MAX_VERTICES)
LONG = moved(CHENGDU, east_m=150_000, north_m=0)
WIDE = square(CHENGDU, 8000)


def multi(*parts: list[list[list[float]]]) -> Drawing:
    return {"type": "MultiPolygon", "coordinates": list(parts)}


def with_position(vertex: int, position: object) -> Drawing:
    ring: list[Any] = deepcopy(BIG)
    ring[vertex] = position
    return polygon(ring)


REFUSED: dict[str, tuple[object, FenceFault, tuple[int | None, int | None, int | None]]] = {
    "nothing": (None, F.STRUCTURE, (None, None, None)),
    "a list": ([], F.STRUCTURE, (None, None, None)),
    "no coordinates": ({"type": "Polygon"}, F.STRUCTURE, (None, None, None)),
    "a crs": ({**polygon(BIG), "crs": {}}, F.STRUCTURE, (None, None, None)),
    "a line": ({"type": "LineString", "coordinates": BIG}, F.TYPE, (None, None, None)),
    "a feature": ({"type": ["Polygon"], "coordinates": []}, F.TYPE, (None, None, None)),
    "text": ({"type": "Polygon", "coordinates": "x"}, F.STRUCTURE, (0, None, None)),
    "no rings": (polygon(), F.STRUCTURE, (0, None, None)),
    "no parts": (multi(), F.STRUCTURE, (None, None, None)),
    "not nested": ({"type": "Polygon", "coordinates": BIG}, F.STRUCTURE, (0, 0, 0)),
    "nested too deep": (polygon([BIG]), F.STRUCTURE, (0, 0, 0)),  # type: ignore[list-item]
    "one number": (with_position(2, [104.0]), F.STRUCTURE, (0, 0, 2)),
    "four numbers": (with_position(2, [104.0, 30.0, 1, 2]), F.STRUCTURE, (0, 0, 2)),
    "91 north": (with_position(1, [104.0, 91]), F.POSITION, (0, 0, 1)),
    "not a number": (with_position(3, [float("nan"), 30.0]), F.POSITION, (0, 0, 3)),
    "infinite": (with_position(3, [104.0, float("inf")]), F.POSITION, (0, 0, 3)),
    "null": (with_position(3, [None, 30.0]), F.POSITION, (0, 0, 3)),
    "truth": (with_position(3, [True, 30.0]), F.POSITION, (0, 0, 3)),
    "empty ring": (polygon([]), F.TOO_FEW_POINTS, (0, 0, None)),
    "two corners": (polygon([BIG[0], BIG[1], BIG[0]]), F.TOO_FEW_POINTS, (0, 0, None)),
    "all one corner": (polygon([BIG[0]] * 5), F.TOO_FEW_POINTS, (0, 0, None)),
    "unclosed": (polygon(BIG[:-1]), F.UNCLOSED, (0, 0, 3)),
    "unclosed hole": (polygon(BIG, HOLE[:-1]), F.UNCLOSED, (0, 1, 3)),
    "bow tie": (polygon(BOW_TIE), F.SELF_INTERSECTION, (0, 0, 0)),
    "spike": (polygon(SPIKE), F.SELF_INTERSECTION, (0, 0, 2)),
    "back and forth": (
        polygon([BIG[0], BIG[1], BIG[2], BIG[1], BIG[0]]),
        F.SELF_INTERSECTION,
        (0, 0, 2),
    ),
    "bow tie in part 1": (
        multi([square(EAST, 100)], [BOW_TIE]),
        F.SELF_INTERSECTION,
        (1, 0, 0),
    ),
    "hole far off": (polygon(BIG, square(EAST, 50)), F.HOLE_OUTSIDE, (0, 1, 0)),
    "hole larger": (polygon(HOLE, BIG), F.HOLE_OUTSIDE, (0, 1, 0)),
    "hole half out": (polygon(BIG, HALF_OUT), F.HOLE_OUTSIDE, (0, 1, 1)),
    "hole over a notch": (polygon(NOTCHED, OVER_NOTCH), F.HOLE_OUTSIDE, (0, 1, 0)),
    "hole twice": (polygon(BIG, HOLE, HOLE), F.HOLES_OVERLAP, (0, 2, 2)),
    "hole in hole": (polygon(BIG, HOLE, square(CHENGDU, 20)), F.HOLES_OVERLAP, (0, 2, 0)),
    "the hole is all": (polygon(BIG, BIG), F.HOLES_OVERLAP, (0, 1, 2)),
    "parts overlap": (multi([BIG], [HOLE]), F.PARTS_OVERLAP, (1, 0, 0)),
    "part twice": (multi([BIG], [BIG]), F.PARTS_OVERLAP, (1, 0, 2)),
    "over 180": (
        polygon([[179.9, 10], [-179.9, 10], [-179.9, 10.1], [179.9, 10.1], [179.9, 10]]),
        F.ANTIMERIDIAN,
        (0, 0, 0),
    ),
    "cut at 180": (
        multi(
            [[[179.9, 10], [180, 10], [180, 10.1], [179.9, 10.1], [179.9, 10]]],
            [[[-180, 10], [-179.9, 10], [-179.9, 10.1], [-180, 10.1], [-180, 10]]],
        ),
        F.ANTIMERIDIAN,
        (None, None, None),
    ),
    "too fine": (polygon(FINE_RING), F.TOO_MANY_VERTICES, (0, 0, None)),
    "too fine together": (
        polygon(ring_around(CHENGDU, [300.0] * 900), *[square(CHENGDU, 10)] * 30),
        F.TOO_MANY_VERTICES,
        (0, 20, None),
    ),
    "tiny": (polygon(square(CHENGDU, 3)), F.TOO_SMALL, (0, 0, 0)),
    "tiny part": (multi([BIG], [square(EAST, 3)]), F.TOO_SMALL, (1, 0, 0)),
    "huge": (polygon(WIDE), F.TOO_LARGE, (None, None, None)),
    "far apart": (multi([BIG], [square(LONG, 100)]), F.TOO_LARGE, (None, None, None)),
    "circle without radius": (
        {"type": "Point", "coordinates": [104.0, 30.0]},
        F.RADIUS,
        (None, None, None),
    ),
    "circle of nowhere": ({"type": "Point", "coordinates": []}, F.STRUCTURE, (None, None, None)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_faulty_drawing_is_refused_with_its_place(name: str) -> None:
    drawing, fault, place = REFUSED[name]
    with pytest.raises(FenceRefused) as refused:
        shape_from(drawing, datum=WGS84)  # type: ignore[arg-type]
    spot = refused.value.spot
    assert (refused.value.fault, (spot.part, spot.ring, spot.vertex)) == (fault, place)
    assert fence_sentence(refused.value)


def test_a_crossing_is_shown_where_it_is_in_the_datum_of_the_drawing() -> None:
    with pytest.raises(FenceRefused) as refused:
        shape_from(polygon(BOW_TIE), datum=Datum.BD09)
    point = refused.value.spot.point
    assert point is not None and point.datum is Datum.BD09
    middle = point_in(Datum.BD09, lon=CHENGDU.lon, lat=CHENGDU.lat)
    assert distance_m(to_wgs84(point), to_wgs84(middle)) < 1


@pytest.mark.parametrize("radius_m", [9.9, 5000.1, -100, float("nan"), float("inf"), "150", True])
def test_a_circle_has_a_radius_in_range(radius_m: float) -> None:
    drawing: Drawing = {"type": "Point", "coordinates": [104.0658, 30.6574]}
    with pytest.raises(FenceRefused) as refused:
        shape_from(drawing, datum=WGS84, radius_m=radius_m)
    assert refused.value.fault is F.RADIUS


def test_an_area_has_no_radius() -> None:
    with pytest.raises(FenceRefused) as refused:
        shape_from(polygon(BIG), datum=WGS84, radius_m=100)
    assert refused.value.fault is F.RADIUS


@pytest.mark.parametrize("datum", [None, "wgs84", "cgcs2000", ""])
def test_a_drawing_without_a_datum_is_refused(datum: Any) -> None:
    with pytest.raises(FenceRefused) as refused:
        shape_from(polygon(BIG), datum=datum)
    assert refused.value.fault is F.DATUM


@pytest.mark.parametrize("buffer_m", [-1, 100.1, float("nan"), float("inf"), None, "20", True])
def test_a_buffer_is_in_range(buffer_m: float) -> None:
    with pytest.raises(FenceRefused) as refused:
        Fence.from_geojson(polygon(BIG), id="x", datum=WGS84, buffer_m=buffer_m)
    assert refused.value.fault is F.BUFFER


TAKEN: dict[str, Drawing] = {
    "square": polygon(BIG),
    "clockwise": polygon(BIG[::-1]),
    "with a hole": polygon(BIG, HOLE),
    "two parts": multi([BIG, HOLE], [square(EAST, 100)]),
    "parts that meet in one corner": multi([BIG], [CORNER_TO_CORNER]),
    "a corner twice": polygon([BIG[0], BIG[1], BIG[1], *BIG[2:]]),
    "with heights": polygon([[*position, 512.0] for position in BIG]),
    "whole numbers": polygon([[104, 30], [104.01, 30], [104.01, 30.01], [104, 30]]),
    "as fine as may be": polygon(ring_around(CHENGDU, [300.0] * (MAX_VERTICES - 1))),
    "tuples": {"type": "Polygon", "coordinates": (tuple(BIG),)},
}


@pytest.mark.parametrize("name", TAKEN)
@pytest.mark.parametrize("datum", Datum)
def test_a_proper_drawing_is_taken_in_any_datum(name: str, datum: Datum) -> None:
    shape = shape_from(TAKEN[name], datum=datum)
    assert isinstance(shape, Area)
    assert shape.polygons.is_valid


def test_parts_side_by_side_are_one_area_to_be_drawn_as_one() -> None:
    with pytest.raises(FenceRefused) as refused:
        shape_from(multi([BIG], [NEXT_DOOR]), datum=WGS84)
    assert refused.value.fault is F.PARTS_OVERLAP


@given(drawings(), st.sampled_from(Datum))
def test_geojson_comes_back_in_wgs84_with_its_rings_turned_right(
    drawing: Drawing, datum: Datum
) -> None:
    shape = shape_from(drawing, datum=datum)
    written = geometry_of(shape)
    again = shape_from(written, datum=WGS84)
    assert isinstance(shape, Area) and isinstance(again, Area)
    assert again.polygons.equals(shape.polygons)
    for part in shapely.get_parts(shapely.from_geojson(_text(written))):
        assert part.exterior.is_ccw
        assert not any(ring.is_ccw for ring in part.interiors)


def _text(geometry: Drawing) -> str:
    return str(geometry).replace("'", '"')


@pytest.mark.parametrize("datum", Datum)
def test_a_circle_comes_back_in_wgs84(datum: Datum) -> None:
    centre = convert(CHENGDU, datum)
    fence = Fence.from_geojson(
        {"type": "Point", "coordinates": [centre.lon, centre.lat]},
        id="x",
        datum=datum,
        radius_m=150,
    )
    assert isinstance(fence.shape, Circle)
    assert distance_m(fence.shape.centre, CHENGDU) < 1e-6
    assert fence.geometry["type"] == "Point"
    assert fence.radius_m == 150


def test_heights_are_left_out() -> None:
    fence = Fence.from_geojson(TAKEN["with heights"], id="x", datum=WGS84)
    assert fence.geometry == Fence.from_geojson(polygon(BIG), id="x", datum=WGS84).geometry
    assert fence.radius_m is None


def test_the_area_is_right_to_a_percent() -> None:
    shape = shape_from(polygon(BIG, HOLE), datum=WGS84)
    assert isinstance(shape, Area)
    a, b, c = (Wgs84(lon=lon, lat=lat) for lon, lat in BIG[:3])
    whole = distance_m(a, b) * distance_m(b, c)
    assert shape.square_m == pytest.approx(whole * (1 - 1 / 36), rel=0.01)
