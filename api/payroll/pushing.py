"""银行推送: results that the bank sends by itself do what those do that it is asked for.

However late, often and in whatever order they come: `rules.judge`. What fits no payment goes to
the exception list of its batch, what names no batch of ours to the platform's list of strays.
"""

from collections.abc import Sequence
from hashlib import sha256

from tortoise.exceptions import IntegrityError

from api.audit import service as audit
from api.audit.tags import Tag
from api.integrations.adapters import outside
from api.integrations.bank import Result
from api.integrations.bank.signing import SKEW_S, BadSignature, verify
from api.kit import clock
from api.kit.actor import SYSTEM
from api.kit.cache import CacheDown, cache
from api.kit.errors import Unavailable
from api.kit.logging import log
from api.kit.routes import Call
from api.kit.transaction import transaction
from api.payroll import receiving
from api.payroll.answers import PushOut
from api.payroll.errors import BadBankSignature, WrongBatchStep
from api.payroll.models import BankBatch, StrayResult
from api.payroll.receiving import Row, Told
from api.payroll.rules import Verdict, Way
from api.payroll.schemas import PushIn


async def verified(call: Call) -> None:
    """The bank signed this, now and for the first time. BadBankSignature, which is logged."""
    bank = outside().bank
    try:
        if bank is None:
            raise BadSignature("key_unknown")
        nonce = verify(
            bank.access, method=call.method, target=call.target, headers=call.headers,
            body=call.content, now=clock.now().timestamp(),
        )  # fmt: skip
        # A clock may be early as well as late: a nonce is kept as long as it could come again.
        if not await cache().add(f"bank_nonce:{nonce}", "1", 2 * SKEW_S + 1):
            raise BadSignature("nonce_used")
    except BadSignature as wrong:
        log.warning("bank.push_refused", code=wrong.code)
        raise BadBankSignature from wrong
    except CacheDown as down:
        raise Unavailable from down


async def take(given: PushIn) -> PushOut:
    """What became of each result; one transaction for each batch."""
    by_batch: dict[str, list[Result]] = {}
    for each in given.items:
        by_batch.setdefault(each.batch, []).append(each.result)
    known = {row.number: row for row in await BankBatch.filter(number__in=list(by_batch))}
    rows: list[Row] = []
    strays = 0
    for number, results in by_batch.items():
        if number in known:
            rows += await _applied(known[number], results)
        else:
            strays += await _stray(results)
    return PushOut(
        code="OK",
        applied=sum(row.verdict is Verdict.APPLIED for row in rows),
        same=sum(row.verdict is Verdict.SAME for row in rows),
        exceptions=strays + sum(row.why is not None for row in rows),
    )


async def _applied(batch: BankBatch, results: Sequence[Result]) -> list[Row]:
    told = Told(results, _digest(results), Way.API)
    try:
        return await receiving.take(SYSTEM, batch.id, told)
    except WrongBatchStep:  # by our books the bank cannot have it: somebody has to look
        return await receiving.list_all(SYSTEM, batch.id, results)


def _digest(results: Sequence[Result]) -> str:
    return sha256("\n".join(str(each) for each in results).encode()).hexdigest()


async def _stray(results: Sequence[Result]) -> int:
    """Results that name no batch of ours, once each, for the platform's people to look into."""
    for result in results:
        try:
            async with transaction():
                row = await StrayResult.create(
                    number=result.batch,
                    seq=result.seq,
                    amount_fen=result.amount_fen,
                    outcome=result.outcome,
                    reason=result.reason,
                    reference=result.reference,
                    at=result.at,
                )
                audit.record(SYSTEM, Tag.BANK_STRAY_KEPT, ("bank_stray", row.id))
        except IntegrityError:  # it came before
            continue
        log.error("bank.stray", line=result.seq)
    return len(results)
