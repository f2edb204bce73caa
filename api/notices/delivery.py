"""Which way a notice goes out: by WeChat where the person granted it, else as a text message.

What must be known goes out whatever the person switched off; at night only what is urgent does.
"""

from datetime import datetime
from uuid import UUID

from api.kit import clock, jobs
from api.kit.transaction import transaction
from api.notices import by_sms, by_wechat, rules, service
from api.notices.by_wechat import Reached
from api.notices.kinds import KINDS
from api.notices.models import Delivery, Notice, NoticeSettings

OPEN = (Delivery.WAITING, Delivery.SENDING)


async def deliver(notice_id: UUID) -> None:
    """The notice has gone out by one way, or nothing is left to try, or it waits for the morning.

    UpstreamError for a passing trouble: the job is tried again later.
    """
    notice = await Notice.get_or_none(id=notice_id)
    if notice is None or not (notice.sms is Delivery.WAITING or notice.wechat in OPEN):
        return
    chosen = await service.settings_of(notice.account_id)
    if await _put_off(notice, chosen):
        return
    reached = await _by_wechat(notice, chosen)
    if reached is Reached.AT_WORK:
        await _again(notice, clock.now() + by_wechat.IN_FLIGHT)
    elif notice.sms is Delivery.WAITING:
        await _by_sms(notice, chosen, reached)


async def _put_off(notice: Notice, chosen: NoticeSettings) -> bool:
    kind = KINDS[notice.kind]
    if kind.urgent:
        return False
    if notice.read_at is not None and kind.must is None:
        await _skip(notice, "read")
        return True
    morning = rules.quiet_until(clock.now()) if chosen.quiet_at_night else None
    if morning is not None:
        await _again(notice, morning)
    return morning is not None


async def _by_wechat(notice: Notice, chosen: NoticeSettings) -> Reached:
    if notice.wechat is Delivery.WAITING and not chosen.wechat_messages:
        await by_wechat.settle(notice, Delivery.SKIPPED, "not_wanted", since=Delivery.WAITING)
        return Reached.NO
    return await by_wechat.send(notice)


async def _by_sms(notice: Notice, chosen: NoticeSettings, reached: Reached) -> None:
    must = KINDS[notice.kind].must is not None
    if reached is Reached.YES or (reached is Reached.PERHAPS and not must):
        await by_sms.settle(notice, Delivery.SKIPPED, "by_wechat")
    elif not must and not chosen.text_messages:
        await by_sms.settle(notice, Delivery.SKIPPED, "not_wanted")
    else:
        await by_sms.send(notice)


async def _skip(notice: Notice, why: str) -> None:
    await by_sms.settle(notice, Delivery.SKIPPED, why)
    await by_wechat.settle(notice, Delivery.SKIPPED, why, since=Delivery.WAITING)


async def _again(notice: Notice, at: datetime) -> None:
    async with transaction():
        jobs.enqueue("notices.deliver", run_at=at, notice_id=notice.id)
