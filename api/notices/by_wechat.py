"""Sending by WeChat's subscribe messages: at most once, whatever dies in between.

WeChat knows no number of ours by which it could tell a repeat. So the yes is spent and the sending
noted before the call, in a transaction of its own; whoever finds it begun and not ended does not
know whether the message arrived, and does not send it again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from uuid import UUID

from api.accounts import service as accounts
from api.audit import service as audit
from api.audit.tags import Purpose
from api.integrations.adapters import outside
from api.integrations.http import Klass, UpstreamError
from api.kit import clock
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction
from api.notices import rules, subscriptions
from api.notices.kinds import KINDS
from api.notices.models import Delivery, Notice

PAGE = "pages/messages/index"
"""The page of the mini-program that a message opens."""
IN_FLIGHT = timedelta(minutes=1)
"""A call ends within seconds: what was begun longer ago was begun by a process that died."""
NOT_SENT = frozenset({"busy", "breaker_open", "too_many"})
"""Passing troubles in which the message surely did not go out."""


class Reached(Enum):
    """Whether another way has to be tried."""

    YES = "yes"
    NO = "no"
    PERHAPS = "perhaps"
    AT_WORK = "at_work"
    """Another process is sending at this moment."""


STANDING = {
    Delivery.SENT: Reached.YES,
    Delivery.SENDING: Reached.AT_WORK,
    Delivery.UNSURE: Reached.PERHAPS,
}
"""What a state means for the other ways; of all others: not reached."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message, ready to go."""

    openid: str
    template_id: str
    data: Mapping[str, str]


async def send(notice: Notice) -> Reached:
    """Send the notice, or say why another way has to be tried.

    UpstreamError for a passing trouble in which nothing went out and no other way is open.
    """
    if notice.wechat is Delivery.SENDING:
        return await _left_behind(notice)
    message = await _begun(notice) if notice.wechat is Delivery.WAITING else None
    if message is not None:
        return await _sent(notice, message)
    # Whatever became of it, perhaps a moment ago in another process, is written there.
    now = await Notice.get(id=notice.id)
    return STANDING.get(now.wechat, Reached.NO)


async def _left_behind(notice: Notice) -> Reached:
    if notice.wechat_at is not None and clock.now() - notice.wechat_at < IN_FLIGHT:
        return Reached.AT_WORK
    await settle(notice, Delivery.UNSURE, "interrupted", since=Delivery.SENDING)
    return Reached.PERHAPS


async def _begun(notice: Notice) -> Message | None:
    """The message, with the yes spent and its sending noted; None when it cannot be sent so."""
    async with transaction():
        waiting = Notice.filter(id=notice.id, wechat=Delivery.WAITING)
        if not await waiting.update(wechat=Delivery.SENDING, wechat_at=clock.now()):
            return None
        template = str(KINDS[notice.kind].template or "")
        title = KINDS[notice.kind].title
        message, why = await ready(notice.account_id, template, notice.id, title, notice)
        if message is None:
            await settle(notice, Delivery.SKIPPED, why, since=Delivery.SENDING)
    return message


async def ready(
    account_id: UUID, template: str, on: UUID, title: str, notice: Notice | None, count: int = 1
) -> tuple[Message | None, str]:
    """The message, its yes spent in the running transaction; or None and why not."""
    known, openid = subscriptions.filling(template), await accounts.openid_of(account_id)
    if outside().wechat is None or known is None:
        return None, "no_template"
    if openid is None:
        return None, "no_wechat"
    if not await subscriptions.spend(account_id, template, on):
        return None, "no_credit"
    plain = audit.reveal(SYSTEM, openid, Purpose.DELIVER, ("account", account_id))
    at = notice.created_at if notice else clock.now()
    return Message(plain, known[0], rules.filled(known[1], title, at, count)), ""


async def dispatch(message: Message) -> None:
    """Hand the message to WeChat. UpstreamError."""
    wechat = outside().wechat
    if wechat is None:
        raise LookupError("no mini-program is set up")
    await wechat.send_subscribe(message.openid, message.template_id, PAGE, message.data)


async def _sent(notice: Notice, message: Message) -> Reached:
    try:
        await dispatch(message)
    except UpstreamError as error:
        return await _refused(notice, error)
    await settle(notice, Delivery.SENT, "", since=Delivery.SENDING)
    return Reached.YES


async def _refused(notice: Notice, error: UpstreamError) -> Reached:
    kind = KINDS[notice.kind]
    if is_unsure(error):
        await settle(notice, Delivery.UNSURE, error.code, since=Delivery.SENDING)
        return Reached.PERHAPS
    again = not error.permanent and not kind.sms
    async with transaction():
        await took_nothing(notice.account_id, str(kind.template or ""), notice.id, error)
        state = Delivery.WAITING if again else Delivery.FAILED
        await settle(notice, state, error.code, since=Delivery.SENDING)
    if again:
        raise error
    return Reached.NO


def is_unsure(error: UpstreamError) -> bool:
    """Whether the message may have gone out although no good answer came."""
    return error.klass is Klass.UNAVAILABLE and error.code not in NOT_SENT


async def took_nothing(account_id: UUID, template: str, on: UUID, error: UpstreamError) -> None:
    """WeChat refused: the yes counts again, or all are gone because the person takes none."""
    await subscriptions.give_back(on)
    if error.code == "not_subscribed":
        await subscriptions.end(account_id, template)


async def settle(notice: Notice, state: Delivery, code: str, *, since: Delivery) -> None:
    """How it came out, unless another process has said so already."""
    rows = Notice.filter(id=notice.id, wechat=since)
    await rows.update(wechat=state, wechat_code=code, wechat_at=clock.now())
