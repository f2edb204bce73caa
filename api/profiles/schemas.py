"""Profiles, corrections and résumés as they come in and go out; identities masked."""

import datetime as dt
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from api.cards.schemas import OwnCardsOut
from api.codes import service as codes
from api.codes.service import Dictionary
from api.conduct.answers import ScoreOut
from api.engagements.schemas import NamedOut
from api.insurance.schemas import OwnInsuranceOut
from api.kit.pagination import PageQuery
from api.kit.routes import Upload
from api.kit.schemas import Body, Form, Note, Out, RegionCode
from api.profiles import rules
from api.profiles.rules import Part, Skill, State
from api.training.schemas import CertificateCheckOut, CertificateOut, Day, HoursOut
from api.workers.schemas import AddressIn, IssuerIn, NameIn, Nation


def _education(code: str) -> str:
    if not codes.is_known(Dictionary.EDUCATION, code):
        raise ValueError("没有这个文化程度。请重新选择。")
    return code


Education = Annotated[str, StringConstraints(max_length=2), AfterValidator(_education)]


class CorrectionForm(Form):
    """One field, what it is to say, and a photo that proves it.

    valid_to: of a document; for_good: it has no end. certificate_id: which certificate, whose days
    are corrected by valid_from and valid_to.
    """

    field: rules.Field
    name: NameIn | None = None
    nation: Nation | None = None
    address: AddressIn | None = None
    issuer: IssuerIn | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    for_good: bool = False
    education: Education | None = None
    skill: Skill | None = None
    certificate_id: UUID | None = None
    proof: Upload


class DecisionIn(Body):
    """An officer's word; a refusal says why."""

    decision: Literal["accept", "refuse"]
    reason: Note | None = None


class CorrectionQuery(PageQuery):
    """Corrections in one state, of one region inside the own one."""

    state: State | None = None
    region: RegionCode | None = None


class CorrectionOut(Out):
    """A correction without what it says; that is opened one by one, on record."""

    id: UUID
    field: rules.Field
    state: State
    reason: str
    created_at: datetime
    decided_at: datetime | None


class OwnCorrectionOut(CorrectionOut):
    """One of his own, with what stood there and what he wants."""

    old: dict[str, str]
    wanted: dict[str, str]
    photo: str


class RegionCorrectionOut(CorrectionOut):
    """One in the officers' queue."""

    worker_id: UUID
    worker: str
    region: str


class RegionCorrectionWholeOut(RegionCorrectionOut):
    """The same opened: both values in plain, and the address of the proof for some minutes."""

    old: dict[str, str]
    wanted: dict[str, str]
    photo: str


class BasicOut(Out):
    """基本信息: who he is, masked. document_over: his document's term is over."""

    name: str
    id_kind: str
    id_number: str
    sex: str
    nation: str
    phone: str | None
    address: str | None
    valid_to: date | None
    document_over: bool
    education: str
    education_name: str
    skill: str
    skill_name: str
    trade_name: str
    verification_code: str | None


class QualificationsOut(Out):
    """资格: certificates, the over ones marked by `valid`, and this year's hours of training."""

    certificates: list[CertificateOut]
    year: int
    hours: list[HoursOut]


class CareerPeriodOut(Out):
    """One period on a project: with whom, as what, and how many days were confirmed."""

    project: NamedOut
    enterprise: NamedOut
    team: NamedOut | None
    trade_name: str
    state: str
    entered_on: date | None
    left_on: date | None
    days: int
    units: Decimal


class WorkOut(Out):
    """从业信息: every period, the newest first, and what they come to."""

    periods: list[CareerPeriodOut]
    projects: int
    employers: int
    days: int
    units: Decimal


class ProfileOut(Out):
    """A worker's one record: who he is, what he may do, where he worked, his credit with its
    reasons, what insures him, his cards. `basic` and `credit` None before he registered."""

    basic: BasicOut | None
    qualifications: QualificationsOut
    work: WorkOut
    credit: ScoreOut | None
    insurance: OwnInsuranceOut
    cards: OwnCardsOut


class OwnIdentityOut(Out):
    """One's own identity in plain text, for one look."""

    name: str
    id_number: str
    phone: str | None
    address: str | None


class ResumeIn(Body):
    """What others may see, and for how many days."""

    parts: Annotated[frozenset[Part], Field(min_length=1, max_length=len(Part))]
    days: Literal[7, 30, 90] = 30


class ResumeLineOut(Out):
    """One period, as far as its owner shows it: names empty where he does not."""

    project: str
    enterprise: str
    trade_name: str
    entered_on: date | None
    left_on: date | None
    days: int | None


class ResumeOut(Out):
    """A career as everybody reads it who was shown its code: the name masked, chosen parts alone.

    verified: his identity was checked and his code counts today.
    """

    worker: str
    verified: bool
    as_of: date
    expires_at: datetime | None
    parts: list[Part]
    periods: list[ResumeLineOut]
    certificates: list[CertificateCheckOut]
    year: int
    hours: list[HoursOut]


class OwnResumeOut(Out):
    """Whether one's résumé can be read now, under which address, until when, and what of it."""

    url: str | None
    parts: list[Part]
    shown_at: dt.datetime | None
    expires_at: dt.datetime | None
