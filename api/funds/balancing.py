"""专户对账: what the bank says that an account holds, held against our ledger once a day.

Ours is entered by people and by receipts, so a gap is first of all something to look into; the
officers are told of each new one once.
"""

from collections.abc import Sequence
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Purpose, Tag
from api.funds import telling
from api.funds.models import SpecialAccount
from api.funds.rules import AccountState
from api.integrations.adapters import outside
from api.integrations.bank import BankClient
from api.integrations.http import UpstreamError
from api.kit import clock
from api.kit.actor import SYSTEM
from api.kit.logging import log
from api.kit.transaction import transaction

BATCH = 100
PAYING = (AccountState.ACTIVE, AccountState.CLOSING)


async def compare_all() -> int:
    """Every account that may pay is held against the bank's; how many could be."""
    bank = outside().bank
    if bank is None:
        return 0
    done, last = 0, UUID(int=0)
    rows = SpecialAccount.filter(state__in=list(PAYING)).order_by("id")
    while found := await rows.filter(id__gt=last).limit(BATCH):
        last = found[-1].id
        done += await _compare(bank, found)
    return done


async def _compare(bank: BankClient, rows: Sequence[SpecialAccount]) -> int:
    done = 0
    for row in rows:
        try:
            # Asked with nothing locked, then held against the balance of that moment.
            answer = await bank.balance(await _number(row))
        except UpstreamError as error:
            log.warning("funds.balance_unknown", where=str(row.id), code=error.code)
            continue
        await keep(row.id, answer.balance_fen)
        done += 1
    return done


async def _number(row: SpecialAccount) -> str:
    async with transaction():
        return audit.reveal(SYSTEM, row.number, Purpose.CHECK, ("special_account", row.id))


async def keep(account_id: UUID, bank_fen: int) -> None:
    """What the bank holds is on record beside ours; a new gap, or that it is gone, too."""
    async with transaction():
        row = await SpecialAccount.filter(id=account_id).select_for_update().get()
        gap, before = bank_fen - row.balance_fen, row.bank_gap_fen or 0
        row.bank_fen, row.bank_gap_fen, row.bank_asked_at = bank_fen, gap, clock.now()
        await row.save(update_fields=["bank_fen", "bank_gap_fen", "bank_asked_at"])
        if gap == before:
            return
        tag = Tag.SPECIAL_ACCOUNT_GAP_FOUND if gap else Tag.SPECIAL_ACCOUNT_GAP_CLOSED
        audit.record(
            SYSTEM, tag, ("special_account", row.id), tenant_id=row.contractor_id,
            project=str(row.project_id), gap_fen=gap,
        )  # fmt: skip
        if gap:
            await telling.tell_contractor(
                SYSTEM,
                row.contractor_id,
                "funds.gap",
                {"project": str(row.project_id)},
                ("special_account", row.id),
            )
