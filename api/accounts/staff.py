"""Staff accounts: made by an administrator, activated by their owner with his own password."""

import hmac
from datetime import timedelta
from uuid import UUID

from tortoise.exceptions import IntegrityError

from api.accounts import grants, passwords
from api.accounts.errors import UsernameTaken, WrongActivation
from api.accounts.models import Account, AccountKind
from api.accounts.sessions import end_all
from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import clock
from api.kit.actor import Actor
from api.kit.crypto import keyring
from api.kit.errors import NotFound
from api.kit.ids import new_token
from api.kit.transaction import transaction

ACTIVATION = timedelta(hours=72)


async def create_staff(
    actor: Actor,
    *,
    username: str,
    role: str,
    tenant_id: UUID | None = None,
    region: str | None = None,
) -> tuple[UUID, str]:
    """A new staff account with one role: its id and its activation code, shown this once.

    UsernameTaken when the name is in use.
    """
    code = new_token()[:16]
    try:
        async with transaction():
            account = await Account.create(
                kind=AccountKind.STAFF,
                username=username,
                activation_hash=_hash(username, code),
                activation_until=clock.now() + ACTIVATION,
            )
            audit.record(
                actor, Tag.ACCOUNT_CREATED, ("account", account.id), tenant_id=tenant_id, role=role
            )
            await grants.give(actor, account.id, role, tenant_id=tenant_id, region=region)
    except IntegrityError:
        raise UsernameTaken from None
    return account.id, code


async def activate(actor: Actor, *, username: str, code: str, password: str) -> None:
    """Set the password with an activation code, once. The second factor stays as it is.

    WrongActivation, WeakPassword.
    """
    passwords.refuse_weak(password, username)
    account = await Account.get_or_none(username=username, kind=AccountKind.STAFF)
    fresh = await passwords.hash_password(password)
    if account is None or not account.activation_hash or not account.activation_until:
        raise WrongActivation
    fits = hmac.compare_digest(account.activation_hash, _hash(username, code))
    if not fits or account.activation_until <= clock.now():
        raise WrongActivation
    async with transaction():
        unused = Account.filter(id=account.id, activation_hash=account.activation_hash)
        if not await unused.update(password_hash=fresh, activation_hash=""):
            raise WrongActivation
        audit.record(actor, Tag.ACCOUNT_PASSWORD_CHANGED, ("account", account.id))
        await end_all(actor, account.id)


async def reissue(actor: Actor, account_id: UUID) -> str:
    """A fresh activation code for a staff account whose owner lost the password."""
    account = await _staff(account_id)
    code = new_token()[:16]
    async with transaction():
        await Account.filter(id=account_id).update(
            activation_hash=_hash(account.username or "", code),
            activation_until=clock.now() + ACTIVATION,
        )
        audit.record(actor, Tag.ACCOUNT_PASSWORD_CHANGED, ("account", account_id), reissued=True)
    return code


async def disable(actor: Actor, account_id: UUID) -> None:
    """Switch a staff account off and end its sessions."""
    await _staff(account_id)
    async with transaction():
        await Account.filter(id=account_id).update(disabled_at=clock.now())
        audit.record(actor, Tag.ACCOUNT_DISABLED, ("account", account_id))
        await end_all(actor, account_id)


async def reset_second_factor(actor: Actor, account_id: UUID) -> None:
    """Take the second factor of a staff account away and end its sessions.

    Until a new one is set up, what needs a second factor stays closed.
    """
    await _staff(account_id)
    async with transaction():
        await Account.filter(id=account_id).update(
            totp_secret=None, totp_confirmed=False, totp_step=0
        )
        audit.record(actor, Tag.ACCOUNT_SECOND_FACTOR_RESET, ("account", account_id))
        await end_all(actor, account_id)


async def change_password(actor: Actor, password: str) -> None:
    """Set the actor's own password; all his sessions end. WeakPassword."""
    account = await _staff(actor.id)
    passwords.refuse_weak(password, account.username or "")
    fresh = await passwords.hash_password(password)
    async with transaction():
        await Account.filter(id=actor.id).update(password_hash=fresh)
        audit.record(actor, Tag.ACCOUNT_PASSWORD_CHANGED, ("account", actor.id))
        await end_all(actor, actor.id)


async def _staff(account_id: UUID) -> Account:
    account = await Account.get_or_none(id=account_id, kind=AccountKind.STAFF)
    if account is None:
        raise NotFound
    return account


def _hash(username: str, code: str) -> str:
    return keyring().sign("activation", f"{username}:{code}")
