"""Idempotency keys: the same key and body get the same answer, another body a conflict."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from tortoise.exceptions import IntegrityError

from api.kit import clock
from api.kit.crypto import keyring
from api.kit.errors import BadRequest, Conflict
from api.kit.fields import place
from api.kit.ids import new_id
from api.kit.models import IdempotencyRecord

KEPT = timedelta(hours=24)
STALE = timedelta(seconds=60)
_KEY = re.compile(r"[\x21-\x7e]{1,64}")


class BadKey(BadRequest):
    """The Idempotency-Key header is no plain text of 1 to 64 characters."""

    code = "idempotency.bad_key"
    detail = "重复提交的标记不对。请重新提交。"


class OtherBody(Conflict):
    """The key was used before with another body."""

    code = "idempotency.other_body"
    detail = "同一次提交的内容变了。请刷新后重新提交。"


class AtWork(Conflict):
    """The first request with this key has not ended yet."""

    code = "idempotency.at_work"
    detail = "上一次提交还在处理。请等几秒再看结果。"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it was first given."""

    status: int
    body: str


async def begin(account_id: UUID, operation: str, key: str, body: bytes) -> UUID | Answer:
    """Claim the key: the claim's id to `finish` or `abandon`, or the answer given before."""
    if not _KEY.fullmatch(key):
        raise BadKey
    fingerprint = keyring().digest(body)
    claim: dict[str, Any] = {"account_id": account_id, "operation": operation, "key": key}
    try:
        row = await IdempotencyRecord.create(id=new_id(), fingerprint=fingerprint, **claim)
    except IntegrityError:
        return await _earlier(claim, fingerprint)
    return row.id


async def _earlier(claim: dict[str, Any], fingerprint: str) -> UUID | Answer:
    row = await IdempotencyRecord.get_or_none(**claim)
    if row is None:  # freed by a refusal a moment ago
        raise AtWork(retry_after_s=2)
    if row.fingerprint != fingerprint:
        raise OtherBody
    if row.status:
        return Answer(row.status, keyring().open(row.answer, _place(row.id)).decode())
    # A process that died at work leaves its claim behind: after a minute another may take it.
    moment = clock.now()
    stale = IdempotencyRecord.filter(id=row.id, status=0, created_at__lt=moment - STALE)
    if await stale.update(created_at=moment):
        return row.id
    raise AtWork(retry_after_s=2)


async def finish(claim: UUID, answer: Answer) -> None:
    """Keep the answer for repeats of the request."""
    sealed = keyring().seal(answer.body.encode(), _place(claim))
    await IdempotencyRecord.filter(id=claim).update(status=answer.status, answer=sealed)


async def abandon(claim: UUID) -> None:
    """Free the key after a refusal or a fault: the next request may do the work."""
    await IdempotencyRecord.filter(id=claim).delete()


async def expire() -> None:
    """Forget answers older than a day."""
    await IdempotencyRecord.filter(created_at__lt=clock.now() - KEPT).delete()


def _place(row_id: UUID) -> str:
    return place("idempotency_record", row_id, "answer")
