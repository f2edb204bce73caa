"""The work log as it goes out: entries, lines of both books, figures, the roll, templates."""

import datetime as dt
from datetime import datetime
from decimal import Decimal
from typing import Self
from uuid import UUID

from api.kit.schemas import Out
from api.worklog.models import LogChange, LogEntry, LogLine, PayTemplate
from api.worklog.rules import Book, Given, Kind, LegalCheck, Pay


class ManyEntriesOut(Out):
    """The entries that were written, in the order of the members."""

    ids: list[UUID]


class RollCallOut(Out):
    """How many entries were written, changed, left; for how many presence was registered."""

    written: int
    changed: int
    unchanged: int
    registered: int


class ProjectNameOut(Out):
    """A project by name."""

    id: UUID
    name: str


class LogEntryOut(Out):
    """An entry of one book. Hours and 工 as decimal strings; `written_by`: a name, masked.

    `nickname`: what the team calls the worker, to who leads it; empty to himself.
    """

    id: UUID
    book: Book
    team_id: UUID
    worker_name: str
    nickname: str
    project: ProjectNameOut
    day: dt.date
    kind: Kind
    part: str
    given: Given
    units: str
    hours: str
    overtime_hours: str
    unit: str
    quantity: str
    price_fen: int | None
    amount_fen: int | None
    note: str
    roll_call: bool
    version: int
    written_by: str
    created_at: datetime
    removed_at: datetime | None


class LogChangeOut(Out):
    """One change: what the entry said from then on, who wrote it and when."""

    version: int
    act: str
    at: datetime
    by: str
    kind: Kind
    day: dt.date
    units: str
    hours: str
    overtime_hours: str
    quantity: str
    amount_fen: int | None
    note: str


class LogEntryWholeOut(LogEntryOut):
    """An entry with its history, newest first. `own`: whether the asker may change it."""

    own: bool
    history: list[LogChangeOut]


class SumOut(Out):
    """What one book says; None for a book that says nothing."""

    units: str
    hours: str
    overtime_hours: str
    quantity: str
    amount_fen: int | None
    kept_at: datetime | None


class LogLineOut(Out):
    """Both books of one worker, day, project and kind, beside what the punches amount to.

    `punched_units` and `punched_state` are those of his work day there; None without one.
    `worker_kept_at`, `leader_kept_at`: when that side stood by its book, also by an empty one.
    """

    id: UUID
    team_id: UUID
    team_name: str
    worker_name: str
    project: ProjectNameOut
    day: dt.date
    kind: Kind
    unit: str
    difference: str
    open: bool
    worker: SumOut | None
    leader: SumOut | None
    worker_kept_at: datetime | None
    leader_kept_at: datetime | None
    workday_id: UUID | None
    punched_units: str | None
    punched_state: str | None


class TeamLogLineOut(LogLineOut):
    """The same inside the team; `nickname`: what it calls the worker, to who leads it."""

    nickname: str


class OfficeLogLineOut(LogLineOut):
    """The same for an office; a leader knows the people of his team by their membership alone."""

    worker_id: UUID


class FiguresOut(Out):
    """Figures of one book. open_fen: earned, less advances and settlements."""

    units: str
    hours: str
    overtime_hours: str
    earned_fen: int
    advance_fen: int
    settled_fen: int
    open_fen: int
    unpriced: int
    """How many lines of work have no price yet."""


class ProjectFiguresOut(Out):
    """Both books' figures of one project."""

    project: ProjectNameOut
    worker: FiguresOut
    leader: FiguresOut


class LegalCheckOut(Out):
    """What the law says of the hours: for information."""

    long_days: int
    overtime_hours: str
    over: bool

    @classmethod
    def of(cls, check: LegalCheck) -> Self:
        """The answer for a check."""
        over = f"{check.overtime.normalize():f}"
        return cls(long_days=check.long_days, overtime_hours=over, over=check.over)


