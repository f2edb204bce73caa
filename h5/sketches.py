"""A sketch of a site: its fences and where the phone is, as shapes of an SVG without any map."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import cos, pi, sin
from typing import Any, Protocol

from geofence.distance import LocalPlane
from geofence.sentences import length_in_words
from h5.tiles import Source, Tile, under

WIDTH, HEIGHT, MARGIN, BELOW = 320, 200, 16, 44
"""Units of the drawing; below the site lies the bar."""
FAR_M = 5_000.0
"""A phone that is farther off than this is not drawn: the site would be a dot."""
CIRCLE_CORNERS = 48
BARS_M = (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
BAR_MOST = 110
Ring = Sequence[tuple[float, float]]


class Outline(Protocol):
    """A fence as a worker's phone gets it: GeoJSON in WGS-84, a point with a radius or areas."""

    @property
    def geometry(self) -> Mapping[str, Any]:
        """Point, Polygon or MultiPolygon."""

    @property
    def radius_m(self) -> float | None:
        """Of a point."""

    @property
    def buffer_m(self) -> float:
        """How far around the shape one still counts as inside."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the drawing, with the circle in which it may lie."""

    x: float
    y: float
    r: float


@dataclass(frozen=True, slots=True)
class Sketch:
    """The drawing: `fence` are paths, `scale` the length of a bar and what it stands for.

    bands: how broad a line along each path is the buffer, on both sides of it together; 0 for none.
    """

    width: int
    height: int
    fence: tuple[str, ...]
    bands: tuple[float, ...]
    spot: Spot | None
    scale: tuple[float, str]
    tiles: tuple[Tile, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """Where a phone is, in WGS-84."""

    lon: float
    lat: float
    accuracy_m: float | None


def sketch(
    fences: Iterable[Outline], position: Position | None = None, source: Source | None = None
) -> Sketch | None:
    """The fences and the position in one drawing, north up; None without a fence.

    A position far off is left out: the words say how far it is. `source`: of tiles below it all.
    """
    listed = list(fences)
    drawn = [_rings(each) for each in listed]
    corners = [corner for rings in drawn for ring in rings for corner in ring]
    if not corners:
        return None
    plane = LocalPlane.around(lon=_middle(corners, 0), lat=_middle(corners, 1))
    flat = [[[plane.flat(*corner) for corner in ring] for ring in rings] for rings in drawn]
    spot = _seen(plane, position)
    seen = [_with_band(rings, each.buffer_m) for rings, each in zip(flat, listed, strict=True)]
    frame = _Frame.around(list(chain.from_iterable(seen)), spot)
    return Sketch(
        WIDTH,
        HEIGHT,
        tuple("".join(frame.path(ring) for ring in rings) for rings in flat),
        tuple(frame.band(each.buffer_m) for each in listed),
        frame.spot(spot, position.accuracy_m or 0.0) if spot and position else None,
        frame.bar(),
        frame.tiles(plane, source) if source else (),
    )


def _rings(fence: Outline) -> list[Ring]:
    kind, coordinates = fence.geometry["type"], fence.geometry["coordinates"]
    if kind == "Point":
        return [_round(coordinates[0], coordinates[1], fence.radius_m or 0.0)]
    parts = [coordinates] if kind == "Polygon" else coordinates
    return [[(corner[0], corner[1]) for corner in ring] for part in parts for ring in part]


def _round(lon: float, lat: float, radius_m: float) -> Ring:
    plane = LocalPlane.around(lon=lon, lat=lat)
    turns = (2 * pi * step / CIRCLE_CORNERS for step in range(CIRCLE_CORNERS))
    return [plane.degrees(radius_m * cos(turn), radius_m * sin(turn)) for turn in turns]


def _with_band(rings: Sequence[Ring], buffer_m: float) -> list[tuple[float, float]]:
    """The corners of a fence in metres, and those of the box that holds its buffer."""
    corners = list(chain.from_iterable(rings))
    east, north = ([each[axis] for each in corners] for axis in (0, 1))
    return [
        *corners,
        (min(east) - buffer_m, min(north) - buffer_m),
        (max(east) + buffer_m, max(north) + buffer_m),
    ]


def _middle(corners: Ring, axis: int) -> float:
    values = [corner[axis] for corner in corners]
    return (min(values) + max(values)) / 2


def _seen(plane: LocalPlane, position: Position | None) -> tuple[float, float] | None:
    if position is None:
        return None
    x, y = plane.flat(position.lon, position.lat)
    return (x, y) if max(abs(x), abs(y)) <= FAR_M else None


@dataclass(frozen=True, slots=True)
class _Frame:
    """How metres around the site become units of the drawing."""

    middle: tuple[float, float]
    units_per_m: float

    @classmethod
    def around(cls, corners: Ring, spot: tuple[float, float] | None) -> "_Frame":
        seen = [*corners, spot] if spot else corners
        (west, east), (south, north) = (
            (min(each[axis] for each in seen), max(each[axis] for each in seen)) for axis in (0, 1)
        )
        units = min(
            (WIDTH - 2 * MARGIN) / max(east - west, 1.0),
            (HEIGHT - MARGIN - BELOW) / max(north - south, 1.0),
        )
        return cls(((west + east) / 2, (south + north) / 2), units)

    def place(self, x: float, y: float) -> tuple[float, float]:
        return (
            round(WIDTH / 2 + (x - self.middle[0]) * self.units_per_m, 1),
            round((HEIGHT + MARGIN - BELOW) / 2 - (y - self.middle[1]) * self.units_per_m, 1),
        )

    def _degrees(self, plane: LocalPlane, x: float, y: float) -> tuple[float, float]:
        middle_y = (HEIGHT + MARGIN - BELOW) / 2
        return plane.degrees(
            self.middle[0] + (x - WIDTH / 2) / self.units_per_m,
            self.middle[1] - (y - middle_y) / self.units_per_m,
        )

    def tiles(self, plane: LocalPlane, source: Source) -> tuple[Tile, ...]:
        return under(
            source,
            self._degrees(plane, 0, 0),
            self._degrees(plane, WIDTH, HEIGHT),
            self.units_per_m,
            lambda place: self.place(*plane.flat(*place)),
        )

    def path(self, ring: Ring) -> str:
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in (self.place(*each) for each in ring)) + "z"

    def band(self, buffer_m: float) -> float:
        return round(2 * buffer_m * self.units_per_m, 1)

    def spot(self, spot: tuple[float, float], accuracy_m: float) -> Spot:
        x, y = self.place(*spot)
        return Spot(x, y, round(min(max(accuracy_m * self.units_per_m, 8.0), WIDTH), 1))

    def bar(self) -> tuple[float, str]:
        metres = max(
            (each for each in BARS_M if each * self.units_per_m <= BAR_MOST), default=BARS_M[0]
        )
        return round(metres * self.units_per_m, 1), length_in_words(metres)
