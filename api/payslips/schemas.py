"""Payslips as they go out, and what workers say of them."""

import datetime as dt
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from api.attendance.schemas import Month
from api.kit.pagination import PageQuery
from api.kit.routes import Upload
from api.kit.schemas import Body, Form, Note, Out
from api.payslips.rules import Stage, Who
from api.wages.answers import DifferenceOut, ItemOut, NamedOut
from api.wages.reckoning import ItemKind, PayKind
from api.wages.rules import ContestState, LineState, Payer, PayState, SheetKind, Way

MOST_DAYS = 7
"""How long a link to a payslip is good for at most."""
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class PayslipQuery(PageQuery):
    """Which payslips."""

    project_id: UUID | None = None
    month: Month | None = None


class SignatureForm(Form):
    """The drawn signature, for exactly what was read: `digest` of the payslip."""

    digest: Digest
    strokes: Upload


class ConfirmationIn(Body):
    """Agreed to exactly what was read, with fresh proof of who he is."""

    digest: Digest


class ObjectionForm(Form):
    """What is wrong, in words; of one day or one kind of item, where it is; with a photo."""

    words: Note
    day: dt.date | None = None
    item: ItemKind | None = None
    photo: Upload | None = None


class CardIn(Body):
    """Whether the wage card is in his own hand."""

    in_hand: bool


class ShareIn(Body):
    """For how many days the link is good."""

    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] = MOST_DAYS


class StationOut(Out):
    """A station of a wage that lies behind it; `on` where a day is kept."""

    stage: Stage
    on: dt.date | None


class ProgressOut(Out):
    """Where a wage is: `stage` it waits at, None: arrived; whose turn, until when, how late."""

    done: list[StationOut]
    stage: Stage | None
    who: Who
    who_name: str
    due: dt.date | None
    late_days: int
    """Working days since it was due."""


class PayslipOut(Out):
    """A payslip in the list."""

    id: UUID
    sheet: str
    kind: SheetKind
    month: str
    project: NamedOut
    enterprise: NamedOut
    state: LineState
    net_fen: int
    pay_on: dt.date
    pay_state: PayState
    paid_fen: int
    paid_on: dt.date | None
    progress: ProgressOut


class PayTermsOut(Out):
    """How the work is paid; pay_kind None: nothing is agreed."""

    pay_kind: PayKind | None
    rate_fen: int | None
    unit_hours: str
    overtime_percent: int | None
    overtime_fen: int | None


class SignedOut(Out):
    """How and when he signed."""

    way: Way
    at: dt.datetime


class ObjectionOut(Out):
    """An objection of his, until when it is answered, and the answer."""

    id: UUID
    at: dt.datetime
    day: dt.date | None
    item: ItemKind | None
    words: str
    photo: str | None
    """Its address, for him alone and some minutes."""
    state: ContestState
    due_on: dt.date
    answer: str
    answered_at: dt.datetime | None


class OwnPayslipOut(PayslipOut):
    """The whole payslip: days, terms, items, bank result, what he signed and objected to.

    digest: SHA-256 of what it says, the one that is signed; intact: it still is. may: what he can
    do now.
    """

    version: int
    from_on: dt.date
    to_on: dt.date
    terms: PayTermsOut
    days: list[DifferenceOut]
    units: str
    hours: str
    overtime_hours: str
    items: list[ItemOut]
    gross_fen: int
    deducted_fen: int
    payer: Payer
    unsigned_reason: str
    digest: str
    intact: bool
    signed: SignedOut | None
    objections: list[ObjectionOut]
    card_in_hand: bool | None
    may: list[str]


class AwaitedOut(Out):
    """Work of a month that no sheet pays yet."""

    month: str
    project: NamedOut
    enterprise: NamedOut
    units: str
    progress: ProgressOut


class CalendarOut(Out):
    """The pay calendar of the last months: what waits for a sheet, and what is on its way."""

    awaited: list[AwaitedOut]
    items: list[PayslipOut]


class LedgerOut(Out):
    """What arrived on a day, and the advances that were taken back with it."""

    id: UUID
    month: str
    project: NamedOut
    paid_on: dt.date | None
    paid_fen: int
    advance_fen: int
    payer: Payer


class WalletOut(Out):
    """The ledger of one's wages, to read only: nothing here moves money.

    Sums over all payslips, by what the bank said: what arrived, is on its way, came back.
    """

    paid_fen: int
    pending_fen: int
    failed_fen: int
    items: list[LedgerOut]
    next_cursor: str | None


class ShareOut(Out):
    """A link to a payslip; `url` only once, when it was made."""

    id: UUID
    payslip_id: UUID
    created_at: dt.datetime
    expires_at: dt.datetime
    revoked_at: dt.datetime | None
    over: bool
    """Whether it leads nowhere any more."""
    url: str | None = None


class SharedPayslipOut(Out):
    """A payslip as somebody reads it who was given the link: the name masked, no days."""

    name: str
    month: str
    project: str
    enterprise: str
    units: str
    items: list[ItemOut]
    gross_fen: int
    deducted_fen: int
    net_fen: int
    pay_state: PayState
    paid_on: dt.date | None
    expires_at: dt.datetime
