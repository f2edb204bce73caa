"""Enterprises as they come in and go out."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from api.enterprises.models import Enterprise, EnterpriseChange, Qualification, State
from api.enterprises.rules import Decision, Doubt
from api.kit.pagination import PageQuery
from api.kit.personal import Kind, Personal, PersonalIn, phone
from api.kit.routes import Upload
from api.kit.schemas import Body, Form, Line, Note, Out, RegionCode
from verification import credit_code, names, region
from verification.code import VerificationCode
from verification.reasons import Refused


def _credit_code(text: str) -> str:
    try:
        return credit_code.parse(text).number
    except Refused as refused:
        raise ValueError(refused.code.sentence) from None


def _person_name(text: str) -> str:
    try:
        return names.parse(text, latin=True)
    except Refused as refused:
        raise ValueError(refused.code.sentence) from None


def _known_region(code: str) -> str:
    found = region.find(code)
    if found is None or found.retired:
        raise ValueError("没有这个地区。请重新选择地区。")
    return code


CreditCode = Annotated[str, StringConstraints(max_length=50), AfterValidator(_credit_code)]
KnownRegion = Annotated[RegionCode, AfterValidator(_known_region)]
PersonName = Annotated[Personal, PersonalIn(Kind.NAME, _person_name, max_length=80)]
PersonPhone = Annotated[Personal, PersonalIn(Kind.PHONE, phone)]
Username = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.-]{3,31}$")]


class QualificationIn(Body):
    """One certificate: its name, number, level and last day; None is without end."""

    name: Line
    number: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9()（）-]{1,50}$")]
    level: Annotated[str, StringConstraints(max_length=20)] = ""
    valid_to: date | None = None


class ApplicationIn(Body):
    """What an enterprise reports of itself, as its licence says."""

    name: Annotated[Line, Field(min_length=2)]
    credit_code: CreditCode
    legal_person: PersonName
    region: KnownRegion
    address: Line
    contact_name: PersonName
    contact_phone: PersonPhone
    qualifications: list[QualificationIn] = Field(default=[], max_length=50)


class ContactIn(Body):
    """How the enterprise is reached; the only data it changes by itself."""

    address: Line
    contact_name: PersonName
    contact_phone: PersonPhone


class LicenceForm(Form):
    """A photo of the business licence."""

    licence: Upload


class QualificationsIn(Body):
    """All certificates of the enterprise."""

    items: Annotated[list[QualificationIn], Field(max_length=50)]


class DecisionIn(Body):
    """An officer's decision; everything but `verify` and `restore` needs a reason."""

    decision: Decision
    reason: Note | None = None


class CorrectionIn(Body):
    """What an officer corrects, with the reason."""

    name: Annotated[Line, Field(min_length=2)] | None = None
    legal_person: PersonName | None = None
    region: KnownRegion | None = None
    address: Line | None = None
    reason: Note


class RevealIn(Body):
    """Why an officer opens the names and the number."""

    reason: Note


class MasterIn(Body):
    """What the business register holds of a credit code, and since when."""

    credit_code: CreditCode
    name: Annotated[Line, Field(min_length=2)]
    legal_person: PersonName | None = None
    region: KnownRegion
    source: Line
    as_of: date


class EnterpriseQuery(PageQuery):
    """Enterprises in one state, with a part of the name, or one credit code."""

    state: State | None = None
    name: Annotated[str, StringConstraints(min_length=1, max_length=100)] | None = None
    credit_code: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{18}$")] | None = None


class ReasonOut(Out):
    """Why a person must look at an application."""

    code: Doubt
    detail: str


class QualificationOut(Out):
    """One certificate."""

    id: UUID
    name: str
    number: str
    level: str
    valid_to: date | None


class EnterpriseOut(Out):
    """An enterprise; persons masked. `code` is printed with dashes."""

    id: UUID
    name: str
    credit_code: str
    legal_person: str
    region: str
    region_name: str
    address: str
    contact_name: str
    contact_phone: str
    has_licence: bool
    state: State
    doubts: list[ReasonOut]
    reason: str
    code: str | None
    submitted_at: datetime
    decided_at: datetime | None
    qualifications: list[QualificationOut]

    @classmethod
    def of(cls, row: Enterprise) -> "EnterpriseOut":
        """The enterprise as shown; its qualifications are loaded."""
        place = region.find(row.region)
        return cls(
            id=row.id,
            name=row.name,
            credit_code=row.credit_code,
            legal_person=row.legal_person.masked,
            region=row.region,
            region_name=place.full_name if place else "",
            address=row.address,
            contact_name=row.contact_name.masked,
            contact_phone=row.contact_phone.masked,
            has_licence=row.licence_file_id is not None,
            state=row.state,
            doubts=[ReasonOut(code=Doubt(d), detail=Doubt(d).sentence) for d in row.doubts],
            reason=row.reason,
            code=str(VerificationCode(row.code)) if row.code else None,
            submitted_at=row.submitted_at,
            decided_at=row.decided_at,
            qualifications=[qualification_out(each) for each in row.qualifications],
        )


def qualification_out(row: Qualification) -> QualificationOut:
    """The certificate as shown."""
    return QualificationOut.model_validate(row, from_attributes=True)


class ChangeOut(Out):
    """One step or correction: what, the value before and after (persons masked), who, when, why."""

    id: UUID
    act: str
    field: str
    old: str
    new: str
    reason: str
    account_id: UUID | None
    created_at: datetime

    @classmethod
    def of(cls, row: EnterpriseChange) -> "ChangeOut":
        """The change as shown."""
        return cls(
            id=row.id,
            act=row.act,
            field=row.field,
            old=row.old_person.masked if row.old_person else row.old,
            new=row.new_person.masked if row.new_person else row.new,
            reason=row.reason,
            account_id=row.account_id,
            created_at=row.created_at,
        )


class RevealedOut(Out):
    """The persons behind an enterprise in plain text; the look is written down."""

    legal_person: str
    contact_name: str
    contact_phone: str


class LicenceOut(Out):
    """Where the photo of the licence is shown to the caller, for five minutes."""

    url: str


class MasterOut(Out):
    """A record of the business register."""

    id: UUID
    credit_code: str
    name: str
    region: str
    source: str
    as_of: date
