"""A place on the earth, with the datum it is written in as part of its type.

The same spot has different numbers in the three datums used in China. Mixed up, they lie hundreds
of metres apart, up to 1.5 km, which is more than most sites are wide. So there is no bare pair of
numbers here, and three types that are never equal to each other. Longitude and latitude go by
keyword, because nobody remembers their order.

Wgs84: GNSS receivers, browsers, `wx.getLocation` by default, GeoJSON. What is stored.
Gcj02: the maps of Tencent and AMap, `wx.getLocation` with `type: "gcj02"`.
Bd09: the maps of Baidu.
"""

from dataclasses import dataclass
from enum import StrEnum, unique
from typing import ClassVar


@unique
class Datum(StrEnum):
    """The name of a datum in the outer interface."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


class PointRefused(ValueError):
    """A coordinate is not a finite number in its range. Names the axis, never the value.

    axis: `"lon"` or `"lat"`.
    """

    def __init__(self, axis: str) -> None:
        """Refuses the coordinate on `axis`."""
        super().__init__(f"{axis} is not a finite number in range")
        self.axis = axis


def _degrees(axis: str, value: object, limit: int) -> float:
    """`value` as a float from -limit to limit; NaN and the infinities compare false."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PointRefused(axis)
    if not -limit <= value <= limit:
        raise PointRefused(axis)
    return float(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    datum: ClassVar[Datum]
    lon: float
    lat: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "lon", _degrees("lon", self.lon, 180))
        object.__setattr__(self, "lat", _degrees("lat", self.lat, 90))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wgs84(_Place):
    """A place in WGS-84.

    lon: degrees east, -180 to 180, both ends included. lat: degrees north, -90 to 90, likewise.
    Raises PointRefused for anything else: text, None, a truth value, NaN, an infinity.

    Examples:
        >>> Wgs84(lon=104.0658, lat=30.6574)
        Wgs84(lon=104.0658, lat=30.6574)
        >>> Wgs84(lon=30.6574, lat=104.0658)  # swapped
        Traceback (most recent call last):
        geofence.points.PointRefused: lat is not a finite number in range
        >>> Wgs84(lon=104.0658, lat=float("nan"))
        Traceback (most recent call last):
        geofence.points.PointRefused: lat is not a finite number in range
    """

    datum: ClassVar[Datum] = Datum.WGS84


@dataclass(frozen=True, slots=True, kw_only=True)
class Gcj02(_Place):
    """A place in GCJ-02. Ranges and errors as for `Wgs84`.

    Examples:
        >>> Gcj02(lon=104.068307, lat=30.654978).datum
        <Datum.GCJ02: 'gcj02'>
        >>> Gcj02(lon=0, lat=0) == Wgs84(lon=0, lat=0)
        False
    """

    datum: ClassVar[Datum] = Datum.GCJ02


@dataclass(frozen=True, slots=True, kw_only=True)
class Bd09(_Place):
    """A place in BD-09. Ranges and errors as for `Wgs84`.

    Examples:
        >>> Bd09(lon=104.074804, lat=30.661007).lat
        30.661007
    """

    datum: ClassVar[Datum] = Datum.BD09


Point = Wgs84 | Gcj02 | Bd09

_TYPES: dict[Datum, type[Wgs84] | type[Gcj02] | type[Bd09]] = {
    Datum.WGS84: Wgs84,
    Datum.GCJ02: Gcj02,
    Datum.BD09: Bd09,
}


def point_in(datum: Datum, *, lon: float, lat: float) -> Point:
    """The place `lon`, `lat` in the datum of that name.

    Raises PointRefused as the types do.

    Examples:
        >>> point_in(Datum.BD09, lon=104.074804, lat=30.661007)
        Bd09(lon=104.074804, lat=30.661007)
    """
    return _TYPES[datum](lon=lon, lat=lat)
