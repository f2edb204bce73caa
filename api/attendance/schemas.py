"""What attendance takes in and gives out."""

import datetime as dt
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints

from api.attendance import rules
from api.attendance.models import Correction, Method, PunchSettings, State, Verdict
from api.attendance.models import WorkdayStep as Step
from api.attendance.views import DayView
from api.attendance.writer import PunchRow, row_of
from api.kit.errors import FieldError, Problem
from api.kit.pagination import PageQuery
from api.kit.routes import Upload
from api.kit.schemas import Body, Form, Note, Out

EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
MOST_PUNCHES = 200


def _plausible(instant: datetime) -> datetime:
    if not EARLIEST <= instant < LATEST:
        raise ValueError("时间不对。请检查手机的日期和时间。")
    return instant.astimezone(UTC)


def _halves(units: str) -> str:
    if Decimal(units) % rules.HALF:
        raise ValueError("工数按半个工算，比如 0.5、1、1.5。请改一下。")
    return units


Instant = Annotated[AwareDatetime, AfterValidator(_plausible)]
DeviceId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.:-]{1,64}$")]
Gate = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,16}$")]
Month = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
Units = Annotated[
    str, StringConstraints(pattern=r"^[0-3](\.[05])?$"), AfterValidator(_halves)
]  # fmt: skip


Status = Literal["created", "duplicate", "conflict", "refused"]


class PositionIn(Body):
    """Where the phone says it is; the datum belongs to the numbers."""

    lon: Annotated[float, Field(ge=-180, le=180)]
    lat: Annotated[float, Field(ge=-90, le=90)]
    datum: Literal["wgs84", "gcj02", "bd09"]
    accuracy_m: Annotated[float, Field(ge=0, le=1_000_000)] | None = None
    taken_at: Instant


class PunchIn(Body):
    """A punch as the phone sends it."""

    client_id: UUID
    project_id: UUID
    direction: Literal["in", "out"] | None = None
    position: PositionIn | None = None
    method: Method
    site_code: Annotated[str, StringConstraints(min_length=1, max_length=300)] | None = None
    device_id: DeviceId
    photo_id: UUID | None = None
    claimed_at: Instant | None = None
    note: Note | None = None


class BatchIn(Body):
    """The offline queue. Each punch is read by itself: a bad one does not hold up the others."""

    punches: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=MOST_PUNCHES)]


class PunchOut(Out):
    """A punch as its worker sees it. `signals`: those of the fix and the claim alone."""

    id: UUID
    client_id: UUID
    project_id: UUID
    direction: str | None
    method: Method
    verdict: Verdict
    distance_m: float | None
    at: datetime
    received_at: datetime
    claimed_at: datetime | None
    late_upload: bool
    day: dt.date
    workday_id: UUID
    signals: list[str]
    detail: str

    @classmethod
    def of(cls, row: PunchRow) -> Self:
        """The answer for a stored punch."""
        return cls(
            id=row.id,
            client_id=row.client_id,
            project_id=row.project_id,
            direction=row.direction,
            method=Method(row.method),
            verdict=Verdict(row.verdict),
            distance_m=rounded(row.distance_m),
            at=row.at,
            received_at=row.received_at,
            claimed_at=row.claimed_at,
            late_upload=row.late_upload,
            day=row.day,
            workday_id=row.workday_id,
            signals=codes(row.signals),
            detail=row.detail,
        )


def rounded(distance_m: float | None) -> float | None:
    """A distance as people read it, to a tenth of a metre."""
    return None if distance_m is None else round(distance_m, 1)


def codes(joined: str) -> list[str]:
    """Codes that are stored joined by commas."""
    return joined.split(",") if joined else []


class FaultOut(Out):
    """One fault of a refused item."""

    path: str
    code: str
    message: str

    @classmethod
    def of(cls, fault: FieldError) -> Self:
        """The answer for a fault."""
        return cls(path=fault.path, code=fault.code, message=fault.message)


class ProblemOut(Out):
    """Why one item of several was not taken."""

    status: int
    code: str
    title: str
    detail: str
    errors: list[FaultOut]

    @classmethod
    def of(cls, problem: Problem) -> Self:
        """The answer for a problem."""
        faults = [FaultOut.of(fault) for fault in problem.errors]
        return cls(
            status=problem.status,
            code=problem.code,
            title=problem.title,
            detail=problem.words,
            errors=faults,
        )


