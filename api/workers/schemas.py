"""What workers send and read."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from api.kit.personal import Kind, Personal, PersonalIn, shown_text
from api.kit.personal import phone as phone_text
from api.kit.routes import Upload
from api.kit.schemas import Body, Form, Line, Out, RegionCode
from api.workers.codes import Qr, printed
from api.workers.id_card import ReadCard
from api.workers.models import BankCard, CodeState, Worker
from api.workers.registration import Outcome
from api.workers.rules import foremost
from verification import bank_card, id_number, names
from verification.document import DocumentKind
from verification.ports import CardField, FieldName
from verification.reasons import Reason, Refused


def id_number_text(text: str) -> str:
    """A document number in half-width capitals without spaces. ValueError when nothing is left."""
    number = id_number.normalise(text)
    if not number:
        raise ValueError("证件号码没有填。请对照证件填写。")
    return number


def bank_card_text(text: str) -> str:
    """A bank card number of the right form, digits only. ValueError with the reason's sentence."""
    try:
        return bank_card.parse(text).number
    except Refused as refused:
        raise ValueError(refused.code.sentence) from None


def name_text(text: str) -> str:
    """A name in its one written form where it is one, else as it was typed, for the check to judge.

    ValueError when nothing is left.
    """
    try:
        return names.parse(text, latin=True)
    except Refused:
        return shown_text(text)


def _without_suffix(text: str) -> str:
    return text.removesuffix("族") or text


IdNumberIn = Annotated[Personal, PersonalIn(Kind.ID_NUMBER, id_number_text, max_length=40)]
NameIn = Annotated[Personal, PersonalIn(Kind.NAME, name_text, max_length=60)]
PhoneIn = Annotated[Personal, PersonalIn(Kind.PHONE, phone_text, max_length=30)]
AddressIn = Annotated[Personal, PersonalIn(Kind.ADDRESS, shown_text, max_length=200)]
IssuerIn = Annotated[Personal, PersonalIn(Kind.TEXT, shown_text, max_length=100)]
CardText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20)]
Nation = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=20),
    AfterValidator(_without_suffix),
]
CodeText = Annotated[str, StringConstraints(min_length=16, max_length=40)]


class ReasonOut(Out):
    """Why, as a stable code and as a sentence for the person."""

    code: str
    sentence: str

    @classmethod
    def of(cls, reason: Reason) -> "ReasonOut":
        """The reason in words."""
        return cls(code=reason.value, sentence=reason.sentence)


class IdCardForm(Form):
    """Photos of both sides: front is the side with the portrait."""

    front: Upload
    back: Upload


class FieldOut(Out):
    """One field as read; `check` says why to look at it again, None when the reader is sure."""

    value: str
    check: ReasonOut | None

    @classmethod
    def of(cls, field: CardField) -> "FieldOut":
        """The field as its owner sees it."""
        return cls(value=field.text, check=ReasonOut.of(field.check) if field.check else None)


class IdCardOut(Out):
    """All fields of the card, empty where not read, and warnings: one about the photos at most."""

    fields: dict[FieldName, FieldOut]
    warnings: list[ReasonOut]

    @classmethod
    def of(cls, card: ReadCard) -> "IdCardOut":
        """The reading as its owner sees it."""
        return cls(
            fields={name: FieldOut.of(field) for name, field in card.fields.items()},
            warnings=[ReasonOut.of(reason) for reason in foremost(card.warnings)],
        )


class IdentityForm(Form):
    """The corrected fields. What is left out is as it was read.

    valid_from, valid_to: as printed or `YYYY-MM-DD`; `长期` for no end. region: where he works.
    """

    name: NameIn
    id_kind: DocumentKind = DocumentKind.RESIDENT_ID
    number: IdNumberIn
    sex: Literal["男", "女"] | None = None
    birth: CardText | None = None
    nation: Nation | None = None
    address: AddressIn | None = None
    issuer: IssuerIn | None = None
    valid_from: CardText | None = None
    valid_to: CardText | None = None
    region: RegionCode | None = None


class RegistrationForm(IdentityForm):
    """The corrected fields, and a selfie or `face=declined`."""

    selfie: Upload | None = None
    face: Literal["declined"] | None = None


class RegistrationOut(Out):
    """How it ended, the code once verified, and the reasons with what to do."""

    status: Literal["verified", "needs_review", "refused"]
    verification_code: str | None
    reasons: list[ReasonOut]

    @classmethod
    def of(cls, outcome: Outcome) -> "RegistrationOut":
        """The outcome of an attempt that has just been made."""
        known = {"verified": "verified", "refused": "refused"}
        return cls.model_validate(
            {
                "status": known.get(outcome.stage or "", "needs_review"),
                "verification_code": printed(outcome.code),
                "reasons": [ReasonOut.of(reason) for reason in outcome.reasons],
            }
        )


