"""登录: opaque tokens of 256 bits, stored as hashes, revocable at once in every process."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from api.accounts.errors import NoSuchSession
from api.accounts.models import Account, AccountKind, RoleGrant, Session
from api.accounts.sms_codes import address_index
from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import clock
from api.kit.actor import Actor, Grant, Origin
from api.kit.gathering import Gathering
from api.kit.ids import new_token
from api.kit.memo import GatheredMemo
from api.kit.selecting import Select, places
from api.kit.transaction import transaction
from api.permissions import grant

SUDO = timedelta(minutes=5)
TOUCH_MOST = timedelta(minutes=10)
KEPT = timedelta(days=183)
LOCK_AFTER = timedelta(minutes=3)
"""How long a login on a shared phone may lie unused before it asks for the PIN."""


@dataclass(frozen=True, slots=True)
class Life:
    """How long a login lasts without use, and at most."""

    idle: timedelta
    absolute: timedelta


PERSON = Life(timedelta(days=30), timedelta(days=90))
STAFF = Life(timedelta(minutes=30), timedelta(hours=12))
REGULATOR = Life(timedelta(minutes=15), timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Opened:
    """A fresh login: the token is shown this once."""

    token: str
    expires_at: datetime
    account: Account
    roles: tuple[str, ...]
    session_id: UUID


@dataclass(frozen=True, slots=True)
class OnPhone:
    """Whether the login is on a phone that several people use, and on which."""

    shared: bool = False
    browser: str = ""
    """The secret by which the phone's browser is known; empty without one."""

    @property
    def browser_hash(self) -> str | None:
        """What is stored of the secret."""
        return _hash(self.browser) if self.browser else None


OWN_PHONE = OnPhone()


@dataclass(slots=True)
class Known:
    """What is remembered of a session for a moment; `last_seen_at` goes on while he is seen."""

    actor: Actor
    idle: timedelta
    expires_at: datetime
    last_seen_at: datetime

    @property
    def touched_after(self) -> timedelta:
        """After how long his being about is written down again: a thirtieth of his idle time."""
        return LOCK_AFTER / 12 if self.actor.shared else min(TOUCH_MOST, self.idle / 30)

    def is_locked(self, moment: datetime) -> bool:
        """Whether the PIN must be given first."""
        unused = self.actor.shared and moment >= self.last_seen_at + LOCK_AFTER
        return self.actor.locked or unused

    def is_live(self, moment: datetime) -> bool:
        """Whether neither the idle nor the absolute end has come."""
        return moment < self.expires_at and moment < self.last_seen_at + self.idle


async def open_session(
    account: Account,
    *,
    method: str,
    origin: Origin,
    device: str,
    second_factor: bool,
    phone: OnPhone = OWN_PHONE,
) -> Opened:
    """Open a session for the account within the running transaction."""
    grants = (await _grants([account.id]))[account.id]
    life = _life(account, grants)
    token = new_token()
    row = await Session.create(
        account_id=account.id,
        token_hash=_hash(token),
        method=method,
        device=device,
        address_index=address_index(origin),
        idle_seconds=int(life.idle.total_seconds()),
        expires_at=clock.now() + life.absolute,
        second_factor=second_factor,
        shared=phone.shared,
        browser_hash=phone.browser_hash if phone.shared else None,
    )
    actor = Actor(account_id=account.id, session_id=row.id, origin=origin)
    audit.record(actor, Tag.SESSION_OPENED, ("session", row.id), method=method)
    return Opened(token, row.expires_at, account, roles_of(grants), row.id)


def _life(account: Account, grants: tuple[Grant, ...]) -> Life:
    if account.kind == AccountKind.PERSON:
        return PERSON
    return REGULATOR if any(g.role.startswith("regulator") for g in grants) else STAFF


async def actor_of(token: str, origin: Origin) -> Actor | None:
    """Who holds the token; None when it is unknown, ended, or its account switched off.

    He is `locked` when the phone must ask for his PIN first.
    """
    key, moment = _hash(token), clock.now()
    known = await _known.of(key)
    if known is not None and (not known.is_live(moment) or known.is_locked(moment)):
        # Another process may have seen him since.
        _known.drop(key)
        known = await _known.of(key)
    if known is None or not known.is_live(moment):
        return None
    if known.is_locked(moment):
        return replace(known.actor, origin=origin, locked=True)
    if moment - known.last_seen_at > known.touched_after:
        known.last_seen_at = moment
        await _touching.ask((key, moment))
    return replace(known.actor, origin=origin)


async def _load(token_hashes: Sequence[str]) -> Mapping[str, Known]:
    found: dict[str, tuple[tuple[Any, ...], tuple[Grant, ...]]] = {}
    more = f"AND session.token_hash IN ({places(token_hashes)}) ORDER BY role_grant.id"
    for token_hash, role, tenant_id, region, *row in await LIVE.rows(more, token_hashes):
        _, grants = found.get(token_hash, ((), ()))
        if role is not None:
            grants = (*grants, grant(role, tenant_id=tenant_id, region=region))
        found[token_hash] = tuple(row), grants
    return {token_hash: _known_of(row, grants) for token_hash, (row, grants) in found.items()}


def _known_of(row: tuple[Any, ...], grants: tuple[Grant, ...]) -> Known:
    (
        session_id, account_id, kind, second_factor, sudo_until, shared, locked_at,
        idle_seconds, expires_at, last_seen_at,
    ) = row  # fmt: skip
    actor = Actor(
        account_id=account_id,
        session_id=session_id,
        kind=kind,
        grants=grants,
        second_factor=second_factor,
        sudo_until=sudo_until,
        shared=shared,
        locked=locked_at is not None,
    )
    return Known(actor, timedelta(seconds=idle_seconds), expires_at, last_seen_at)


