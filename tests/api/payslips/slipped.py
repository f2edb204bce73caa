"""The payslip of the matrix and a link to it, and how each operation finds them."""

from collections.abc import Mapping
from uuid import UUID

from api.kit import clock
from api.payslips.models import PayslipShare
from api.payslips.sharing import key_of
from api.wages.models import LineContest, LineSignature, WageLine, WageSheet
from api.wages.rules import ContestState, LineState, PayState, SheetState

TOKEN = "matrixmatrixmatrix0000"


async def made(ids: Mapping[str, UUID], account_id: UUID) -> dict[str, UUID]:
    """Zhang's line as a payslip, and his link to it; the ids."""
    line = await WageLine.get(id=ids["wage_line_id"])
    share = await PayslipShare.create(
        line_id=line.id, worker_id=line.worker_id, project_id=line.project_id,
        account_id=account_id, key=key_of(TOKEN), expires_at=clock.in_seconds(86_400 * 7),
    )  # fmt: skip
    return {"payslip_id": line.id, "share_id": share.id}


async def put_back(ids: Mapping[str, UUID], name: str) -> None:
    """The sheet is out, the line waits for him; paid, where he is asked for his card."""
    await WageSheet.filter(id=ids["sheet_id"]).update(state=SheetState.SUBMITTED)
    arrived = name == "payslips.say_card"
    # What was signed stays so: a version is signed once.
    signed = await LineSignature.filter(line_id=ids["payslip_id"]).exists()
    await WageLine.filter(id=ids["payslip_id"]).update(
        state=LineState.CONFIRMED if signed else LineState.WAITING,
        pay_state=PayState.SUCCEEDED if arrived else PayState.WAITING,
        paid_on=clock.today() if arrived else None,
    )
    await LineContest.filter(line_id=ids["payslip_id"]).update(state=ContestState.UPHELD)
    await PayslipShare.filter(id=ids["share_id"]).update(revoked_at=None)
