"""Payments as they come in."""

import datetime as dt
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from api.attendance.schemas import Instant
from api.integrations.bank import Outcome, Result
from api.integrations.bank.outcomes import reason_of
from api.kit.pagination import PageQuery
from api.kit.personal import Kind, Personal, PersonalIn
from api.kit.routes import Upload
from api.kit.schemas import Body, Form, Note, RegionCode
from api.payroll.rules import AdvanceState, BatchState, ExceptionState, PaymentState
from api.wages.rules import Payer

MOST_FEN = 10**13


def _account(text: str) -> str:
    number = text.replace(" ", "")
    if not (number.isascii() and number.isdecimal() and 8 <= len(number) <= 30):
        raise ValueError("账号是 8 到 30 位数字。请核对后重填。")
    return number


class PaymentIn(Body):
    """Pay a released sheet: from the special account, or advanced from an account of one's own.

    Those who were left out or whose payment failed are paid with it where that is possible now.
    """

    payer: Payer = Payer.ACCOUNT
    account: (
        Annotated[Personal, PersonalIn(Kind.BANK_CARD, _account, 40, "5101990000000000123")] | None
    ) = None
    reason: Note | None = None

    @model_validator(mode="after")
    def _whole(self) -> "PaymentIn":
        own = self.payer is Payer.CONTRACTOR
        if own != (self.account is not None) or own != (self.reason is not None):
            raise ValueError("垫付要写付款账号和原因，从专户代发都不用写。")
        return self


class ReceiptForm(Form):
    """A receipt's file as the bank gave it."""

    file: Upload


class HandlingIn(Body):
    """What was found out about a bank's line that fits nothing, and done."""

    note: Note


class RecoveryIn(Body):
    """Money that came back for an advance."""

    amount_fen: Annotated[int, Field(ge=1, le=MOST_FEN)]
    on: dt.date
    note: Note


class BatchQuery(PageQuery):
    """Which batches."""

    project_id: UUID | None = None
    sheet_id: UUID | None = None
    state: BatchState | None = None
    region: RegionCode | None = None


class PaymentQuery(PageQuery):
    """Which payments of a batch."""

    state: PaymentState | None = None


class ExceptionQuery(PageQuery):
    """Which exceptions."""

    state: ExceptionState | None = None
    region: RegionCode | None = None


class AdvanceQuery(PageQuery):
    """Which advances."""

    state: AdvanceState | None = None


class ResultIn(Body):
    """What became of one payment, as the bank says it when it is asked. position: not used."""

    batch: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z-]{1,32}$")]
    seq: Annotated[int, Field(ge=0, le=MOST_FEN)]
    amount_fen: Annotated[int, Field(ge=-MOST_FEN, le=MOST_FEN)]
    outcome: Annotated[Outcome, Field(alias="result")]
    reason: Annotated[str, StringConstraints(pattern=r"^[A-Z_]{0,32}$")] = ""
    reference: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z-]{1,64}$")]
    at: Instant
    position: Annotated[int, Field(ge=0, le=MOST_FEN)] = 0

    @property
    def result(self) -> Result:
        """The same as it is read from an answer."""
        return Result(
            batch=self.batch,
            seq=self.seq,
            amount_fen=self.amount_fen,
            outcome=self.outcome,
            reason=reason_of(self.reason, self.outcome),
            reference=self.reference,
            at=self.at,
        )


class PushIn(Body):
    """Results that the bank pushes, of one batch or several."""

    items: Annotated[tuple[ResultIn, ...], Field(min_length=1, max_length=200)]


class StrayQuery(PageQuery):
    """Which results without a batch."""

    state: ExceptionState | None = None
