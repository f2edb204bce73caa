"""钱包: the ledger of one's wages by what the bank said. It shows, and moves nothing (CS-A5)."""

from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.payslips import reading
from api.payslips.schemas import LedgerOut, WalletOut
from api.wages import service as wages
from api.wages.rules import Bucket


async def of(actor: Actor, query: PageQuery) -> WalletOut:
    """The sums over all of the actor's payslips, and a page of what arrived, newest first."""
    sums = dict.fromkeys(Bucket, 0)
    for state, (_, fen) in (await wages.sums_of(actor)).items():
        sums[state.bucket] += fen
    lines, cursor = await wages.own_arrived(actor, query)
    names, advances = await reading.names_in(lines), await wages.advances_of(lines)
    return WalletOut(
        paid_fen=sums[Bucket.PAID],
        pending_fen=sums[Bucket.PENDING],
        failed_fen=sums[Bucket.FAILED],
        items=[
            LedgerOut(
                id=each.id,
                month=each.month,
                project=names.project(each.project_id),
                paid_on=each.paid_on,
                paid_fen=each.paid_fen,
                advance_fen=advances.get(each.id, 0),
                payer=each.payer,
            )
            for each in lines
        ],
        next_cursor=cursor,
    )
