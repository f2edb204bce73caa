"""Sending as a text message: asked at least once, sent once.

Every attempt carries the notice's id, by which the gateway knows a repeat and does not send again.
"""

from collections.abc import Mapping
from uuid import UUID

from api.accounts import service as accounts
from api.audit import service as audit
from api.audit.tags import Purpose
from api.integrations.adapters import outside
from api.integrations.http import UpstreamError
from api.kit import clock
from api.kit.actor import SYSTEM
from api.kit.personal import Personal
from api.kit.transaction import transaction
from api.notices.kinds import KINDS
from api.notices.models import Delivery, Notice


async def send(notice: Notice) -> None:
    """Send the notice's title, or what its kind carries.

    UpstreamError when the gateway has a passing trouble: the job is tried again later.
    """
    kind = KINDS[notice.kind]
    find = accounts.former_phone_of if kind.to_former else accounts.phone_of
    phone = await find(notice.account_id)
    params = {name: str(notice.params[name]) for name in kind.carries} or {"title": kind.title}
    state, code = await dispatch(notice.account_id, phone, kind.text_template, params, notice.id)
    if kind.to_former and state is not Delivery.WAITING:
        await accounts.forget_former_phone(notice.account_id)
    await settle(notice, state, code.code if isinstance(code, UpstreamError) else code)
    if isinstance(code, UpstreamError) and state is Delivery.WAITING:
        raise code


async def dispatch(
    account_id: UUID,
    phone: Personal | None,
    template: str,
    params: Mapping[str, str],
    out_id: UUID,
) -> tuple[Delivery, str | UpstreamError]:
    """How a message to a phone of the account came out, and why; WAITING for a passing trouble."""
    sender = outside().sms
    if sender is None or phone is None:
        return Delivery.SKIPPED, "no_phone" if phone is None else "no_gateway"
    async with transaction():
        plain = audit.reveal(SYSTEM, phone, Purpose.DELIVER, ("account", account_id))
    try:
        await sender.send(plain, template, params, out_id=str(out_id))
    except UpstreamError as error:
        return (Delivery.FAILED if error.permanent else Delivery.WAITING), error
    return Delivery.SENT, ""


async def settle(notice: Notice, state: Delivery, code: str) -> None:
    """How it came out, unless another process has said so already."""
    waiting = Notice.filter(id=notice.id, sms=Delivery.WAITING)
    await waiting.update(sms=state, sms_code=code, sms_at=clock.now())
