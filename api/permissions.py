"""Who may do what: every permission, and the roles that hold them, in one table each."""

from dataclasses import dataclass
from enum import StrEnum, unique
from uuid import UUID

from api.kit.actor import Grant


@unique
class Permission(StrEnum):
    """`surface:resource:action`, in alphabetical order."""

    ENTERPRISE_ACCIDENTS_READ = "enterprise:accidents:read"
    ENTERPRISE_ACCIDENTS_UPDATE = "enterprise:accidents:update"
    ENTERPRISE_ATTENDANCE_DECIDE = "enterprise:attendance:decide"
    ENTERPRISE_ATTENDANCE_READ = "enterprise:attendance:read"
    ENTERPRISE_CARDS_READ = "enterprise:cards:read"
    ENTERPRISE_CARDS_UPDATE = "enterprise:cards:update"
    ENTERPRISE_CHECKS_CREATE = "enterprise:checks:create"
    ENTERPRISE_COMPLAINTS_READ = "enterprise:complaints:read"
    ENTERPRISE_COMPLAINTS_UPDATE = "enterprise:complaints:update"
    ENTERPRISE_CONDUCT_ANSWER = "enterprise:conduct:answer"
    ENTERPRISE_CONDUCT_READ = "enterprise:conduct:read"
    ENTERPRISE_CONDUCT_UPDATE = "enterprise:conduct:update"
    ENTERPRISE_CONTRACTS_CREATE = "enterprise:contracts:create"
    ENTERPRISE_CONTRACTS_READ = "enterprise:contracts:read"
    ENTERPRISE_COURSES_READ = "enterprise:courses:read"
    ENTERPRISE_COURSES_UPDATE = "enterprise:courses:update"
    ENTERPRISE_ENGAGEMENTS_READ = "enterprise:engagements:read"
    ENTERPRISE_ENGAGEMENTS_UPDATE = "enterprise:engagements:update"
    ENTERPRISE_ENTERPRISE_CREATE = "enterprise:enterprise:create"
    ENTERPRISE_ENTERPRISE_READ = "enterprise:enterprise:read"
    ENTERPRISE_ENTERPRISE_UPDATE = "enterprise:enterprise:update"
    ENTERPRISE_ENTRIES_OVERRIDE = "enterprise:entries:override"
    ENTERPRISE_FUNDS_READ = "enterprise:funds:read"
    ENTERPRISE_FUNDS_UPDATE = "enterprise:funds:update"
    ENTERPRISE_INSURANCE_READ = "enterprise:insurance:read"
    ENTERPRISE_INSURANCE_UPDATE = "enterprise:insurance:update"
    ENTERPRISE_PAYROLL_READ = "enterprise:payroll:read"
    ENTERPRISE_PAYROLL_UPDATE = "enterprise:payroll:update"
    ENTERPRISE_PROJECTS_CREATE = "enterprise:projects:create"
    ENTERPRISE_PROJECTS_READ = "enterprise:projects:read"
    ENTERPRISE_PROJECTS_UPDATE = "enterprise:projects:update"
    ENTERPRISE_SITE_CODES_CREATE = "enterprise:site_codes:create"
    ENTERPRISE_STAFF_READ = "enterprise:staff:read"
    ENTERPRISE_STAFF_UPDATE = "enterprise:staff:update"
    ENTERPRISE_TRAININGS_CREATE = "enterprise:trainings:create"
    ENTERPRISE_TRAININGS_READ = "enterprise:trainings:read"
    ENTERPRISE_WAGES_AUDIT = "enterprise:wages:audit"
    ENTERPRISE_WAGES_READ = "enterprise:wages:read"
    ENTERPRISE_WAGES_RECHECK = "enterprise:wages:recheck"
    ENTERPRISE_WAGES_RELEASE = "enterprise:wages:release"
    ENTERPRISE_WAGES_UPDATE = "enterprise:wages:update"
    ENTERPRISE_WORKERS_COLLECT = "enterprise:workers:collect"
    ENTERPRISE_WORKERS_READ = "enterprise:workers:read"
    ENTERPRISE_WORKLOG_READ = "enterprise:worklog:read"
    OWN_ACCOUNT_READ = "own:account:read"
    OWN_ACCOUNT_UPDATE = "own:account:update"
    OWN_MESSAGES_READ = "own:messages:read"
    PLATFORM_ACCOUNTS_UPDATE = "platform:accounts:update"
    PLATFORM_AUDIT_READ = "platform:audit:read"
    PLATFORM_PAYROLL_READ = "platform:payroll:read"
    PLATFORM_PAYROLL_UPDATE = "platform:payroll:update"
    REGULATOR_ACCIDENTS_READ = "regulator:accidents:read"
    REGULATOR_ATTENDANCE_READ = "regulator:attendance:read"
    REGULATOR_COMPLAINTS_READ = "regulator:complaints:read"
    REGULATOR_COMPLAINTS_UPDATE = "regulator:complaints:update"
    REGULATOR_CONDUCT_READ = "regulator:conduct:read"
    REGULATOR_CONDUCT_UPDATE = "regulator:conduct:update"
    REGULATOR_ENGAGEMENTS_READ = "regulator:engagements:read"
    REGULATOR_ENTERPRISES_READ = "regulator:enterprises:read"
    REGULATOR_ENTERPRISES_REVEAL = "regulator:enterprises:reveal"
    REGULATOR_ENTERPRISES_UPDATE = "regulator:enterprises:update"
    REGULATOR_ENTRY_RULES_UPDATE = "regulator:entry_rules:update"
    REGULATOR_FUNDS_READ = "regulator:funds:read"
    REGULATOR_INSURANCE_READ = "regulator:insurance:read"
    REGULATOR_KEPT_IDENTITIES_OPEN = "regulator:kept_identities:open"
    REGULATOR_PAYROLL_READ = "regulator:payroll:read"
    REGULATOR_PROJECTS_READ = "regulator:projects:read"
    REGULATOR_RESTRICTIONS_UPDATE = "regulator:restrictions:update"
    REGULATOR_STANDARDS_UPDATE = "regulator:standards:update"
    REGULATOR_TRAININGS_READ = "regulator:trainings:read"
    REGULATOR_WAGES_READ = "regulator:wages:read"
    REGULATOR_WORKERS_READ = "regulator:workers:read"
    REGULATOR_WORKERS_REVEAL = "regulator:workers:reveal"
    REGULATOR_WORKERS_UPDATE = "regulator:workers:update"
    REVIEW_VERIFICATIONS_DECIDE = "review:verifications:decide"
    REVIEW_VERIFICATIONS_READ = "review:verifications:read"
    STAFF_CODES_CHECK = "staff:codes:check"
    WORKER_ACCIDENTS_READ = "worker:accidents:read"
    WORKER_ACCIDENTS_UPDATE = "worker:accidents:update"
    WORKER_ATTENDANCE_READ = "worker:attendance:read"
    WORKER_ATTENDANCE_UPDATE = "worker:attendance:update"
    WORKER_BANK_CARD_UPDATE = "worker:bank_card:update"
    WORKER_COMPLAINTS_READ = "worker:complaints:read"
    WORKER_COMPLAINTS_UPDATE = "worker:complaints:update"
    WORKER_CONDUCT_READ = "worker:conduct:read"
    WORKER_CONDUCT_UPDATE = "worker:conduct:update"
    WORKER_CONSENTS_UPDATE = "worker:consents:update"
    WORKER_CONTRACTS_READ = "worker:contracts:read"
    WORKER_CONTRACTS_UPDATE = "worker:contracts:update"
    WORKER_DATA_READ = "worker:data:read"
    WORKER_DATA_UPDATE = "worker:data:update"
    WORKER_ENGAGEMENTS_READ = "worker:engagements:read"
    WORKER_LINKS_UPDATE = "worker:links:update"
    WORKER_PROFILE_READ = "worker:profile:read"
    WORKER_PROFILE_UPDATE = "worker:profile:update"
    WORKER_PUNCHES_CREATE = "worker:punches:create"
    WORKER_REGISTRATION_READ = "worker:registration:read"
    WORKER_REGISTRATION_UPDATE = "worker:registration:update"
    WORKER_TEAMS_READ = "worker:teams:read"
    WORKER_TEAMS_UPDATE = "worker:teams:update"
    WORKER_TRAININGS_READ = "worker:trainings:read"
    WORKER_TRAININGS_UPDATE = "worker:trainings:update"
    WORKER_WAGES_READ = "worker:wages:read"
    WORKER_WAGES_UPDATE = "worker:wages:update"
    WORKER_WORKLOG_READ = "worker:worklog:read"
    WORKER_WORKLOG_UPDATE = "worker:worklog:update"


