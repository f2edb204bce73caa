"""The enterprise's inbox of complaints: accept and answer."""

from uuid import UUID

from sanic import Blueprint

from api.complaints import errors, office, office_reading
from api.complaints.answers import OfficeComplaintOut, OfficeComplaintWholeOut
from api.complaints.schemas import AnswerIn, OfficeComplaintQuery
from api.files.errors import NoSuchFile
from api.kit.actor import Actor
from api.kit.routes import Download, route
from api.kit.schemas import Page
from api.permissions import Permission

blueprint = Blueprint("complaint_office", url_prefix="/api/v1/enterprise/complaints")
READ, UPDATE = Permission.ENTERPRISE_COMPLAINTS_READ, Permission.ENTERPRISE_COMPLAINTS_UPDATE
ONE = "/<complaint_id:uuid>"
NONE = errors.NoSuchComplaint


@route(blueprint, "GET", "", permission=READ)
async def list_office_complaints(
    actor: Actor, query: OfficeComplaintQuery
) -> Page[OfficeComplaintOut]:
    """Complaints and suggestions to the enterprise, newest day first."""
    return await office_reading.listed(actor, query)


@route(blueprint, "GET", ONE, permission=READ, errors=(NONE,))
async def show_office_complaint(actor: Actor, complaint_id: UUID) -> OfficeComplaintWholeOut:
    """One of them; the complainant learns that it was read."""
    return await office_reading.one(actor, complaint_id)


@route(
    blueprint, "POST", f"{ONE}/acceptance", permission=UPDATE, errors=(NONE, errors.WrongStep)
)  # fmt: skip
async def accept_office_complaint(actor: Actor, complaint_id: UUID) -> OfficeComplaintWholeOut:
    """Take it up 受理, within two working days."""
    await office.accept(actor, complaint_id)
    return await office_reading.one(actor, complaint_id)


@route(blueprint, "POST", f"{ONE}/answer", permission=UPDATE, errors=(NONE, errors.WrongStep))
async def answer_office_complaint(
    actor: Actor, complaint_id: UUID, body: AnswerIn
) -> OfficeComplaintWholeOut:
    """Answer it 答复, within five working days of its filing."""
    await office.answer(actor, complaint_id, body)
    return await office_reading.one(actor, complaint_id)


@route(
    blueprint, "GET", f"{ONE}/voice", permission=READ, errors=(NONE, errors.NoVoice, NoSuchFile)
)  # fmt: skip
async def play_office_voice(actor: Actor, complaint_id: UUID) -> Download:
    """The recording of somebody who gave his name."""
    stored = await office_reading.voice(actor, complaint_id)
    return Download(await stored.whole(), stored.media_type, "")
