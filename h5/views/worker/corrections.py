"""补卡: a missing punch is put in afterwards."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from api.attendance import corrections, photos
from api.attendance.schemas import CorrectionIn
from api.engagements import reading
from api.engagements import service as engagements
from api.engagements.schemas import OwnEngagementOut
from api.kit import clock
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import Upload
from api.kit.schemas import Form, Note, Query
from api.permissions import Permission
from h5.areas import worker
from h5.forms import Typed, filled
from h5.pages import See, page
from h5.rendering import View

UPDATE = Permission.WORKER_ATTENDANCE_UPDATE


class CorrectionQuery(Query):
    """What is known of it already."""

    project: UUID | None = None
    day: dt.date | None = None
    direction: Literal["in", "out"] | None = None


class CorrectionForm(Form):
    """The missing punch, by the clock on the site."""

    project_id: UUID
    direction: Literal["in", "out"]
    day: dt.date
    at: dt.time
    reason: Note
    photo: Upload | None = None


@dataclass(frozen=True, slots=True)
class CorrectionPage(View):
    """The form."""

    template = "worker/correction.html"
    title = "worker.correction.title"
    typed: Typed
    sites: tuple[OwnEngagementOut, ...]
    project: str
    direction: str
    day: dt.date
    earliest: dt.date
    today: dt.date


@page(worker, "GET", "/corrections/new", permission=UPDATE, back="/h5/history")
async def new_correction(actor: Actor, query: CorrectionQuery, typed: Typed) -> CorrectionPage:
    """The form, filled in with what is known."""
    rows = [row for row in await engagements.own(actor) if row.entered_on]
    sites = await reading.own(rows, with_rules=False)
    today = clock.today()
    return CorrectionPage(
        typed=typed,
        sites=tuple({each.project.id: each for each in sites}.values()),
        project=str(query.project or ""),
        direction=query.direction or "",
        day=query.day or today,
        earliest=today - corrections.REACH,
        today=today,
    )


@page(
    worker,
    "POST",
    "/corrections/new",
    permission=UPDATE,
    again=new_correction,
    limits=(Limit("correction", 30, 3600),),
)
async def correct(actor: Actor, form: CorrectionForm) -> See:
    """Put it in."""
    photo_id = await photos.add(actor, form.photo) if form.photo else None
    values = form.model_dump(include={"project_id", "direction", "reason"})
    at = dt.datetime.combine(form.day, form.at.replace(tzinfo=None), clock.BEIJING)
    given = filled(CorrectionIn, {**values, "at": at, "photo_id": photo_id})
    row, _ = await corrections.correct(actor, given)
    return See(f"/h5/days/{row.workday_id}", says="worker.correction.sent")