class RegistrationStateOut(Out):
    """How the registration stands; `none` before the first attempt.

    `waiting`: passed, and the account that holds the record may still object.
    """

    status: Literal[
        "none", "submitted", "needs_review", "waiting", "verified", "refused", "withdrawn"
    ]
    verification_code: str | None
    reasons: list[ReasonOut]
    at: datetime | None

    @classmethod
    def of(cls, outcome: Outcome) -> "RegistrationStateOut":
        """The newest state."""
        return cls.model_validate(
            {
                "status": outcome.stage.value if outcome.stage else "none",
                "verification_code": printed(outcome.code),
                "reasons": [ReasonOut.of(reason) for reason in outcome.reasons],
                "at": outcome.at,
            }
        )


class TakeoverOut(Out):
    """One's record is on its way to another account; until then one may object."""

    id: UUID
    due_at: datetime


class TakeoversOut(Out):
    """All of them; there is one at most."""

    items: list[TakeoverOut]


class OwnWorkerOut(Out):
    """The worker's own record, masked."""

    id: UUID
    state: str
    name: str
    id_kind: str
    id_number: str
    sex: str
    nation: str
    address: str | None
    valid_to: date | None
    region: str
    verification_code: str | None
    code_state: CodeState | None

    @classmethod
    def of(cls, worker: Worker) -> "OwnWorkerOut":
        """The record as its owner sees it before he asks for more."""
        return cls(
            id=worker.id,
            state=worker.state,
            name=worker.name.masked,
            id_kind=worker.id_kind,
            id_number=worker.number.masked,
            sex=worker.sex,
            nation=worker.nation,
            address=worker.address.masked if worker.address else None,
            valid_to=worker.valid_to,
            region=worker.region,
            verification_code=printed(worker.code),
            code_state=worker.code_state,
        )


class MeOut(Out):
    """Who is logged in, masked; `worker` once there is a record."""

    account_id: UUID
    kind: str
    roles: list[str]
    phone: str | None
    username: str | None
    second_factor_set: bool
    worker: OwnWorkerOut | None


class QrOut(Out):
    """A QR of the own code: its text, the picture as SVG, and until when it counts."""

    verification_code: str
    text: str
    svg: str
    expires_at: datetime

    @classmethod
    def of(cls, qr: Qr) -> "QrOut":
        """The QR as shown."""
        return cls(
            verification_code=printed(qr.code) or "",
            text=qr.text,
            svg=qr.svg,
            expires_at=qr.expires_at,
        )


class QrCheckIn(Body):
    """The text read from a QR."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class QrCheckOut(Out):
    """Whose code it is, masked: enough to compare with the person who shows it."""

    verification_code: str
    code_state: CodeState
    name: str
    sex: str

    @classmethod
    def of(cls, worker: Worker) -> "QrCheckOut":
        """The holder as a checker sees him."""
        return cls(
            verification_code=printed(worker.code) or "",
            code_state=worker.code_state or CodeState.DEAD,
            name=worker.name.masked,
            sex=worker.sex,
        )


class CodeLookupIn(Body):
    """A verification code as somebody tells or shows it; dashes and small letters are fine."""

    code: Annotated[str, StringConstraints(strip_whitespace=True, min_length=16, max_length=40)]


class CodeLookupOut(Out):
    """What everybody may know of a code: the holder's masked name and whether it counts."""

    verification_code: str
    code_state: CodeState
    name: str

    @classmethod
    def of(cls, worker: Worker) -> "CodeLookupOut":
        """The holder as the public sees him."""
        return cls(
            verification_code=printed(worker.code) or "",
            code_state=worker.code_state or CodeState.DEAD,
            name=worker.name.masked,
        )


class BankCardIn(Body):
    """A wage card. `holder`: the name on the account, if the worker was asked for it."""

    number: Annotated[Personal, PersonalIn(Kind.BANK_CARD, bank_card_text, max_length=40)]
    holder: NameIn | None = None
    bank_name: Line | None = None


class BankCardOut(Out):
    """The wage card, masked; `bank_code` is a hint of three digits, or empty."""

    number: str
    last_four: Annotated[str, Field(min_length=4, max_length=4)]
    bank_code: str
    bank_name: str
    since: datetime

    @classmethod
    def of(cls, card: BankCard) -> "BankCardOut":
        """The card as its owner sees it."""
        masked = card.number.masked
        return cls(
            number=masked,
            last_four=masked[-4:],
            bank_code=card.bank_code,
            bank_name=card.bank_name,
            since=card.created_at,
        )
