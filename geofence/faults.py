"""Why a fence is refused, and where in the drawing the fault lies."""

from dataclasses import dataclass
from enum import StrEnum, unique

from geofence.points import Point


@unique
class FenceFault(StrEnum):
    """What is wrong with a fence. Codes are part of the outer interface and keep their meaning.

    `DATUM`              the datum is missing or unknown
    `TYPE`               not a Point, Polygon or MultiPolygon
    `STRUCTURE`          lists are not nested as the type demands, or a member nobody asked for
    `POSITION`           a coordinate is not a finite number in range
    `TOO_FEW_POINTS`     a ring without three different corners
    `TOO_MANY_VERTICES`  more than `geojson.MAX_VERTICES` positions in all
    `UNCLOSED`           a ring does not end where it begins
    `SELF_INTERSECTION`  a ring crosses or touches itself
    `HOLE_OUTSIDE`       a hole is not inside its outer ring
    `HOLES_OVERLAP`      a hole meets another one, or cuts its part in two
    `PARTS_OVERLAP`      a part covers or adjoins another one
    `ANTIMERIDIAN`       the drawing crosses 180 degrees
    `TOO_SMALL`          a part is below `geojson.MIN_AREA_M2`
    `TOO_LARGE`          all parts exceed `geojson.MAX_AREA_M2` or `geojson.MAX_EXTENT_M`
    `RADIUS`             a Point without a radius in range, or a radius without a Point
    `BUFFER`             the buffer is not in range
    """

    DATUM = "datum"
    TYPE = "type"
    STRUCTURE = "structure"
    POSITION = "position"
    TOO_FEW_POINTS = "too_few_points"
    TOO_MANY_VERTICES = "too_many_vertices"
    UNCLOSED = "unclosed"
    SELF_INTERSECTION = "self_intersection"
    HOLE_OUTSIDE = "hole_outside"
    HOLES_OVERLAP = "holes_overlap"
    PARTS_OVERLAP = "parts_overlap"
    ANTIMERIDIAN = "antimeridian"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    RADIUS = "radius"
    BUFFER = "buffer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A spot of a drawing. Indexes count from 0, as in the GeoJSON; None where unknown.

    part: polygon of a MultiPolygon. ring: 0 is the outer one, then the holes.
    vertex: the corner, or the one at which the faulty edge begins.
    point: in the datum of the drawing; of a crossing, where the edges cross.
    """

    part: int | None = None
    ring: int | None = None
    vertex: int | None = None
    point: Point | None = None


class FenceRefused(ValueError):
    """A fence is not drawn as it must be.

    fault: why. spot: where; empty when the fault has no place, as a wrong type.

    Examples:
        >>> str(FenceRefused(FenceFault.UNCLOSED, Spot(part=0, ring=1, vertex=4)))
        'unclosed at part 0, ring 1, vertex 4'
    """

    def __init__(self, fault: FenceFault, spot: Spot | None = None) -> None:
        """Refuses a fence because of `fault` at `spot`."""
        self.fault = fault
        self.spot = spot or Spot()
        indexes = [
            f"{name} {index}"
            for name, index in (
                ("part", self.spot.part),
                ("ring", self.spot.ring),
                ("vertex", self.spot.vertex),
            )
            if index is not None
        ]
        super().__init__(f"{fault} at {', '.join(indexes)}" if indexes else str(fault))
