"""Messages as their owner reads them."""

from datetime import datetime
from uuid import UUID

from api.kit.pagination import PageQuery
from api.kit.schemas import Body, Out, Page


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


class SettingsIn(Body):
    """How to be told. Must-send messages go out in any case."""

    quiet_at_night: bool
    text_messages: bool


class SettingsOut(Out):
    """How the account is told: no text message from 21:00 to 07:00, or none at all."""

    quiet_at_night: bool
    text_messages: bool
