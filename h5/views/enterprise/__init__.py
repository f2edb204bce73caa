"""Pages of the enterprises' offices; importing this registers them all."""

from h5.views.enterprise import (
    boards,
    corrections,
    days,
    details,
    fences,
    photos,
    projects,
    site_codes,
    site_people,
)

__all__ = [
    "boards",
    "corrections",
    "days",
    "details",
    "fences",
    "photos",
    "projects",
    "site_codes",
    "site_people",
]
