"""The account, the sheet and the objection of the matrix, and the state each operation asks for."""

import csv
import io
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from api.funds.models import Agreement, Guarantee, SpecialAccount
from api.funds.rules import AccountState, GuaranteeKind, GuaranteeState
from api.kit import clock
from api.kit.ids import new_id
from api.kit.personal import Kind, Personal
from api.wages import showing, tables
from api.wages.models import LineContest, WageItem, WageLine, WageSheet, WageTerms
from api.wages.reckoning import ItemKind, PayKind
from api.wages.rules import ContestState, LineState, SheetKind, SheetState
from tests.cast import FIRM_A

Ids = Mapping[str, UUID]
NUMBER = "510509876543210987"
FEN = 30000
STATES = {
    "wages.audit_sheet": SheetState.SUBMITTED,
    "wages.explain_unsigned": SheetState.SUBMITTED,
    "wages.return_sheet": SheetState.SUBMITTED,
    "wages.recheck_sheet": SheetState.AUDITED,
    "wages.release_sheet": SheetState.RECHECKED,
    "wages.archive_sheet": SheetState.PAID,
}
"""Where an operation finds the sheet; a draft otherwise."""


async def made(ids: Ids) -> dict[str, UUID]:
    """Zhang's wages of this month on firm A's site, and the account they come from; the ids."""
    account = await _account(ids)
    today = clock.today()
    place: dict[str, Any] = {
        "project_id": ids["project_id"], "enterprise_id": FIRM_A, "contractor_id": FIRM_A,
        "region": "510107",
    }  # fmt: skip
    worker = {"worker_id": ids["worker_id"], **place}
    month = f"{today:%Y-%m}"
    sheet = await WageSheet.create(
        number=f"GZD0001{today:%Y%m}901", kind=SheetKind.MONTHLY, month=month, from_on=today,
        to_on=today, pay_on=today, drawing=False, persons=1, total_fen=FEN, pending_fen=FEN,
        submitted_at=clock.now(), made_by=new_id(), **place,
    )  # fmt: skip
    line = WageLine(
        id=new_id(), sheet_id=sheet.id, engagement_id=ids["engagement_id"], month=month,
        pay_kind=PayKind.DAY, rate_fen=FEN, unit_hours=8, days=[[today.isoformat(), "1", "0"]],
        units=1, hours=8, overtime_hours=0, gross_fen=FEN, deducted_fen=0, net_fen=FEN, hints=[],
        **worker,
    )  # fmt: skip
    item = WageItem(line_id=line.id, kind=ItemKind.BASIC, amount_fen=FEN)
    showing.seal(sheet, line, [item])
    await line.save(force_create=True)
    await item.save(force_create=True)
    await WageTerms.create(
        pay_kind=PayKind.DAY, rate_fen=FEN, unit_hours=8, pay_day=20, effective_from=today,
        overtime_percent=150, **worker,
    )  # fmt: skip
    contest = await LineContest.create(
        line_id=line.id, sheet_id=sheet.id, line_version=1, due_on=today,
        words=Personal.of(Kind.TEXT, "少算一天"), **worker,
    )  # fmt: skip
    guarantee = await Guarantee.create(
        project_id=place["project_id"], contractor_id=FIRM_A, region="510107",
        kind=GuaranteeKind.DEPOSIT, amount_fen=1, ratio=1, number="B-1", issued_by="样例银行",
    )  # fmt: skip
    return {
        "special_account_id": account, "guarantee_id": guarantee.id, "sheet_id": sheet.id,
        "wage_line_id": line.id, "contest_id": contest.id,
    }  # fmt: skip


async def _account(ids: Ids) -> UUID:
    number = Personal.of(Kind.BANK_CARD, NUMBER)
    place: dict[str, Any] = {
        "project_id": ids["project_id"], "contractor_id": FIRM_A, "region": "510107",
    }  # fmt: skip
    row = await SpecialAccount.create(
        bank_code="105", bank_name="样例银行", number=number, number_index=number.index,
        state=AccountState.ACTIVE, opened_on=clock.today(), **place,
    )  # fmt: skip
    await Agreement.create(
        special_account_id=row.id, number="DF-1", parties=["样例总包", "样例银行"],
        starts_on=clock.today(), file_id=new_id(), **place,
    )  # fmt: skip
    return row.id


async def put_back(ids: Ids, name: str) -> None:
    """They stand where the operation expects them."""
    if name.startswith("funds"):
        closing = name == "funds.close_account"
        rows = SpecialAccount.filter(project_id=ids["project_id"])
        await rows.update(state=AccountState.CLOSED)
        if name != "funds.open_account":
            await SpecialAccount.filter(id=ids["special_account_id"]).update(
                state=AccountState.CLOSING if closing else AccountState.ACTIVE,
                announced_on=clock.today() - timedelta(days=40) if closing else None,
            )
        await Guarantee.filter(id=ids["guarantee_id"]).update(state=GuaranteeState.VALID)
        await WageSheet.all().update(state=SheetState.PAID)
    if name.startswith("wages"):
        signed = "本人同意" if name == "wages.release_sheet" else ""
        await WageLine.filter(id=ids["wage_line_id"]).update(
            state=LineState.WAITING, unsigned_reason=signed
        )
        await WageSheet.filter(id=ids["sheet_id"]).update(
            state=STATES.get(name, SheetState.DRAFT), audited_by=None, rechecked_by=None
        )
        await LineContest.filter(id=ids["contest_id"]).update(state=ContestState.OPEN)


def table(ids: Ids) -> bytes:
    """The sheet's table with one row, that says what the line says."""
    content = io.StringIO()
    rows = csv.DictWriter(content, [tables.KEY, *tables.FILLED, tables.REASON, tables.VERSION])
    rows.writeheader()
    rows.writerow({tables.KEY: str(ids["wage_line_id"])})
    return content.getvalue().encode()