class BatchItemOut(Out):
    """What became of one punch of a batch; `client_id` None when it could not be read."""

    client_id: UUID | None
    status: Status
    punch: PunchOut | None = None
    problem: ProblemOut | None = None

    @classmethod
    def of(
        cls, client_id: UUID | None, status: Status, punch: PunchRow | None, problem: Problem | None
    ) -> Self:
        """The answer for one punch."""
        return cls(
            client_id=client_id,
            status=status,
            punch=PunchOut.of(punch) if punch else None,
            problem=ProblemOut.of(problem) if problem else None,
        )


class BatchOut(Out):
    """What became of each punch, in the order sent."""

    items: list[BatchItemOut]


class MonthQuery(PageQuery):
    """`?month=YYYY-MM`, of Asia/Shanghai; without it the newest."""

    month: Month | None = None


class StepOut(Out):
    """One step of a work day: which side, who, when, why, and where it led."""

    act: str
    state: State
    units: str
    side: str
    account_id: UUID | None
    reason: str
    at: datetime

    @classmethod
    def of(cls, row: Step) -> Self:
        """The answer for a step."""
        return cls(
            act=row.act,
            state=row.state,
            units=str(row.units),
            side=row.side,
            account_id=row.account_id,
            reason=row.reason,
            at=row.at,
        )


class ReasonOut(Out):
    """What is odd about a day, as a code and in words."""

    code: str
    detail: str

    @classmethod
    def of(cls, reason: rules.Reason) -> Self:
        """The answer for a reason."""
        return cls(code=reason, detail=reason.sentence)


class CorrectionOut(Out):
    """A correction 补卡 and what became of it."""

    id: UUID
    workday_id: UUID
    direction: str
    at: datetime
    reason: str
    state: str
    created_at: datetime

    @classmethod
    def of(cls, row: Correction) -> Self:
        """The answer for a correction."""
        return cls(
            id=row.id,
            workday_id=row.workday_id,
            direction=row.direction,
            at=row.at,
            reason=row.reason,
            state=row.state,
            created_at=row.created_at,
        )


class CalledOut(Out):
    """Which punch a team leader made, and who he is, his name masked."""

    punch_id: UUID
    by: str


class WorkdayOut(Out):
    """A work day: its state, units and hours, what is odd, its punches and every step of it."""

    id: UUID
    project_id: UUID
    project_name: str
    date: dt.date
    state: State
    units: str
    found_units: str
    hours: str
    reasons: list[ReasonOut]
    first_at: datetime | None
    last_at: datetime | None
    confirms_itself_at: datetime | None
    contestable_until: datetime | None
    punches: list[PunchOut]
    corrections: list[CorrectionOut]
    steps: list[StepOut]
    roll_calls: list[CalledOut]

    @classmethod
    def of(cls, day: DayView) -> Self:
        """The answer for a day, as its worker sees it."""
        return cls(**fields_of(day))


def fields_of(day: DayView) -> dict[str, Any]:
    """What every reader of a day sees."""
    row = day.row
    waiting = row.state is State.PENDING and row.found_units > 0 and row.open_since is not None
    by_itself = row.state is State.AUTO_CONFIRMED and row.decided_at is not None
    return {
        "id": row.id,
        "project_id": row.project_id,
        "project_name": day.project,
        "date": row.day,
        "state": row.state,
        "units": str(row.units),
        "found_units": str(row.found_units),
        "hours": str(row.hours),
        "reasons": [ReasonOut.of(rules.Reason(code)) for code in row.reasons],
        "first_at": row.first_at,
        "last_at": row.last_at,
        "confirms_itself_at": row.open_since + rules.CONFIRMS_ITSELF if waiting else None,
        "contestable_until": row.decided_at + rules.CONTESTABLE if by_itself else None,
        "punches": [PunchOut.of(row_of(punch)) for punch in day.punches],
        "corrections": [CorrectionOut.of(each) for each in day.corrections],
        "steps": [StepOut.of(step) for step in day.steps],
        "roll_calls": [CalledOut(punch_id=key, by=name) for key, name in day.callers.items()],
    }


class CorrectionIn(Body):
    """A punch that is missing, with the reason. Times as the worker remembers them."""

    project_id: UUID
    direction: Literal["in", "out"]
    at: Instant
    reason: Note
    photo_id: UUID | None = None


class DisputeIn(Body):
    """Why the worker does not agree."""

    reason: Note


class SettingsIn(Body):
    """Whether the phone may punch by itself when it is opened inside the fence."""

    automatic: bool


class SettingsOut(Out):
    """How the account punches."""

    automatic: bool

    @classmethod
    def of(cls, row: PunchSettings) -> Self:
        """The answer for settings."""
        return cls(automatic=row.automatic)


class PhotoForm(Form):
    """A photo taken with a punch."""

    photo: Upload


class PhotoOut(Out):
    """The id to send with the punch, within a day."""

    photo_id: UUID
