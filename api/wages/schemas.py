"""Wages as they come in, and what is asked for."""

from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from api.attendance.schemas import Month
from api.kit.pagination import PageQuery
from api.kit.routes import Upload
from api.kit.schemas import Body, Form, Line, Note, RegionCode
from api.projects.schemas import Day
from api.wages.reckoning import OVERTIME_PERCENT, PayKind
from api.wages.rules import ContestState, LineState, PayState, SheetKind, SheetState

MOST_FEN = 10**9
"""Ten million yuan: no wage of a period is more."""
Fen = Annotated[int, Field(ge=1, le=MOST_FEN)]
Reason = Annotated[Line, Field(max_length=200)]


def _hours(text: str) -> str:
    if not 1 <= Decimal(text) <= 24:
        raise ValueError("一个工要 1 到 24 小时。请检查。")
    return text


Hours = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{1,2}(\.[0-9]{1,2})?$"), AfterValidator(_hours)
]


class TermsIn(Body):
    """How a worker is paid from a day on: `rate_fen` a month, a 工, an hour or a piece.

    Overtime: `overtime_fen` by the hour or, without it, `overtime_percent` of the hour's pay.
    """

    worker_id: UUID
    project_id: UUID
    pay_kind: PayKind
    rate_fen: Fen
    unit_hours: Hours = "8"
    overtime_percent: Annotated[int, Field(ge=100, le=500)] | None = OVERTIME_PERCENT
    overtime_fen: Fen | None = None
    pay_day: Annotated[int, Field(ge=1, le=31)] | None = None
    effective_from: Day


class TermsQuery(PageQuery):
    """Which terms: of a project, a worker."""

    project_id: UUID | None = None
    worker_id: UUID | None = None


class PaidQuery(PageQuery):
    """Those at work on a project."""

    project_id: UUID


class SheetIn(Body):
    """A new sheet: whom it is for and which days; `enterprise_id` where one acts for several.

    A monthly sheet is of a whole month; any other says its days. `pay_on`: without it the day on
    which the project pays, and never a day on which banks rest. `worker_ids`: these alone, as for
    back pay.
    """

    project_id: UUID
    enterprise_id: UUID | None = None
    team_id: UUID | None = None
    kind: SheetKind = SheetKind.MONTHLY
    month: Month
    from_on: Day | None = None
    to_on: Day | None = None
    pay_on: Day | None = None
    worker_ids: Annotated[list[UUID], Field(min_length=1, max_length=500)] | None = None


class SheetQuery(PageQuery):
    """Which sheets."""

    project_id: UUID | None = None
    enterprise_id: UUID | None = None
    team_id: UUID | None = None
    month: Month | None = None
    kind: SheetKind | None = None
    state: SheetState | None = None
    region: RegionCode | None = None


class LineQuery(PageQuery):
    """Which lines of a sheet; `flagged`: the books differ from it."""

    state: LineState | None = None
    pay_state: PayState | None = None
    flagged: bool = False


class AuditIn(Body):
    """The contractor's officer has looked through it; `overlaps_seen`: also at what overlaps."""

    overlaps_seen: bool = False


class ReasonIn(Body):
    """Why it goes back, or is made void."""

    reason: Note


class ItemIn(Body):
    """An amount that an officer adds, positive; a deduction is taken from the wage."""

    kind: Literal["bonus", "back_pay", "deduction"]
    amount_fen: Fen
    note: Reason


class CorrectionIn(Body):
    """What is added to a line and what is taken away again, and why; the worker reads it."""

    add: Annotated[tuple[ItemIn, ...], Field(max_length=10)] = ()
    remove: Annotated[tuple[UUID, ...], Field(max_length=10)] = ()
    reason: Note


class UnsignedIn(Body):
    """Why the line is paid although its worker has not signed it (L-08)."""

    reason: Reason


class ContestAnswerIn(Body):
    """`adjusted`: the line was changed; `upheld`: it stays. The worker reads the answer."""

    outcome: Literal["adjusted", "upheld"]
    answer: Note

    @property
    def state(self) -> ContestState:
        """Where the objection stands then."""
        return ContestState(self.outcome)


class ContestQuery(PageQuery):
    """Which objections."""

    project_id: UUID | None = None
    sheet_id: UUID | None = None
    state: ContestState | None = None


class SheetFileForm(Form):
    """A sheet's table with amounts filled in."""

    table: Upload
