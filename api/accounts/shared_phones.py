"""共用手机: several people log in on one phone, one of them at a time; the others wait locked.

The phone's browser is known by a secret of its own, which opens nothing without a PIN.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from api.accounts import pins
from api.accounts.errors import AccountDisabled, NoPin, NoSuchSession
from api.accounts.models import Account, Pin, Session
from api.accounts.sessions import OnPhone, Opened, lock, revoke
from api.kit import clock
from api.kit.actor import Actor, Origin
from api.kit.transaction import transaction

MOST = 5
"""How many people one phone keeps; who was away longest makes room."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is logged in on the phone. phone: masked, empty without one."""

    session_id: UUID
    account_id: UUID
    phone: str
    has_pin: bool


async def people(browser: str) -> list[Person]:
    """Who is logged in on the phone with this secret, the last one first. Three statements."""
    rows = await _live(browser)
    ids = [row.account_id for row in rows]  # type: ignore[attr-defined]
    accounts = {account.id: account for account in await Account.filter(id__in=ids)}
    with_pin = set(await Pin.filter(account_id__in=ids).values_list("account_id", flat=True))
    return [
        Person(
            session_id=row.id,
            account_id=account_id,
            phone=phone.masked if (phone := accounts[account_id].phone) else "",
            has_pin=account_id in with_pin,
        )
        for row, account_id in zip(rows, ids, strict=True)
    ]


async def make_room(actor: Actor, phone: OnPhone) -> None:
    """Nobody but the actor, who has just logged in, is open on the phone.

    An earlier login of his ends, and so does that of whoever was away longest when it is too many.
    """
    rows = [row for row in await _live(phone.browser) if row.id != actor.session_id]
    own = [row for row in rows if row.account_id == actor.account_id]  # type: ignore[attr-defined]
    others = [row for row in rows if row not in own]
    most = MOST - 1 if phone.shared else MOST
    await revoke(actor, own + others[most:])
    await lock(actor, others[:most])


async def switch(origin: Origin, browser: str, session_id: UUID, digits: str) -> Opened:
    """The phone is this person's now: his login opens with a new token, the others lock.

    NoSuchSession for a login of another phone, NoPin, WrongPin; PinSpent when it is over.
    """
    rows = await _live(browser)
    row = next((row for row in rows if row.id == session_id), None)
    if row is None:
        raise NoSuchSession
    account = await Account.get(id=row.account_id)  # type: ignore[attr-defined]
    if account.disabled_at is not None:
        raise AccountDisabled
    actor = Actor(account.id, row.id, account.kind, origin=origin)
    opened = await pins.unlock(actor, digits)
    async with transaction():
        await lock(actor, [each for each in await _live(browser) if each.id != row.id])
    return opened


async def lock_own(actor: Actor) -> None:
    """The actor's own session asks for his PIN from now on. NoPin, without which it never opens."""
    if not await pins.has_pin(actor.id):
        raise NoPin
    async with transaction():
        await lock(actor, await Session.filter(id=actor.session_id, revoked_at=None))


async def _live(browser: str) -> Sequence[Session]:
    if not browser:
        return []
    moment = clock.now()
    rows = Session.filter(
        browser_hash=OnPhone(browser=browser).browser_hash, revoked_at=None, expires_at__gt=moment
    )
    live = [row for row in await rows if moment < row.last_seen_at + _idle(row)]
    return sorted(live, key=lambda row: row.last_seen_at, reverse=True)


def _idle(row: Session) -> timedelta:
    return timedelta(seconds=row.idle_seconds)
