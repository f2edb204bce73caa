"""Wages as they go out."""

import datetime as dt
from enum import StrEnum, unique
from uuid import UUID

from api.kit.schemas import Out, Page
from api.wages.reckoning import ItemKind, PayKind
from api.wages.rules import (
    Act,
    ContestState,
    LineState,
    Payer,
    PayState,
    SheetKind,
    SheetState,
)


class NamedOut(Out):
    """Something by its name."""

    id: UUID
    name: str


class PayOut(Out):
    """By what somebody is paid from a day on."""

    pay_kind: PayKind
    rate_fen: int
    unit_hours: str
    overtime_percent: int | None
    overtime_fen: int | None
    pay_day: int
    effective_from: dt.date


class TermsOut(PayOut):
    """Terms of a worker on a project."""

    id: UUID
    worker_id: UUID
    worker_name: str
    project: NamedOut
    enterprise: NamedOut


class AgreedOut(PayOut):
    """What a worker is paid by; `by_contract`: his signed contract says so."""

    by_contract: bool


class PaidOut(Out):
    """Who is at work on a project, and what he is paid by today; no terms, no wage."""

    worker_id: UUID
    worker_name: str
    enterprise: NamedOut
    terms: AgreedOut | None


@unique
class VersionState(StrEnum):
    """Whether terms count today; REPLACED: others begin on the same day."""

    NOW = "now"
    LATER = "later"
    PAST = "past"
    REPLACED = "replaced"


class VersionOut(AgreedOut):
    """Terms once agreed. until: their last day. set_by: user name of the employer's officer."""

    until: dt.date | None
    state: VersionState
    set_at: dt.datetime
    set_by: str


class WorkerTermsOut(Out):
    """All that was agreed with a worker on a project, the last to begin first."""

    worker_id: UUID
    worker_name: str
    project: NamedOut
    enterprise: NamedOut
    versions: list[VersionOut]


class SheetOut(Out):
    """A sheet in a list. pay_on: when it is due; paid, failed and pending are its total."""

    id: UUID
    number: str
    project: NamedOut
    enterprise: NamedOut
    contractor: NamedOut
    team: NamedOut | None
    kind: SheetKind
    month: str
    from_on: dt.date
    to_on: dt.date
    pay_on: dt.date
    state: SheetState
    version: int
    drawing: bool
    persons: int
    total_fen: int
    paid_fen: int
    failed_fen: int
    pending_fen: int


class StepOut(Out):
    """One step of a sheet. by: user name of who took it; empty for what follows by itself."""

    act: Act
    state: SheetState
    at: dt.datetime
    by: str
    total_fen: int
    reason: str
    line_id: UUID | None


class SheetWholeOut(SheetOut):
    """The same with its steps, and how many lines want attention.

    unsigned: neither signed nor explained. differing: the books say otherwise. overlapping: on
    another sheet for the same days. contested: objections that are not answered. made_by_you,
    corrected_by_you, audited_by_you: then somebody else takes the next step.
    """

    unsigned: int
    differing: int
    overlapping: int
    contested: int
    made_by_you: bool
    corrected_by_you: bool
    audited_by_you: bool
    steps: list[StepOut]


class SheetPage(Page[SheetOut]):
    """A page of sheets, and what those that were asked for come to.

    Void ones do not count, to the region no drafts either, unless that state is asked for.
    """

    sheets: int
    persons: int
    total_fen: int


class ItemOut(Out):
    """One amount of a line, signed."""

    id: UUID
    kind: ItemKind
    amount_fen: int
    quantity: str | None
    unit: str
    price_fen: int | None
    note: str
    by_hand: bool


class LineOut(Out):
    """One worker on a sheet; the name is masked."""

    id: UUID
    worker_id: UUID
    worker_name: str
    team: NamedOut | None
    pay_kind: PayKind | None
    rate_fen: int | None
    units: str
    hours: str
    overtime_hours: str
    gross_fen: int
    deducted_fen: int
    net_fen: int
    version: int
    state: LineState
    unsigned_reason: str
    differs: bool
    overlaps: bool
    hints: list[str]
    pay_state: PayState
    paid_on: dt.date | None
    payer: Payer


class DifferenceOut(Out):
    """A day by its four witnesses: punches, both books, the sheet; None: it says nothing.

    differs: they do not say the same.
    """

    day: dt.date
    punched_units: str | None
    worker_units: str | None
    leader_units: str | None
    sheet_units: str | None
    worker_overtime: str | None
    leader_overtime: str | None
    sheet_overtime: str | None
    differs: bool


class OverlapOut(Out):
    """Another sheet of the same worker: on which days both pay him for work.

    sheet_id, number: None and empty to whoever may not see that sheet. void: it counts no more.
    """

    sheet_id: UUID | None
    number: str
    void: bool
    days: list[dt.date]


class LineWholeOut(LineOut):
    """The same with terms, items, its days by their four witnesses, and where it overlaps."""

    sheet_id: UUID
    sheet_number: str
    digest: str
    unit_hours: str
    overtime_percent: int | None
    overtime_fen: int | None
    items: list[ItemOut]
    days: list[DifferenceOut]
    overlap: OverlapOut | None


class ContestOut(Out):
    """A worker's objection; `days_left`: working days to answer, below 0 when late."""

    id: UUID
    sheet_id: UUID
    line_id: UUID
    worker_name: str
    project: NamedOut
    day: dt.date | None
    item: ItemKind | None
    words: str
    photo: str | None
    """Its address, for whoever asked alone and some minutes."""
    state: ContestState
    due_on: dt.date
    days_left: int
    answer: str
    answered_at: dt.datetime | None


class ImportFaultOut(Out):
    """What is wrong in a row of the table."""

    row: int
    column: str
    sentence: str


class ImportOut(Out):
    """How many lines a table changed, or what is wrong with it; then nothing was changed."""

    changed: int
    faults: list[ImportFaultOut]
