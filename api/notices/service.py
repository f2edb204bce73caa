"""Tells people: a notice in the inbox with the act it follows from, messages after it."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from api.kit import clock, jobs
from api.kit.actor import Actor
from api.kit.ids import new_id
from api.kit.pagination import page
from api.kit.rows import add_all
from api.kit.transaction import transaction, unit
from api.notices import queries, rules
from api.notices.errors import NoSuchMessage
from api.notices.kinds import KINDS
from api.notices.models import Delivery, DigestBy, Notice, NoticeSettings
from api.notices.schemas import MessageQuery, SettingsIn

Names = Callable[[set[UUID]], Awaitable[Mapping[UUID, str]]]
_RESOLVERS: dict[str, Names] = {}
COUNTED = 100


@dataclass(frozen=True, slots=True)
class Message:
    """A notice in words."""

    id: UUID
    kind: str
    title: str
    text: str
    about: tuple[str, UUID] | None
    created_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Inbox:
    """One page of messages, newest first; the rest by `cursor`; `unread` counts all of them."""

    messages: list[Message]
    cursor: str | None
    unread: int


@dataclass(frozen=True, slots=True)
class Headline:
    """The newest message in a line, with no name looked up; empty when there is none."""

    title: str = ""
    at: datetime | None = None
    unread: int = 0
    """Among the last `COUNTED`."""


def resolve(parameter: str, names: Names) -> None:
    """Let ids in `{parameter}` be read as names: `names` answers them, in one query.

    Features above register theirs, so that a notice keeps the id and not the name.
    """
    _RESOLVERS[parameter] = names


def tell(
    actor: Actor,
    account_id: UUID,
    kind: str,
    params: Mapping[str, str] | None = None,
    about: tuple[str, UUID] | None = None,
) -> None:
    """Add a notice to the running transaction, and what carries it out, by its kind.

    `params` are ids, codes and dates. ValueError for anything else, KeyError for an unknown kind.
    """
    rules.require_codes(params or {})
    plan = KINDS[kind]
    notice = Notice(
        id=new_id(),
        account_id=account_id,
        kind=kind,
        params=dict(params or {}),
        about=about[0] if about else "",
        about_id=about[1] if about else None,
        told_by=actor.account_id,
        sms=Delivery.WAITING if plan.sms else Delivery.NONE,
        wechat=Delivery.WAITING if plan.template else Delivery.NONE,
    )
    unit().gather(_write, notice)
    if not plan.digest:
        jobs.enqueue("notices.deliver", notice_id=notice.id)


async def _write(notices: list[Notice]) -> None:
    waiting = [notice for notice in notices if KINDS[notice.kind].digest]
    if waiting:
        ids = list({notice.account_id for notice in waiting})
        chosen = {row.account_id: row for row in await NoticeSettings.filter(account_id__in=ids)}
        for notice in waiting:
            own = chosen.get(notice.account_id) or NoticeSettings()
            notice.digest_due_at = _due(own)
    await add_all(notices)


def _due(chosen: NoticeSettings) -> datetime | None:
    if chosen.digest_by is DigestBy.NONE:
        return None
    return rules.digest_after(clock.now(), chosen.digest_at)


async def inbox(actor: Actor, query: MessageQuery) -> Inbox:
    """A page of the actor's messages in words."""
    rows, cursor = await page(queries.own(actor, unread=query.unread), query)
    unread = await queries.own(actor, unread=True).count()
    return Inbox(await _in_words(rows), cursor, unread)


async def headline(actor: Actor) -> Headline:
    """The actor's newest message by its title, and how many of the last ones he has not read."""
    newest = queries.own(actor).order_by("-id").limit(COUNTED)
    rows = await newest.values_list("kind", "created_at", "read_at")
    if not rows:
        return Headline()
    kind, at, _ = rows[0]
    return Headline(KINDS[kind].title, at, sum(read_at is None for _, _, read_at in rows))


async def mark_read(actor: Actor, message_id: UUID) -> Message:
    """The message, read from now on; the first time counts. NoSuchMessage for another's."""
    async with transaction():
        row = await queries.own(actor).filter(id=message_id).select_for_update().first()
        if row is None:
            raise NoSuchMessage
        if row.read_at is None:
            row.read_at = clock.now()
            await row.save(update_fields=["read_at"])
    return (await _in_words([row]))[0]


async def mark_all_read(actor: Actor) -> int:
    """All the actor's messages are read; how many were not before."""
    async with transaction():
        return await queries.own(actor, unread=True).update(read_at=clock.now())


async def settings_of(account_id: UUID) -> NoticeSettings:
    """How the account wants to be told; the defaults when it never said."""
    row = await NoticeSettings.filter(account_id=account_id).first()
    return row or NoticeSettings(account_id=account_id)


async def set_settings(actor: Actor, given: SettingsIn) -> NoticeSettings:
    """The account is told like this from now on; so is what waits for the daily summary."""
    chosen = given.model_dump()
    async with transaction():
        row = NoticeSettings(account_id=actor.id, **chosen)
        await NoticeSettings.bulk_create([row], on_conflict=["account_id"], update_fields=[*chosen])
        waiting = Notice.filter(account_id=actor.id, digest_due_at__gt=clock.now())
        await waiting.update(digest_due_at=_due(row))
    return row


async def _in_words(rows: Iterable[Notice]) -> list[Message]:
    listed = list(rows)
    names = await _names(listed)
    return [_message(row, names) for row in listed]


async def _names(rows: Iterable[Notice]) -> dict[str, Mapping[UUID, str]]:
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for row in rows:
        for parameter in row.params.keys() & _RESOLVERS.keys():
            wanted[parameter].add(UUID(row.params[parameter]))
    return {parameter: await _RESOLVERS[parameter](ids) for parameter, ids in wanted.items()}


def _message(row: Notice, names: Mapping[str, Mapping[UUID, str]]) -> Message:
    own = {p: found.get(UUID(row.params[p])) for p, found in names.items() if p in row.params}
    known = {parameter: name for parameter, name in own.items() if name}
    params = {key: value for key, value in row.params.items() if key not in own}
    return Message(
        id=row.id,
        kind=row.kind,
        title=KINDS[row.kind].title,
        text=rules.text_of(row.kind, params, known, clock.today()),
        about=(row.about, row.about_id) if row.about_id else None,
        created_at=row.created_at,
        read_at=row.read_at,
    )
