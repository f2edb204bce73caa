"""One's own complaints: file, follow, say whether the answer will do."""

from uuid import UUID

from sanic import Blueprint

from api.complaints import deciding, errors, filing, reading
from api.complaints.answers import (
    ComplaintOut,
    ComplaintPlacesOut,
    EvidenceOut,
    OwnComplaintOut,
)
from api.complaints.schemas import ComplaintForm, OwnDecisionIn
from api.files.errors import BadPhoto, BadSound, NoSuchFile
from api.kit.actor import Actor
from api.kit.errors import TooMany
from api.kit.pagination import PageQuery
from api.kit.rate_limit import Limit
from api.kit.routes import Download, route
from api.kit.schemas import Page
from api.permissions import Permission

blueprint = Blueprint("complaints", url_prefix="/api/v1/me")
READ, UPDATE = Permission.WORKER_COMPLAINTS_READ, Permission.WORKER_COMPLAINTS_UPDATE
ALL, ONE = "/complaints", "/complaints/<complaint_id:uuid>"
NONE = errors.NoSuchComplaint


@route(
    blueprint, "POST", ALL, permission=UPDATE, status=201, limits=(filing.FILING,),
    largest_body=filing.MOST_BYTES,
    errors=(errors.UnknownPlace, errors.NothingSaid, BadPhoto, BadSound, TooMany),
)  # fmt: skip
async def file_complaint(actor: Actor, form: ComplaintForm) -> OwnComplaintOut:
    """File a complaint or suggestion with words, a recording and photos; evidence is frozen."""
    row = await filing.file(actor, form)
    return await reading.one(actor, row.id)


@route(blueprint, "GET", ALL, permission=READ)
async def list_complaints(actor: Actor, query: PageQuery) -> Page[ComplaintOut]:
    """One's own complaints, also of projects that one left."""
    return await reading.own(actor, query)


@route(blueprint, "GET", "/complaint-places", permission=READ)
async def list_complaint_places(actor: Actor) -> ComplaintPlacesOut:
    """The projects and enterprises that one may complain of."""
    return await reading.places(actor)


@route(blueprint, "GET", ONE, permission=READ, errors=(NONE,))
async def show_complaint(actor: Actor, complaint_id: UUID) -> OwnComplaintOut:
    """One complaint with every step, its deadline, and what can be said now."""
    return await reading.one(actor, complaint_id)


@route(
    blueprint, "POST", f"{ONE}/decisions", permission=UPDATE, errors=(NONE, errors.WrongStep),
    limits=(Limit("complaint_decision", 60, 3600),),
)  # fmt: skip
async def decide_complaint(
    actor: Actor, complaint_id: UUID, body: OwnDecisionIn
) -> OwnComplaintOut:
    """Satisfied, not satisfied (to the authority), or taken back."""
    await deciding.decide(actor, complaint_id, body)
    return await reading.one(actor, complaint_id)


@route(blueprint, "GET", f"{ONE}/evidence", permission=READ, errors=(NONE,))
async def show_evidence(actor: Actor, complaint_id: UUID) -> EvidenceOut:
    """One's work days and work-log lines as they stood at the filing, with a hash."""
    return await reading.own_evidence(actor, complaint_id)


@route(
    blueprint, "GET", f"{ONE}/voice", permission=READ, errors=(NONE, errors.NoVoice, NoSuchFile)
)  # fmt: skip
async def play_voice(actor: Actor, complaint_id: UUID) -> Download:
    """One's own recording."""
    stored = await reading.own_voice(actor, complaint_id)
    return Download(await stored.whole(), stored.media_type, "")
