"""An enterprise about itself."""

from uuid import UUID

from sanic import Blueprint

from api.enterprises import licence, queries, service
from api.enterprises.errors import (
    AlreadySubmitted,
    CreditCodeTaken,
    Disputed,
    NoLicence,
    NoSuchEnterprise,
)
from api.enterprises.schemas import (
    ApplicationIn,
    ChangeOut,
    ContactIn,
    EnterpriseOut,
    EnterpriseQuery,
    LicenceForm,
    LicenceOut,
    QualificationsIn,
)
from api.files.errors import BadPhoto
from api.kit.actor import Actor
from api.kit.pagination import PageQuery, page
from api.kit.rate_limit import Limit
from api.kit.routes import Reply, route
from api.kit.schemas import Page
from api.permissions import Permission

blueprint = Blueprint("enterprises", url_prefix="/api/v1/enterprise/enterprises")
ONE = "/<enterprise_id:uuid>"


@route(
    blueprint,
    "POST",
    "",
    permission=Permission.ENTERPRISE_ENTERPRISE_CREATE,
    status=(201, 200),
    errors=(AlreadySubmitted, CreditCodeTaken, Disputed),
    limits=(Limit("enterprise_submit", 20, 3600),),
)
async def submit_enterprise(actor: Actor, body: ApplicationIn) -> Reply[EnterpriseOut]:
    """Report an enterprise for verification; the same again answers 200 and the same enterprise."""
    row, is_new = await service.submit(actor, body)
    return Reply(EnterpriseOut.of(row), 201 if is_new else 200)


@route(blueprint, "GET", "", permission=Permission.ENTERPRISE_ENTERPRISE_READ)
async def list_own_enterprises(actor: Actor, query: EnterpriseQuery) -> Page[EnterpriseOut]:
    """The enterprises one applied for or works for, with state, reasons and code."""
    own = queries.own(actor, Permission.ENTERPRISE_ENTERPRISE_READ)
    rows, cursor = await page(queries.narrowed(own, query), query)
    return Page(items=[EnterpriseOut.of(row) for row in rows], next_cursor=cursor)


@route(
    blueprint,
    "GET",
    ONE,
    permission=Permission.ENTERPRISE_ENTERPRISE_READ,
    errors=(NoSuchEnterprise,),
)
async def show_own_enterprise(actor: Actor, enterprise_id: UUID) -> EnterpriseOut:
    """One's enterprise: state, reasons, code."""
    return EnterpriseOut.of(await service.own_one(actor, enterprise_id))


@route(
    blueprint,
    "GET",
    f"{ONE}/history",
    permission=Permission.ENTERPRISE_ENTERPRISE_READ,
    errors=(NoSuchEnterprise,),
)
async def list_own_enterprise_history(
    actor: Actor, enterprise_id: UUID, query: PageQuery
) -> Page[ChangeOut]:
    """What happened to one's enterprise, newest first."""
    row = await service.own_one(actor, enterprise_id)
    rows, cursor = await page(queries.history(row.id), query)
    return Page(items=[ChangeOut.of(change) for change in rows], next_cursor=cursor)


@route(
    blueprint,
    "PUT",
    f"{ONE}/contact",
    permission=Permission.ENTERPRISE_ENTERPRISE_UPDATE,
    errors=(NoSuchEnterprise,),
)
async def change_contact(actor: Actor, enterprise_id: UUID, body: ContactIn) -> EnterpriseOut:
    """Change how the enterprise is reached."""
    return EnterpriseOut.of(await service.change_contact(actor, enterprise_id, body))


@route(
    blueprint,
    "PUT",
    f"{ONE}/qualifications",
    permission=Permission.ENTERPRISE_ENTERPRISE_UPDATE,
    errors=(NoSuchEnterprise,),
)
async def change_qualifications(
    actor: Actor, enterprise_id: UUID, body: QualificationsIn
) -> EnterpriseOut:
    """Say which certificates the enterprise holds."""
    row = await service.change_qualifications(actor, enterprise_id, body.items)
    return EnterpriseOut.of(row)


@route(
    blueprint,
    "PUT",
    f"{ONE}/licence",
    permission=Permission.ENTERPRISE_ENTERPRISE_CREATE,
    errors=(NoSuchEnterprise, BadPhoto),
    limits=(Limit("enterprise_licence", 20, 3600),),
)
async def put_licence(actor: Actor, enterprise_id: UUID, form: LicenceForm) -> EnterpriseOut:
    """Send a photo of the business licence; it replaces the one before."""
    return EnterpriseOut.of(await licence.put(actor, enterprise_id, form.licence))


@route(
    blueprint,
    "GET",
    f"{ONE}/licence",
    permission=Permission.ENTERPRISE_ENTERPRISE_READ,
    errors=(NoSuchEnterprise, NoLicence),
)
async def show_own_licence(actor: Actor, enterprise_id: UUID) -> LicenceOut:
    """Where one's own licence is shown."""
    return LicenceOut(url=licence.link(actor, await service.own_one(actor, enterprise_id)))
