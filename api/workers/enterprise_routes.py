"""Checks that enterprises' systems may ask for: yes or no, never a stored value."""

from sanic import Blueprint

from api.enterprises import service as enterprises
from api.enterprises.errors import EnterpriseFrozen, NoSuchEnterprise, NotVerified, WhichEnterprise
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import route
from api.permissions import Permission
from api.workers import checks
from api.workers.check_schemas import (
    ConsistencyIn,
    ConsistencyOut,
    RestrictionCheckIn,
    RestrictionCheckOut,
)
from api.workers.errors import CodeNotActive, NoSuchCode, NoSuchWorker, OneSubject

blueprint = Blueprint("worker_checks", url_prefix="/api/v1/enterprise")
CHECK = Permission.ENTERPRISE_CHECKS_CREATE
ERRORS = (
    CodeNotActive, EnterpriseFrozen, NoSuchCode, NoSuchEnterprise, NoSuchWorker, NotVerified,
    OneSubject, WhichEnterprise,
)  # fmt: skip


@route(
    blueprint,
    "POST",
    "/consistency-checks",
    permission=CHECK,
    errors=ERRORS,
    limits=(Limit("consistency_checks", 600, 3600),),
)
async def check_consistency(actor: Actor, body: ConsistencyIn) -> ConsistencyOut:
    """Whether each field sent agrees with what is recorded of a verified worker."""
    found = await checks.compare(
        actor,
        tenant_id=await enterprises.acting_for(actor, CHECK, body.enterprise_id),
        code=body.verification_code,
        number=body.id_number,
        values=body.fields.values,
    )
    return ConsistencyOut.of(found)


@route(
    blueprint,
    "POST",
    "/restriction-checks",
    permission=CHECK,
    errors=ERRORS,
    limits=(Limit("restriction_checks", 600, 3600),),
)
async def check_restriction(actor: Actor, body: RestrictionCheckIn) -> RestrictionCheckOut:
    """Whether a worker or enterprise is, or was on a day, under a restriction."""
    found = await checks.restricted(
        actor,
        tenant_id=await enterprises.acting_for(actor, CHECK, body.enterprise_id),
        code=body.verification_code,
        number=body.id_number,
        credit_code=body.credit_code,
        on=body.on,
    )
    return RestrictionCheckOut.of(found)