class SpanOut(Out):
    """The figures of a month or a year, per project and in all; `balance`: of all time."""

    span: str
    projects: list[ProjectFiguresOut]
    worker: FiguresOut
    leader: FiguresOut
    worker_balance_fen: int
    leader_balance_fen: int
    differing: int
    legal: LegalCheckOut


class MemberFiguresOut(Out):
    """Both books' figures of one member."""

    member_id: UUID
    name: str
    nickname: str
    worker: FiguresOut
    leader: FiguresOut
    differing: int
    legal: LegalCheckOut


class SheetRowOut(Out):
    """A member on the roll: what is recorded already, and what was said of him last."""

    member_id: UUID
    name: str
    nickname: str
    recorded: bool
    recorded_units: str
    part: str
    last_units: str
    last_overtime_hours: str
    punched: bool
    """Whether he punched on this site that day."""


class SheetOut(Out):
    """The roll of a team for a day and project."""

    day: dt.date
    project_id: UUID | None
    projects: list[ProjectNameOut]
    rows: list[SheetRowOut]


class TemplateOut(Out):
    """How time is paid by one side's word."""

    effective_from: dt.date | None
    rate_fen: int | None
    unit_hours: str
    overtime_unit_hours: str | None
    overtime_rate_fen: int | None

    @classmethod
    def of(cls, row: PayTemplate | None) -> Self:
        """The answer for a template; what is usual without one."""
        found = row or Pay()
        overtime = found.overtime_unit_hours
        return cls(
            effective_from=row.effective_from if row else None,
            rate_fen=found.rate_fen,
            unit_hours=plain(found.unit_hours),
            overtime_unit_hours=plain(overtime) if overtime is not None else None,
            overtime_rate_fen=found.overtime_rate_fen,
        )


class PairOut(Out):
    """What both sides say of the pay between a worker and a team."""

    team_id: UUID
    team_name: str
    member_id: UUID | None
    name: str
    nickname: str
    worker: TemplateOut
    leader: TemplateOut
    same: bool


def plain(amount: Decimal) -> str:
    """A decimal without needless zeros: 1, 0.5, 7.25."""
    return f"{amount.normalize():f}"


def sums_of(row: LogLine, book: Book) -> SumOut | None:
    """What one book says on the line; None when it says nothing."""
    side = book.value
    if not getattr(row, f"{side}_entries"):
        return None
    return SumOut(
        units=plain(getattr(row, f"{side}_units")),
        hours=plain(getattr(row, f"{side}_hours")),
        overtime_hours=plain(getattr(row, f"{side}_overtime")),
        quantity=plain(getattr(row, f"{side}_quantity")),
        amount_fen=getattr(row, f"{side}_amount_fen"),
        kept_at=getattr(row, f"{side}_kept_at"),
    )


def entry_fields(
    row: LogEntry, worker: str, project: str, written_by: str, nickname: str = ""
) -> dict[str, object]:
    """What every reader of an entry sees, with the names that the caller looked up."""
    return {
        "id": row.id,
        "book": row.book,
        "team_id": row.team_id,
        "worker_name": worker,
        "nickname": nickname,
        "project": ProjectNameOut(id=row.project_id, name=project),
        "day": row.day,
        "kind": row.kind,
        "part": row.part,
        "given": row.given,
        "units": plain(row.units),
        "hours": plain(row.hours),
        "overtime_hours": plain(row.overtime_hours),
        "unit": row.unit,
        "quantity": plain(row.quantity),
        "price_fen": row.price_fen,
        "amount_fen": row.amount_fen,
        "note": row.note,
        "roll_call": row.roll_call,
        "version": row.version,
        "written_by": written_by,
        "created_at": row.created_at,
        "removed_at": row.removed_at,
    }


def change_out(row: LogChange, by: str) -> LogChangeOut:
    """The change as shown."""
    return LogChangeOut(version=row.version, act=row.act, at=row.created_at, by=by, **row.said)
