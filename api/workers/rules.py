"""What follows from the typed fields and the card's photos alone; nothing is asked outside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from verification import document, id_number, names, ocr, region
from verification.decision import Decision, Evidence, Status, decide, weight
from verification.document import DocumentKind, Validity
from verification.face import MAX_TRIES, NextStep, next_step
from verification.ports import CardField, FieldName, IdentityAnswer, LiveAnswer
from verification.reasons import ProviderOutcome, Reason, Refused

# Order 19 of 2025, art. 15: from 100,000 persons on, file with the provincial office.
FACE_LINES = (100_000, 80_000)
WRONG_THING = frozenset(
    {
        Reason.CARD_NON_ID_CARD,
        Reason.CARD_OTHER_CARD,
        Reason.CARD_COPY,
        Reason.CARD_SCREEN,
        Reason.CARD_TEMPORARY,
        Reason.PHOTO_NO_CARD,
    }
)
"""The photo shows something else: a better light would not help."""
SMALL = frozenset({Reason.PHOTO_TOO_SMALL, Reason.PHOTO_CARD_SMALL})
SEXES: Mapping[str, id_number.Sex] = {"男": "male", "女": "female"}


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields as the worker left them, plain; dates as written, `长期` for no end."""

    kind: DocumentKind
    number: str = field(repr=False)
    name: str = field(repr=False)
    valid_from: str = field(default="", repr=False)
    valid_to: str = field(default="", repr=False)
    sex: str = field(default="", repr=False)
    birth: str = field(default="", repr=False)
    nation: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    issuer: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Card:
    """What is known from the photos. `read` is false where no reader was there to ask."""

    read: bool
    fields: Mapping[FieldName, CardField] = field(repr=False)
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """The typed fields understood; what could not be is a reason."""

    number: str = field(repr=False)
    name: str = field(repr=False)
    birth: date | None = field(repr=False)
    sex: str
    origin: str
    validity: Validity | None
    number_reason: Reason | None
    name_reason: Reason | None
    document: tuple[Reason, ...]


def parse(typed: Typed, today: date) -> Parsed:
    """The typed fields in their one written form, with every reason that speaks against them."""
    number, known, number_reason = _number(typed, today)
    name, name_reason = _name(typed)
    validity, problems = _validity(typed, known, today)
    if known is not None:
        problems += _holder(typed, known)
    return Parsed(
        number=number,
        name=name,
        birth=known.birth if known else None,
        sex=(known.sex or "") if known else "",
        origin=known.region_code if known else "",
        validity=validity,
        number_reason=number_reason,
        name_reason=name_reason,
        document=tuple(dict.fromkeys(problems)),
    )


def _number(typed: Typed, today: date) -> tuple[str, id_number.IdNumber | None, Reason | None]:
    try:
        number = document.parse_number(typed.kind, typed.number, today=today)
        return number, _as_id_number(number, today), None
    except Refused as refused:
        return id_number.normalise(typed.number), None, refused.code


def _as_id_number(number: str, today: date) -> id_number.IdNumber | None:
    # Travel documents have numbers that say nothing about their holder.
    try:
        return id_number.parse(number, today=today)
    except Refused:
        return None


def _name(typed: Typed) -> tuple[str, Reason | None]:
    try:
        latin = typed.kind is not DocumentKind.RESIDENT_ID
        return names.parse(typed.name, latin=latin), None
    except Refused as refused:
        return typed.name.strip(), refused.code


def _validity(
    typed: Typed, known: id_number.IdNumber | None, today: date
) -> tuple[Validity | None, list[Reason]]:
    try:
        validity = document.parse_validity(typed.valid_from, typed.valid_to)
    except Refused as refused:
        return None, [refused.code]
    if typed.kind is DocumentKind.RESIDENT_ID and known is not None:
        return validity, list(document.check_validity(validity, known.birth, today))
    expired = validity.end is not None and validity.end < today
    return validity, [Reason.DOCUMENT_EXPIRED] if expired else []


def _holder(typed: Typed, known: id_number.IdNumber) -> list[Reason]:
    try:
        birth = document.printed_date(typed.birth) if typed.birth else None
    except Refused:
        return [Reason.DOCUMENT_BIRTH]
    return list(document.check_holder(known, sex=SEXES.get(typed.sex), birth=birth))


