"""What became of a punch; and what the phone's queue sends."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from api.attendance import photos, reading
from api.attendance import service as attendance
from api.attendance.schemas import BatchIn, BatchItemOut, BatchOut, PhotoForm, PhotoOut
from api.engagements import reading as engagements_reading
from api.engagements import service as engagements
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import BATCH_LIMIT
from api.permissions import Permission
from api.projects import service as projects
from geofence.sentences import length_in_words
from h5 import tiles
from h5.areas import worker
from h5.pages import page
from h5.rendering import View
from h5.sketches import Position, Sketch, sketch

PUNCH, READ = Permission.WORKER_PUNCHES_CREATE, Permission.WORKER_ATTENDANCE_READ
TAKEN = frozenset({"inside", "near"})


@dataclass(frozen=True, slots=True)
class PunchedPage(View):
    """What became of one punch, in words and as a sketch."""

    template = "worker/punched.html"
    title = "worker.punched.title"
    shows_map = True
    project: str
    direction: str
    method: str
    verdict: str
    detail: str
    is_taken: bool
    """Whether it counts by itself; else somebody looks at it."""
    at: dt.datetime
    late: bool
    accuracy: str
    """How sure the phone was, in words; empty without a position."""
    workday_id: UUID
    sketch: Sketch | None


@page(worker, "GET", "/punches/<punch_id:uuid>", permission=READ, back="/h5/")
async def punched(actor: Actor, punch_id: UUID) -> PunchedPage:
    """What became of a punch."""
    row = await reading.own_punch(actor, punch_id)
    names = await projects.names({row.project_id})
    return PunchedPage(
        project=names.get(row.project_id, ""),
        direction=row.direction or "",
        method=row.method,
        verdict=row.verdict,
        detail=row.detail,
        is_taken=row.verdict in TAKEN or row.method == "site_code",
        at=row.at,
        late=row.late_upload,
        accuracy="" if row.accuracy_m is None else length_in_words(row.accuracy_m),
        workday_id=row.workday_id,
        sketch=await _sketch(actor, row.project_id, row.lon, row.lat, row.accuracy_m),
    )


async def _sketch(
    actor: Actor, project_id: UUID, lon: float | None, lat: float | None, accuracy_m: float | None
) -> Sketch | None:
    """The site as it is fenced now; only while the worker is on it."""
    if lon is None or lat is None:
        return None
    sites = await engagements_reading.sites(await engagements.own_now(actor), with_fences=True)
    fences = [fence for site in sites if site.project.id == project_id for fence in site.fences]
    return sketch(fences, Position(lon, lat, accuracy_m), tiles.source())


@page(
    worker,
    "POST",
    "/punches/batch",
    permission=PUNCH,
    limits=(Limit("punch_batch", 60, 60),),
    largest_body=BATCH_LIMIT,
)
async def punch_batch(actor: Actor, body: BatchIn) -> BatchOut:
    """What became of each punch of the phone's queue."""
    outcomes = await attendance.punch_batch(actor, body.punches)
    return BatchOut(
        items=[
            BatchItemOut.of(each.client_id, each.status, each.punch, each.problem)
            for each in outcomes
        ]
    )


@page(
    worker,
    "POST",
    "/punches/photos",
    permission=PUNCH,
    limits=(Limit("punch_photo", 40, 3600),),
)
async def add_photo(actor: Actor, form: PhotoForm) -> PhotoOut:
    """A photo ahead of the punch that names it."""
    return PhotoOut(photo_id=await photos.add(actor, form.photo))
