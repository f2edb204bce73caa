"""Who is told of payments: each worker of his own, the contractor of what did not arrive (L-12).

Everything here runs within the transaction of the service that calls it.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from api.accounts import service as accounts
from api.integrations.bank import Reason
from api.kit.actor import Actor
from api.notices import service as notices
from api.payroll import rules
from api.payroll.models import BankBatch, BatchLine, LeftOut
from api.payroll.rules import LeftOutReason, PaymentState
from api.wages import service as wages
from api.workers import service as workers

OFFICERS = ("enterprise_admin", "wage_officer")
CARDLESS = (LeftOutReason.NO_CARD, LeftOutReason.SAME_CARD, LeftOutReason.SHARED_CARD)


async def tell_results(actor: Actor, batch: BankBatch, lines: Sequence[BatchLine]) -> None:
    """Tell each worker what became of his wages, and the contractor how many did not arrive."""
    params = await _params(batch)
    told = await workers.accounts_of({line.worker_id for line in lines})
    for line in lines:
        if line.worker_id in told:
            kind, more = _kind(line)
            notices.tell(
                actor, told[line.worker_id], kind, {**params, **more},
                about=("wage_line", line.line_id),
            )  # fmt: skip
    failed = sum(line.state is not PaymentState.SUCCEEDED for line in lines)
    if failed:
        more = {**params, "count": str(failed)}
        await _tell_office(actor, batch.contractor_id, "payroll.failed_office", more, batch)


def _kind(line: BatchLine) -> tuple[str, dict[str, str]]:
    if line.state is PaymentState.SUCCEEDED:
        return "payroll.arrived", {
            "amount": f"{line.amount_fen // 100}.{line.amount_fen % 100:02d}"
        }
    if line.reason is Reason.NAME_DIFFERS:
        return "payroll.failed_name", {}
    return f"payroll.failed_{'card' if line.reason in rules.CARD_REASONS else 'bank'}", {}


async def tell_left_out(actor: Actor, sheet: wages.WageSheet, left: Sequence[LeftOut]) -> None:
    """Tell those who have no card that can be paid to what to do."""
    by_worker = {row.worker_id: row.line_id for row in left if row.reason in CARDLESS}
    params = {"project": str(sheet.project_id), "month": sheet.month}
    for worker_id, account_id in sorted((await workers.accounts_of(by_worker)).items()):
        about = ("wage_line", by_worker[worker_id])
        notices.tell(actor, account_id, "payroll.left_out", params, about=about)


async def tell_held(actor: Actor, sheet: wages.WageSheet) -> None:
    """Tell the contractor that nothing is paid for want of an agreement, and what to do."""
    params = {"project": str(sheet.project_id), "month": sheet.month}
    about = ("wage_sheet", sheet.id)
    await _tell(actor, sheet.contractor_id, "payroll.held", params, about)


async def tell_refused(actor: Actor, batch: BankBatch) -> None:
    """Tell the contractor that the bank took none of a batch."""
    params = await _params(batch)
    await _tell_office(actor, batch.contractor_id, "payroll.refused", params, batch)


async def tell_exceptions(actor: Actor, batch: BankBatch, count: int) -> None:
    """Tell the contractor that bank lines fit nothing."""
    params = {"project": str(batch.project_id), "count": str(count)}
    await _tell_office(actor, batch.contractor_id, "payroll.exceptions", params, batch)


async def tell_employer_of_advance(actor: Actor, batch: BankBatch) -> None:
    """Tell the employer that its wages are advanced and will be recovered."""
    await _tell_office(actor, batch.enterprise_id, "payroll.advanced", await _params(batch), batch)


async def _params(batch: BankBatch) -> dict[str, str]:
    sheet = await wages.find(batch.sheet_id)
    month = sheet.month if sheet else ""
    return {"project": str(batch.project_id), "month": month}


async def _tell_office(
    actor: Actor, tenant_id: UUID, kind: str, params: Mapping[str, str], batch: BankBatch
) -> None:
    await _tell(actor, tenant_id, kind, params, ("bank_batch", batch.id))


async def _tell(
    actor: Actor, tenant_id: UUID, kind: str, params: Mapping[str, str], about: tuple[str, UUID]
) -> None:
    holders = await accounts.holders(tenant_id)
    for account_id in sorted({each.account.id for each in holders if each.role in OFFICERS}):
        if account_id != actor.account_id:
            notices.tell(actor, account_id, kind, params, about=about)
