"""投诉建议: file by words, voice and photos; follow every step; say whether the answer will do."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID

from pydantic import StringConstraints

from api.complaints import deciding, filing, reading
from api.complaints.answers import ComplaintOut, ComplaintPlaceOut, EvidenceOut, OwnComplaintOut
from api.complaints.rules import MOST_PHOTOS, Kind, Topic
from api.complaints.schemas import ComplaintForm, OwnDecisionIn, SaidForm
from api.kit import clock
from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.routes import Stored
from api.kit.schemas import Form, Query, Words
from api.permissions import Permission
from h5.areas import worker
from h5.forms import Typed, filled
from h5.pages import See, page
from h5.rendering import View, address
from h5.views.public.photos import beside

READ, UPDATE = Permission.WORKER_COMPLAINTS_READ, Permission.WORKER_COMPLAINTS_UPDATE
LIST, ONE = "/h5/complaints", "/complaints/<complaint_id:uuid>"
PHOTOS = tuple(f"photo_{number}" for number in range(1, MOST_PHOTOS + 1))
TOPICS = tuple(topic.value for topic in Topic)
Place = Annotated[str, StringConstraints(pattern=r"^[0-9a-f-]{36}:[0-9a-f-]{36}$")]
"""A project and an enterprise there."""


class NewForm(SaidForm):
    """A complaint as it is typed; `place` is what was chosen out of his own."""

    kind: Kind
    place: Place

    @property
    def said(self) -> ComplaintForm:
        """The same in the words of the API."""
        project_id, _, enterprise_id = self.place.partition(":")
        values = {name: getattr(self, name) for name in SaidForm.model_fields}
        chosen = {"project_id": project_id, "enterprise_id": enterprise_id}
        return filled(ComplaintForm, {**values, **chosen})


class NewQuery(Query):
    """What the form begins with, when another page leads to it.

    about: `pay` did not arrive, or his `card` is withheld: then the authority is to answer, of
    which the enterprise sees nothing.
    """

    place: Place | None = None
    about: Literal["pay", "card"] | None = None


class SayForm(Form):
    """His word on it, with a reason if he likes."""

    decision: Annotated[str, StringConstraints(pattern="^(satisfied|escalate|withdraw)$")]
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class ComplaintsPage(View):
    """All of his complaints."""

    template = "worker/complaints.html"
    title = "worker.complaints.title"
    rows: tuple[ComplaintOut, ...]
    older: str


@dataclass(frozen=True, slots=True)
class NewComplaintPage(View):
    """The form; without a site that he was on, whom to call instead."""

    template = "worker/complaint_new.html"
    title = "worker.complaints.new.title"
    typed: Typed
    query: NewQuery
    places: tuple[ComplaintPlaceOut, ...]
    topics: tuple[str, ...]
    photos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComplaintPage(View):
    """One complaint: where it is, until when, every step, and what he can say."""

    template = "worker/complaint.html"
    title = "worker.complaints.one"
    typed: Typed
    row: OwnComplaintOut
    photos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReceiptPage(View):
    """回执: what was filed when, by its number, with the deadlines and the evidence's hash."""

    template = "worker/complaint_receipt.html"
    title = "worker.complaints.receipt.title"
    row: OwnComplaintOut
    filed: dt.date


@dataclass(frozen=True, slots=True)
class EvidencePage(View):
    """The days and the lines of the work log as they stood then."""

    template = "worker/complaint_evidence.html"
    title = "worker.complaints.evidence.title"
    complaint_id: UUID
    kept: EvidenceOut


@page(worker, "GET", "/complaints", permission=READ, back="/h5/")
async def complaints(actor: Actor, query: PageQuery) -> ComplaintsPage:
    """All of his complaints."""
    found = await reading.own(actor, query)
    older = address(LIST, query, cursor=found.next_cursor) if found.next_cursor else ""
    return ComplaintsPage(tuple(found.items), older)


@page(worker, "GET", "/complaints/new", permission=UPDATE, back=LIST)
async def new_complaint(actor: Actor, query: NewQuery, typed: Typed) -> NewComplaintPage:
    """Ask what is the matter."""
    found = await reading.places(actor)
    return NewComplaintPage(typed, query, tuple(found.items), TOPICS, PHOTOS)


@page(
    worker, "POST", "/complaints/new", permission=UPDATE, again=new_complaint,
    limits=(filing.FILING,), largest_body=filing.MOST_BYTES,
)  # fmt: skip
async def file_complaint(actor: Actor, form: NewForm) -> See:
    """File it; its receipt comes next."""
    row = await filing.file(actor, form.said)
    return See(f"{LIST}/{row.id}/receipt", says="worker.complaints.new.done")


@page(worker, "GET", ONE, permission=READ, back=LIST)
async def complaint(actor: Actor, complaint_id: UUID, typed: Typed) -> ComplaintPage:
    """One complaint with every step."""
    row = await reading.one(actor, complaint_id)
    return ComplaintPage(typed, row, tuple(beside("h5", url) for url in row.photos))


@page(worker, "POST", f"{ONE}/say", permission=UPDATE, again=complaint)
async def say(actor: Actor, complaint_id: UUID, form: SayForm) -> See:
    """Satisfied, not satisfied, or taken back."""
    given = filled(OwnDecisionIn, form.model_dump(exclude_none=True))
    await deciding.decide(actor, complaint_id, given)
    return See(f"{LIST}/{complaint_id}", says=f"worker.complaints.said.{form.decision}")


@page(worker, "GET", f"{ONE}/receipt", permission=READ, back=LIST)
async def receipt(actor: Actor, complaint_id: UUID) -> ReceiptPage:
    """The receipt, to keep or to print."""
    row = await reading.one(actor, complaint_id)
    return ReceiptPage(row, clock.day_of(row.filed_at))


@page(worker, "GET", f"{ONE}/evidence", permission=READ, back=LIST)
async def evidence(actor: Actor, complaint_id: UUID) -> EvidencePage:
    """What was frozen."""
    return EvidencePage(complaint_id, await reading.own_evidence(actor, complaint_id))


@page(worker, "GET", f"{ONE}/voice", permission=READ)
async def voice(actor: Actor, complaint_id: UUID) -> Stored:
    """His own recording, for the player."""
    return await reading.own_voice(actor, complaint_id)
