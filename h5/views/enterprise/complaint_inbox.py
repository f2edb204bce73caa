"""投诉建议 to the enterprise: the inbox, one of them, accept and answer."""

from dataclasses import dataclass
from uuid import UUID

from api.complaints import office, office_reading
from api.complaints.answers import OfficeComplaintOut, OfficeComplaintWholeOut
from api.complaints.rules import OfficeState, Topic
from api.complaints.schemas import AnswerIn, OfficeComplaintQuery
from api.kit.actor import Actor
from api.kit.routes import Stored
from api.kit.schemas import Form, Words
from api.permissions import Permission
from h5.areas import enterprise
from h5.forms import Typed, filled
from h5.pages import See, page
from h5.rendering import View, address
from h5.views.public.photos import beside

READ, UPDATE = Permission.ENTERPRISE_COMPLAINTS_READ, Permission.ENTERPRISE_COMPLAINTS_UPDATE
LIST, ONE = "/enterprise/complaints", "/complaints/<complaint_id:uuid>"
STATES = tuple(state.value for state in OfficeState if state is not OfficeState.HIDDEN)
TOPICS = tuple(topic.value for topic in Topic)


class AnswerForm(Form):
    """What the complainant will read."""

    answer: Words


@dataclass(frozen=True, slots=True)
class InboxPage(View):
    """The complaints that fit the filters."""

    template = "enterprise/complaints.html"
    title = "enterprise.complaints.title"
    query: OfficeComplaintQuery
    rows: tuple[OfficeComplaintOut, ...]
    states: tuple[str, ...]
    topics: tuple[str, ...]
    older: str


@dataclass(frozen=True, slots=True)
class InboxOnePage(View):
    """One complaint, as the enterprise may see it."""

    template = "enterprise/complaint.html"
    title = "enterprise.complaints.one"
    typed: Typed
    row: OfficeComplaintWholeOut
    photos: tuple[str, ...]
    may_act: bool


@page(enterprise, "GET", "/complaints", permission=READ)
async def inbox(actor: Actor, query: OfficeComplaintQuery) -> InboxPage:
    """The inbox, newest day first."""
    found = await office_reading.listed(actor, query)
    older = address(LIST, query, cursor=found.next_cursor) if found.next_cursor else ""
    return InboxPage(query, tuple(found.items), STATES, TOPICS, older)


@page(enterprise, "GET", ONE, permission=READ, back=LIST)
async def one(actor: Actor, complaint_id: UUID, typed: Typed) -> InboxOnePage:
    """One complaint; the complainant learns that it was read."""
    row = await office_reading.one(actor, complaint_id)
    photos = tuple(beside("enterprise", url) for url in row.photos)
    return InboxOnePage(typed, row, photos, row.state.waits and actor.may(UPDATE))


@page(enterprise, "POST", f"{ONE}/accept", permission=UPDATE, again=one)
async def accept(actor: Actor, complaint_id: UUID) -> See:
    """Take it up."""
    await office.accept(actor, complaint_id)
    return See(f"{LIST}/{complaint_id}", says="enterprise.complaints.accepted")


@page(enterprise, "POST", f"{ONE}/answer", permission=UPDATE, again=one)
async def answer(actor: Actor, complaint_id: UUID, form: AnswerForm) -> See:
    """Answer it."""
    await office.answer(actor, complaint_id, filled(AnswerIn, {"answer": form.answer}))
    return See(f"{LIST}/{complaint_id}", says="enterprise.complaints.answered")


@page(enterprise, "GET", f"{ONE}/voice", permission=READ)
async def voice(actor: Actor, complaint_id: UUID) -> Stored:
    """The recording of somebody who gave his name."""
    return await office_reading.voice(actor, complaint_id)
