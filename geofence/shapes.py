"""The two shapes of a fence, and how far a place lies from their edge.

The signed distance is negative inside, 0 on the line and positive outside. Its sign is decided in
degrees by exact predicates, its size by `distance.distance_m` to the nearest point of the edge.
The nearest point is picked on a flat map around the middle of the fence: between two edges almost
equally near, the farther one may be taken, an error of at most 0.02 % for each km from that middle.

An edge is a straight line in WGS-84 degrees, as GeoJSON has it (RFC 7946, 3.1.1). One of 1 km that
was drawn straight on another map bends against it by up to 0.13 m in GCJ-02 and 2 m in BD-09; one
of half the length, by a quarter of that.
"""

from dataclasses import dataclass, field
from typing import Self

import shapely
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from geofence.distance import LocalPlane, distance_m, metres_between
from geofence.points import Wgs84

# Whoever is this close to the line stands on it: conversions between datums round.
LINE_M = 0.001


@dataclass(frozen=True, slots=True)
class Circle:
    """All places up to `radius_m` metres from `centre`."""

    centre: Wgs84
    radius_m: float

    def signed_distance_m(self, place: Wgs84) -> float:
        """Metres from `place` to the edge, negative inside, 0.0 within `LINE_M` of the line.

        Examples:
            >>> circle = Circle(Wgs84(lon=104.0658, lat=30.6574), 100.0)
            >>> circle.signed_distance_m(circle.centre)
            -100.0
            >>> round(circle.signed_distance_m(Wgs84(lon=104.0678, lat=30.6574)), 1)
            91.7
        """
        distance = distance_m(self.centre, place) - self.radius_m
        return 0.0 if abs(distance) <= LINE_M else distance

    def covers(self, place: Wgs84) -> bool:
        """True where `place` lies in the circle or on its line.

        Examples:
            >>> circle = Circle(Wgs84(lon=104.0658, lat=30.6574), 100.0)
            >>> circle.covers(Wgs84(lon=104.0668, lat=30.6574))
            True
        """
        return self.signed_distance_m(place) <= 0


@dataclass(frozen=True, slots=True)
class Area:
    """Polygons with their holes, prepared once for many questions. Made by `Area.of`.

    A place in a hole is outside, at the distance of the hole's edge.
    """

    polygons: MultiPolygon
    plane: LocalPlane = field(repr=False)
    edge: BaseGeometry = field(repr=False)

    @classmethod
    def of(cls, polygons: MultiPolygon) -> Self:
        """The area of `polygons`, valid ones in WGS-84 degrees that do not cross 180.

        Examples:
            >>> square = shapely.box(104.06, 30.65, 104.07, 30.66)
            >>> round(Area.of(MultiPolygon([square])).square_m)
            1062587
        """
        west, south, east, north = polygons.bounds
        plane = LocalPlane.around(lon=(west + east) / 2, lat=(south + north) / 2)
        edge = _in_plane(polygons, plane).boundary
        shapely.prepare(polygons)
        return cls(polygons, plane, edge)

    @property
    def square_m(self) -> float:
        """The area in square metres, holes left out; off by less than 1 %."""
        return self.polygons.area * self.plane.east_m * self.plane.north_m

    def signed_distance_m(self, place: Wgs84) -> float:
        """Metres from `place` to the nearest edge, negative inside, 0.0 within `LINE_M` of it.

        Examples:
            >>> area = Area.of(MultiPolygon([shapely.box(104.06, 30.65, 104.07, 30.66)]))
            >>> area.signed_distance_m(Wgs84(lon=104.06, lat=30.655))
            0.0
            >>> round(area.signed_distance_m(Wgs84(lon=104.061, lat=30.655)), 1)
            -95.8
            >>> round(area.signed_distance_m(Wgs84(lon=104.08, lat=30.655)), 1)
            958.5
        """
        x, y = self.plane.flat(place.lon, place.lat)
        way = shapely.shortest_line(self.edge, shapely.Point(x, y))
        nearest = shapely.get_coordinates(way)[0].tolist()
        distance = metres_between(*self.plane.degrees(*nearest), place.lon, place.lat)
        if distance <= LINE_M:
            return 0.0
        return -distance if self._holds(place) else distance

    def covers(self, place: Wgs84) -> bool:
        """True where `place` lies in the area or on its line; the line of a hole counts as well.

        Examples:
            >>> area = Area.of(MultiPolygon([shapely.box(104.06, 30.65, 104.07, 30.66)]))
            >>> area.covers(Wgs84(lon=104.07, lat=30.66)), area.covers(Wgs84(lon=104.08, lat=30.66))
            (True, False)
        """
        return self.signed_distance_m(place) <= 0

    def _holds(self, place: Wgs84) -> bool:
        return bool(shapely.intersects_xy(self.polygons, place.lon, place.lat))


Shape = Circle | Area


def _in_plane(polygons: MultiPolygon, plane: LocalPlane) -> MultiPolygon:
    return MultiPolygon(
        [
            (
                [plane.flat(lon, lat) for lon, lat in part.exterior.coords],
                [[plane.flat(lon, lat) for lon, lat in ring.coords] for ring in part.interiors],
            )
            for part in polygons.geoms
        ]
    )
