"""Engagements and contracts for workers: one's own, with what punching needs; sign, keep a copy."""

from uuid import UUID

from sanic import Blueprint

from api.engagements import contract_print, contracts, hours, reading
from api.engagements.contract_schemas import ContractOut, ContractTextOut, SignatureForm
from api.engagements.errors import ContractClosed, NoSuchContract, OtherText, SignatureMissing
from api.engagements.schemas import OwnEngagementOut
from api.engagements.training_schemas import YearHoursOut
from api.files.errors import BadPhoto
from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.rate_limit import Limit
from api.kit.routes import Download, route
from api.kit.schemas import Page
from api.permissions import Permission
from api.training.schemas import YearQuery
from api.workers.errors import NotVerified

blueprint = Blueprint("engagements", url_prefix="/api/v1/me")
CONTRACTS = Permission.WORKER_CONTRACTS_READ


@route(blueprint, "GET", "/engagements", permission=Permission.WORKER_ENGAGEMENTS_READ)
async def list_own_engagements(actor: Actor, query: PageQuery) -> Page[OwnEngagementOut]:
    """One's projects, newest first, with the attendance rules and fences that hold now."""
    return await reading.own_engagements(actor, query)


@route(blueprint, "GET", "/training-hours", permission=Permission.WORKER_TRAININGS_READ)
async def show_own_training_hours(actor: Actor, query: YearQuery) -> YearHoursOut:
    """One's hours of training by kind, beside what one's region asks for."""
    return YearHoursOut.of(*await hours.own(actor, query.year))


@route(blueprint, "GET", "/contracts", permission=CONTRACTS)
async def list_own_contracts(actor: Actor, query: PageQuery) -> Page[ContractOut]:
    """One's contracts, also those that wait for one's signature."""
    return await reading.own_contracts(actor, query)


@route(
    blueprint, "GET", "/contracts/<contract_id:uuid>", permission=CONTRACTS,
    errors=(NoSuchContract,),
)  # fmt: skip
async def show_own_contract(actor: Actor, contract_id: UUID) -> ContractTextOut:
    """One's own copy of a contract, in its exact words."""
    copy = await contracts.own_copy(actor, contract_id)
    shown = await reading.contract(copy.row)
    return ContractTextOut(**dict(shown), text=copy.text, sha256=copy.sha256, intact=copy.intact)


@route(
    blueprint, "GET", "/contracts/<contract_id:uuid>/pdf", permission=CONTRACTS,
    errors=(NoSuchContract,), limits=(Limit("contract_pdf", 60, 3600),),
)  # fmt: skip
async def print_own_contract(actor: Actor, contract_id: UUID) -> Download:
    """One's own copy of a contract as a sheet to keep, with the signature."""
    copy = await contracts.own_copy(actor, contract_id)
    sheet = await contract_print.pdf(copy, await contracts.strokes(copy.row))
    return Download(sheet, "application/pdf", f"contract-{contract_id}.pdf")


@route(
    blueprint, "POST", "/contracts/<contract_id:uuid>/signature",
    permission=Permission.WORKER_CONTRACTS_UPDATE,
    errors=(NoSuchContract, NotVerified, SignatureMissing, BadPhoto, OtherText, ContractClosed),
    limits=(Limit("contract_sign", 30, 3600),),
)  # fmt: skip
async def sign_contract(actor: Actor, contract_id: UUID, form: SignatureForm) -> ContractOut:
    """Sign a contract: with drawn strokes, or by confirming that one has read it and agrees."""
    return await reading.contract(await contracts.sign(actor, contract_id, form))