P = Permission

OWN = {P.OWN_ACCOUNT_READ, P.OWN_ACCOUNT_UPDATE, P.OWN_MESSAGES_READ}
EXEMPT: frozenset[str] = frozenset({P.OWN_ACCOUNT_READ, P.OWN_ACCOUNT_UPDATE})
"""Open to every role without its second factor: logging out, and setting the factor up."""
WORKER = OWN | {
    P.ENTERPRISE_ENTERPRISE_CREATE,
    P.ENTERPRISE_ENTERPRISE_READ,
    P.WORKER_ACCIDENTS_READ,
    P.WORKER_ACCIDENTS_UPDATE,
    P.WORKER_ATTENDANCE_READ,
    P.WORKER_ATTENDANCE_UPDATE,
    P.WORKER_BANK_CARD_UPDATE,
    P.WORKER_COMPLAINTS_READ,
    P.WORKER_COMPLAINTS_UPDATE,
    P.WORKER_CONDUCT_READ,
    P.WORKER_CONDUCT_UPDATE,
    P.WORKER_CONSENTS_UPDATE,
    P.WORKER_CONTRACTS_READ,
    P.WORKER_CONTRACTS_UPDATE,
    P.WORKER_DATA_READ,
    P.WORKER_DATA_UPDATE,
    P.WORKER_ENGAGEMENTS_READ,
    P.WORKER_LINKS_UPDATE,
    P.WORKER_PROFILE_READ,
    P.WORKER_PROFILE_UPDATE,
    P.WORKER_PUNCHES_CREATE,
    P.WORKER_REGISTRATION_READ,
    P.WORKER_REGISTRATION_UPDATE,
    P.WORKER_TEAMS_READ,
    P.WORKER_TEAMS_UPDATE,
    P.WORKER_TRAININGS_READ,
    P.WORKER_TRAININGS_UPDATE,
    P.WORKER_WAGES_READ,
    P.WORKER_WAGES_UPDATE,
    P.WORKER_WORKLOG_READ,
    P.WORKER_WORKLOG_UPDATE,
}
SITE = {
    P.ENTERPRISE_ACCIDENTS_READ,
    P.ENTERPRISE_ACCIDENTS_UPDATE,
    P.ENTERPRISE_ATTENDANCE_DECIDE,
    P.ENTERPRISE_ATTENDANCE_READ,
    P.ENTERPRISE_CONDUCT_READ,
    P.ENTERPRISE_CONDUCT_UPDATE,
    P.ENTERPRISE_CONTRACTS_CREATE,
    P.ENTERPRISE_CONTRACTS_READ,
    P.ENTERPRISE_COURSES_READ,
    P.ENTERPRISE_COURSES_UPDATE,
    P.ENTERPRISE_ENGAGEMENTS_READ,
    P.ENTERPRISE_ENGAGEMENTS_UPDATE,
    P.ENTERPRISE_INSURANCE_READ,
    P.ENTERPRISE_INSURANCE_UPDATE,
    P.ENTERPRISE_PROJECTS_CREATE,
    P.ENTERPRISE_PROJECTS_READ,
    P.ENTERPRISE_PROJECTS_UPDATE,
    P.ENTERPRISE_SITE_CODES_CREATE,
    P.ENTERPRISE_TRAININGS_CREATE,
    P.ENTERPRISE_TRAININGS_READ,
    P.ENTERPRISE_WORKLOG_READ,
}
COLLECTOR = (
    OWN
    | SITE
    | {
        P.ENTERPRISE_CARDS_READ,
        P.ENTERPRISE_CARDS_UPDATE,
        P.ENTERPRISE_CHECKS_CREATE,
        P.ENTERPRISE_COMPLAINTS_READ,
        P.ENTERPRISE_COMPLAINTS_UPDATE,
        P.ENTERPRISE_CONDUCT_ANSWER,
        P.ENTERPRISE_ENTERPRISE_READ,
        P.ENTERPRISE_FUNDS_READ,
        P.ENTERPRISE_FUNDS_UPDATE,
        P.ENTERPRISE_PAYROLL_READ,
        P.ENTERPRISE_PAYROLL_UPDATE,
        P.ENTERPRISE_WAGES_AUDIT,
        P.ENTERPRISE_WAGES_READ,
        P.ENTERPRISE_WAGES_RELEASE,
        P.ENTERPRISE_WAGES_UPDATE,
        P.ENTERPRISE_WORKERS_COLLECT,
        P.ENTERPRISE_WORKERS_READ,
        P.STAFF_CODES_CHECK,
    }
)
REGULATOR = OWN | {
    P.REGULATOR_ACCIDENTS_READ,
    P.REGULATOR_ATTENDANCE_READ,
    P.REGULATOR_COMPLAINTS_READ,
    P.REGULATOR_COMPLAINTS_UPDATE,
    P.REGULATOR_CONDUCT_READ,
    P.REGULATOR_CONDUCT_UPDATE,
    P.REGULATOR_ENGAGEMENTS_READ,
    P.REGULATOR_ENTERPRISES_READ,
    P.REGULATOR_ENTERPRISES_REVEAL,
    P.REGULATOR_ENTERPRISES_UPDATE,
    P.REGULATOR_ENTRY_RULES_UPDATE,
    P.REGULATOR_FUNDS_READ,
    P.REGULATOR_KEPT_IDENTITIES_OPEN,
    P.REGULATOR_INSURANCE_READ,
    P.REGULATOR_PAYROLL_READ,
    P.REGULATOR_PROJECTS_READ,
    P.REGULATOR_RESTRICTIONS_UPDATE,
    P.REGULATOR_STANDARDS_UPDATE,
    P.REGULATOR_TRAININGS_READ,
    P.REGULATOR_WAGES_READ,
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
            OWN
            | SITE
            | {
                P.ENTERPRISE_ENTERPRISE_READ,
                P.ENTERPRISE_ENTRIES_OVERRIDE,
                P.ENTERPRISE_WORKERS_READ,
                P.STAFF_CODES_CHECK,
            }
        ),
        "tenant",
    ),
    "enterprise_admin": Role(
        frozenset(
            COLLECTOR
            | {
                P.ENTERPRISE_ENTERPRISE_CREATE,
                P.ENTERPRISE_ENTERPRISE_UPDATE,
                P.ENTERPRISE_ENTRIES_OVERRIDE,
                P.ENTERPRISE_STAFF_READ,
                P.ENTERPRISE_STAFF_UPDATE,
                P.ENTERPRISE_WAGES_RECHECK,
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
        frozenset(
            OWN
            | {
                P.PLATFORM_ACCOUNTS_UPDATE,
                P.PLATFORM_PAYROLL_READ,
                P.PLATFORM_PAYROLL_UPDATE,
            }
        ),
        "everything",
        second_factor=True,
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
