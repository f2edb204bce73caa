"""Where the three sites of the city lie: shapes around a middle, drawn by the metre.

The middles are places in Chengdu where nothing of the kind is built.
"""

from dataclasses import dataclass
from math import cos, radians
from typing import Any

DEGREE_M = 111_320.0
"""A degree of latitude; of longitude it is that times the cosine of the latitude."""
Metres = tuple[float, float]
"""East and north of the middle."""


@dataclass(frozen=True, slots=True)
class Place:
    """A site's middle in a datum, its fence around it, and where its people work."""

    lon: float
    lat: float
    datum: str
    fence: dict[str, Any]
    spot: Metres
    gate: Metres

    def position(self, east: float, north: float) -> dict[str, Any]:
        """The point so many metres from where people work."""
        lon, lat = self.at((self.spot[0] + east, self.spot[1] + north))
        return {"lon": lon, "lat": lat, "datum": self.datum}

    def at(self, metres: Metres) -> tuple[float, float]:
        """The point, seven decimals of a degree: a centimetre."""
        east, north = metres
        lon = self.lon + east / (DEGREE_M * cos(radians(self.lat)))
        return round(lon, 7), round(self.lat + north / DEGREE_M, 7)


def _ring(place: tuple[float, float], *corners: Metres) -> list[list[float]]:
    middle = Place(*place, "", {}, (0, 0), (0, 0))
    points = [list(middle.at(corner)) for corner in corners]
    return [*points, points[0]]


GARDEN_AT = (104.0437, 30.6152)
TUNNEL_AT = (104.0151, 30.6249)
SCHOOL_AT = (104.1124, 30.5983)
OUTLINE = ((-150, -110), (120, -125), (165, -20), (140, 105), (-60, 130), (-160, 40))
HOUSE = ((60, 40), (60, 80), (105, 80), (105, 40))
"""An old house in the middle of the garden that stays and belongs to somebody else."""

GARDEN = Place(
    *GARDEN_AT,
    datum="gcj02",
    fence={
        "name": "一期工地",
        "datum": "gcj02",
        "geometry": {
            "type": "Polygon",
            "coordinates": [_ring(GARDEN_AT, *OUTLINE), _ring(GARDEN_AT, *HOUSE)],
        },
        "buffer_m": 15,
    },
    spot=(-40, -20),
    gate=(0, -118),
)
TUNNEL = Place(
    *TUNNEL_AT,
    datum="wgs84",
    fence={
        "name": "东西两个工作井",
        "datum": "wgs84",
        "geometry": {
            "type": "MultiPolygon",
            "coordinates": [
                [_ring(TUNNEL_AT, (-220, -40), (-80, -40), (-80, 40), (-220, 40))],
                [_ring(TUNNEL_AT, (90, -30), (230, -45), (230, 35), (90, 45))],
            ],
        },
        "buffer_m": 10,
    },
    spot=(-150, 0),
    gate=(-150, -38),
)
SCHOOL = Place(
    *SCHOOL_AT,
    datum="gcj02",
    fence={
        "name": "教学楼",
        "datum": "gcj02",
        "geometry": {"type": "Point", "coordinates": list(SCHOOL_AT)},
        "radius_m": 160,
    },
    spot=(20, 30),
    gate=(0, -150),
)

WIDER = ((-150, -110), (120, -125), (195, -20), (170, 115), (-60, 130), (-160, 40))
"""The garden after the contractor took a strip in the east into use."""


def garden_widened(version: int) -> dict[str, Any]:
    """The garden's fence drawn anew over its version."""
    rings = [_ring(GARDEN_AT, *WIDER), _ring(GARDEN_AT, *HOUSE)]
    geometry = {"type": "Polygon", "coordinates": rings}
    return {**GARDEN.fence, "geometry": geometry, "version": version}
