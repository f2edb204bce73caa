"""消息汇总: what nothing else carried out, once a day, as one message at the person's hour."""

from datetime import date
from uuid import UUID

from api.accounts import service as accounts
from api.integrations.http import UpstreamError
from api.kit import clock, jobs
from api.kit.ids import new_id
from api.kit.transaction import transaction
from api.notices import by_sms, by_wechat, rules, service
from api.notices.models import Delivery, Digest, DigestBy, Notice
from api.notices.ways import Template

BATCH = 200
SMS_TEMPLATE = "digest"
"""Our name of the gateway's template `您有 {count} 条没看的消息。请打开工友查看。`"""


async def gather() -> None:
    """Whoever's hour has come gets a summary of what waits for it."""
    while due := await _due():
        for account_id in due:
            await _gathered(account_id, clock.today())


async def _due() -> list[UUID]:
    rows = Notice.filter(digest_due_at__lte=clock.now()).order_by("digest_due_at").limit(BATCH)
    return sorted({UUID(str(each)) for each in await rows.values_list("account_id", flat=True)})


async def _gathered(account_id: UUID, today: date) -> None:
    """One summary of the day at most: what comes after it waits for tomorrow's."""
    chosen, fresh = await service.settings_of(account_id), new_id()
    async with transaction():
        waiting = Notice.filter(account_id=account_id, digest_due_at__lte=clock.now())
        count = await waiting.filter(read_at=None).count()
        if not count or chosen.digest_by is DigestBy.NONE:
            await waiting.update(digest_due_at=None)
            return
        row = Digest(id=fresh, account_id=account_id, day=today, count=count, by=chosen.digest_by)
        await Digest.bulk_create([row], ignore_conflicts=True)
        if not await Digest.exists(id=fresh):
            due = rules.digest_after(clock.now(), chosen.digest_at, tomorrow=True)
            await waiting.update(digest_due_at=due)
            return
        await waiting.update(digest_due_at=None, digest_id=fresh)
        jobs.enqueue("notices.deliver_digest", digest_id=fresh)


async def deliver(digest_id: UUID) -> None:
    """The summary has gone out, or it waits for the morning, or is not needed any more.

    UpstreamError for a passing trouble of the text-message gateway.
    """
    row = await Digest.get_or_none(id=digest_id)
    if row is None or row.state not in (Delivery.WAITING, Delivery.SENDING):
        return
    chosen = await service.settings_of(row.account_id)
    morning = rules.quiet_until(clock.now()) if chosen.quiet_at_night else None
    if morning is not None:
        async with transaction():
            jobs.enqueue("notices.deliver_digest", run_at=morning, digest_id=row.id)
        return
    unread = await Notice.filter(digest_id=row.id, read_at=None).count()
    if not unread:
        await _settle(row, Delivery.SKIPPED, "read")
    elif row.by is DigestBy.SMS:
        await _by_sms(row, unread)
    else:
        await _by_wechat(row, unread)


async def _by_sms(row: Digest, unread: int) -> None:
    phone, params = await accounts.phone_of(row.account_id), {"count": str(unread)}
    state, code = await by_sms.dispatch(row.account_id, phone, SMS_TEMPLATE, params, row.id)
    if isinstance(code, UpstreamError):
        await _settle(row, state, code.code)
        if state is Delivery.WAITING:
            raise code
        return
    await _settle(row, state, code)


async def _by_wechat(row: Digest, unread: int) -> None:
    """At most once; without a yes left the inbox is enough, for none of it is urgent."""
    if row.state is Delivery.SENDING:
        await _settle(row, Delivery.UNSURE, "interrupted")
        return
    async with transaction():
        mine = Digest.filter(id=row.id, state=Delivery.WAITING)
        if not await mine.update(state=Delivery.SENDING):
            return
        message, why = await by_wechat.ready(
            row.account_id, Template.DIGEST, row.id, rules.DIGEST_TITLE, None, unread
        )
        if message is None:
            await _settle(row, Delivery.SKIPPED, why)
    if message is not None:
        await _sent(row, message)


async def _sent(row: Digest, message: by_wechat.Message) -> None:
    try:
        await by_wechat.dispatch(message)
    except UpstreamError as error:
        if by_wechat.is_unsure(error):
            await _settle(row, Delivery.UNSURE, error.code)
            return
        async with transaction():
            await by_wechat.took_nothing(row.account_id, Template.DIGEST, row.id, error)
            await _settle(row, Delivery.FAILED, error.code)
        return
    await _settle(row, Delivery.SENT, "")


async def _settle(row: Digest, state: Delivery, code: str) -> None:
    opened = Digest.filter(id=row.id, state__in=[Delivery.WAITING, Delivery.SENDING])
    await opened.update(state=state, code=code, sent_at=clock.now())
