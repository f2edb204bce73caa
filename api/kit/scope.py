"""Row scope: the one door through which lists and look-ups learn whose rows an actor may see."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tortoise.expressions import Q

from api.kit.actor import Actor
from api.kit.errors import Forbidden

NOTHING = Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class Scope:
    """What an actor may see through one permission: own rows, tenants, regions, or everything."""

    account_id: UUID | None = None
    tenant_ids: tuple[UUID, ...] = ()
    regions: tuple[str, ...] = ()
    everything: bool = False

    def rows(
        self, *, account: str | None = None, tenant: str | None = None, region: str | None = None
    ) -> Q:
        """The filter on a table whose columns are named here; matches nothing when none fits.

        A region column holds six digits (GB/T 2260); a scope of `510100` sees its whole subtree.
        """
        if self.everything:
            return Q()
        parts: list[Q] = []
        if account and self.account_id:
            parts.append(_equal(account, self.account_id))
        if tenant and self.tenant_ids:
            parts.append(_equal(f"{tenant}__in", list(self.tenant_ids)))
        if region:
            parts += [Q(**within(region, code)) for code in self.regions]
        return Q(*parts, join_type=Q.OR) if parts else NOTHING

    def has_tenant(self, tenant_id: UUID) -> bool:
        """Whether rows of this tenant are inside."""
        return self.everything or tenant_id in self.tenant_ids


def _equal(column: str, value: Any) -> Q:
    return Q(**{column: value})


def subtree(region: str) -> str:
    """The prefix shared by a region and all below it: 510000 → 51, 510100 → 5101, 510107 itself."""
    return region[:2] if region.endswith("0000") else region[:4] if region[4:] == "00" else region


def within(column: str, region: str) -> dict[str, str]:
    """The filter for a region and all below it: a range, which an index answers, unlike LIKE."""
    prefix = subtree(region)
    return {f"{column}__gte": prefix.ljust(6, "0"), f"{column}__lte": prefix.ljust(6, "9")}


def scope_of(actor: Actor, permission: str) -> Scope:
    """The scope that `permission` opens to `actor`. Forbidden without the permission."""
    grants = actor.grants_of(permission)
    if not grants:
        raise Forbidden
    return Scope(
        account_id=actor.account_id,
        tenant_ids=tuple(g.tenant_id for g in grants if g.tenant_id),
        regions=tuple(g.region for g in grants if g.region),
        everything=any(g.everywhere for g in grants),
    )
