"""实名登记 in steps: what to have ready, the card's photos, the fields, oneself, the result.

Between the pages the corrected fields travel with the person alone, in his forms and sealed in his
browser: nothing personal is kept before he hands it in, and none of it stands in an address.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, get_args

from pydantic import StringConstraints, ValidationInfo, field_validator

from api.accounts import consents
from api.accounts.consents import ConsentPurpose, ConsentText
from api.codes import service as codes
from api.kit import clock
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.schemas import Line, Query
from api.permissions import Permission
from api.settings import settings
from api.workers import id_card, registration
from api.workers.registration import Application, Outcome
from api.workers.schemas import IdCardForm, IdentityForm, RegistrationForm, id_number_text
from h5.areas import worker
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View
from verification.document import DocumentKind, parse_number
from verification.ports import FieldName
from verification.reasons import Refused

READ, UPDATE = Permission.WORKER_REGISTRATION_READ, Permission.WORKER_REGISTRATION_UPDATE
START, PHOTOS, FIELDS = "/h5/register", "/h5/register/photos", "/h5/register/fields"
FACE, RESULT = "/h5/register/face", "/h5/register/result"
ALONG = "register"
CONSENT = "/h5/consents/id_card?next=/h5/register/photos"
SETTLED = {"verified", "submitted", "needs_review", "waiting"}
READINGS = Limit("id_card", 30, 3600)
ATTEMPTS = Limit("registration", 60, 3600)
CARRIED = tuple(IdentityForm.model_fields)
SEXES: tuple[str, ...] = get_args(get_args(IdentityForm.model_fields["sex"].annotation)[0])
KINDS = tuple(each.value for each in DocumentKind)


class FieldsForm(IdentityForm):
    """The fields as the worker corrected them; a slip in the number is told before it is sent."""

    @field_validator("number", mode="before")
    @classmethod
    def _without_slip(cls, value: object, info: ValidationInfo) -> object:
        kind = info.data.get("id_kind")
        if isinstance(value, str) and isinstance(kind, DocumentKind):
            try:
                parse_number(kind, id_number_text(value), today=clock.today())
            except Refused as refused:
                raise ValueError(refused.code.sentence) from None
        return value


class FaceForm(FieldsForm):
    """Yes to the face, on the way with the fields."""

    version: Line


class PhotoQuery(Query):
    """From where the photos come: the camera, or the album when that is what works."""

    album: Annotated[str, StringConstraints(max_length=1)] = ""


@dataclass(frozen=True, slots=True)
class StartPage(View):
    """What to have ready, and where to go on."""

    template = "worker/register.html"
    title = "worker.register.title"
    go_on: str
    begun: bool
    refused: bool
    moved: bool


@dataclass(frozen=True, slots=True)
class InPersonPage(View):
    """The way for who does not want photos of his card taken."""

    template = "worker/register_in_person.html"
    title = "worker.register.in_person.title"


@dataclass(frozen=True, slots=True)
class NewPhonePage(View):
    """What becomes of the code when the telephone changes."""

    template = "worker/register_new_phone.html"
    title = "worker.register.new_phone_page.title"


@dataclass(frozen=True, slots=True)
class PhotosPage(View):
    """Both sides of the card."""

    template = "worker/register_photos.html"
    title = "worker.register.photos.title"
    typed: Typed
    album: bool


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field as read, and what to check; empty when the reader is sure."""

    name: str
    value: str
    check: str


@dataclass(frozen=True, slots=True)
class FieldsPage(View):
    """What was read, to be compared with the card."""

    template = "worker/register_fields.html"
    title = "worker.register.fields.title"
    typed: Typed
    fields: tuple[FieldShown, ...]
    warnings: tuple[str, ...]
    nothing_read: bool
    cities: tuple[tuple[str, str], ...]
    sexes: tuple[str, ...] = SEXES
    kinds: tuple[str, ...] = KINDS


@dataclass(frozen=True, slots=True)
class FacePage(View):
    """Two ways of equal standing to show that it is he: the face, or two officers."""

    template = "worker/register_face.html"
    title = "worker.register.face.title"
    typed: Typed
    carried: tuple[str, ...]
    agreed: bool
    text: ConsentText
    tries_used: bool


@page(worker, "GET", "/register", permission=READ, back="/h5/")
async def start(actor: Actor) -> StartPage | See:
    """Say what is needed; who is through or waits sees how it stands."""
    outcome = await registration.outcome_of(actor.id)
    if outcome.stage in SETTLED:
        return See(RESULT)
    agreed = await consents.has_consent(actor.id, ConsentPurpose.ID_CARD)
    photographed = agreed and await id_card.newest(actor.id) is not None
    refused, moved = outcome.stage == "refused", outcome.stage == "withdrawn"
    go_on = FIELDS if photographed and not refused else PHOTOS if agreed else CONSENT
    return StartPage(go_on, photographed, refused, moved)


