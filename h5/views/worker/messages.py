"""The inbox: what happened, newest first; how to be told."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from api.kit.actor import Actor
from api.kit.schemas import Form
from api.notices import service as notices
from api.notices import subscriptions
from api.notices.schemas import DigestAt, MessageQuery, SettingsIn, SettingsOut
from api.notices.service import Message
from api.notices.subscriptions import Subscription
from api.permissions import Permission
from h5.areas import worker
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View

READ = Permission.OWN_MESSAGES_READ
INBOX, SETTINGS = "/h5/messages", "/h5/settings/messages"
ABOUT = {
    "accident": "/h5/accidents/{}",
    "bank_card": "/h5/bank-card",
    "certificate": "/h5/certificates/{}",
    "complaint": "/h5/complaints/{}",
    "conduct": "/h5/conduct/{}",
    "contract": "/h5/contracts/{}",
    "course": "/h5/training/courses/{}",
    "data_export": "/h5/me/data/copies",
    "engagement": "/h5/engagements",
    "evaluation": "/h5/conduct/evaluations",
    "evidence_pack": "/h5/me/evidence",
    "link": "/h5/links",
    "log_line": "/h5/worklog/lines/{}",
    "pay_template": "/h5/worklog/templates/{}",
    "profile_correction": "/h5/profile/corrections/{}",
    "project": "/h5/engagements",
    "score": "/h5/conduct/score",
    "recovery": "/h5/vouchings/{}",
    "recovery_own": "/h5/recovery",
    "takeover": "/h5/takeovers/{}",
    "team": "/h5/teams/{}",
    "team_worklog": "/h5/teams/{}/worklog",
    "training": "/h5/training/record",
    "verification": "/h5/register/result",
    "workday": "/h5/days/{}",
    "wage_line": "/h5/wages/slips/{}",
    "worker": "/h5/register/result",
    "worker_card": "/h5/profile/card",
    "worklog": "/h5/worklog",
}
"""Where a worker reads on; what has no page for him is told whole in the message."""


@dataclass(frozen=True, slots=True)
class Line:
    """One message and the page it is about; empty when there is none."""

    message: Message
    href: str


@dataclass(frozen=True, slots=True)
class InboxPage(View):
    """A page of messages."""

    template = "worker/messages.html"
    title = "worker.messages.title"
    lines: tuple[Line, ...]
    unread: int
    only_new: bool
    older: str


@dataclass(frozen=True, slots=True)
class MessageSettingsPage(View):
    """How to be told."""

    template = "worker/message_settings.html"
    title = "worker.messages.settings.title"
    typed: Typed
    chosen: SettingsOut
    granted: tuple[Subscription, ...]
    """What the person allowed WeChat to send; empty where nothing can be asked for."""
    hours: tuple[tuple[str, str], ...]


HOURS = tuple(
    (f"{hour:02}:{minute}", f"{hour:02}:{minute}")
    for hour in range(7, 21)
    for minute in ("00", "30")
)


class SettingsForm(Form):
    """Boxes: what is not ticked is not sent."""

    quiet_at_night: bool = False
    text_messages: bool = False
    wechat_messages: bool = False
    digest_by: Literal["none", "wechat", "sms"]
    digest_at: DigestAt


@page(worker, "GET", "/messages", permission=READ, back="/h5/more")
async def inbox(actor: Actor, query: MessageQuery) -> InboxPage:
    """What happened."""
    found = await notices.inbox(actor, query)
    lines = tuple(Line(each, way_of(each)) for each in found.messages)
    more = f"&unread={str(query.unread).lower()}"
    older = f"{INBOX}?cursor={found.cursor}{more}" if found.cursor else ""
    return InboxPage(lines, found.unread, query.unread, older)


@page(worker, "POST", "/messages/<message_id:uuid>/read", permission=READ)
async def read_one(actor: Actor, message_id: UUID) -> See:
    """Mark one as read and go to what it is about."""
    return See(way_of(await notices.mark_read(actor, message_id)) or INBOX)


@page(worker, "POST", "/messages/read-all", permission=READ)
async def read_all(actor: Actor) -> See:
    """Mark all as read."""
    await notices.mark_all_read(actor)
    return See(INBOX, says="worker.messages.all_read")


@page(worker, "GET", "/settings/messages", permission=READ, back="/h5/more")
async def message_settings(actor: Actor, typed: Typed) -> MessageSettingsPage:
    """Show how one is told."""
    chosen = await notices.settings_of(actor.id)
    out = SettingsOut.model_validate(chosen, from_attributes=True)
    return MessageSettingsPage(typed, out, tuple(await subscriptions.own(actor)), HOURS)


@page(worker, "POST", "/settings/messages", permission=READ, again=message_settings)
async def choose(actor: Actor, form: SettingsForm) -> See:
    """Be told like this from now on."""
    await notices.set_settings(actor, SettingsIn(**form.model_dump()))
    return See(SETTINGS, says="worker.messages.settings.saved")


def way_of(message: Message) -> str:
    """The page that a message is about; empty when there is none."""
    if message.about is None:
        return ""
    kind, about_id = message.about
    return ABOUT.get(kind, "").format(about_id)
