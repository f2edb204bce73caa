"""Fences as they are drawn on a map: in one datum, as GeoJSON, inside a page."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson
from markupsafe import Markup

from api.kit.errors import FieldError, Invalid
from api.projects.fence_schemas import FenceOut, VersionOut
from geofence.datum import convert
from geofence.points import Datum, Wgs84
from h5.sketches import Sketch, sketch
from h5.texts import texts

MOST_TEXT = 200_000


@dataclass(frozen=True, slots=True)
class Drawn:
    """A geometry with the radius of a circle."""

    geometry: dict[str, Any]
    radius_m: float | None
    buffer_m: float


def sketch_of(found: Iterable[VersionOut]) -> Sketch | None:
    """The fences in one drawing; None without one."""
    return sketch(
        Drawn(each.geometry.model_dump(mode="json"), each.radius_m, float(each.buffer_m))
        for each in found
    )


def in_datum(geometry: dict[str, Any], datum: Datum) -> dict[str, Any]:
    """A geometry in WGS-84 with its corners in `datum`."""
    return {**geometry, "coordinates": _moved(geometry["coordinates"], datum)}


def _moved(value: Any, datum: Datum) -> Any:
    if isinstance(value[0], int | float):
        point = convert(Wgs84(lon=value[0], lat=value[1]), datum)
        return [round(point.lon, 7), round(point.lat, 7)]
    return [_moved(each, datum) for each in value]


def island(data: object) -> Markup:
    """Data for a script, inside a block that no text of it can end."""
    return Markup(orjson.dumps(data).decode().replace("<", "\\u003c"))  # noqa: S704


def others(found: Iterable[FenceOut], datum: Datum) -> list[dict[str, Any]]:
    """What a map shows of the fences that are not drawn now."""
    return [
        {
            "name": each.name,
            "geometry": in_datum(each.geometry.model_dump(mode="json"), datum),
            "radius_m": each.radius_m,
        }
        for each in found
    ]


def typed_area(text: str) -> dict[str, Any]:
    """The geometry in a GeoJSON text: bare, or of a Feature or the first of a collection.

    Invalid with the place of the fault in the text.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise _fault("enterprise.fence.not_json", line=line) from None
    for inner in ("features", "geometry"):
        if isinstance(found, dict) and inner in found:
            found = found[inner]
            found = found[0] if isinstance(found, list) and found else found
    if not isinstance(found, dict) or not {"type", "coordinates"} <= set(found):
        raise _fault("enterprise.fence.no_shape")
    return {"type": found["type"], "coordinates": found["coordinates"]}


def _fault(key: str, **values: object) -> Invalid:
    return Invalid(errors=(FieldError("geometry", "fence.text", texts()(key, **values)),))