@page(worker, "GET", "/register/in-person", permission=READ, back=START)
async def in_person(actor: Actor) -> InPersonPage:
    """What to do without photos of the card."""
    return InPersonPage()


@page(worker, "GET", "/register/new-phone", permission=READ, back=START)
async def new_phone(actor: Actor) -> NewPhonePage:
    """How the same person goes on with another telephone."""
    return NewPhonePage()


@page(worker, "GET", "/register/photos", permission=UPDATE, back=START)
async def photos(actor: Actor, query: PhotoQuery, typed: Typed) -> PhotosPage | See:
    """Ask for both sides."""
    elsewhere = await _elsewhere(actor)
    return elsewhere or PhotosPage(typed, bool(query.album))


@page(worker, "POST", "/register/photos", permission=UPDATE, again=photos, along=ALONG,
      limits=(READINGS,))  # fmt: skip
async def read_photos(actor: Actor, form: IdCardForm) -> See:
    """Have the card read."""
    await id_card.read_card(actor, front=form.front, back=form.back)
    return See(FIELDS)


@page(worker, "GET", "/register/fields", permission=UPDATE, along=ALONG, back=PHOTOS)
async def fields(actor: Actor, typed: Typed) -> FieldsPage | See:
    """Show what was read, each with what to check; or as it was corrected already."""
    return await _comparing(actor, typed)


@page(worker, "POST", "/register/fields", permission=UPDATE, again=fields, along=ALONG)
async def confirm_fields(actor: Actor, form: FieldsForm, typed: Typed) -> See:
    """Take the fields along to the next step."""
    return See(FACE, along=typed)


@page(worker, "GET", "/register/face", permission=UPDATE, along=ALONG, back=FIELDS)
async def face(actor: Actor, typed: Typed) -> FacePage | See:
    """Ask for the selfie; who comes without the fields gives them first."""
    elsewhere = await _elsewhere(actor)
    if elsewhere:
        return elsewhere
    return await _facing(actor, typed) if typed.values else See(FIELDS)


@page(worker, "POST", "/register/face", permission=UPDATE, again=face, along=ALONG)
async def agree_to_face(actor: Actor, form: FaceForm, typed: Typed) -> See:
    """Write the yes down and ask for the selfie."""
    await consents.decide(actor, purpose=ConsentPurpose.FACE, version=form.version, granted=True)
    return See(FACE, along=typed)


@page(worker, "POST", "/register/submit", permission=UPDATE, again=face, along=ALONG,
      limits=(ATTEMPTS,))  # fmt: skip
async def submit(actor: Actor, form: RegistrationForm) -> See:
    """Hand in fields and selfie, or fields alone for the officers."""
    given = {name: getattr(form, name) for name in (*CARRIED, "selfie")}
    await registration.register(actor, Application(**given, declined=form.face == "declined"))
    return See(RESULT)


async def _elsewhere(actor: Actor) -> See | None:
    """Where somebody belongs for whom this step is over or has not come."""
    outcome: Outcome = await registration.outcome_of(actor.id)
    if outcome.stage in SETTLED:
        return See(RESULT)
    agreed = await consents.has_consent(actor.id, ConsentPurpose.ID_CARD)
    return None if agreed else See(CONSENT)


async def _comparing(actor: Actor, typed: Typed) -> FieldsPage | See:
    elsewhere = await _elsewhere(actor)
    if elsewhere:
        return elsewhere
    reading = await id_card.own_reading(actor)
    if reading is None:
        return See(PHOTOS)
    shown = [
        FieldShown(name, each.text, each.check.sentence if each.check else "")
        for name, each in reading.fields.items()
    ]
    return FieldsPage(
        typed,
        _in_order(shown),
        tuple(reason.sentence for reason in reading.warnings),
        not any(each.value for each in shown),
        tuple((each.code, each.name) for each in codes.regions_under(settings().province)),
    )


async def _facing(actor: Actor, typed: Typed) -> FacePage:
    agreed = await consents.has_consent(actor.id, ConsentPurpose.FACE)
    used = bool(typed.problem and typed.problem.code == "workers.face_tries_used")
    text = consents.TEXTS[ConsentPurpose.FACE]
    return FacePage(typed, CARRIED, agreed, text, used)


def _in_order(shown: Sequence[FieldShown]) -> tuple[FieldShown, ...]:
    order = [each.value for each in FieldName]
    return tuple(sorted(shown, key=lambda each: order.index(each.name)))
