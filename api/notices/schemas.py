"""Messages as their owner reads them."""

from datetime import datetime
from enum import StrEnum, unique
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from api.kit.pagination import PageQuery
from api.kit.schemas import Body, Out, Page
from api.notices.models import DigestBy
from api.notices.ways import Template


class MessageQuery(PageQuery):
    """All messages, or the unread ones."""

    unread: bool = False


class About(Out):
    """What a message is about: opened by the client."""

    type: str
    id: UUID


class MessageOut(Out):
    """One message."""

    id: UUID
    kind: str
    title: str
    text: str
    about: About | None
    created_at: datetime
    read_at: datetime | None


class MessagePage(Page[MessageOut]):
    """Messages, newest first, and how many are unread in all."""

    unread: int


class MarkedOut(Out):
    """How many messages were marked as read."""

    marked: int


DigestAt = Annotated[str, StringConstraints(pattern=r"^(0[7-9]|1[0-9]|20):(00|30)$")]
"""A full or half hour outside of the night."""


class SettingsIn(Body):
    """How to be told. What must be known goes out in any case."""

    quiet_at_night: bool
    text_messages: bool
    wechat_messages: bool = True
    digest_by: DigestBy = Field(default=DigestBy.WECHAT, strict=False)
    digest_at: DigestAt = "18:30"


class SettingsOut(Out):
    """How the account is told: nothing from 21:00 to 07:00, which ways, and the daily summary."""

    quiet_at_night: bool
    text_messages: bool
    wechat_messages: bool
    digest_by: DigestBy
    digest_at: str


@unique
class Answer(StrEnum):
    """What `wx.requestSubscribeMessage` says of one template."""

    ACCEPT = "accept"
    REJECT = "reject"
    BAN = "ban"
    FILTER = "filter"


class SubscriptionIn(Body):
    """The person's answer about one template. `lasting`: he need not be asked again."""

    template_id: Annotated[str, StringConstraints(min_length=3, max_length=64)]
    answer: Annotated[Answer, Field(strict=False)]
    lasting: bool = False


class SubscriptionsIn(Body):
    """His answers to one request, of which WeChat takes five templates."""

    answers: Annotated[list[SubscriptionIn], Field(min_length=1, max_length=5)]


class SubscriptionOut(Out):
    """A template that can be asked for: what it is about, and how many messages are left."""

    name: Template
    template_id: str
    title: str
    left: int
    lasting: bool


class SubscriptionsOut(Out):
    """All templates that can be asked for."""

    items: list[SubscriptionOut]
