"""Trainings and certificates as they come in and go out."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from api.codes import service as codes
from api.codes.service import Dictionary
from api.kit import clock
from api.kit.pagination import PageQuery
from api.kit.personal import Kind, Personal, PersonalIn
from api.kit.schemas import DECIMAL_TEXT, Body, Line, Out, Query, RegionCode
from api.training import check_codes
from api.training.models import Certificate, Training, TrainingKind

Day = Annotated[date, Field(ge=date(1990, 1, 1), le=date(2100, 12, 31))]
WorkerCode = Annotated[str, StringConstraints(strip_whitespace=True, min_length=16, max_length=30)]
Hours = Annotated[Decimal, Field(gt=0, le=500, max_digits=4, decimal_places=1), DECIMAL_TEXT]


def _operation(code: str) -> str:
    if not codes.is_known(Dictionary.SPECIAL_TRADES, code):
        raise ValueError("没有这个特种作业类别。请重新选择。")
    return code


def _number(text: str) -> str:
    clean = "".join(text.split()).upper()
    if not (4 <= len(clean) <= 30 and clean.isascii() and clean.isprintable()):
        raise ValueError("证书编号由字母和数字组成。请对照证书重填。")
    return clean


Operation = Annotated[str, StringConstraints(max_length=2), AfterValidator(_operation)]
CertificateNumber = Annotated[Personal, PersonalIn(Kind.ID_NUMBER, _number, max_length=40)]


class TrainingIn(Body):
    """A training that was held.

    enterprise_id: whose worker he is; left out, the actor's own enterprise.
    """

    worker_code: WorkerCode
    kind: TrainingKind
    held_on: Day
    hours: Hours
    topic: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""
    enterprise_id: UUID | None = None


class TrainingQuery(PageQuery):
    """The trainings of one worker, or of one kind."""

    worker_id: UUID | None = None
    kind: TrainingKind | None = None


class RegionTrainingQuery(PageQuery):
    """The trainings of a region, a project, an enterprise, a trade or a kind."""

    region: RegionCode | None = None
    project_id: UUID | None = None
    enterprise_id: UUID | None = None
    trade: Annotated[str, StringConstraints(pattern=r"^[0-9]{3,4}$")] | None = None
    kind: TrainingKind | None = None


class CertificateIn(Body):
    """A special-operation certificate, as printed."""

    worker_code: WorkerCode
    operation: Operation
    number: CertificateNumber
    issued_by: Annotated[Line, Field(max_length=100)]
    valid_from: Day
    valid_to: Day
    enterprise_id: UUID | None = None


class CertificateQuery(PageQuery):
    """The certificates of one worker."""

    worker_id: UUID | None = None


class YearQuery(Query):
    """A year; left out, this one."""

    year: Annotated[int, Field(ge=2000, le=2100)] | None = None


class TrainingOut(Out):
    """A training of a worker, his name masked. Hours as a decimal string.

    source: by a `course` of his own, or in a `session`. score: of the course's quiz, in percent.
    """

    id: UUID
    worker_id: UUID
    worker: str
    project_id: UUID
    enterprise_id: UUID
    kind: TrainingKind
    held_on: date
    hours: Decimal
    topic: str
    trade: str | None
    source: str
    session_id: UUID | None
    score: int | None
    created_at: datetime

    @classmethod
    def of(cls, row: Training, worker: str) -> "TrainingOut":
        """The training as shown."""
        return cls(
            id=row.id,
            worker_id=row.worker_id,
            worker=worker,
            project_id=row.project_id,
            enterprise_id=row.enterprise_id,
            kind=TrainingKind(row.kind),
            held_on=row.held_on,
            hours=row.hours,
            topic=row.topic,
            trade=row.trade,
            source="course" if row.version_id else "session",
            session_id=row.session_id,
            score=row.score,
            created_at=row.created_at,
        )


class CertificateOut(Out):
    """A certificate, name and number masked."""

    id: UUID
    worker_id: UUID
    worker: str
    operation: str
    operation_name: str
    number: str
    issued_by: str
    valid_from: date
    valid_to: date
    valid: bool
    check_url: str

    @classmethod
    def of(cls, row: Certificate, worker: str) -> "CertificateOut":
        """The certificate as shown."""
        entry = codes.lookup(Dictionary.SPECIAL_TRADES, row.operation)
        return cls(
            id=row.id,
            worker_id=row.worker_id,
            worker=worker,
            operation=row.operation,
            operation_name=entry.name if entry else row.operation,
            number=row.number.masked,
            issued_by=row.issued_by,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            valid=row.valid_from <= clock.today() <= row.valid_to,
            check_url=check_codes.certificate_address(row.check_code) if row.check_code else "",
        )


class CertificateCheckOut(Out):
    """What everybody may read of a certificate: whose it is, masked, and whether it counts."""

    worker: str
    operation_name: str
    issued_by: str
    valid_from: date
    valid_to: date
    valid: bool

    @classmethod
    def of(cls, row: Certificate, worker: str) -> "CertificateCheckOut":
        """The certificate as everybody sees it."""
        whole = dict(CertificateOut.of(row, worker))
        return cls(**{name: whole[name] for name in cls.model_fields})


class HoursOut(Out):
    """Hours of one kind of training."""

    kind: TrainingKind
    hours: Decimal


class RecordCheckOut(Out):
    """What everybody with its code may read of a training record: this year's hours, masked."""

    worker: str
    year: int
    hours: list[HoursOut]
    last_on: date | None
    certificates: list[CertificateCheckOut]


class RecordCardOut(Out):
    """Where the QR of one's own training record leads."""

    url: str
