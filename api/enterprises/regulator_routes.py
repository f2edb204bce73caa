"""Enterprises for the officers of their region."""

from uuid import UUID

from sanic import Blueprint

from api.enterprises import decisions, licence, queries
from api.enterprises.errors import (
    NoLicence,
    NoSuchEnterprise,
    OutsideRegion,
    OwnApplication,
    WrongStep,
)
from api.enterprises.schemas import (
    ChangeOut,
    CorrectionIn,
    DecisionIn,
    EnterpriseOut,
    EnterpriseQuery,
    LicenceOut,
    MasterIn,
    MasterOut,
    RevealedOut,
    RevealIn,
)
from api.kit.actor import Actor
from api.kit.pagination import PageQuery, page
from api.kit.rate_limit import Limit
from api.kit.routes import route
from api.kit.schemas import Page
from api.permissions import Permission

blueprint = Blueprint("enterprise_oversight", url_prefix="/api/v1/regulator")
ONE = "/enterprises/<enterprise_id:uuid>"
READ, UPDATE = Permission.REGULATOR_ENTERPRISES_READ, Permission.REGULATOR_ENTERPRISES_UPDATE


@route(blueprint, "GET", "/enterprises", permission=READ)
async def list_enterprises(actor: Actor, query: EnterpriseQuery) -> Page[EnterpriseOut]:
    """The enterprises of one's region, by state, name or credit code."""
    rows, cursor = await decisions.overseen(actor, query)
    return Page(items=[EnterpriseOut.of(row) for row in rows], next_cursor=cursor)


@route(blueprint, "GET", ONE, permission=READ, errors=(NoSuchEnterprise,))
async def show_enterprise(actor: Actor, enterprise_id: UUID) -> EnterpriseOut:
    """One enterprise of one's region, persons masked."""
    return EnterpriseOut.of(await decisions.overseen_one(actor, enterprise_id))


@route(blueprint, "GET", f"{ONE}/history", permission=READ, errors=(NoSuchEnterprise,))
async def list_enterprise_history(
    actor: Actor, enterprise_id: UUID, query: PageQuery
) -> Page[ChangeOut]:
    """What happened to the enterprise: steps and corrections with old values, newest first."""
    row = await decisions.overseen_one(actor, enterprise_id)
    rows, cursor = await page(queries.history(row.id), query)
    return Page(items=[ChangeOut.of(change) for change in rows], next_cursor=cursor)


@route(blueprint, "GET", f"{ONE}/licence", permission=READ, errors=(NoSuchEnterprise, NoLicence))
async def show_licence(actor: Actor, enterprise_id: UUID) -> LicenceOut:
    """Where the enterprise's licence is shown to the officer."""
    return LicenceOut(url=licence.link(actor, await decisions.overseen_one(actor, enterprise_id)))


@route(
    blueprint,
    "POST",
    f"{ONE}/decision",
    permission=UPDATE,
    errors=(NoSuchEnterprise, OwnApplication, WrongStep),
)
async def decide_enterprise(actor: Actor, enterprise_id: UUID, body: DecisionIn) -> EnterpriseOut:
    """Verify or refuse an enterprise; freeze, restore or annul its code."""
    row = await decisions.decide(actor, enterprise_id, body.decision, body.reason)
    return EnterpriseOut.of(row)


@route(
    blueprint,
    "PATCH",
    ONE,
    permission=UPDATE,
    errors=(NoSuchEnterprise, OutsideRegion),
)
async def correct_enterprise(
    actor: Actor, enterprise_id: UUID, body: CorrectionIn
) -> EnterpriseOut:
    """Correct the enterprise's data; the old values stay in its history."""
    return EnterpriseOut.of(await decisions.correct(actor, enterprise_id, body))


@route(
    blueprint,
    "POST",
    f"{ONE}/reveal",
    permission=Permission.REGULATOR_ENTERPRISES_REVEAL,
    errors=(NoSuchEnterprise,),
    limits=(Limit("enterprise_reveal", 100, 3600),),
)
async def reveal_enterprise(actor: Actor, enterprise_id: UUID, body: RevealIn) -> RevealedOut:
    """The names and the phone number behind an enterprise; the look is written down."""
    return RevealedOut(**await decisions.reveal(actor, enterprise_id, body.reason))


@route(blueprint, "PUT", "/enterprise-masters", permission=UPDATE, errors=(OutsideRegion,))
async def put_enterprise_master(actor: Actor, body: MasterIn) -> MasterOut:
    """Keep what the business register holds of a credit code, to compare applications with."""
    row = await decisions.put_master(actor, body)
    return MasterOut.model_validate(row, from_attributes=True)
