"""Payments as they go out; names masked, cards by their last digits."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from api.integrations.bank import Outcome, Reason
from api.kit.schemas import Out, Page
from api.payroll.rules import (
    AdvanceState,
    BatchState,
    ExceptionState,
    LeftOutReason,
    PaymentState,
    Verdict,
    Way,
    Why,
)
from api.wages.rules import Payer


class NamedOut(Out):
    """Something by its name."""

    id: UUID
    name: str


class BatchOut(Out):
    """A batch in a list. account: masked. trouble: the bank's code of the last try, in our words.

    lines, total_fen: all of it; arrived, arrived_fen: what of it is on workers' cards; failed: how
    many are not.
    """

    id: UUID
    number: str
    sheet_id: UUID
    project: NamedOut
    enterprise: NamedOut
    contractor: NamedOut
    payer: Payer
    way: Way
    state: BatchState
    account: str
    lines: int
    total_fen: int
    arrived: int
    arrived_fen: int
    failed: int
    attempts: int
    trouble: str
    made_at: datetime
    done_at: datetime | None


class PaymentOut(Out):
    """One payment of a batch. at: the bank's time of its end."""

    id: UUID
    line_id: UUID
    seq: int
    payee: str
    card: str
    amount_fen: int
    again: bool
    state: PaymentState
    reason: Reason
    reference: str
    at: datetime | None


class PaymentsPage(Page[PaymentOut]):
    """Payments of a batch."""


class LeftOutOut(Out):
    """A worker of a sheet who is in no batch, and why."""

    line_id: UUID
    worker_name: str
    reason: LeftOutReason


class NotArrivedOut(Out):
    """A worker whose newest payment the bank did not make, or gave back, and why."""

    line_id: UUID
    worker_name: str
    batch: NamedOut
    state: PaymentState
    reason: Reason


class LeftOutsOut(Out):
    """All of them, the first two hundred. held_since: when nothing more was paid of the sheet,
    since no agreement with the bank is in force; it goes on by itself once one is.

    not_arrived: those whose payment failed or came back, the first two hundred likewise. unpaid:
    how many lines can be paid or are left out; under_way: how many wait for the bank's result.
    carried: the bank has no interface, files of the sheet are on their way.
    """

    items: list[LeftOutOut]
    held_since: datetime | None
    not_arrived: list[NotArrivedOut]
    unpaid: int
    under_way: int
    carried: bool


class ReceiptRowOut(Out):
    """What one line of a receipt did; `why` is set where it went to the exception list."""

    seq: int
    amount_fen: int
    outcome: Outcome
    verdict: Verdict
    why: Why | None


class ReceiptOut(Out):
    """What a receipt's file did: lines that were new, that were known, that fit nothing."""

    applied: int
    same: int
    exceptions: int
    rows: list[ReceiptRowOut]


class ExceptionOut(Out):
    """A bank's line that fits no payment."""

    id: UUID
    batch: NamedOut
    project: NamedOut
    seq: int
    amount_fen: int
    outcome: Outcome
    reason: Reason
    reference: str
    at: datetime
    why: Why
    state: ExceptionState
    note: str
    handled_at: datetime | None


class AdvanceOut(Out):
    """An advance and what came back for it."""

    id: UUID
    sheet_id: UUID
    batch: NamedOut
    project: NamedOut
    contractor: NamedOut
    enterprise: NamedOut
    amount_fen: int
    recovered_fen: int
    state: AdvanceState
    reason: str
    made_on: date


class PushOut(Out):
    """What a push did: `code` is OK; results that were new, known, and that fit nothing."""

    code: Literal["OK"]
    applied: int
    same: int
    exceptions: int


class StrayOut(Out):
    """A result that names no batch of ours."""

    id: UUID
    number: str
    seq: int
    amount_fen: int
    outcome: Outcome
    reason: Reason
    reference: str
    at: datetime
    state: ExceptionState
    note: str
    received_at: datetime
    handled_at: datetime | None
