"""资料更正: ask for one field at a time, with a photo that proves it; follow what became of it."""

from dataclasses import dataclass
from uuid import UUID

from api.codes.service import Dictionary, entries
from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.rate_limit import Limit
from api.kit.schemas import Query
from api.permissions import Permission
from api.profiles import correction_reading, corrections, reading
from api.profiles.rules import SKILLS, Field
from api.profiles.schemas import CorrectionForm, CorrectionOut, OwnCorrectionOut
from api.training.schemas import CertificateOut
from h5.areas import worker
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View, address
from h5.views.public.photos import beside

READ, UPDATE = Permission.WORKER_PROFILE_READ, Permission.WORKER_PROFILE_UPDATE
LIST, ONE = "/h5/profile/corrections", "/profile/corrections/<correction_id:uuid>"
FIELDS = tuple(field.value for field in Field)
ASKED = Limit("profile_corrections", 20, 86_400)


class FieldQuery(Query):
    """Which field is meant."""

    field: Field = Field.ADDRESS


@dataclass(frozen=True, slots=True)
class CorrectionsPage(View):
    """What can be corrected, and what was asked for."""

    template = "worker/profile_corrections.html"
    title = "worker.correct.title"
    fields: tuple[str, ...]
    rows: tuple[CorrectionOut, ...]
    older: str


@dataclass(frozen=True, slots=True)
class NewCorrectionPage(View):
    """The form of one field."""

    template = "worker/profile_correction_new.html"
    title = "worker.correct.new"
    typed: Typed
    field: str
    educations: tuple[tuple[str, str], ...]
    skills: tuple[tuple[str, str], ...]
    certificates: tuple[CertificateOut, ...]


@dataclass(frozen=True, slots=True)
class CorrectionPage(View):
    """One correction: what stood there, what it is to be, and the answer."""

    template = "worker/profile_correction.html"
    title = "worker.correct.one"
    typed: Typed
    row: OwnCorrectionOut
    photo: str


@page(worker, "GET", "/profile/corrections", permission=READ, back="/h5/profile")
async def correction_list(actor: Actor, query: PageQuery) -> CorrectionsPage:
    """What I can have corrected, and what I asked for."""
    found = await correction_reading.own(actor, query)
    older = address(LIST, query, cursor=found.next_cursor) if found.next_cursor else ""
    return CorrectionsPage(FIELDS, tuple(found.items), older)


@page(worker, "GET", "/profile/corrections/new", permission=UPDATE, back=LIST)
async def new_correction(actor: Actor, query: FieldQuery, typed: Typed) -> NewCorrectionPage:
    """Ask what it is to be."""
    known = (await reading.own(actor)).qualifications.certificates
    return NewCorrectionPage(
        typed=typed,
        field=typed.value("field", query.field.value),
        educations=tuple((each.code, each.name) for each in entries(Dictionary.EDUCATION)),
        skills=tuple((each.value, name) for each, name in SKILLS.items()),
        certificates=tuple(known),
    )


@page(worker, "POST", "/profile/corrections/new", permission=UPDATE, again=new_correction,
      limits=(ASKED,))  # fmt: skip
async def ask_correction(actor: Actor, form: CorrectionForm) -> See:
    """Hand it in with its proof."""
    row = await corrections.ask(actor, form)
    return See(f"{LIST}/{row.id}", says="worker.correct.asked")


@page(worker, "GET", ONE, permission=READ, back=LIST)
async def correction(actor: Actor, correction_id: UUID, typed: Typed) -> CorrectionPage:
    """What became of it."""
    row = await correction_reading.own_one(actor, correction_id)
    return CorrectionPage(typed, row, beside("h5", row.photo))


@page(worker, "POST", f"{ONE}/withdraw", permission=UPDATE, again=correction)
async def withdraw_correction(actor: Actor, correction_id: UUID) -> See:
    """I do not want it any more."""
    await corrections.withdraw(actor, correction_id)
    return See(LIST, says="worker.correct.withdrawn")