LIVE = Select(
    """session.token_hash, role_grant.role, role_grant.tenant_id, role_grant.region,
    session.id, account.id, account.kind, session.second_factor, session.sudo_until,
    session.shared, session.locked_at, session.idle_seconds, session.expires_at,
    session.last_seen_at""",
    {"session": Session, "account": Account, "role_grant": RoleGrant},
    """FROM session JOIN account ON account.id = session.account_id
    LEFT JOIN role_grant
        ON role_grant.account_id = account.id AND role_grant.ended_at IS NULL
    WHERE session.revoked_at IS NULL AND account.disabled_at IS NULL""",
)
_known: GatheredMemo[Known] = GatheredMemo("session", 60, _load)


async def _touch(seen: Sequence[tuple[str, datetime]]) -> Sequence[None]:
    latest = max(moment for _, moment in seen)
    hashes = {token_hash for token_hash, _ in seen}
    async with transaction():
        # Whoever holds one of them is touching it too, or ends it: nobody waits for anybody here.
        free = Session.filter(token_hash__in=hashes).select_for_update(skip_locked=True)
        ids = await free.values_list("id", flat=True)
        await Session.filter(id__in=ids).update(last_seen_at=latest)
    return [None] * len(seen)


_touching: Gathering[tuple[str, datetime], None] = Gathering(_touch, most=256)


async def _grants(account_ids: Collection[UUID]) -> Mapping[UUID, tuple[Grant, ...]]:
    found: dict[UUID, tuple[Grant, ...]] = dict.fromkeys(account_ids, ())
    rows = RoleGrant.filter(account_id__in=account_ids, ended_at=None).order_by("id")
    for account, role, tenant_id, region in await rows.values_list(
        "account_id", "role", "tenant_id", "region"
    ):
        found[account] = (*found[account], grant(role, tenant_id=tenant_id, region=region))
    return found


def roles_of(grants: tuple[Grant, ...]) -> tuple[str, ...]:
    """The names of the roles, each once."""
    return tuple(dict.fromkeys(g.role for g in grants))


async def own_sessions(actor: Actor) -> list[Session]:
    """The actor's live sessions, newest first."""
    moment = clock.now()
    rows = await Session.filter(
        account_id=actor.id, revoked_at=None, expires_at__gt=moment
    ).order_by("-id")  # fmt: skip
    return [row for row in rows if moment < row.last_seen_at + timedelta(seconds=row.idle_seconds)]


async def end(actor: Actor, session_id: UUID) -> None:
    """End one of the actor's own sessions. NoSuchSession for any other."""
    async with transaction():
        rows = await Session.filter(id=session_id, account_id=actor.id, revoked_at=None)
        if not rows:
            raise NoSuchSession
        await revoke(actor, rows)


async def end_all(actor: Actor, account_id: UUID) -> int:
    """End every session of an account; how many there were."""
    async with transaction():
        rows = await Session.filter(account_id=account_id, revoked_at=None)
        await revoke(actor, rows)
    return len(rows)


async def end_others(actor: Actor) -> None:
    """End the actor's sessions on all other devices."""
    async with transaction():
        rows = await Session.filter(account_id=actor.id, revoked_at=None).exclude(
            id=actor.session_id
        )
        await revoke(actor, rows)


async def lock(actor: Actor, rows: Sequence[Session]) -> None:
    """These sessions ask for their owners' PINs from now on, within the running transaction."""
    open_ones = [row for row in rows if row.locked_at is None]
    await Session.filter(id__in=[row.id for row in open_ones]).update(locked_at=clock.now())
    for row in open_ones:
        audit.record(actor, Tag.SESSION_LOCKED, ("session", row.id))
        forget_after_commit(row.token_hash)


async def revoke(actor: Actor, rows: Sequence[Session]) -> None:
    """These sessions are over, within the running transaction."""
    await Session.filter(id__in=[row.id for row in rows]).update(revoked_at=clock.now())
    for row in rows:
        audit.record(actor, Tag.SESSION_ENDED, ("session", row.id))
        forget_after_commit(row.token_hash)


async def forget_old() -> None:
    """Delete sessions that ended half a year ago (Cybersecurity Law, art. 21: six months)."""
    await Session.filter(expires_at__lt=clock.now() - KEPT).delete()


async def renew(actor: Actor, *, second_factor: bool | None = None, sudo: bool = False) -> Opened:
    """Give the actor's session a new token after he proved himself again; the old one is dead.

    It is open from then on, and its wrong PINs are forgotten.
    """
    token = new_token()
    async with transaction():
        row = await Session.get(id=actor.session_id).prefetch_related("account")
        forget_after_commit(row.token_hash)
        row.token_hash = _hash(token)
        row.second_factor = row.second_factor if second_factor is None else second_factor
        row.sudo_until = clock.now() + SUDO if sudo else row.sudo_until
        row.locked_at, row.pin_tries, row.last_seen_at = None, 0, clock.now()
        await row.save(
            update_fields=["token_hash", "second_factor", "sudo_until", "locked_at", "pin_tries",
                           "last_seen_at"]
        )  # fmt: skip
        if sudo:
            audit.record(actor, Tag.SESSION_PROVED_AGAIN, ("session", row.id))
    roles = roles_of((await _grants([row.account.id]))[row.account.id])
    return Opened(token, row.expires_at, row.account, roles, row.id)


async def forget_account(account_id: UUID) -> None:
    """Let a change of the account's rights count in every process after the commit."""
    for row in await Session.filter(account_id=account_id, revoked_at=None):
        forget_after_commit(row.token_hash)


def forget_after_commit(token_hash: str) -> None:
    """Forget a remembered session everywhere once the running transaction is committed."""
    _known.forget_after_commit(token_hash)


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
