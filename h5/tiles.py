"""Map tiles under a sketch, when the operator has set where they come from.

Tiles are squares of Web Mercator, 2**zoom each way, counted from the north west. Those of Chinese
services stand in their own datum. Baidu counts its tiles in another way: the settings refuse them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import asinh, atan, cos, degrees, floor, log2, pi, radians, sinh, tan

from api.settings import settings
from geofence.datum import convert, to_wgs84
from geofence.points import Datum, Wgs84, point_in

EQUATOR_M = 40_075_016.686
TILE = 256
ZOOMS = (3, 18)
MOST = 20
Degrees = tuple[float, float]
"""Longitude and latitude in WGS-84."""
Units = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Tile:
    """One picture and where it lies in the drawing."""

    href: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Source:
    """Where tiles come from: an address with {z}, {x} and {y}, and their datum."""

    pattern: str
    datum: Datum

    def cell(self, place: Degrees, zoom: int) -> tuple[int, int]:
        """The column and row of the tile that holds the place."""
        shown = convert(Wgs84(lon=place[0], lat=place[1]), self.datum)
        across = (shown.lon + 180) / 360
        down = (1 - asinh(tan(radians(shown.lat))) / pi) / 2
        return floor(across * 2**zoom), floor(down * 2**zoom)

    def corner(self, column: int, row: int, zoom: int) -> Degrees:
        """The north-western corner of a tile."""
        lon = column / 2**zoom * 360 - 180
        lat = degrees(atan(sinh(pi * (1 - 2 * row / 2**zoom))))
        place = to_wgs84(point_in(self.datum, lon=lon, lat=lat))
        return place.lon, place.lat


def source() -> Source | None:
    """Where the operator's tiles come from; None without any."""
    pattern, datum = settings().map_tiles, Datum(settings().map_datum)
    return Source(pattern, datum) if pattern else None


def under(
    found: Source,
    north_west: Degrees,
    south_east: Degrees,
    units_per_m: float,
    units_of: Callable[[Degrees], Units],
) -> tuple[Tile, ...]:
    """The tiles that fill a drawing between two corners, as sharp as it needs."""
    around_m = EQUATOR_M * cos(radians(north_west[1]))
    zoom = min(max(round(log2(around_m * units_per_m / TILE)), ZOOMS[0]), ZOOMS[1])
    return tuple(_tiles(found, north_west, south_east, zoom, units_of))[:MOST]


def _tiles(
    found: Source,
    north_west: Degrees,
    south_east: Degrees,
    zoom: int,
    units_of: Callable[[Degrees], Units],
) -> Iterator[Tile]:
    (west, north), (east, south) = found.cell(north_west, zoom), found.cell(south_east, zoom)
    for row in range(north, south + 1):
        for column in range(west, east + 1):
            x, y = units_of(found.corner(column, row, zoom))
            right, below = units_of(found.corner(column + 1, row + 1, zoom))
            href = found.pattern.replace("{z}", str(zoom)).replace("{x}", str(column))
            size = (round(right - x, 1), round(below - y, 1))
            yield Tile(href.replace("{y}", str(row)), x, y, *size)
