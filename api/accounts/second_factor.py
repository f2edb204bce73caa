"""动态口令: time-based one-time passwords (RFC 6238), each usable once."""

import hmac

import pyotp

from api.accounts.errors import NoSecondFactor, SecondFactorNeeded, SecondFactorSet
from api.accounts.models import Account
from api.accounts.sessions import end_others
from api.audit import service as audit
from api.audit.tags import Purpose, Tag
from api.kit import clock
from api.kit.actor import Actor
from api.kit.personal import Kind, Personal
from api.kit.rate_limit import Limit, give_back, spend
from api.kit.transaction import transaction

STEP_S = 30
ISSUER = "工友"
WRONG = Limit("totp_wrong", 20, 86_400)
"""Three codes of a million count at a time: 20 wrong ones a day guess one in 45 years."""


async def begin(actor: Actor) -> str:
    """A fresh secret for the actor's account as an `otpauth://` address, shown this once.

    SecondFactorSet when one is in force: changing it is the administrator's business.
    """
    secret = pyotp.random_base32()
    async with transaction():
        account = await Account.filter(id=actor.id).select_for_update().get()
        if account.totp_confirmed:
            raise SecondFactorSet
        account.totp_secret = Personal.of(Kind.SECRET, secret)
        await account.save(update_fields=["totp_secret"])
    name = account.username or str(account.id)
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


async def confirm(actor: Actor, code: str) -> None:
    """Put the begun secret in force by its first code; all other devices are logged out.

    SecondFactorNeeded for a wrong one.
    """
    async with transaction():
        account = await Account.get(id=actor.id)
        if account.totp_confirmed:
            raise SecondFactorSet
        if account.totp_secret is None:
            raise NoSecondFactor
        await spend_code(account, code)
        await Account.filter(id=account.id).update(totp_confirmed=True)
        audit.record(actor, Tag.ACCOUNT_SECOND_FACTOR_SET, ("account", account.id))
        await end_others(actor)


async def give(actor: Actor, code: str) -> None:
    """Use up a code of the actor's second factor. NoSecondFactor, SecondFactorNeeded."""
    async with transaction():
        account = await Account.get(id=actor.id)
        if not account.totp_confirmed:
            raise NoSecondFactor
        await spend_code(account, code)


async def spend_code(account: Account, code: str) -> None:
    """Use up a code of the account's secret, one step early or late. SecondFactorNeeded else.

    The step is written by a conditional update: of two requests with one code, one wins. TooMany
    after so many wrong ones in a day that guessing on would no longer be hopeless.
    """
    await spend(WRONG, str(account.id))
    await _spend_step(account, code)
    await give_back(WRONG, str(account.id))


async def _spend_step(account: Account, code: str) -> None:
    step = _step(account, code)
    if step is None:
        raise SecondFactorNeeded
    fresh = Account.filter(id=account.id, totp_step__lt=step)
    if not await fresh.update(totp_step=step):
        raise SecondFactorNeeded


async def fits(account: Account, code: str) -> bool:
    """Whether the code would be taken now. It is not used up."""
    async with transaction():
        step = _step(account, code) if account.totp_confirmed else None
    return step is not None and step > account.totp_step


def _step(account: Account, code: str) -> int | None:
    if account.totp_secret is None:
        return None
    actor = Actor(account_id=account.id, kind="login")
    secret = audit.reveal(actor, account.totp_secret, Purpose.LOGIN, ("account", account.id))
    present = int(clock.now().timestamp()) // STEP_S
    totp = pyotp.TOTP(secret)
    steps = [s for s in (present - 1, present, present + 1) if _equal(totp.at(s * STEP_S), code)]
    return steps[-1] if steps else None


def _equal(expected: str, given: str) -> bool:
    return hmac.compare_digest(expected.encode(), given.encode())
