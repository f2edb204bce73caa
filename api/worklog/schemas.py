"""The work log as it comes in: entries, the roll, templates, decisions, and what is asked for."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from api.attendance.schemas import Month
from api.kit.pagination import PageQuery
from api.kit.schemas import Body, Line, Query
from api.worklog.rules import Book, Kind

MOST_PEOPLE = 100
UNITS = ("米", "平方米", "立方米", "吨", "个", "根", "樘", "块", "车", "天", "项")
"""What piece work is counted in (5.1)."""
MOST_FEN = 10**9
DAY = 24


def _up_to(most: int, text: str) -> str:
    if Decimal(text) > most:
        raise ValueError(f"太大了，最多 {most}。请检查。")
    return text


def _day_hours(text: str) -> str:
    return _up_to(DAY, text)


def _few(text: str) -> str:
    return _up_to(3, text)


def _known(unit: str) -> str:
    if unit not in UNITS:
        raise ValueError("没有这个单位。请从列表里选。")
    return unit


Number = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,8}(\.[0-9]{1,2})?$")]
Hours = Annotated[Number, AfterValidator(_day_hours)]
Units = Annotated[Number, AfterValidator(_few)]
Unit = Annotated[str, StringConstraints(max_length=8), AfterValidator(_known)]
Fen = Annotated[int, Field(ge=1, le=MOST_FEN)]
Part = Literal["whole", "morning", "afternoon"]
Year = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}$")]
Remark = Annotated[Line, Field(max_length=200)]


class LogEntryIn(Body):
    """What is written into one's own book.

    time: `units` 工 or `hours`, and `overtime_hours`. piece: `unit`, `quantity` and a price, if
    there is one. piece_days: `units`, days alone. advance, settlement: `amount_fen`.
    """

    kind: Kind
    project_id: UUID
    day: dt.date
    part: Part | None = None
    units: Units | None = None
    hours: Hours | None = None
    overtime_hours: Hours | None = None
    unit: Unit | None = None
    quantity: Number | None = None
    price_fen: Fen | None = None
    amount_fen: Fen | None = None
    note: Remark | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        """Everything the kind needs, and nothing else."""
        given = {
            name
            for name in ("units", "hours", "overtime_hours", "unit", "quantity", "price_fen",
                         "amount_fen")
            if getattr(self, name) is not None
        }  # fmt: skip
        wrong = given - ALLOWED[self.kind]
        if wrong or not any(need <= given for need in NEEDED[self.kind]):
            raise ValueError(MISSING[self.kind])
        if {"units", "hours"} <= given:
            raise ValueError(MISSING[self.kind])
        if sum(Decimal(getattr(self, each) or 0) for each in ("hours", "overtime_hours")) > DAY:
            raise ValueError("一天最多 24 小时。请检查小时数。")
        return self


ALLOWED: dict[Kind, set[str]] = {
    Kind.TIME: {"units", "hours", "overtime_hours"},
    Kind.PIECE: {"unit", "quantity", "price_fen"},
    Kind.PIECE_DAYS: {"units"},
    Kind.ADVANCE: {"amount_fen"},
    Kind.SETTLEMENT: {"amount_fen"},
}
NEEDED: dict[Kind, tuple[set[str], ...]] = {
    Kind.TIME: ({"units"}, {"hours"}, {"overtime_hours"}),
    Kind.PIECE: ({"unit", "quantity"},),
    Kind.PIECE_DAYS: ({"units"},),
    Kind.ADVANCE: ({"amount_fen"},),
    Kind.SETTLEMENT: ({"amount_fen"},),
}
MISSING: dict[Kind, str] = {
    Kind.TIME: "点工要填几个工，或者几小时，只填一样；加班填小时。请补上。",
    Kind.PIECE: "包工要选单位、填数量。请补上。",
    Kind.PIECE_DAYS: "包工记工天要填几个工。请补上。",
    Kind.ADVANCE: "借支要填多少钱。请补上。",
    Kind.SETTLEMENT: "结算要填多少钱。请补上。",
}


class OwnEntryIn(LogEntryIn):
    """An entry of one's own book; with which team the work was done."""

    team_id: UUID


class ManyEntriesIn(Body):
    """One entry for each of these members, in the leader's book."""

    member_ids: Annotated[list[UUID], Field(min_length=1, max_length=MOST_PEOPLE)]
    entry: LogEntryIn


class MarkIn(Body):
    """What the roll-call says of one member: `units` 工 or `hours`, and overtime."""

    member_id: UUID
    part: Part = "whole"
    units: Units | None = None
    hours: Hours | None = None
    overtime_hours: Hours | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.units is not None and self.hours is not None:
            raise ValueError(MISSING[Kind.TIME])
        if sum(Decimal(each or 0) for each in (self.hours, self.overtime_hours)) > DAY:
            raise ValueError("一天最多 24 小时。请检查小时数。")
        return self


class RollCallIn(Body):
    """Who of the team worked on a day on a project, all in one go. Again: nothing is added."""

    project_id: UUID
    day: dt.date
    kind: Literal["time", "piece_days"] = "time"
    marks: Annotated[list[MarkIn], Field(min_length=1, max_length=MOST_PEOPLE)]


class TemplateIn(Body):
    """How time is paid, from a day on.

    So many hours are one 工 at a rate; overtime by hours that are one 工, or by yuan an hour.
    """

    effective_from: dt.date
    rate_fen: Fen | None = None
    unit_hours: Hours
    overtime_unit_hours: Hours | None = None
    overtime_rate_fen: Fen | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        for text in (self.unit_hours, self.overtime_unit_hours):
            if text is not None and Decimal(text) < 1:
                raise ValueError("一个工至少 1 小时。请检查。")
        if self.overtime_unit_hours is not None and self.overtime_rate_fen is not None:
            raise ValueError("加班只选一种算法：几小时一个工，或者每小时多少钱。")
        return self


class TeamTemplateIn(TemplateIn):
    """The same for some members, in the leader's book."""

    member_ids: Annotated[list[UUID], Field(min_length=1, max_length=MOST_PEOPLE)]


class DecisionIn(Body):
    """`accept` what the other side says, or `keep` one's own; for which book."""

    book: Book
    decision: Literal["accept", "keep"]


class LogQuery(PageQuery):
    """Which entries or lines: of a month, a team, a project; `differing` alone."""

    month: Month | None = None
    team_id: UUID | None = None
    project_id: UUID | None = None
    kind: Kind | None = None
    differing: bool = False


class TeamLogQuery(PageQuery):
    """Which of the team: of a month, a day, a project, a member; `differing` alone."""

    month: Month | None = None
    day: dt.date | None = None
    project_id: UUID | None = None
    member_id: UUID | None = None
    kind: Kind | None = None
    differing: bool = False


class OfficeLogQuery(PageQuery):
    """Which lines: of a project, a month, a day, a team, a worker; `differing` alone."""

    project_id: UUID | None = None
    month: Month | None = None
    day: dt.date | None = None
    team_id: UUID | None = None
    worker_id: UUID | None = None
    differing: bool = False


class SpanQuery(Query):
    """A month or a year; this month when nothing is said."""

    month: Month | None = None
    year: Year | None = None


class TeamSpanQuery(PageQuery):
    """The same for the members of a team, some at a time."""

    month: Month | None = None
    year: Year | None = None


class SheetQuery(Query):
    """For which day of which project the roll is called; by default today and the last project."""

    day: dt.date | None = None
    project_id: UUID | None = None
