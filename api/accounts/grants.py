"""角色: giving and taking roles; a change counts from the next request."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from api.accounts.models import RoleGrant
from api.accounts.sessions import forget_account
from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import clock
from api.kit.actor import Actor
from api.kit.transaction import transaction
from api.permissions import ROLES


async def give(
    actor: Actor,
    account_id: UUID,
    role: str,
    *,
    tenant_id: UUID | None = None,
    region: str | None = None,
) -> None:
    """Give the account a role, unless it holds it already. KeyError for an unknown role."""
    ROLES[role]
    held: dict[str, Any] = {
        "account_id": account_id,
        "role": role,
        "tenant_id": tenant_id,
        "region": region,
    }
    async with transaction():
        if await RoleGrant.filter(**held, ended_at=None).exists():
            return
        await RoleGrant.create(**held, given_by=actor.account_id)
        audit.record(
            actor, Tag.GRANT_GIVEN, ("account", account_id), tenant_id=tenant_id, role=role
        )
        await forget_account(account_id)


async def take(actor: Actor, account_id: UUID, role: str, *, tenant_id: UUID | None = None) -> bool:
    """Take the role back; whether it was held."""
    async with transaction():
        held = RoleGrant.filter(
            account_id=account_id, role=role, tenant_id=tenant_id, ended_at=None
        )
        ended = await held.update(ended_at=clock.now())
        if ended:
            audit.record(
                actor, Tag.GRANT_TAKEN, ("account", account_id), tenant_id=tenant_id, role=role
            )
            await forget_account(account_id)
    return bool(ended)


async def roles_of(account_ids: Iterable[UUID]) -> dict[UUID, list[RoleGrant]]:
    """The roles that these accounts hold or held, the newest first. One statement."""
    found: dict[UUID, list[RoleGrant]] = {}
    rows = RoleGrant.filter(account_id__in=list(account_ids)).order_by("-id")
    for row in await rows:
        found.setdefault(row.account_id, []).append(row)  # type: ignore[attr-defined]
    return found


async def move_role(actor: Actor, role: str, account_id: UUID, to_id: UUID) -> None:
    """A role of a person follows him to another account, if he holds it."""
    async with transaction():
        if await take(actor, account_id, role):
            await give(actor, to_id, role)


async def holders(tenant_id: UUID) -> list[RoleGrant]:
    """The grants in force of a tenant, with their accounts, oldest first."""
    return await RoleGrant.filter(tenant_id=tenant_id, ended_at=None).prefetch_related(
        "account"
    ).order_by("id")  # fmt: skip


async def overseers(region: str) -> list[UUID]:
    """The accounts of the officers nearest to a region: its own, its city's, or its province's."""
    levels = [region, f"{region[:4]}00", f"{region[:2]}0000"]
    rows = await RoleGrant.filter(
        region__in=levels, role__startswith="regulator_", ended_at=None
    ).values_list("region", "account_id")
    nearest = next((level for level in levels for held, _ in rows if held == level), None)
    return sorted({UUID(str(account_id)) for held, account_id in rows if held == nearest})
