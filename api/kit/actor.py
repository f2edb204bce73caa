"""Who asks: the account behind a request, what it may do and where."""

import ipaddress
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from api.kit.errors import Forbidden


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held by an account: everywhere, in one tenant, or in one region's subtree.

    What is in `exempt` needs no second factor: else nobody could set up his first one.
    """

    role: str
    permissions: frozenset[str] = frozenset()
    tenant_id: UUID | None = None
    region: str | None = None
    everywhere: bool = False
    needs_second_factor: bool = False
    exempt: frozenset[str] = frozenset()

    def gives(self, permission: str, second_factor: bool) -> bool:
        """Whether it gives `permission` with or without the second factor given."""
        open_now = second_factor or not self.needs_second_factor or permission in self.exempt
        return open_now and permission in self.permissions


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request came from: kept in audit lines and used by limits."""

    request_id: str = "-"
    ip: str = "-"
    device_id: UUID | None = None

    @property
    def network(self) -> str:
        """The address as limits count it: of IPv6 the /64, all of which one caller has."""
        try:
            address = ipaddress.ip_address(self.ip)
        except ValueError:
            return self.ip
        if isinstance(address, ipaddress.IPv4Address):
            return str(address)
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((int(address), 64), strict=False))


@dataclass(frozen=True, slots=True)
class Actor:
    """The authenticated subject of one request or job. `account_id` None is the anonymous one.

    shared: his login is on a phone that several people use. locked: that phone asks for his PIN.
    """

    account_id: UUID | None = None
    session_id: UUID | None = None
    kind: str = "anonymous"
    grants: tuple[Grant, ...] = ()
    second_factor: bool = False
    sudo_until: datetime | None = None
    shared: bool = False
    locked: bool = False
    origin: Origin = field(default_factory=Origin)

    def grants_of(self, permission: str) -> tuple[Grant, ...]:
        """The grants through which this actor holds `permission`, second factor given."""
        return tuple(g for g in self.grants if g.gives(permission, self.second_factor))

    def may(self, permission: str) -> bool:
        """Whether any grant gives `permission`."""
        return bool(self.grants_of(permission))

    def needs_second_factor_for(self, permission: str) -> bool:
        """Whether only the missing second factor stands in the way of `permission`."""
        return not self.may(permission) and any(permission in g.permissions for g in self.grants)

    def tenants_of(self, permission: str) -> tuple[UUID, ...]:
        """The tenants in which this actor holds `permission`, each once."""
        held = (g.tenant_id for g in self.grants_of(permission) if g.tenant_id)
        return tuple(dict.fromkeys(held))

    def within(self, tenant_id: UUID) -> "Actor":
        """The same actor with what he holds in one of his tenants; unchanged for a stranger's."""
        if all(g.tenant_id != tenant_id for g in self.grants):
            return self
        kept = tuple(g for g in self.grants if g.tenant_id in (None, tenant_id))
        return replace(self, grants=kept)

    @property
    def id(self) -> UUID:
        """The account's id. Forbidden for the anonymous and for jobs."""
        if self.account_id is None:
            raise Forbidden
        return self.account_id


SYSTEM = Actor(kind="system")
"""The actor of jobs and commands: no account, no session, its own name in the audit."""
