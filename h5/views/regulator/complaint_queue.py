"""投诉 of a region: the queue with its deadlines, one of them, and what the authority does."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from api.complaints import handling, region_reading
from api.complaints.answers import EvidenceOut, RegionComplaintOut, RegionComplaintWholeOut
from api.complaints.rules import State, Topic
from api.complaints.schemas import (
    AnswerIn,
    ClosingIn,
    ContentIn,
    HandlingIn,
    Office,
    RegionComplaintQuery,
    TransferIn,
)
from api.kit.actor import Actor
from api.kit.routes import Stored
from api.kit.schemas import Form, RegionCode, Words
from api.permissions import Permission
from h5.areas import regulator
from h5.forms import Typed, filled
from h5.pages import See, page
from h5.rendering import View, address
from h5.views.public.photos import beside
from h5.views.regulator.regions import Picker, picker

READ, UPDATE = Permission.REGULATOR_COMPLAINTS_READ, Permission.REGULATOR_COMPLAINTS_UPDATE
LIST, ONE = "/regulator/complaints", "/complaints/<complaint_id:uuid>"
STATES = tuple(state.value for state in State)
TOPICS = tuple(topic.value for topic in Topic)


class NoteForm(Form):
    """What was done, as he reads it; `extend` takes the one extension."""

    note: Words
    extend: bool = False


class AnswerForm(Form):
    """The answer that he reads."""

    answer: Words


class TransferForm(Form):
    """To whom, and why."""

    region: RegionCode
    office: Office = ""
    reason: Words


class LastWordForm(Form):
    """The last word on it."""

    last_word: Words


class ContentForm(Form):
    """Whether the enterprise may read it."""

    decision: Annotated[str, StringConstraints(pattern="^(show|withhold)$")]


@dataclass(frozen=True, slots=True)
class QueuePage(View):
    """The region's complaints that fit the filters."""

    template = "regulator/complaints.html"
    title = "regulator.complaints.title"
    query: RegionComplaintQuery
    rows: tuple[RegionComplaintOut, ...]
    states: tuple[str, ...]
    topics: tuple[str, ...]
    regions: Picker
    older: str


@dataclass(frozen=True, slots=True)
class QueueOnePage(View):
    """One complaint with everything, and what can be done now."""

    template = "regulator/complaint.html"
    title = "regulator.complaints.one"
    typed: Typed
    row: RegionComplaintWholeOut
    photos: tuple[str, ...]
    may: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FrozenPage(View):
    """What was frozen when it was filed."""

    template = "regulator/complaint_evidence.html"
    title = "regulator.complaints.evidence"
    complaint_id: UUID
    kept: EvidenceOut


@page(regulator, "GET", "/complaints", permission=READ)
async def queue(actor: Actor, query: RegionComplaintQuery) -> QueuePage:
    """The region's complaints."""
    found = await region_reading.listed(actor, query)
    older = address(LIST, query, cursor=found.next_cursor) if found.next_cursor else ""
    regions = picker(actor, READ, query.region)
    return QueuePage(query, tuple(found.items), STATES, TOPICS, regions, older)


@page(regulator, "GET", ONE, permission=READ, back=LIST)
async def one(actor: Actor, complaint_id: UUID, typed: Typed) -> QueueOnePage:
    """One complaint; the audit keeps who read it."""
    row = await region_reading.one(actor, complaint_id)
    photos = tuple(beside("regulator", url) for url in row.photos)
    return QueueOnePage(typed, row, photos, tuple(row.may) if actor.may(UPDATE) else ())


def _done(complaint_id: UUID, what: str) -> See:
    return See(f"{LIST}/{complaint_id}", says=f"regulator.complaints.done.{what}")


@page(regulator, "POST", f"{ONE}/accept", permission=UPDATE, again=one)
async def accept(actor: Actor, complaint_id: UUID) -> See:
    """Take it up."""
    await handling.accept(actor, complaint_id)
    return _done(complaint_id, "accept")


@page(regulator, "POST", f"{ONE}/transfer", permission=UPDATE, again=one)
async def transfer(actor: Actor, complaint_id: UUID, form: TransferForm) -> See:
    """Hand it to whoever is in charge; it may be out of one's own region then."""
    await handling.transfer(actor, complaint_id, filled(TransferIn, form.model_dump()))
    return See(LIST, says="regulator.complaints.done.transfer")


@page(regulator, "POST", f"{ONE}/handle", permission=UPDATE, again=one)
async def handle(actor: Actor, complaint_id: UUID, form: NoteForm) -> See:
    """Write down what was done."""
    await handling.handle(actor, complaint_id, filled(HandlingIn, form.model_dump()))
    return _done(complaint_id, "handle")


@page(regulator, "POST", f"{ONE}/answer", permission=UPDATE, again=one)
async def answer(actor: Actor, complaint_id: UUID, form: AnswerForm) -> See:
    """Answer it."""
    await handling.answer(actor, complaint_id, filled(AnswerIn, form.model_dump()))
    return _done(complaint_id, "answer")


@page(regulator, "POST", f"{ONE}/close", permission=UPDATE, again=one)
async def close(actor: Actor, complaint_id: UUID, form: LastWordForm) -> See:
    """Close an answered one."""
    await handling.close(actor, complaint_id, filled(ClosingIn, {"note": form.last_word}))
    return _done(complaint_id, "close")


@page(regulator, "POST", f"{ONE}/content", permission=UPDATE, again=one)
async def decide_content(actor: Actor, complaint_id: UUID, form: ContentForm) -> See:
    """Let the enterprise read what was held, or not."""
    await handling.decide_content(actor, complaint_id, filled(ContentIn, form.model_dump()))
    return _done(complaint_id, f"content_{form.decision}")


@page(regulator, "GET", f"{ONE}/evidence", permission=READ, back=LIST)
async def evidence(actor: Actor, complaint_id: UUID) -> FrozenPage:
    """What was frozen."""
    return FrozenPage(complaint_id, await region_reading.region_evidence(actor, complaint_id))


@page(regulator, "GET", f"{ONE}/voice", permission=READ)
async def voice(actor: Actor, complaint_id: UUID) -> Stored:
    """The recording."""
    return await region_reading.voice(actor, complaint_id)
