"""员工: who works for an enterprise, and with which roles."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from api.accounts import service as accounts
from api.enterprises.errors import LastAdmin, NoSuchEnterprise, NoSuchMember
from api.enterprises.models import Enterprise
from api.kit.actor import Actor
from api.kit.scope import scope_of
from api.kit.transaction import transaction
from api.notices import service as notices
from api.permissions import Permission

ADMIN = "enterprise_admin"
READ, UPDATE = Permission.ENTERPRISE_STAFF_READ, Permission.ENTERPRISE_STAFF_UPDATE


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with a role in an enterprise: staff by user name, persons by masked phone."""

    account_id: UUID
    username: str | None
    phone_masked: str | None
    active: bool
    roles: tuple[str, ...]
    since: datetime


async def members(actor: Actor, enterprise_id: UUID) -> list[Member]:
    """Everybody who works for the enterprise, the longest first. NoSuchEnterprise for strangers."""
    _require_own(actor, READ, enterprise_id)
    return await _members(enterprise_id)


async def add(actor: Actor, enterprise_id: UUID, *, username: str, role: str) -> tuple[Member, str]:
    """A new member of the staff with one role, and the activation code, shown this once.

    UsernameTaken when the user name is in use.
    """
    _require_own(actor, UPDATE, enterprise_id)
    account_id, code = await accounts.create_staff(
        actor, username=username, role=role, tenant_id=enterprise_id
    )
    return await _member(enterprise_id, account_id), code


async def give_role(actor: Actor, enterprise_id: UUID, account_id: UUID, role: str) -> Member:
    """The member, who now holds the role too. NoSuchMember for an account from elsewhere."""
    _require_own(actor, UPDATE, enterprise_id)
    async with transaction():
        await _locked(enterprise_id)
        member = await _member(enterprise_id, account_id)
        if role not in member.roles:
            await accounts.give(actor, account_id, role, tenant_id=enterprise_id)
            _tell(actor, enterprise_id, account_id, "staff.role_given")
    return await _member(enterprise_id, account_id)


async def take_role(actor: Actor, enterprise_id: UUID, account_id: UUID, role: str) -> None:
    """The member no longer holds the role; without any he is a stranger. LastAdmin, NoSuchMember.

    The enterprise's row is locked meanwhile: of two who remove each other, one stays.
    """
    _require_own(actor, UPDATE, enterprise_id)
    async with transaction():
        await _locked(enterprise_id)
        staff = await _members(enterprise_id)
        held = {member.account_id for member in staff if role in member.roles}
        if account_id not in held:
            raise NoSuchMember
        able = {member.account_id for member in staff if ADMIN in member.roles and member.active}
        if role == ADMIN and able <= {account_id}:
            raise LastAdmin
        await accounts.take(actor, account_id, role, tenant_id=enterprise_id)
        _tell(actor, enterprise_id, account_id, "staff.role_taken")


def _tell(actor: Actor, enterprise_id: UUID, account_id: UUID, kind: str) -> None:
    params = {"enterprise": str(enterprise_id)}
    notices.tell(actor, account_id, kind, params, about=("enterprise", enterprise_id))


def _require_own(actor: Actor, permission: Permission, enterprise_id: UUID) -> None:
    if enterprise_id not in scope_of(actor, permission).tenant_ids:
        raise NoSuchEnterprise


async def _locked(enterprise_id: UUID) -> None:
    await Enterprise.filter(id=enterprise_id).select_for_update().get()


async def _member(enterprise_id: UUID, account_id: UUID) -> Member:
    for member in await _members(enterprise_id):
        if member.account_id == account_id:
            return member
    raise NoSuchMember


async def _members(enterprise_id: UUID) -> list[Member]:
    found: dict[UUID, Member] = {}
    for grant in await accounts.holders(enterprise_id):
        account, earlier = grant.account, found.get(grant.account.id)
        found[account.id] = Member(
            account_id=account.id,
            username=account.username,
            phone_masked=account.phone.masked if account.phone else None,
            active=account.disabled_at is None,
            roles=(*(earlier.roles if earlier else ()), grant.role),
            since=earlier.since if earlier else grant.created_at,
        )
    return list(found.values())
