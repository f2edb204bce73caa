"""What attendance takes in and gives out for offices."""

import datetime as dt
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field

from api.attendance.models import Punch, PunchSignal, State
from api.attendance.schemas import (
    Gate,
    ProblemOut,
    PunchOut,
    Units,
    WorkdayOut,
    codes,
    fields_of,
)
from api.attendance.signals import Signal
from api.attendance.views import Count, DayView
from api.attendance.writer import row_of
from api.files import service as files
from api.kit.actor import Actor
from api.kit.errors import Problem
from api.kit.pagination import PageQuery
from api.kit.schemas import Body, Note, Out, Query, RegionCode


class DayQuery(PageQuery):
    """Which days: of a project, a region's subtree, a date, a state, a team, a worker."""

    project_id: UUID | None = None
    region: RegionCode | None = None
    date: dt.date | None = None
    state: State | None = None
    team_id: UUID | None = None
    worker_id: UUID | None = None


class SignalOut(Out):
    """Something odd about a punch: a code, words, and what was measured if it was."""

    code: str
    detail: str
    value: int | None = None


class EvidenceOut(PunchOut):
    """A punch as staff see it: without coordinates, with what helps to judge it."""

    accuracy_m: float | None
    taken_at: datetime | None
    fence_id: UUID | None
    fence_version: int | None
    device_id: str
    gate: str | None
    note: str
    photo: str | None
    oddities: list[SignalOut]

    @classmethod
    def seen(cls, actor: Actor, punch: Punch, later: list[PunchSignal]) -> Self:
        """The answer for a punch; `later` are the signals found after it was taken."""
        at_once = [SignalOut(code=c, detail=Signal(c).sentence) for c in codes(punch.signals)]
        found = [
            SignalOut(code=each.code, detail=Signal(each.code).sentence, value=each.value)
            for each in later
        ]
        return cls(
            **PunchOut.of(row_of(punch)).model_dump(),
            accuracy_m=punch.accuracy_m,
            taken_at=punch.taken_at,
            fence_id=punch.fence_id,
            fence_version=punch.fence_version,
            device_id=punch.device_id,
            gate=punch.gate,
            note=punch.note,
            photo=files.link(actor, punch.photo_id) if punch.photo_id else None,
            oddities=at_once + found,
        )


class ProofOut(Out):
    """The photo that came with a correction, as an address for this reader."""

    correction_id: UUID
    photo: str


class OfficeDayOut(WorkdayOut):
    """A day with its evidence, signals and photos of corrections; the worker's name masked."""

    worker_id: UUID
    worker_name: str
    team_id: UUID | None
    enterprise_id: UUID
    region: str
    evidence: list[EvidenceOut]
    proofs: list[ProofOut]

    @classmethod
    def seen(cls, actor: Actor, day: DayView) -> Self:
        """The answer for a day as staff see it."""
        row = day.row
        return cls(
            **fields_of(day),
            worker_id=row.worker_id,
            worker_name=day.person,
            team_id=row.team_id,
            enterprise_id=row.enterprise_id,
            region=row.region,
            evidence=[
                EvidenceOut.seen(actor, punch, day.signals.get(punch.id, []))
                for punch in day.punches
            ],
            proofs=[
                ProofOut(correction_id=each.id, photo=files.link(actor, each.photo_id))
                for each in day.corrections
                if each.photo_id
            ],
        )


class DecisionIn(Body):
    """The enterprise's word on one day. `reason` is read by the worker."""

    workday_id: UUID
    decision: Literal["confirm", "reject", "contest"]
    units: Units | None = None
    reason: Note | None = None


class DecisionsIn(Body):
    """Up to a hundred decisions; each stands by itself."""

    decisions: Annotated[list[DecisionIn], Field(min_length=1, max_length=100)]


class DecisionItemOut(Out):
    """What became of one decision: the day's state, or `refused` and why."""

    workday_id: UUID
    status: str
    problem: ProblemOut | None = None

    @classmethod
    def of(cls, workday_id: UUID, state: State | None, problem: Problem | None) -> Self:
        """The answer for one decision."""
        told = ProblemOut.of(problem) if problem else None
        return cls(workday_id=workday_id, status=state or "refused", problem=told)


class DecisionsOut(Out):
    """What became of each decision, in the order sent."""

    items: list[DecisionItemOut]


class SiteCodeIn(Body):
    """For the screen of which gate."""

    gate: Gate = "main"


class SiteCodeOut(Out):
    """What the screen shows now, as a link any scanner opens, and until when."""

    code: str
    link: str
    gate: str
    expires_at: datetime


class CountQuery(Query):
    """Which days are counted."""

    project_id: UUID | None = None
    region: RegionCode | None = None
    date: dt.date | None = None


class CountOut(Out):
    """How many days of how many workers are in a state, and the units they count."""

    state: State
    days: int
    workers: int
    units: str

    @classmethod
    def of(cls, count: Count) -> Self:
        """The answer for a count."""
        units = count.units.quantize(Decimal("0.1"))
        return cls(
            state=State(count.state), days=count.days, workers=count.workers, units=str(units)
        )


class CountsOut(Out):
    """The counts by state; states without a day are left out."""

    items: list[CountOut]
