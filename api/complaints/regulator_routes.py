"""The authority's queue of complaints: accept, transfer, handle, answer, close."""

from uuid import UUID

from sanic import Blueprint

from api.complaints import errors, handling, region_reading
from api.complaints.answers import EvidenceOut, RegionComplaintOut, RegionComplaintWholeOut
from api.complaints.schemas import (
    AnswerIn,
    ClosingIn,
    ContentIn,
    HandlingIn,
    RegionComplaintQuery,
    TransferIn,
)
from api.files.errors import NoSuchFile
from api.kit.actor import Actor
from api.kit.routes import Download, route
from api.kit.schemas import Page
from api.permissions import Permission

blueprint = Blueprint("complaint_oversight", url_prefix="/api/v1/regulator/complaints")
READ, UPDATE = Permission.REGULATOR_COMPLAINTS_READ, Permission.REGULATOR_COMPLAINTS_UPDATE
ONE = "/<complaint_id:uuid>"
NONE = errors.NoSuchComplaint
REFUSED = (NONE, errors.WrongStep)


@route(blueprint, "GET", "", permission=READ)
async def list_region_complaints(
    actor: Actor, query: RegionComplaintQuery
) -> Page[RegionComplaintOut]:
    """Complaints of the region with their deadlines; `?holder=authority` is one's own queue."""
    return await region_reading.listed(actor, query)


@route(blueprint, "GET", ONE, permission=READ, errors=(NONE,))
async def show_region_complaint(actor: Actor, complaint_id: UUID) -> RegionComplaintWholeOut:
    """One of them with everything; the audit keeps who read it."""
    return await region_reading.one(actor, complaint_id)


@route(blueprint, "GET", f"{ONE}/evidence", permission=READ, errors=(NONE,))
async def show_region_evidence(actor: Actor, complaint_id: UUID) -> EvidenceOut:
    """The complainant's work days and work-log lines as they stood at the filing."""
    return await region_reading.region_evidence(actor, complaint_id)


@route(
    blueprint, "GET", f"{ONE}/voice", permission=READ, errors=(NONE, errors.NoVoice, NoSuchFile)
)  # fmt: skip
async def play_region_voice(actor: Actor, complaint_id: UUID) -> Download:
    """The recording."""
    stored = await region_reading.voice(actor, complaint_id)
    return Download(await stored.whole(), stored.media_type, "")


@route(blueprint, "POST", f"{ONE}/acceptance", permission=UPDATE, errors=REFUSED)
async def accept_region_complaint(actor: Actor, complaint_id: UUID) -> RegionComplaintWholeOut:
    """Take it up 受理, within five working days."""
    await handling.accept(actor, complaint_id)
    return await region_reading.one(actor, complaint_id)


@route(
    blueprint, "POST", f"{ONE}/transfer", permission=UPDATE, status=204,
    errors=(*REFUSED, errors.NoOfficeThere),
)  # fmt: skip
async def transfer_complaint(actor: Actor, complaint_id: UUID, body: TransferIn) -> None:
    """Hand it to whoever is in charge 首问负责; the clock runs on, the complainant is told."""
    await handling.transfer(actor, complaint_id, body)


@route(blueprint, "POST", f"{ONE}/steps", permission=UPDATE, errors=REFUSED)
async def handle_complaint(
    actor: Actor, complaint_id: UUID, body: HandlingIn
) -> RegionComplaintWholeOut:
    """Write down what was done; `extend` takes the one extension."""
    await handling.handle(actor, complaint_id, body)
    return await region_reading.one(actor, complaint_id)


@route(blueprint, "POST", f"{ONE}/answer", permission=UPDATE, errors=REFUSED)
async def answer_region_complaint(
    actor: Actor, complaint_id: UUID, body: AnswerIn
) -> RegionComplaintWholeOut:
    """Answer it 答复, within sixty working days of the acceptance."""
    await handling.answer(actor, complaint_id, body)
    return await region_reading.one(actor, complaint_id)


@route(blueprint, "POST", f"{ONE}/closing", permission=UPDATE, errors=REFUSED)
async def close_complaint(
    actor: Actor, complaint_id: UUID, body: ClosingIn
) -> RegionComplaintWholeOut:
    """Close an answered one 办结."""
    await handling.close(actor, complaint_id, body)
    return await region_reading.one(actor, complaint_id)


@route(blueprint, "POST", f"{ONE}/content", permission=UPDATE, errors=REFUSED)
async def decide_content(
    actor: Actor, complaint_id: UUID, body: ContentIn
) -> RegionComplaintWholeOut:
    """Whether the enterprise may read words that were held."""
    await handling.decide_content(actor, complaint_id, body)
    return await region_reading.one(actor, complaint_id)