def local_reasons(typed: Typed, parsed: Parsed, card: Card) -> tuple[Reason, ...]:
    """Every reason that the typed fields and the photos give, before anybody outside is asked.

    Only the resident ID card is read and compared; other documents always go to people.
    """
    own = tuple(r for r in (parsed.number_reason, parsed.name_reason) if r)
    if typed.kind is not DocumentKind.RESIDENT_ID:
        photos = tuple(r for r in card.reasons if r.value.startswith("photo."))
        return (*own, *parsed.document, *photos, Reason.REVIEW_MANUAL)
    if not card.read:
        return (*own, *parsed.document, *card.reasons, Reason.REVIEW_MANUAL)
    as_typed = {name: getattr(typed, name.value) for name in FieldName}
    differences = ocr.compare(card.fields, as_typed)
    found = (*own, *parsed.document, *card.reasons, *(each.reason for each in differences))
    return tuple(dict.fromkeys(found))


def expired(fields: Mapping[FieldName, CardField], today: date) -> tuple[Reason, ...]:
    """That the card read has run out, as a warning; nothing when its dates were not read."""
    start, end = fields[FieldName.VALID_FROM].text, fields[FieldName.VALID_TO].text
    try:
        period = document.parse_validity(start, end)
    except Refused:
        return ()
    over = period.end is not None and period.end < today
    return (Reason.DOCUMENT_EXPIRED,) if over else ()


def foremost(warnings: Sequence[Reason]) -> tuple[Reason, ...]:
    """Of what is wrong with the photos the one thing to mend first, then everything else."""
    of_photos = [r for r in warnings if r.value.startswith(("photo.", "card."))]
    worst = sorted(of_photos, key=_mended_at)[:1]
    return (*worst, *(r for r in warnings if r not in of_photos))


def _mended_at(reason: Reason) -> tuple[int, bool, bool]:
    """First what refuses; then what it is a photo of, before how good it is, before its size."""
    heaviest = (Status.REFUSED, Status.NEEDS_REVIEW, Status.VERIFIED)
    return heaviest.index(weight(reason)), reason not in WRONG_THING, reason in SMALL


def hopeless(local: Sequence[Reason]) -> Decision | None:
    """The refusal that no outside answer could change, or None."""
    against = tuple(r for r in local if weight(r) is Status.REFUSED)
    rest = tuple(r for r in local if weight(r) is Status.NEEDS_REVIEW)
    return Decision(Status.REFUSED, against + rest) if against else None


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything an ending is decided by: local reasons, the selfie, and what providers said."""

    local: tuple[Reason, ...] = ()
    declined: bool = False
    restricted: bool = False
    selfie: tuple[Reason, ...] = ()
    live: LiveAnswer | None = None
    identity: IdentityAnswer | None = None

    @property
    def face_outcome(self) -> ProviderOutcome | None:
        """What went wrong with the face itself, if anything did."""
        if self.selfie:
            return ProviderOutcome.RETRY_PHOTO
        bad = (ProviderOutcome.RETRY_PHOTO, ProviderOutcome.MISMATCH)
        if self.live is not None and self.live.outcome in bad:
            return self.live.outcome
        if self.identity is None or self.identity.reason is Reason.IDENTITY_NAME_NUMBER:
            return None
        return self.identity.outcome if self.identity.outcome in bad else None

    @property
    def waits(self) -> bool:
        """Whether a provider was busy or down, so that asking again may help."""
        answers = (self.live, self.identity)
        return any(a is not None and a.outcome is ProviderOutcome.UNAVAILABLE for a in answers)


def verdict(findings: Findings, tries: int) -> Decision:
    """How try number `tries` ends.

    A face that was not recognised may be tried again at once, and after the last try goes to
    people: it is never a punishment (BY-03).
    """
    found = decide(
        Evidence(
            document=findings.local,
            selfie=findings.selfie,
            face_declined=findings.declined,
            live=findings.live,
            identity=findings.identity,
            restricted=findings.restricted,
        )
    )
    outcome = findings.face_outcome
    if outcome is None or found.status is not Status.NEEDS_REVIEW:
        return found
    reasons = tuple(r for r in found.reasons if r is not Reason.IDENTITY_NOT_ASKED)
    if next_step(outcome, tries) is NextStep.RETAKE:
        return Decision(Status.REFUSED, reasons)
    used = (Reason.FACE_TRIES_USED,) if tries >= MAX_TRIES else ()
    return Decision(Status.NEEDS_REVIEW, used + reasons)


def place_of(chosen: str | None, origin: str, province: str) -> str:
    """The region under whose offices a person's record lies.

    Where he says he works; else the region of his number, if it is in force in this province;
    else the province itself.
    """
    if chosen:
        return chosen
    return origin if is_ours(origin, province) else province


def is_ours(code: str, province: str) -> bool:
    """Whether a region is in force and lies in the province: an office looks after it."""
    known = region.find(code)
    return known is not None and not known.retired and region.within(code, province)


def face_line(persons: int) -> int | None:
    """The highest line that so many persons with stored faces have reached, or None."""
    return next((line for line in FACE_LINES if persons >= line), None)
