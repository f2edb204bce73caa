"""The batch, the exception and the advance of the matrix, and the state each operation asks for."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from api.integrations.bank import Outcome, Reason, Result, files
from api.kit import clock
from api.kit.personal import Kind, Personal
from api.payroll.models import Advance, BankBatch, BankException, BatchLine, LeftOut, StrayResult
from api.payroll.rules import (
    AdvanceState,
    BatchState,
    ExceptionState,
    LeftOutReason,
    PaymentState,
    Way,
    Why,
)
from api.wages.models import WageLine, WageSheet
from api.wages.rules import Payer, PayState, SheetState
from tests.cast import FIRM_A

Ids = Mapping[str, UUID]
NUMBER = "PL2026112900000001"
FEN = 30000


async def made(ids: Ids) -> dict[str, UUID]:
    """Zhang's wages of the sheet in a batch of a bank without an interface; the ids."""
    place: dict[str, Any] = {
        "project_id": ids["project_id"], "contractor_id": FIRM_A, "region": "510107",
    }  # fmt: skip
    account = Personal.of(Kind.BANK_CARD, "510509876543210987")
    batch = await BankBatch.create(
        number=NUMBER, sheet_id=ids["sheet_id"], enterprise_id=FIRM_A, payer=Payer.ACCOUNT,
        way=Way.FILE, account=account, state=BatchState.SENT, lines=1, total_fen=FEN, **place,
    )  # fmt: skip
    card = Personal.of(Kind.BANK_CARD, "6217000000000000004")
    person: dict[str, Any] = {
        "line_id": ids["wage_line_id"], "sheet_id": ids["sheet_id"],
        "worker_id": ids["worker_id"], "project_id": ids["project_id"],
    }  # fmt: skip
    await BatchLine.create(
        batch_id=batch.id, seq=1, payee=Personal.of(Kind.NAME, "张样例"), card=card,
        card_index=card.index, amount_fen=FEN, again=False, **person,
    )  # fmt: skip
    await LeftOut.create(reason=LeftOutReason.NO_CARD, **person)
    stray = await BankException.create(
        batch_id=batch.id, seq=9, amount_fen=1, outcome=Outcome.SUCCESS, reason=Reason.NONE,
        reference="BK9", at=clock.now(), why=Why.UNKNOWN_LINE, **place,
    )  # fmt: skip
    advance = await Advance.create(
        batch_id=batch.id, sheet_id=ids["sheet_id"], enterprise_id=FIRM_A, amount_fen=10**6,
        reason="先垫上", **place,
    )  # fmt: skip
    nowhere = await StrayResult.create(
        number="PL2026112900000009", seq=1, amount_fen=1, outcome=Outcome.SUCCESS,
        reason=Reason.NONE, reference="BK9", at=clock.now(),
    )  # fmt: skip
    return {
        "batch_id": batch.id, "exception_id": stray.id, "advance_id": advance.id,
        "stray_id": nowhere.id,
    }  # fmt: skip


async def put_back(ids: Ids, name: str) -> None:
    """They stand where the operation expects them."""
    paying = name == "payroll.pay_sheet"
    await BatchLine.filter(batch_id=ids["batch_id"]).update(
        state=PaymentState.FAILED if paying else PaymentState.WAITING, reason=Reason.NONE
    )
    await BankBatch.filter(id=ids["batch_id"]).update(
        state=BatchState.SENT, arrived=0, arrived_fen=0, failed=0
    )
    newer = await BankBatch.exclude(id=ids["batch_id"]).values_list("id", flat=True)
    await BatchLine.filter(batch_id__in=newer).update(state=PaymentState.FAILED)
    await WageSheet.filter(id=ids["sheet_id"]).update(
        state=SheetState.PAYING, pending_fen=FEN, paid_fen=0, failed_fen=0
    )
    await WageLine.filter(id=ids["wage_line_id"]).update(
        pay_state=PayState.WAITING if paying else PayState.SENT, pay_code="", paid_fen=0
    )
    await BankException.filter(id=ids["exception_id"]).update(state=ExceptionState.OPEN)
    await StrayResult.filter(id=ids["stray_id"]).update(state=ExceptionState.OPEN)
    await Advance.filter(id=ids["advance_id"]).update(state=AdvanceState.OPEN, recovered_fen=0)


def receipt() -> bytes:
    """The bank paid it."""
    result = Result(NUMBER, 1, FEN, Outcome.SUCCESS, Reason.NONE, "BK1", clock.now())
    return files.receipt_of(NUMBER, (result,), {})
