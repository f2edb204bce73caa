"""A person's inbox."""

from uuid import UUID

from sanic import Blueprint

from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import route
from api.notices import service, subscriptions
from api.notices.errors import NoSuchMessage, NoWechat, UnknownTemplate
from api.notices.schemas import (
    About,
    MarkedOut,
    MessageOut,
    MessagePage,
    MessageQuery,
    SettingsIn,
    SettingsOut,
    SubscriptionOut,
    SubscriptionsIn,
    SubscriptionsOut,
)
from api.permissions import Permission

blueprint = Blueprint("notices", url_prefix="/api/v1/me")


@route(blueprint, "GET", "/messages", permission=Permission.OWN_MESSAGES_READ)
async def list_messages(actor: Actor, query: MessageQuery) -> MessagePage:
    """Own messages, newest first, and the number of unread ones."""
    found = await service.inbox(actor, query)
    items = [_out(message) for message in found.messages]
    return MessagePage(items=items, next_cursor=found.cursor, unread=found.unread)


@route(
    blueprint,
    "POST",
    "/messages/<message_id:uuid>/read",
    permission=Permission.OWN_MESSAGES_READ,
    errors=(NoSuchMessage,),
)
async def read_message(actor: Actor, message_id: UUID) -> MessageOut:
    """Mark one message as read."""
    return _out(await service.mark_read(actor, message_id))


@route(blueprint, "POST", "/messages/read-all", permission=Permission.OWN_MESSAGES_READ)
async def read_all_messages(actor: Actor) -> MarkedOut:
    """Mark all messages as read."""
    return MarkedOut(marked=await service.mark_all_read(actor))


@route(blueprint, "GET", "/message-settings", permission=Permission.OWN_MESSAGES_READ)
async def show_message_settings(actor: Actor) -> SettingsOut:
    """How the account is told."""
    settings = await service.settings_of(actor.id)
    return SettingsOut.model_validate(settings, from_attributes=True)


@route(blueprint, "PUT", "/message-settings", permission=Permission.OWN_MESSAGES_READ)
async def change_message_settings(actor: Actor, body: SettingsIn) -> SettingsOut:
    """Choose how to be told."""
    settings = await service.set_settings(actor, body)
    return SettingsOut.model_validate(settings, from_attributes=True)


@route(blueprint, "GET", "/subscriptions", permission=Permission.OWN_MESSAGES_READ)
async def list_subscriptions(actor: Actor) -> SubscriptionsOut:
    """The WeChat messages that can be asked for, and how many of each are granted."""
    return _granted(await subscriptions.own(actor))


@route(
    blueprint,
    "POST",
    "/subscriptions",
    permission=Permission.OWN_MESSAGES_READ,
    status=201,
    errors=(NoWechat, UnknownTemplate),
    limits=(Limit("subscriptions", 60, 3600),),
)
async def report_subscriptions(actor: Actor, body: SubscriptionsIn) -> SubscriptionsOut:
    """Report what the person answered when the mini-program asked to send him messages."""
    return _granted(await subscriptions.report(actor, body.answers))


def _granted(found: list[subscriptions.Subscription]) -> SubscriptionsOut:
    items = [
        SubscriptionOut(
            name=each.template,
            template_id=each.template_id,
            title=each.template.words,
            left=each.left,
            lasting=each.lasting,
        )
        for each in found
    ]
    return SubscriptionsOut(items=items)


def _out(message: service.Message) -> MessageOut:
    about = About(type=message.about[0], id=message.about[1]) if message.about else None
    return MessageOut(
        id=message.id,
        kind=message.kind,
        title=message.title,
        text=message.text,
        about=about,
        created_at=message.created_at,
        read_at=message.read_at,
    )
