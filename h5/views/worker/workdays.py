"""One work day: its punches, every step of it, and the worker's word against it."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Self
from uuid import UUID

from api.attendance import decisions, reading
from api.attendance.schemas import DisputeIn, StepOut, WorkdayOut
from api.kit import clock
from api.kit.actor import Actor
from api.permissions import Permission
from h5.areas import worker
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View

READ, UPDATE = Permission.WORKER_ATTENDANCE_READ, Permission.WORKER_ATTENDANCE_UPDATE
DISPUTABLE = frozenset(str(state) for state in decisions.DISPUTABLE)
CORRECTABLE = frozenset({"incomplete", "pending"})


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what was done, to what state it led, by which side, when, why, and what counted."""

    act: str
    state: str
    side: str
    at: dt.datetime
    reason: str
    units: Decimal

    @classmethod
    def of(cls, step: StepOut) -> Self:
        """The line of a step."""
        return cls(step.act, step.state, step.side, step.at, step.reason, Decimal(step.units))


@dataclass(frozen=True, slots=True)
class DayPage(View):
    """A work day with all that happened to it."""

    template = "worker/day.html"
    title = "worker.day.title"
    day: WorkdayOut
    units: Decimal
    found_units: Decimal
    steps: tuple[Step, ...]
    is_over: bool
    """Whether it lies before today: a missing punch is no news while the day runs."""
    disputable: bool
    correctable: bool
    typed: Typed


@page(worker, "GET", "/days/<row_id:uuid>", permission=READ, back="/h5/history")
async def day(actor: Actor, row_id: UUID, typed: Typed) -> DayPage:
    """A work day."""
    found = WorkdayOut.of(await reading.own_day(actor, row_id))
    return DayPage(
        day=found,
        units=Decimal(found.units),
        found_units=Decimal(found.found_units),
        steps=tuple(Step.of(step) for step in found.steps),
        is_over=found.date < clock.today(),
        disputable=str(found.state) in DISPUTABLE,
        correctable=str(found.state) in CORRECTABLE,
        typed=typed,
    )


@page(worker, "POST", "/days/<row_id:uuid>/dispute", permission=UPDATE, again=day)
async def dispute(actor: Actor, row_id: UUID, form: DisputeIn) -> See:
    """Disagree with what was decided."""
    await decisions.dispute(actor, row_id, form.reason)
    return See(f"/h5/days/{row_id}", says="worker.day.disputed")
