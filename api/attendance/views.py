"""A day with all that belongs to it."""

from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from api.attendance.models import Correction, Punch, PunchSignal, Workday, WorkdayStep


@dataclass(frozen=True, slots=True)
class Count:
    """How many days of how many workers are in a state, and the units they count."""

    state: str
    days: int
    workers: int
    units: Decimal


@dataclass(frozen=True, slots=True)
class DayView:
    """A day, each part of it oldest first. `person`: the worker's name, masked.

    signals: of its punches, by punch, for staff alone. callers: of the punches that a leader made,
    by punch, his masked name.
    """

    row: Workday
    project: str
    person: str
    punches: list[Punch] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    steps: list[WorkdayStep] = field(default_factory=list)
    signals: dict[UUID, list[PunchSignal]] = field(default_factory=dict)
    callers: dict[UUID, str] = field(default_factory=dict)
