"""Electronic fences as they come in and go out."""

from datetime import datetime
from enum import StrEnum, unique
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from api.kit.schemas import Body, Line, Out, Query
from api.projects.models import Fence, FenceVersion
from geofence.points import Datum


@unique
class GeometryType(StrEnum):
    """The GeoJSON geometries a fence can have."""

    POINT = "Point"
    POLYGON = "Polygon"
    MULTI_POLYGON = "MultiPolygon"


class GeometryIn(Body):
    """A GeoJSON geometry (RFC 7946), its coordinates in the datum that stands beside it."""

    type: GeometryType
    coordinates: Annotated[list[Any], Field(min_length=1)]


class FenceIn(Body):
    """A fence as drawn: a Point with `radius_m`, a Polygon with holes, or several parts."""

    name: Line
    datum: Datum
    geometry: GeometryIn
    radius_m: float | None = None
    buffer_m: float = 0


class FenceChangeIn(FenceIn):
    """The fence drawn anew; `version` is the one that was read."""

    version: Annotated[int, Field(ge=1, le=10**6)]


class VersionQuery(Query):
    """The version that was read."""

    version: Annotated[int, Field(ge=1, le=10**6)]


class FencesQuery(Query):
    """The fences in force, or also those that ended."""

    ended: bool = False


class GeometryOut(Out):
    """A GeoJSON geometry; in WGS-84 unless a datum stands beside it."""

    type: GeometryType
    coordinates: list[Any]


class VersionOut(Out):
    """The shape of a fence from `valid_from` up to `valid_to`; without an end it is in force."""

    version: int
    geometry: GeometryOut
    radius_m: float | None
    buffer_m: float
    datum: Datum
    drawn: GeometryOut
    valid_from: datetime
    valid_to: datetime | None

    @classmethod
    def of(cls, row: FenceVersion) -> "VersionOut":
        """The version as shown; `drawn` is in `datum`."""
        return cls(
            version=row.version,
            geometry=GeometryOut.model_validate(row.geometry),
            radius_m=row.radius_m,
            buffer_m=row.buffer_m,
            datum=Datum(row.datum),
            drawn=GeometryOut.model_validate(row.given),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )


class FenceOut(VersionOut):
    """A fence with its newest shape."""

    id: UUID
    name: str

    @classmethod
    def shown(cls, fence: Fence, newest: FenceVersion) -> "FenceOut":
        """The fence as shown."""
        return cls(id=fence.id, name=fence.name, **dict(VersionOut.of(newest)))
