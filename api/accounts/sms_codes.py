"""验证码: six digits to a phone, five minutes, once; a stranger cannot use up the owner's tries.

Each live code counts tries from the address that asked for it and from all others apart: guessing
from elsewhere burns the strangers' share alone. Strangers get a phone at most 10 codes a day with
5 + 3 tries each: whoever guesses, from however many addresses, has 80 in a million.
"""

import hmac
from datetime import timedelta

from tortoise.expressions import F, Q

from api.accounts.errors import SmsOff, TooManyCodes, WrongCode
from api.accounts.models import Account, Session, SmsCode
from api.audit import service as audit
from api.audit.tags import Purpose
from api.integrations.adapters import outside
from api.integrations.http import UpstreamError
from api.kit import clock
from api.kit.actor import Actor, Origin
from api.kit.crypto import keyring
from api.kit.errors import TooMany
from api.kit.ids import new_digits
from api.kit.personal import Personal
from api.kit.rate_limit import Limit, spend
from api.kit.transaction import transaction

LIFE = timedelta(minutes=5)
OWN_TRIES = 5
OTHER_TRIES = 3
TEMPLATE = "login_code"
PER_PAIR = Limit("sms_pair", 5, 3600)
PER_MINUTE = Limit("sms_minute", 1, 30)
PER_ADDRESS = Limit("sms_address", 60, 3600, by="ip")
PER_PHONE = Limit("sms_phone", 10, 86_400)
KNOWN = timedelta(days=30)


class Demo:
    """The code that always works in a demo, and only there; empty otherwise."""

    code = ""


async def send(actor: Actor, phone: Personal) -> None:
    """Send a fresh code to the phone. TooManyCodes over the limits, SmsOff without a gateway.

    The same for phones with and without an account.
    """
    await _spend_limits(actor.origin, phone)
    sender = outside().sms
    if sender is None:
        raise SmsOff
    code = new_digits(6)
    async with transaction():
        plain = audit.reveal(actor, phone, Purpose.DELIVER, ("phone", None))
        await SmsCode.create(
            phone_index=phone.index,
            code_hash=_hash(phone.index, code),
            address_index=address_index(actor.origin),
            expires_at=clock.now() + LIFE,
        )
    try:
        await sender.send(plain, TEMPLATE, {"code": code})
    except UpstreamError as error:
        raise SmsOff(retry_after_s=None if error.permanent else 30) from error


async def _spend_limits(origin: Origin, phone: Personal) -> None:
    pair = f"{phone.index}:{origin.network}"
    try:
        await spend(PER_MINUTE, pair)
        await spend(PER_PAIR, pair)
        await spend(PER_ADDRESS, origin.network)
        # Strangers share the phone's daily number; where its owner logged in before, they do not.
        if not await _is_known(origin, phone):
            await spend(PER_PHONE, phone.index)
    except TooMany as error:
        raise TooManyCodes(retry_after_s=error.retry_after_s) from None


async def _is_known(origin: Origin, phone: Personal) -> bool:
    return await Session.filter(
        account__phone_index=phone.index,
        address_index=address_index(origin),
        created_at__gt=clock.now() - KNOWN,
    ).exists()


async def use(origin: Origin, phone: Personal, code: str) -> None:
    """Use up a code sent to the phone. WrongCode when none fits; the try is counted then."""
    if Demo.code and hmac.compare_digest(Demo.code.encode(), code.encode()):
        return
    own = address_index(origin)
    asked_here = Q(address_index=own, own_tries__lt=OWN_TRIES)
    asked_elsewhere = Q(~Q(address_index=own), other_tries__lt=OTHER_TRIES)
    live = await SmsCode.filter(
        asked_here | asked_elsewhere,
        phone_index=phone.index,
        used_at=None,
        expires_at__gt=clock.now(),
    ).order_by("-id")
    for row in live:
        if await _has_try(row, own) and _fits(row, phone.index, code) and await _spend(row):
            return
    raise WrongCode


async def _has_try(row: SmsCode, own: str) -> bool:
    # Counted before looking: of many requests at once, only as many look as there are tries.
    here = row.address_index == own
    tries, most = ("own_tries", OWN_TRIES) if here else ("other_tries", OTHER_TRIES)
    left = SmsCode.filter(id=row.id, **{f"{tries}__lt": most})
    return bool(await left.update(**{tries: F(tries) + 1}))


async def _spend(row: SmsCode) -> bool:
    return bool(await SmsCode.filter(id=row.id, used_at=None).update(used_at=clock.now()))


async def forget_old() -> None:
    """Delete codes that ended more than a day ago."""
    await SmsCode.filter(expires_at__lt=clock.now() - timedelta(days=1)).delete()


def address_index(origin: Origin) -> str:
    """The blind index of the caller's address."""
    return keyring().index("address", origin.network)


async def owner_of(phone: Personal) -> Account | None:
    """The account that logs in by this phone."""
    return await Account.get_or_none(phone_index=phone.index)


def _hash(phone_index: str, code: str) -> str:
    return keyring().sign("sms-code", f"{phone_index}:{code}")


def _fits(row: SmsCode, phone_index: str, code: str) -> bool:
    return hmac.compare_digest(row.code_hash, _hash(phone_index, code))
