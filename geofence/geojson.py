"""A checked shape from GeoJSON (RFC 7946) in any of the three datums, and back to GeoJSON.

Point with a radius makes a circle, Polygon and MultiPolygon an area. Corners are converted, and
edges are straight between them in WGS-84. Whatever is not a proper drawing is refused with the
place of the fault. The first fault is told; a drawing is mended one fault at a time.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import shapely
from shapely import LineString, MultiPolygon, Polygon

from geofence.datum import convert, to_wgs84
from geofence.distance import metres_between
from geofence.faults import FenceFault, FenceRefused, Spot
from geofence.points import Datum, Point, PointRefused, Wgs84, point_in
from geofence.shapes import Area, Circle, Shape

MAX_VERTICES = 1000
MIN_AREA_M2 = 50.0
MAX_AREA_M2 = 200e6
# A railway lot is long; beyond this the distances lose their stated exactness.
MAX_EXTENT_M = 100_000.0
MIN_RADIUS_M, MAX_RADIUS_M = 10.0, 5000.0

_Degrees = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Ring:
    """One closed ring: its corners as drawn, and as (lon, lat) in WGS-84."""

    part: int
    index: int
    drawn: tuple[Point, ...]
    degrees: tuple[_Degrees, ...]

    def spot(self, vertex: int, point: Point | None = None) -> Spot:
        return Spot(
            part=self.part, ring=self.index, vertex=vertex, point=point or self.drawn[vertex]
        )

    def spot_outside(self, area: Polygon) -> Spot | None:
        """The first corner that does not lie in `area`; None when all do."""
        corners = enumerate(self.degrees)
        outside = (vertex for vertex, place in corners if not area.covers(shapely.Point(place)))
        vertex = next(outside, None)
        return None if vertex is None else self.spot(vertex)

    def spot_near(self, reason: str) -> Spot:
        """The spot of `[lon lat]` in a reason of GEOS: a corner, else the edge it lies on."""
        found = re.search(r"\[(\S+) (\S+)\]", reason)
        if found is None:
            return self.spot(0)
        there = (float(found[1]), float(found[2]))
        for vertex, degrees in enumerate(self.degrees):
            if metres_between(*degrees, *there) < 0.01:
                return self.spot(vertex)
        edges = [LineString(pair) for pair in pairwise(self.degrees)]
        vertex = min(range(len(edges)), key=lambda i: edges[i].distance(shapely.Point(there)))
        point = convert(Wgs84(lon=there[0], lat=there[1]), self.drawn[0].datum)
        return self.spot(vertex, point)


def shape_from(
    geometry: Mapping[str, object], *, datum: Datum, radius_m: float | None = None
) -> Shape:
    """The shape drawn as a GeoJSON geometry in `datum`.

    Rings are closed, in either direction; heights are left out. `radius_m` goes with a Point and
    with nothing else: 10 to 5,000 metres. Raises FenceRefused with the place of the fault.

    Examples:
        >>> shape_from({"type": "Point", "coordinates": [104.07, 30.65]},
        ...            datum=Datum.WGS84, radius_m=150)
        Circle(centre=Wgs84(lon=104.07, lat=30.65), radius_m=150.0)
        >>> bow_tie = [[104.06, 30.65], [104.07, 30.66], [104.07, 30.65], [104.06, 30.66]]
        >>> shape_from({"type": "Polygon", "coordinates": [[*bow_tie, bow_tie[0]]]},
        ...            datum=Datum.WGS84)
        Traceback (most recent call last):
        geofence.faults.FenceRefused: self_intersection at part 0, ring 0, vertex 0
    """
    if not isinstance(datum, Datum):
        raise FenceRefused(FenceFault.DATUM)
    kind, coordinates = _members(geometry)
    if kind == "Point":
        return _circle(coordinates, datum, radius_m)
    if kind not in ("Polygon", "MultiPolygon"):
        raise FenceRefused(FenceFault.TYPE)
    if radius_m is not None:
        raise FenceRefused(FenceFault.RADIUS)
    return _area(_list([coordinates] if kind == "Polygon" else coordinates, Spot()), datum)


def geometry_of(shape: Shape) -> dict[str, object]:
    """`shape` as a GeoJSON geometry in WGS-84: Point, Polygon, or MultiPolygon for several parts.

    Outer rings run counterclockwise, holes clockwise (RFC 7946, 3.1.6).

    Examples:
        >>> geometry_of(Circle(Wgs84(lon=104.07, lat=30.65), 150.0))
        {'type': 'Point', 'coordinates': [104.07, 30.65]}
    """
    if isinstance(shape, Circle):
        return {"type": "Point", "coordinates": [shape.centre.lon, shape.centre.lat]}
    parts = [_coordinates_of(part) for part in shape.polygons.geoms]
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts}


def _members(geometry: object) -> tuple[object, object]:
    # A "crs" or a "bbox" would have to be believed or ignored; neither is safe.
    if not isinstance(geometry, Mapping) or set(geometry) != {"type", "coordinates"}:
        raise FenceRefused(FenceFault.STRUCTURE)
    return geometry["type"], geometry["coordinates"]


def _coordinates_of(part: Polygon) -> list[list[list[float]]]:
    turned = shapely.orient_polygons(part)
    return [
        [[lon, lat] for lon, lat in ring.coords] for ring in (turned.exterior, *turned.interiors)
    ]


def _circle(coordinates: object, datum: Datum, radius_m: object) -> Circle:
    centre = to_wgs84(_position(coordinates, datum, Spot()))
    if isinstance(radius_m, bool) or not isinstance(radius_m, int | float):
        raise FenceRefused(FenceFault.RADIUS)
    if not MIN_RADIUS_M <= radius_m <= MAX_RADIUS_M:
        raise FenceRefused(FenceFault.RADIUS)
    return Circle(centre, float(radius_m))


def _area(parts: Sequence[object], datum: Datum) -> Area:
    rings = list(_rings(parts, datum))
    if not rings:
        raise FenceRefused(FenceFault.STRUCTURE)
    for ring in rings:
        _refuse_crossing_180(ring)
        _refuse_crossing_itself(ring)
    _refuse_extent(rings)
    polygons = [
        _polygon([ring for ring in rings if ring.part == part]) for part in range(len(parts))
    ]
    _refuse_overlapping(polygons, rings)
    area = Area.of(MultiPolygon(polygons))
    _refuse_area(area, rings)
    return area


def _rings(parts: Sequence[object], datum: Datum) -> Iterator[_Ring]:
    """All rings, positions checked and converted. Counts first, so a huge drawing costs little."""
    count = 0
    for part, content in enumerate(parts):
        lists = _list(content, Spot(part=part))
        if not lists:
            raise FenceRefused(FenceFault.STRUCTURE, Spot(part=part))
        for index, positions in enumerate(lists):
            spot = Spot(part=part, ring=index)
            ring = _list(positions, spot)
            count += len(ring)
            if count > MAX_VERTICES:
                raise FenceRefused(FenceFault.TOO_MANY_VERTICES, spot)
            yield _ring(part, index, ring, datum)


def _ring(part: int, index: int, positions: Sequence[object], datum: Datum) -> _Ring:
    drawn = tuple(
        _position(position, datum, Spot(part=part, ring=index, vertex=vertex))
        for vertex, position in enumerate(positions)
    )
    places = [to_wgs84(point) for point in drawn]
    ring = _Ring(part, index, drawn, tuple((place.lon, place.lat) for place in places))
    if len(set(ring.degrees)) < 3:
        raise FenceRefused(FenceFault.TOO_FEW_POINTS, Spot(part=part, ring=index))
    if drawn[0] != drawn[-1]:
        raise FenceRefused(FenceFault.UNCLOSED, ring.spot(len(drawn) - 1))
    return ring


def _position(value: object, datum: Datum, spot: Spot) -> Point:
    numbers = _list(value, spot)
    if len(numbers) not in (2, 3):
        raise FenceRefused(FenceFault.STRUCTURE, spot)
    lon, lat = numbers[:2]
    if not isinstance(lon, int | float) or not isinstance(lat, int | float):
        raise FenceRefused(FenceFault.POSITION, spot)
    try:
        return point_in(datum, lon=lon, lat=lat)
    except PointRefused as refused:
        raise FenceRefused(FenceFault.POSITION, spot) from refused


def _list(value: object, spot: Spot) -> Sequence[object]:
    if not isinstance(value, list | tuple):
        raise FenceRefused(FenceFault.STRUCTURE, spot)
    return value


def _refuse_crossing_180(ring: _Ring) -> None:
    for vertex, ((lon, _), (next_lon, _)) in enumerate(pairwise(ring.degrees)):
        if abs(next_lon - lon) > 180:
            raise FenceRefused(FenceFault.ANTIMERIDIAN, ring.spot(vertex))


def _refuse_crossing_itself(ring: _Ring) -> None:
    alone = Polygon(ring.degrees)
    if not alone.is_valid:
        spot = ring.spot_near(shapely.is_valid_reason(alone))
        raise FenceRefused(FenceFault.SELF_INTERSECTION, spot)


def _polygon(rings: Sequence[_Ring]) -> Polygon:
    """The part of these rings: an outer one and its holes."""
    outer, *holes = rings
    whole = Polygon(outer.degrees, [hole.degrees for hole in holes])
    if whole.is_valid:
        return whole

    def first(count: int) -> Polygon:
        return Polygon(outer.degrees, [hole.degrees for hole in holes[:count]])

    faulty = _first_invalid(first, len(holes))
    hole, around = holes[faulty - 1], Polygon(outer.degrees)
    spot = hole.spot_near(shapely.is_valid_reason(first(faulty)))
    if around.covers(Polygon(hole.degrees)):
        raise FenceRefused(FenceFault.HOLES_OVERLAP, spot)
    raise FenceRefused(FenceFault.HOLE_OUTSIDE, hole.spot_outside(around) or spot)


def _refuse_overlapping(polygons: Sequence[Polygon], rings: Sequence[_Ring]) -> None:
    if MultiPolygon(polygons).is_valid:
        return

    def first(count: int) -> MultiPolygon:
        return MultiPolygon(polygons[:count])

    faulty = _first_invalid(first, len(polygons))
    outer = next(ring for ring in rings if ring.part == faulty - 1)
    spot = outer.spot_near(shapely.is_valid_reason(first(faulty)))
    raise FenceRefused(FenceFault.PARTS_OVERLAP, spot)


def _first_invalid(first: Callable[[int], Polygon | MultiPolygon], count: int) -> int:
    """How many of `count` elements it takes to be invalid; all of them are. More never mend it."""
    return 1 + bisect_left(range(1, count), True, key=lambda some: not first(some).is_valid)


def _refuse_extent(rings: Sequence[_Ring]) -> None:
    bounds = shapely.bounds(MultiPolygon([Polygon(ring.degrees) for ring in rings]))
    west, south, east, north = (float(bound) for bound in bounds)
    # Parts on both sides of 180 degrees, each cut at it as RFC 7946 asks.
    if east - west > 180:
        raise FenceRefused(FenceFault.ANTIMERIDIAN)
    if metres_between(west, south, east, north) > MAX_EXTENT_M:
        raise FenceRefused(FenceFault.TOO_LARGE)


def _refuse_area(area: Area, rings: Sequence[_Ring]) -> None:
    for part, polygon in enumerate(area.polygons.geoms):
        if polygon.area * area.plane.east_m * area.plane.north_m < MIN_AREA_M2:
            outer = next(ring for ring in rings if ring.part == part)
            raise FenceRefused(FenceFault.TOO_SMALL, outer.spot(0))
    if area.square_m > MAX_AREA_M2:
        raise FenceRefused(FenceFault.TOO_LARGE)
