"""Where batches and their payments stand, and what a receipt does to a payment. Pure."""

import secrets
from datetime import date
from enum import StrEnum, unique

from api.integrations.bank import Outcome, Reason
from api.wages.rules import PayState

SERIAL = 10**8
UNPAID = (PayState.WAITING, PayState.FAILED, PayState.RETURNED)
"""Where a line's money is when it may be paid, for the first time or again."""


@unique
class Way(StrEnum):
    """How a batch gets to the bank."""

    API = "api"
    FILE = "file"


@unique
class BatchState(StrEnum):
    """Where a batch stands. FAILED: the bank took none of it; DONE: each payment has an end."""

    WAITING = "waiting"
    SENT = "sent"
    ACCEPTED = "accepted"
    DONE = "done"
    FAILED = "failed"

    @property
    def taken(self) -> bool:
        """Whether the bank may have results of it."""
        return self in (BatchState.SENT, BatchState.ACCEPTED, BatchState.DONE)


@unique
class PaymentState(StrEnum):
    """Where one payment stands."""

    WAITING = "waiting"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    RETURNED = "returned"


@unique
class Verdict(StrEnum):
    """What a receipt does to a payment."""

    APPLIED = "applied"
    SAME = "same"
    CONTRADICTS = "contradicts"


@unique
class Why(StrEnum):
    """Why a bank's line is on the exception list."""

    UNKNOWN_LINE = "unknown_line"
    OTHER_AMOUNT = "other_amount"
    CONTRADICTS = "contradicts"
    NO_ACCOUNT = "no_account"
    NOT_SENT = "not_sent"


@unique
class ExceptionState(StrEnum):
    """Whether somebody has seen to it."""

    OPEN = "open"
    HANDLED = "handled"


@unique
class LeftOutReason(StrEnum):
    """Why a worker of a released sheet is in no batch."""

    NOT_VERIFIED = "not_verified"
    NO_CARD = "no_card"
    SHARED_CARD = "shared_card"
    SAME_CARD = "same_card"
    """His payment failed for the card, and he has not changed it."""


@unique
class AdvanceState(StrEnum):
    """Whether an advance has been recovered."""

    OPEN = "open"
    RECOVERED = "recovered"


_ENDS = {
    Outcome.SUCCESS: PaymentState.SUCCEEDED,
    Outcome.FAILED: PaymentState.FAILED,
    Outcome.RETURNED: PaymentState.RETURNED,
}
_APPLIED, _SAME, _CONTRADICTS = Verdict.APPLIED, Verdict.SAME, Verdict.CONTRADICTS
_JUDGED: dict[tuple[PaymentState, Outcome], Verdict] = {
    (PaymentState.SUCCEEDED, Outcome.SUCCESS): _SAME,
    (PaymentState.SUCCEEDED, Outcome.RETURNED): _APPLIED,
    (PaymentState.FAILED, Outcome.FAILED): _SAME,
    (PaymentState.RETURNED, Outcome.RETURNED): _SAME,
    # The success that a return took back came after it: the order of the wire, not of the bank.
    (PaymentState.RETURNED, Outcome.SUCCESS): _SAME,
}


def judge(state: PaymentState, outcome: Outcome) -> tuple[Verdict, PaymentState]:
    """What a receipt does to a payment, and where it stands then.

    Whatever the order and however often they come, the receipts of one payment end in one state.
    """
    if state is PaymentState.WAITING:
        return _APPLIED, _ENDS[outcome]
    verdict = _JUDGED.get((state, outcome), _CONTRADICTS)
    return verdict, _ENDS[outcome] if verdict is _APPLIED else state


def pay_state(state: PaymentState, *, again: bool) -> PayState:
    """Where the line's money is by where its newest payment stands; `again`: 补发."""
    if state is PaymentState.SUCCEEDED:
        return PayState.REPAID if again else PayState.SUCCEEDED
    return {
        PaymentState.WAITING: PayState.SENT,
        PaymentState.FAILED: PayState.FAILED,
        PaymentState.RETURNED: PayState.RETURNED,
    }[state]


def advance_state(amount_fen: int, recovered_fen: int) -> AdvanceState:
    """Whether as much came back as has arrived: more may arrive later, or be returned 退票."""
    recovered = recovered_fen > 0 and amount_fen <= recovered_fen
    return AdvanceState.RECOVERED if recovered else AdvanceState.OPEN


CARD_REASONS = frozenset({
    Reason.CLOSED, Reason.NAME_DIFFERS, Reason.FROZEN, Reason.UNKNOWN_CARD, Reason.DORMANT,
})  # fmt: skip
"""Reasons that lie with the card: paying there again would fail again."""


def new_number(day: date) -> str:
    """A fresh number `PL`, date, eight drawn digits. Uniqueness is the caller's column."""
    return f"PL{day:%Y%m%d}{secrets.randbelow(SERIAL):08d}"
