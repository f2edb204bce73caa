"""Pages of the enterprises' offices; importing this registers them all."""

from h5.views.enterprise import (
    boards,
    corrections,
    days,
    details,
    fences,
    imports,
    intake,
    members,
    papers,
    photos,
    projects,
    site_codes,
    site_people,
    workers,
    worklog,
)

__all__ = [
    "boards",
    "corrections",
    "days",
    "details",
    "fences",
    "imports",
    "intake",
    "members",
    "papers",
    "photos",
    "projects",
    "site_codes",
    "site_people",
    "workers",
    "worklog",
]
