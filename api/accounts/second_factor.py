"""动态口令: time-based one-time passwords (RFC 6238), each usable once."""

import hmac

import pyotp

from api.accounts.errors import NoSecondFactor, SecondFactorNeeded, SecondFactorSet
from api.accounts.models import Account
from api.audit import service as audit
from api.audit.tags import Purpose, Tag
from api.kit import clock
from api.kit.actor import Actor
from api.kit.personal import Kind, Personal
from api.kit.transaction import transaction

STEP_S = 30
ISSUER = "工友"


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
    """Put the begun secret in force by its first code. SecondFactorNeeded for a wrong one."""
    async with transaction():
        account = await Account.get(id=actor.id)
        if account.totp_confirmed:
            raise SecondFactorSet
        if account.totp_secret is None:
            raise NoSecondFactor
        await spend_code(account, code)
        await Account.filter(id=account.id).update(totp_confirmed=True)
        audit.record(actor, Tag.ACCOUNT_SECOND_FACTOR_SET, ("account", account.id))


async def spend_code(account: Account, code: str) -> None:
    """Use up a code of the account's secret, one step early or late. SecondFactorNeeded else.

    The step is written by a conditional update: of two requests with one code, one wins.
    """
    if account.totp_secret is None:
        raise SecondFactorNeeded
    actor = Actor(account_id=account.id, kind="login")
    secret = audit.reveal(actor, account.totp_secret, Purpose.LOGIN, ("account", account.id))
    present = int(clock.now().timestamp()) // STEP_S
    totp = pyotp.TOTP(secret)
    steps = [s for s in (present - 1, present, present + 1) if _equal(totp.at(s * STEP_S), code)]
    if not steps:
        raise SecondFactorNeeded
    fresh = Account.filter(id=account.id, totp_step__lt=steps[-1])
    if not await fresh.update(totp_step=steps[-1]):
        raise SecondFactorNeeded


def _equal(expected: str, given: str) -> bool:
    return hmac.compare_digest(expected.encode(), given.encode())
