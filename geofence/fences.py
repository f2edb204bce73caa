"""A fence: a shape with the name of its row and a buffer around it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from geofence.datum import to_wgs84
from geofence.faults import FenceFault, FenceRefused
from geofence.geojson import geometry_of, shape_from
from geofence.points import Datum, Point
from geofence.shapes import Circle, Shape

MAX_BUFFER_M = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """A shape on the earth that widens outwards, and into its holes, by `buffer_m` metres.

    id: opaque; says which row, and which version of it, a verdict was made with.
    buffer_m: 0 to 100. Raises FenceRefused for another one.
    """

    id: str
    shape: Shape
    buffer_m: float = 0.0

    def __post_init__(self) -> None:
        """Refuses a buffer out of range."""
        value: object = self.buffer_m
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise FenceRefused(FenceFault.BUFFER)
        if not 0 <= value <= MAX_BUFFER_M:
            raise FenceRefused(FenceFault.BUFFER)
        object.__setattr__(self, "buffer_m", float(value))

    @classmethod
    def from_geojson(
        cls,
        geometry: Mapping[str, object],
        *,
        id: str,
        datum: Datum,
        radius_m: float | None = None,
        buffer_m: float = 0.0,
    ) -> Self:
        """The fence drawn as a GeoJSON geometry in `datum`; see `geojson.shape_from`.

        Takes about 0.5 ms; make it once, ask it often. Raises FenceRefused with the place of the
        fault.

        Examples:
            >>> gate = Fence.from_geojson(
            ...     {"type": "Point", "coordinates": [104.068307, 30.654978]},
            ...     id="gate", datum=Datum.GCJ02, radius_m=100, buffer_m=20)
            >>> round(gate.shape.centre.lon, 4), round(gate.shape.centre.lat, 4)
            (104.0658, 30.6574)
        """
        shape = shape_from(geometry, datum=datum, radius_m=radius_m)
        return cls(id=id, shape=shape, buffer_m=buffer_m)

    @property
    def geometry(self) -> dict[str, object]:
        """The shape as GeoJSON in WGS-84, without the buffer."""
        return geometry_of(self.shape)

    @property
    def radius_m(self) -> float | None:
        """The radius of a circle; None for an area."""
        return self.shape.radius_m if isinstance(self.shape, Circle) else None

    def signed_distance_m(self, point: Point) -> float:
        """Metres from `point` to the buffered edge: negative inside, 0 on the line.

        Outside, the way still to go. Inside, the least way out of the buffered fence. The point
        may be in any datum.

        Examples:
            >>> from geofence.points import Wgs84
            >>> gate = Fence.from_geojson({"type": "Point", "coordinates": [104.0658, 30.6574]},
            ...     id="gate", datum=Datum.WGS84, radius_m=100, buffer_m=20)
            >>> gate.signed_distance_m(Wgs84(lon=104.0658, lat=30.6574))
            -120.0
        """
        return self.shape.signed_distance_m(to_wgs84(point)) - self.buffer_m

    def covers(self, point: Point) -> bool:
        """True where `point` lies in the buffered fence or on its line.

        Examples:
            >>> from geofence.points import Wgs84
            >>> gate = Fence.from_geojson({"type": "Point", "coordinates": [104.0658, 30.6574]},
            ...     id="gate", datum=Datum.WGS84, radius_m=100)
            >>> gate.covers(Wgs84(lon=104.0658, lat=30.6580))
            True
            >>> gate.covers(Wgs84(lon=104.0658, lat=30.6590))
            False
        """
        return self.signed_distance_m(point) <= 0
