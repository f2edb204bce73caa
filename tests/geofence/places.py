"""Places, drawings and strategies that the tests of geofence share."""

from datetime import UTC, datetime
from math import cos, radians, sin, tau

from hypothesis import strategies as st

from geofence.fences import Fence
from geofence.fix import Fix
from geofence.points import Datum, Point, Wgs84

NOON = datetime(2026, 6, 3, 4, tzinfo=UTC)
CHENGDU = Wgs84(lon=104.0658, lat=30.6574)

# In the mainland with at least 20 km of it all around.
CITIES = {
    "成都": (104.0658, 30.6574),
    "广州": (113.2644, 23.1291),
    "北京": (116.3975, 39.9087),
    "哈尔滨": (126.64, 45.76),
    "乌鲁木齐": (87.62, 43.82),
    "拉萨": (91.11, 29.65),
    "三亚": (109.51, 18.35),
}

Drawing = dict[str, object]


def moved(place: Wgs84, *, east_m: float, north_m: float) -> Wgs84:
    """About so many metres away; good to 1 % nearby."""
    degree_m = 111_320.0
    return Wgs84(
        lon=place.lon + east_m / degree_m / cos(radians(place.lat)),
        lat=place.lat + north_m / degree_m,
    )


def ring_around(place: Wgs84, radii_m: list[float]) -> list[list[float]]:
    """A closed star-shaped ring, one corner at each radius."""
    corners = []
    for index, radius in enumerate(radii_m):
        angle = tau * index / len(radii_m)
        corner = moved(place, east_m=radius * cos(angle), north_m=radius * sin(angle))
        corners.append([corner.lon, corner.lat])
    return [*corners, corners[0]]


def square(place: Wgs84, half_m: float) -> list[list[float]]:
    corners = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
    moves = [moved(place, east_m=x * half_m, north_m=y * half_m) for x, y in corners]
    return [[corner.lon, corner.lat] for corner in moves]


def polygon(*rings: list[list[float]]) -> Drawing:
    return {"type": "Polygon", "coordinates": list(rings)}


def circle_fence(place: Point, radius_m: float, buffer_m: float = 0.0) -> Fence:
    return Fence.from_geojson(
        {"type": "Point", "coordinates": [place.lon, place.lat]},
        id="circle",
        datum=place.datum,
        radius_m=radius_m,
        buffer_m=buffer_m,
    )


def polygon_fence(*rings: list[list[float]], buffer_m: float = 0.0, id: str = "area") -> Fence:
    return Fence.from_geojson(polygon(*rings), id=id, datum=Datum.WGS84, buffer_m=buffer_m)


def fix_at(point: Point, accuracy_m: float | None = 10.0, taken_at: datetime = NOON) -> Fix:
    return Fix(point=point, accuracy_m=accuracy_m, taken_at=taken_at)


@st.composite
def city_places(draw: st.DrawFn) -> Wgs84:
    """A place up to some 10 km from a city's middle."""
    lon, lat = draw(st.sampled_from(list(CITIES.values())))
    return Wgs84(lon=lon + draw(st.floats(-0.1, 0.1)), lat=lat + draw(st.floats(-0.1, 0.1)))


@st.composite
def drawings(draw: st.DrawFn, around: Wgs84 = CHENGDU) -> Drawing:
    """A star-shaped polygon around a place, some with a hole, some with a second part."""
    outer = ring_around(around, draw(st.lists(st.floats(120, 600), min_size=5, max_size=12)))
    rings = [outer]
    if draw(st.booleans()):
        rings.append(square(around, 30))
    if draw(st.booleans()):
        return polygon(*rings)
    far = moved(around, east_m=1500, north_m=200)
    return {"type": "MultiPolygon", "coordinates": [rings, [square(far, 100)]]}


@st.composite
def fences(draw: st.DrawFn, around: Wgs84 = CHENGDU) -> Fence:
    """A circle or an area around a place, with or without a buffer."""
    buffer_m = draw(st.sampled_from([0.0, 20.0, 100.0]))
    if draw(st.booleans()):
        return circle_fence(around, draw(st.floats(10, 800)), buffer_m)
    return Fence.from_geojson(
        draw(drawings(around)), id="drawn", datum=Datum.WGS84, buffer_m=buffer_m
    )


def near_places(around: Wgs84 = CHENGDU, reach_m: float = 2500) -> st.SearchStrategy[Wgs84]:
    metres = st.floats(-reach_m, reach_m)
    return st.builds(lambda x, y: moved(around, east_m=x, north_m=y), metres, metres)
