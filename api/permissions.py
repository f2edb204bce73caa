"""Who may do what: every permission, and the roles that hold them, in one table each."""

from dataclasses import dataclass
from enum import StrEnum, unique
from uuid import UUID

from api.kit.actor import Grant


@unique
class Permission(StrEnum):
    """`surface:resource:action`, in alphabetical order."""

    ENTERPRISE_CHECKS_CREATE = "enterprise:checks:create"
    ENTERPRISE_ENTERPRISE_CREATE = "enterprise:enterprise:create"
    ENTERPRISE_ENTERPRISE_READ = "enterprise:enterprise:read"
    ENTERPRISE_ENTERPRISE_UPDATE = "enterprise:enterprise:update"
    ENTERPRISE_STAFF_READ = "enterprise:staff:read"
    ENTERPRISE_STAFF_UPDATE = "enterprise:staff:update"
    ENTERPRISE_WORKERS_COLLECT = "enterprise:workers:collect"
    ENTERPRISE_WORKERS_READ = "enterprise:workers:read"
    OWN_ACCOUNT_READ = "own:account:read"
    OWN_ACCOUNT_UPDATE = "own:account:update"
    OWN_MESSAGES_READ = "own:messages:read"
    PLATFORM_ACCOUNTS_UPDATE = "platform:accounts:update"
    PLATFORM_AUDIT_READ = "platform:audit:read"
    REGULATOR_ENTERPRISES_READ = "regulator:enterprises:read"
    REGULATOR_ENTERPRISES_REVEAL = "regulator:enterprises:reveal"
    REGULATOR_ENTERPRISES_UPDATE = "regulator:enterprises:update"
    REGULATOR_RESTRICTIONS_UPDATE = "regulator:restrictions:update"
    REGULATOR_WORKERS_READ = "regulator:workers:read"
    REGULATOR_WORKERS_REVEAL = "regulator:workers:reveal"
    REGULATOR_WORKERS_UPDATE = "regulator:workers:update"
    REVIEW_VERIFICATIONS_DECIDE = "review:verifications:decide"
    REVIEW_VERIFICATIONS_READ = "review:verifications:read"
    STAFF_CODES_CHECK = "staff:codes:check"
    WORKER_BANK_CARD_UPDATE = "worker:bank_card:update"
    WORKER_CONSENTS_UPDATE = "worker:consents:update"
    WORKER_LINKS_UPDATE = "worker:links:update"
    WORKER_REGISTRATION_READ = "worker:registration:read"
    WORKER_REGISTRATION_UPDATE = "worker:registration:update"


P = Permission

OWN = {P.OWN_ACCOUNT_READ, P.OWN_ACCOUNT_UPDATE, P.OWN_MESSAGES_READ}
EXEMPT: frozenset[str] = frozenset({P.OWN_ACCOUNT_READ, P.OWN_ACCOUNT_UPDATE})
"""Open to every role without its second factor: logging out, and setting the factor up."""
WORKER = OWN | {
    P.ENTERPRISE_ENTERPRISE_CREATE,
    P.ENTERPRISE_ENTERPRISE_READ,
    P.WORKER_BANK_CARD_UPDATE,
    P.WORKER_CONSENTS_UPDATE,
    P.WORKER_LINKS_UPDATE,
    P.WORKER_REGISTRATION_READ,
    P.WORKER_REGISTRATION_UPDATE,
}
COLLECTOR = OWN | {
    P.ENTERPRISE_CHECKS_CREATE,
    P.ENTERPRISE_ENTERPRISE_READ,
    P.ENTERPRISE_WORKERS_COLLECT,
    P.ENTERPRISE_WORKERS_READ,
    P.STAFF_CODES_CHECK,
}
REGULATOR = OWN | {
    P.REGULATOR_ENTERPRISES_READ,
    P.REGULATOR_ENTERPRISES_REVEAL,
    P.REGULATOR_ENTERPRISES_UPDATE,
    P.REGULATOR_RESTRICTIONS_UPDATE,
    P.REGULATOR_WORKERS_READ,
    P.REGULATOR_WORKERS_REVEAL,
    P.REGULATOR_WORKERS_UPDATE,
    P.REVIEW_VERIFICATIONS_READ,
    P.STAFF_CODES_CHECK,
}


@dataclass(frozen=True, slots=True)
class Role:
    """A role: what it may do, how wide it reaches, and whether it needs a second factor."""

    permissions: frozenset[Permission]
    reach: str
    second_factor: bool = False


ROLES: dict[str, Role] = {
    "worker": Role(frozenset(WORKER), "own"),
    "team_leader": Role(frozenset(WORKER), "own"),
    "enterprise_applicant": Role(
        frozenset(OWN | {P.ENTERPRISE_ENTERPRISE_CREATE, P.ENTERPRISE_ENTERPRISE_READ}), "own"
    ),
    "wage_officer": Role(frozenset(COLLECTOR), "tenant", second_factor=True),
    "project_manager": Role(
        frozenset(
            OWN | {P.ENTERPRISE_ENTERPRISE_READ, P.ENTERPRISE_WORKERS_READ, P.STAFF_CODES_CHECK}
        ),
        "tenant",
    ),
    "enterprise_admin": Role(
        frozenset(
            COLLECTOR
            | {
                P.ENTERPRISE_ENTERPRISE_CREATE,
                P.ENTERPRISE_ENTERPRISE_UPDATE,
                P.ENTERPRISE_STAFF_READ,
                P.ENTERPRISE_STAFF_UPDATE,
            }
        ),
        "tenant",
        second_factor=True,
    ),
    "reviewer": Role(
        frozenset(
            OWN | {P.REVIEW_VERIFICATIONS_DECIDE, P.REVIEW_VERIFICATIONS_READ, P.STAFF_CODES_CHECK}
        ),
        "region",
        second_factor=True,
    ),
    "regulator_county": Role(frozenset(REGULATOR), "region", second_factor=True),
    "regulator_city": Role(frozenset(REGULATOR), "region", second_factor=True),
    "regulator_province": Role(frozenset(REGULATOR), "region", second_factor=True),
    "platform_admin": Role(
        frozenset(OWN | {P.PLATFORM_ACCOUNTS_UPDATE}), "everything", second_factor=True
    ),
    "auditor": Role(frozenset(OWN | {P.PLATFORM_AUDIT_READ}), "everything", second_factor=True),
}


def grant(role: str, *, tenant_id: UUID | None = None, region: str | None = None) -> Grant:
    """The grant of a role for a tenant or region. KeyError for an unknown role."""
    known = ROLES[role]
    return Grant(
        role=role,
        permissions=frozenset(known.permissions),
        tenant_id=tenant_id,
        region=region,
        everywhere=known.reach == "everything",
        needs_second_factor=known.second_factor,
        exempt=EXEMPT,
    )
