"""数字密码: six digits of one's own, which open a login on a phone that several people use.

Five wrong ones end that login: whoever holds the phone has five guesses of a million for each login
by text message, and a stranger elsewhere has none.
"""

from collections.abc import Sequence
from itertools import pairwise
from uuid import UUID

from tortoise.expressions import F

from api.accounts import passwords
from api.accounts.errors import NoPin, PinSpent, WeakPin, WrongPin
from api.accounts.models import Account, Pin, Session
from api.accounts.sessions import SUDO, Opened, renew, revoke
from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import clock
from api.kit.actor import Actor
from api.kit.admission import SudoRequired
from api.kit.errors import FieldError
from api.kit.transaction import transaction

TRIES = 5


async def set_pin(actor: Actor, digits: str) -> None:
    """The actor's PIN from now on, on every shared phone.

    SudoRequired without a fresh proof, WeakPin for one that anybody would try first.
    """
    if not await may_set(actor):
        raise SudoRequired
    if is_weak(digits):
        raise WeakPin(errors=(FieldError("pin", WeakPin.code, WeakPin.detail),))
    fresh = Pin(account_id=actor.id, pin_hash=await passwords.hash_password(digits))
    async with transaction():
        await Pin.bulk_create(
            [fresh], on_conflict=["account_id"], update_fields=["pin_hash", "set_at"]
        )
        audit.record(actor, Tag.ACCOUNT_PIN_SET, ("account", actor.id))


async def may_set(actor: Actor) -> bool:
    """Whether the actor has just shown who he is.

    For his first PIN the login itself is enough, and for nothing else: a phone that was logged in
    for a mate goes on to him.
    """
    moment = clock.now()
    if actor.sudo_until is not None and moment < actor.sudo_until:
        return True
    fresh = Session.filter(id=actor.session_id, created_at__gt=moment - SUDO)
    return not await has_pin(actor.id) and await fresh.exists()


def is_weak(digits: str) -> bool:
    """Whether the digits are among the first that anybody would try: one, a pair, or a row."""
    steps = {int(b) - int(a) for a, b in pairwise(digits)}
    return len(set(digits)) < 3 or steps in ({1}, {-1})


async def has_pin(account_id: UUID) -> bool:
    """Whether the account has a PIN."""
    return await Pin.exists(account_id=account_id)


async def unlock(actor: Actor, digits: str) -> Opened:
    """The actor's session opens again, with a new token. NoPin, WrongPin, PinSpent."""
    await prove(actor, digits)
    opened = await renew(actor)
    async with transaction():
        audit.record(actor, Tag.SESSION_UNLOCKED, ("session", actor.session_id))
    return opened


async def prove(actor: Actor, digits: str) -> Account:
    """The actor's account, its PIN given. NoPin, WrongPin; PinSpent and logged out with the fifth.

    The try is counted before anything is compared: of many at once only five are looked at.
    """
    pin = await Pin.get_or_none(account_id=actor.id)
    if pin is None:
        raise NoPin
    session = Session.filter(id=actor.session_id, revoked_at=None)
    if not await session.filter(pin_tries__lt=TRIES).update(pin_tries=F("pin_tries") + 1):
        raise PinSpent
    if not await passwords.matches(pin.pin_hash, digits):
        await _note_wrong(actor, await session)
    return await Account.get(id=actor.id)


async def _note_wrong(actor: Actor, rows: Sequence[Session]) -> None:
    spent = [row for row in rows if row.pin_tries >= TRIES]
    async with transaction():
        audit.record(actor, Tag.LOGIN_FAILED, ("account", actor.account_id))
        await revoke(actor, spent)
    raise PinSpent if spent or not rows else WrongPin
