"""Delivery of messages, and the way for features below to tell somebody something."""

from datetime import timedelta
from uuid import UUID

from api.kit import jobs
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction
from api.notices import delivery, digests, service


@jobs.job("notices.tell")
async def tell(account_id: str, kind: str) -> None:
    """Tell an account something on behalf of a feature below this one."""
    async with transaction():
        service.tell(SYSTEM, UUID(account_id), kind)


@jobs.job("notices.deliver", patient=True)
async def deliver(notice_id: str) -> None:
    """Send a notice by WeChat or text message, unless it is night, already read, or not wanted."""
    await delivery.deliver(UUID(notice_id))


@jobs.job("notices.deliver_digest", patient=True)
async def deliver_digest(digest_id: str) -> None:
    """Send a daily summary."""
    await digests.deliver(UUID(digest_id))


@jobs.regular("notices.gather_digests", every=timedelta(minutes=5))
async def gather_digests() -> None:
    """Make the daily summaries of those whose hour has come."""
    await digests.gather()
