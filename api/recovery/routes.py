"""Recoveries: the one who asks, the colleagues, the officer of his enterprise."""

from uuid import UUID

from sanic import Blueprint

from api.kit.actor import Actor
from api.kit.errors import TooMany
from api.kit.pagination import PageQuery
from api.kit.rate_limit import Limit
from api.kit.routes import route
from api.kit.schemas import Page
from api.permissions import Permission
from api.recovery import errors, reading, vouching
from api.recovery.schemas import (
    AnswerIn,
    DecisionIn,
    OfficeRecoveryOut,
    OwnRecoveryOut,
    VouchingOut,
)
from api.workers.errors import NotVerified

blueprint = Blueprint("recovery", url_prefix="/api/v1")
READ, UPDATE = Permission.WORKER_REGISTRATION_READ, Permission.WORKER_REGISTRATION_UPDATE
COLLECT = Permission.ENTERPRISE_WORKERS_COLLECT
DECISIONS = Limit("recovery_decisions", 20, 3600)


@route(
    blueprint,
    "POST",
    "/me/recovery",
    permission=UPDATE,
    status=201,
    errors=(errors.NothingToVouch, TooMany),
    limits=(Limit("recoveries", 10, 86_400),),
)
async def begin_recovery(actor: Actor) -> OwnRecoveryOut:
    """Ask colleagues and an officer to say that it is oneself, instead of the face."""
    await vouching.begin(actor)
    return await reading.own(actor)


@route(blueprint, "GET", "/me/recovery", permission=READ, errors=(errors.NoSuchRecovery,))
async def show_recovery(actor: Actor) -> OwnRecoveryOut:
    """How that stands."""
    return await reading.own(actor)


@route(blueprint, "GET", "/me/vouchings", permission=READ)
async def list_vouchings(actor: Actor, query: PageQuery) -> Page[VouchingOut]:
    """Colleagues who ask one to say that it is they."""
    return await reading.to_vouch(actor, query)


@route(
    blueprint,
    "POST",
    "/me/vouchings/<recovery_id:uuid>",
    permission=UPDATE,
    status=204,
    errors=(errors.AlreadyVouched, errors.NoSuchRecovery, NotVerified),
)
async def vouch(actor: Actor, recovery_id: UUID, body: AnswerIn) -> None:
    """Say whether it is he."""
    await vouching.answer(actor, recovery_id, known=body.known)


@route(blueprint, "GET", "/enterprise/recoveries", permission=Permission.ENTERPRISE_WORKERS_READ)
async def list_office_recoveries(actor: Actor, query: PageQuery) -> Page[OfficeRecoveryOut]:
    """Workers of the enterprise who lost their accounts and wait for an officer."""
    return await reading.of_office(actor, query)


@route(
    blueprint,
    "POST",
    "/enterprise/recoveries/<recovery_id:uuid>/decisions",
    permission=COLLECT,
    status=204,
    errors=(errors.AlreadyVouched, errors.NoSuchRecovery, errors.NumberDiffers),
    limits=(DECISIONS,),
)
async def decide_recovery(actor: Actor, recovery_id: UUID, body: DecisionIn) -> None:
    """Say whether the person at the counter is he, with the number from his card."""
    await vouching.decide(
        actor, recovery_id, confirm=body.decision == "confirm", number=body.number
    )
