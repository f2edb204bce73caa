"""What reviewers and regulators send and read of workers."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from api.kit.pagination import PageQuery
from api.kit.personal import Personal
from api.kit.schemas import Body, Note, Out, RegionCode
from api.workers.codes import printed
from api.workers.master import CodeAct, Revealed
from api.workers.models import (
    CodeState,
    Review,
    Seat,
    Verification,
    Worker,
    WorkerChange,
    WorkerState,
)
from api.workers.review import Opened
from api.workers.schemas import AddressIn, CodeText, IdNumberIn, NameIn, Nation, PhoneIn, ReasonOut
from verification.reasons import Reason


class WaitingOut(Out):
    """A verification that waits for officers; opening its photos is a step of its own."""

    id: UUID
    submitted_at: datetime
    region: str
    id_kind: str
    seat: Seat | None
    face_declined: bool
    reasons: list[ReasonOut]

    @classmethod
    def of(cls, row: Verification) -> "WaitingOut":
        """The row as it lies in the queue."""
        return cls(
            id=row.id,
            submitted_at=row.created_at,
            region=row.region,
            id_kind=row.id_kind,
            seat=row.seat,
            face_declined=row.face_declined,
            reasons=[ReasonOut.of(Reason(code)) for code in row.reasons],
        )


class EarlierOut(Out):
    """An officer's word, shown to the lead alone."""

    seat: Seat
    approved: bool
    at: datetime


class VerificationOut(WaitingOut):
    """One waiting verification, masked; `earlier` is for the lead alone."""

    name: str
    id_number: str | None
    earlier: list[EarlierOut]

    @classmethod
    def built(cls, row: Verification, earlier: list[Review]) -> "VerificationOut":
        """The row masked. The second officer sees no digit of the number."""
        shown = row.number is not None and row.seat is not Seat.SECOND
        return cls.model_validate(
            {
                **dict(WaitingOut.of(row)),
                "name": row.name.masked if row.name else "",
                "id_number": row.number.masked if shown and row.number else None,
                "earlier": [
                    EarlierOut(seat=each.seat, approved=each.approved, at=each.created_at)
                    for each in earlier
                ],
            }
        )


class OpenedOut(Out):
    """An identity opened: what was typed, without the number, and addresses of the photos."""

    id: UUID
    seat: Seat | None
    name: str
    address: str
    nation: str
    valid_from: date | None
    valid_to: date | None
    photos: dict[str, str]

    @classmethod
    def of(cls, opened: Opened) -> "OpenedOut":
        """The opening as the officer sees it."""
        row = opened.row
        return cls(
            id=row.id,
            seat=row.seat,
            name=opened.name,
            address=opened.address,
            nation=row.nation,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            photos=opened.photos,
        )


class ReviewDecisionIn(Body):
    """An officer's word; to approve he types the number from the photo."""

    decision: Literal["approve", "refuse"]
    number: IdNumberIn | None = None
    note: Note | None = None


class ReviewDecisionOut(Out):
    """What followed: another officer looks, it is over, or an account has time to object."""

    status: Literal["needs_review", "waiting", "verified", "refused"]

    @classmethod
    def of(cls, row: Verification) -> "ReviewDecisionOut":
        """The state after the word."""
        return cls.model_validate({"status": row.stage.value})


class WorkerQuery(PageQuery):
    """Workers by state, state of their code, or region inside the own one."""

    state: WorkerState | None = None
    code_state: CodeState | None = None
    region: RegionCode | None = None


class WorkerOut(Out):
    """A worker as an office sees him, masked."""

    id: UUID
    state: WorkerState
    name: str
    id_kind: str
    id_number: str
    sex: str
    nation: str
    phone: str | None
    region: str
    verification_code: str | None
    code_state: CodeState | None
    verified_at: datetime | None
    merged_into_id: UUID | None

    @classmethod
    def of(cls, row: Worker) -> "WorkerOut":
        """The row masked."""
        return cls(
            id=row.id,
            state=row.state,
            name=row.name.masked,
            id_kind=row.id_kind,
            id_number=row.number.masked,
            sex=row.sex,
            nation=row.nation,
            phone=row.phone.masked if row.phone else None,
            region=row.region,
            verification_code=printed(row.code),
            code_state=row.code_state,
            verified_at=row.verified_at,
            merged_into_id=row.merged_into_id,
        )


class WorkerSearchIn(Body):
    """A person by one of the two; in the body, since an address never carries personal data."""

    verification_code: CodeText | None = None
    id_number: IdNumberIn | None = None


class ReasonIn(Body):
    """Why, for the record."""

    reason: Note


class RevealedOut(Out):
    """A worker's identity in plain text."""

    id: UUID
    name: str
    id_number: str
    phone: str | None
    address: str | None

    @classmethod
    def of(cls, opened: Revealed) -> "RevealedOut":
        """The identity for one look."""
        return cls(
            id=opened.worker.id,
            name=opened.name,
            id_number=opened.number,
            phone=opened.phone,
            address=opened.address,
        )


class CorrectionIn(Body):
    """What the record says from now on; fields left out stay."""

    reason: Note
    name: NameIn | None = None
    nation: Nation | None = None
    address: AddressIn | None = None
    phone: PhoneIn | None = None
    region: RegionCode | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def values(self) -> dict[str, Personal | str | date]:
        """The fields that were sent."""
        return {
            name: getattr(self, name)
            for name in type(self).model_fields
            if name != "reason" and getattr(self, name) is not None
        }


class MergeIn(Body):
    """Which record is the same person's and stays."""

    into_id: UUID
    reason: Note


class CodeChangeIn(Body):
    """What is done to the code, and why."""

    action: CodeAct
    reason: Note


class ChangeOut(Out):
    """One line of a worker's history; the old value masked."""

    at: datetime
    field: str
    old: str
    account_id: UUID | None
    reason: str

    @classmethod
    def of(cls, row: WorkerChange) -> "ChangeOut":
        """The line as shown."""
        return cls(
            at=row.created_at,
            field=row.field,
            old=row.shown,
            account_id=row.account_id,
            reason=row.reason,
        )


class HistoryOut(Out):
    """A worker's history, newest first."""

    items: list[ChangeOut]
