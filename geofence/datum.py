"""The same place in another datum, by the public formula; WGS-84 is the hub of all conversions.

GCJ-02 is WGS-84 shifted by a sum of sines on the Krasovsky ellipsoid, mostly by 300 to 600 m;
BD-09 is GCJ-02 turned and moved by about 1 km more. The formulas are not official but publicly
known; how closely a vendor's map follows them is not promised here.

What the functions promise is exactness towards themselves: a way to and back ends within 1e-6 m
of its start (measured below 1e-8 m), everywhere in the mainland. Outside of it (see `mainland`)
all three datums are the same numbers. Within 1.5 km outside of its line a shifted place and an
unshifted one can have the same numbers; they are then read as the place inside.
"""

from collections.abc import Callable
from math import atan2, cos, hypot, pi, radians, sin, sqrt

from geofence.mainland import MAINLAND, in_mainland
from geofence.points import Bd09, Datum, Gcj02, Point, Wgs84

_Shift = Callable[[float, float], tuple[float, float]]

# Krasovsky 1940: semi-major axis in metres, first eccentricity squared.
_AXIS_M = 6378245.0
_ECCENTRICITY_2 = 0.00669342162296594323

# One step of the inverse leaves at most 1/40 of the error, so eight end below 1e-12 degrees.
_STEPS = 12
_ENOUGH_DEGREES = 1e-12

_WEST, _SOUTH, _EAST, _NORTH = MAINLAND.buffer(0.1).bounds


def to_wgs84(point: Point) -> Wgs84:
    """The same place in WGS-84.

    Examples:
        >>> place = to_wgs84(Gcj02(lon=104.068307, lat=30.654978))
        >>> round(place.lon, 4), round(place.lat, 4)
        (104.0658, 30.6574)
        >>> to_wgs84(Bd09(lon=-0.1276, lat=51.5072))  # London: nothing to undo
        Wgs84(lon=-0.1276, lat=51.5072)
    """
    if isinstance(point, Wgs84):
        return point
    return _unshifted(_gcj02 if isinstance(point, Gcj02) else _bd09, point)


def to_gcj02(point: Point) -> Gcj02:
    """The same place in GCJ-02.

    Examples:
        >>> place = to_gcj02(Wgs84(lon=104.0658, lat=30.6574))
        >>> round(place.lon, 6), round(place.lat, 6)
        (104.068307, 30.654978)
        >>> to_gcj02(Wgs84(lon=114.17, lat=22.3))  # Hong Kong is not shifted
        Gcj02(lon=114.17, lat=22.3)
    """
    if isinstance(point, Gcj02):
        return point
    lon, lat = _shifted(_gcj02, to_wgs84(point))
    return Gcj02(lon=lon, lat=lat)


def to_bd09(point: Point) -> Bd09:
    """The same place in BD-09.

    Examples:
        >>> place = to_bd09(Wgs84(lon=104.0658, lat=30.6574))
        >>> round(place.lon, 6), round(place.lat, 6)
        (104.074804, 30.661007)
    """
    if isinstance(point, Bd09):
        return point
    lon, lat = _shifted(_bd09, to_wgs84(point))
    return Bd09(lon=lon, lat=lat)


_CONVERSIONS: dict[Datum, Callable[[Point], Point]] = {
    Datum.WGS84: to_wgs84,
    Datum.GCJ02: to_gcj02,
    Datum.BD09: to_bd09,
}


def convert(point: Point, datum: Datum) -> Point:
    """The same place in the datum of that name; the very same point when it is in it already.

    Examples:
        >>> convert(Wgs84(lon=2.35, lat=48.86), Datum.GCJ02)
        Gcj02(lon=2.35, lat=48.86)
    """
    return _CONVERSIONS[datum](point)


def _shifted(shift: _Shift, point: Wgs84) -> tuple[float, float]:
    if not in_mainland(lon=point.lon, lat=point.lat):
        return point.lon, point.lat
    return shift(point.lon, point.lat)


def _unshifted(shift: _Shift, point: Gcj02 | Bd09) -> Wgs84:
    """The place in the mainland that is shifted to `point`, else the same numbers."""
    # Far off, the formula has no meaning and, at the poles, no value.
    if _WEST <= point.lon <= _EAST and _SOUTH <= point.lat <= _NORTH:
        lon, lat = _undo(shift, point.lon, point.lat)
        if in_mainland(lon=lon, lat=lat):
            return Wgs84(lon=lon, lat=lat)
    return Wgs84(lon=point.lon, lat=point.lat)


def _undo(shift: _Shift, lon: float, lat: float) -> tuple[float, float]:
    """The place that `shift` moves to `lon`, `lat`, by fixed-point iteration."""
    from_lon, from_lat = lon, lat
    for _ in range(_STEPS):
        to_lon, to_lat = shift(from_lon, from_lat)
        from_lon -= to_lon - lon
        from_lat -= to_lat - lat
        if max(abs(to_lon - lon), abs(to_lat - lat)) < _ENOUGH_DEGREES:
            break
    return from_lon, from_lat


def _gcj02(lon: float, lat: float) -> tuple[float, float]:
    """WGS-84 to GCJ-02, in the mainland."""
    east_m, north_m = _offset_m(lon - 105.0, lat - 35.0)
    phi = radians(lat)
    flattening = 1 - _ECCENTRICITY_2 * sin(phi) ** 2
    meridian_m = _AXIS_M * (1 - _ECCENTRICITY_2) / (flattening * sqrt(flattening))
    parallel_m = _AXIS_M / sqrt(flattening) * cos(phi)
    return lon + east_m * 180 / (parallel_m * pi), lat + north_m * 180 / (meridian_m * pi)


def _offset_m(x: float, y: float) -> tuple[float, float]:
    """How far GCJ-02 lies to the east and north; x, y: degrees from 105 E, 35 N."""
    common = 20 * sin(6 * pi * x) + 20 * sin(2 * pi * x)
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    east += (common + _waves(x, 150, 300)) * 2 / 3
    north += (common + _waves(y, 160, 320)) * 2 / 3
    return east, north


def _waves(z: float, middle: float, long: float) -> float:
    short = 20 * sin(pi * z) + 40 * sin(pi * z / 3)
    return short + middle * sin(pi * z / 12) + long * sin(pi * z / 30)


def _bd09(lon: float, lat: float) -> tuple[float, float]:
    """WGS-84 to BD-09, in the mainland."""
    x, y = _gcj02(lon, lat)
    wave = pi * 3000 / 180
    length = hypot(x, y) + 0.00002 * sin(y * wave)
    angle = atan2(y, x) + 0.000003 * cos(x * wave)
    return length * cos(angle) + 0.0065, length * sin(angle) + 0.006
