"""How attendance is taken in a project, as it comes in and goes out."""

from datetime import date, datetime, time
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from api.kit.schemas import Body, Out
from api.projects.models import Policy
from api.projects.rules import DAY_MIN, AttendancePolicy, Method, clock_time
from api.projects.schemas import Day


def _on_site(moment: time) -> time:
    if moment.tzinfo:
        raise ValueError("上下班时间按工地当地时间填。请填时和分，比如 08:00。")
    return moment


# JSON Schema's own "time" asks for an offset, which the clock on the site does not show.
CLOCK = {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$"}
ClockTime = Annotated[time, AfterValidator(_on_site), WithJsonSchema(CLOCK)]


class PolicyIn(Body):
    """How attendance is taken from a day on; the shift in Asia/Shanghai.

    manual_checked_from: from this day on manual work is an exception; left out, it always is.
    """

    effective_from: Day
    methods: Annotated[list[Method], Field(min_length=1, max_length=4)]
    photo: bool = False
    shift_start: ClockTime
    shift_end: ClockTime
    shift_end_next_day: bool = False
    tolerance_m: Annotated[int, Field(ge=0, le=500)] = 30
    manual_checked_from: Day | None = None

    @model_validator(mode="after")
    def _a_day_at_most(self) -> Self:
        start, end = self.minutes
        if not start < end <= start + DAY_MIN:
            raise ValueError("下班要晚于上班，且一个班不超过 24 小时。夜班请选“次日下班”。")
        return self

    @property
    def minutes(self) -> tuple[int, int]:
        """The shift in minutes after midnight of the day it begins."""
        start, end = (each.hour * 60 + each.minute for each in (self.shift_start, self.shift_end))
        return start, end + (DAY_MIN if self.shift_end_next_day else 0)


class PolicyOut(Out):
    """An attendance policy as it was written."""

    id: UUID
    effective_from: date
    methods: list[Method]
    photo: bool
    shift_start: ClockTime
    shift_end: ClockTime
    shift_end_next_day: bool
    tolerance_m: int
    manual_checked_from: date | None
    created_at: datetime

    @classmethod
    def of(cls, row: Policy) -> "PolicyOut":
        """The policy as shown."""
        return cls(
            id=row.id,
            effective_from=row.effective_from,
            methods=[Method(method) for method in row.methods],
            photo=row.photo,
            shift_start=clock_time(row.shift_start_min),
            shift_end=clock_time(row.shift_end_min),
            shift_end_next_day=row.shift_end_min >= DAY_MIN,
            tolerance_m=row.tolerance_m,
            manual_checked_from=row.manual_checked_from,
            created_at=row.created_at,
        )


class RulesOut(Out):
    """What holds on a day."""

    methods: list[Method]
    photo: bool
    shift_start: ClockTime
    shift_end: ClockTime
    shift_end_next_day: bool
    tolerance_m: int
    manual_needs_confirmation: bool
    effective_from: date | None

    @classmethod
    def of(cls, policy: AttendancePolicy) -> "RulesOut":
        """The policy in force as shown."""
        return cls(
            methods=sorted(policy.methods),
            photo=policy.photo,
            shift_start=policy.shift_start,
            shift_end=policy.shift_end,
            shift_end_next_day=policy.shift_end_next_day,
            tolerance_m=policy.tolerance_m,
            manual_needs_confirmation=policy.manual_needs_confirmation,
            effective_from=policy.effective_from,
        )


class PoliciesOut(Out):
    """What holds today, and every policy written, newest first."""

    today: RulesOut
    items: list[PolicyOut]
    next_cursor: str | None
