"""Delivery of text messages, and the way for features below to tell somebody something."""

from uuid import UUID

from api.accounts import service as accounts
from api.audit import service as audit
from api.audit.tags import Purpose
from api.integrations.adapters import outside
from api.integrations.http import UpstreamError
from api.integrations.sms import SmsSender
from api.kit import clock, jobs
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction
from api.notices import rules, service
from api.notices.kinds import KINDS
from api.notices.models import Notice, Sms

TEMPLATE = "notice"
"""Our name of the gateway's template `{title}。请打开工友查看。`"""


@jobs.job("notices.tell")
async def tell(account_id: str, kind: str) -> None:
    """Tell an account something on behalf of a feature below this one."""
    async with transaction():
        service.tell(SYSTEM, UUID(account_id), kind)


@jobs.job("notices.deliver")
async def deliver(notice_id: str) -> None:
    """Send the text message of a notice, unless it is night, already read, or not wanted.

    UpstreamError when the gateway has a passing trouble: the job is tried again later.
    """
    notice = await Notice.filter(id=UUID(notice_id), sms=Sms.WAITING).first()
    if notice is None or await _put_off(notice):
        return
    sender, phone = outside().sms, await accounts.phone_of(notice.account_id)
    if sender is None or phone is None:
        await _settle(notice, Sms.SKIPPED, "no_phone" if phone is None else "no_gateway")
        return
    async with transaction():
        plain = audit.reveal(SYSTEM, phone, Purpose.DELIVER, ("account", notice.account_id))
    await _send(sender, notice, plain)


async def _put_off(notice: Notice) -> bool:
    if KINDS[notice.kind].must_send:
        return False
    settings = await service.settings_of(notice.account_id)
    if notice.read_at is not None or not settings.text_messages:
        await _settle(notice, Sms.SKIPPED, "read" if notice.read_at else "not_wanted")
        return True
    morning = rules.quiet_until(clock.now()) if settings.quiet_at_night else None
    if morning is not None:
        async with transaction():
            jobs.enqueue("notices.deliver", run_at=morning, notice_id=notice.id)
    return morning is not None


async def _send(sender: SmsSender, notice: Notice, phone: str) -> None:
    params = {"title": KINDS[notice.kind].title}
    try:
        await sender.send(phone, TEMPLATE, params, out_id=str(notice.id))
    except UpstreamError as error:
        await _settle(notice, Sms.FAILED if error.permanent else Sms.WAITING, error.code)
        if not error.permanent:
            raise
        return
    await _settle(notice, Sms.SENT, "")


async def _settle(notice: Notice, sms: Sms, code: str) -> None:
    waiting = Notice.filter(id=notice.id, sms=Sms.WAITING)
    await waiting.update(sms=sms, sms_code=code, sms_at=clock.now())
