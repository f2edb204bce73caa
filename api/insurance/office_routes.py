"""Insurance for enterprises and regulators: policies, who is named to them, who is not insured."""

from uuid import UUID

from sanic import Blueprint

from api.engagements.schemas import EngagementOut, EngagementQuery
from api.enterprises.errors import NoSuchEnterprise, WhichEnterprise
from api.insurance import reading, service
from api.insurance.errors import (
    NobodyNamed,
    NoSuchPolicy,
    PolicyKnown,
    PolicyPeriod,
    WholeByContractor,
)
from api.insurance.schemas import EndingIn, NamingIn, PolicyIn, PolicyOut, PolicyQuery
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import route
from api.kit.schemas import Page
from api.permissions import Permission
from api.projects.errors import NoSuchProject
from api.training.errors import NotParticipating

blueprint = Blueprint("insurance_office", url_prefix="/api/v1/enterprise")
oversight = Blueprint("insurance_oversight", url_prefix="/api/v1/regulator")
READ, UPDATE = Permission.ENTERPRISE_INSURANCE_READ, Permission.ENTERPRISE_INSURANCE_UPDATE
OVERSEE = Permission.REGULATOR_INSURANCE_READ
ALL = "/insurance-policies"


@route(blueprint, "GET", ALL, permission=READ)
async def list_policies(actor: Actor, query: PolicyQuery) -> Page[PolicyOut]:
    """The policies of one's enterprise and of projects under its general contract."""
    return await reading.listed(actor, query)


@route(
    blueprint, "POST", f"/projects/<project_id:uuid>{ALL}", permission=UPDATE, status=201,
    errors=(
        NoSuchProject, NotParticipating, NoSuchEnterprise, WhichEnterprise, PolicyPeriod,
        PolicyKnown, WholeByContractor, NobodyNamed,
    ),
    limits=(Limit("insurance_record", 300, 3600),),
)  # fmt: skip
async def record_policy(actor: Actor, project_id: UUID, body: PolicyIn) -> PolicyOut:
    """Enter a policy for a whole project, for some of its workers or for all of one's own."""
    return await reading.shown_one(await service.record(actor, project_id, body))


@route(blueprint, "GET", f"{ALL}/<policy_id:uuid>", permission=READ, errors=(NoSuchPolicy,))
async def show_policy(actor: Actor, policy_id: UUID) -> PolicyOut:
    """One policy."""
    return await reading.one(actor, policy_id)


@route(
    blueprint, "POST", f"{ALL}/<policy_id:uuid>/people", permission=UPDATE,
    errors=(NoSuchPolicy, NobodyNamed),
)  # fmt: skip
async def add_insured_people(actor: Actor, policy_id: UUID, body: NamingIn) -> PolicyOut:
    """Name more workers to a policy."""
    return await reading.shown_one(await service.add_people(actor, policy_id, body))


@route(
    blueprint, "POST", f"{ALL}/<policy_id:uuid>/end", permission=UPDATE,
    errors=(NoSuchPolicy, PolicyPeriod),
)  # fmt: skip
async def end_policy(actor: Actor, policy_id: UUID, body: EndingIn) -> PolicyOut:
    """Say that a policy ends before its term."""
    return await reading.shown_one(await service.end(actor, policy_id, body.ends_on))


@route(blueprint, "GET", "/uninsured-workers", permission=READ)
async def list_uninsured(actor: Actor, query: EngagementQuery) -> Page[EngagementOut]:
    """Who is on one's sites today without any insurance."""
    return await reading.uninsured(actor, READ, query)


@route(oversight, "GET", "/uninsured-workers", permission=OVERSEE)
async def list_region_uninsured(actor: Actor, query: EngagementQuery) -> Page[EngagementOut]:
    """Who is on a site of the region today without any insurance."""
    return await reading.uninsured(actor, OVERSEE, query)
