"""合同: read in its exact words, signed on the phone, kept as one's own copy."""

from dataclasses import dataclass
from uuid import UUID

from api.engagements import contract_print, reading
from api.engagements import contracts as service
from api.engagements.contract_schemas import ContractOut, ContractTextOut, SignatureForm
from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.rate_limit import Limit
from api.kit.routes import Download
from api.permissions import Permission
from h5.areas import worker
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View

READ, UPDATE = Permission.WORKER_CONTRACTS_READ, Permission.WORKER_CONTRACTS_UPDATE
CONTRACTS, ONE = "/h5/contracts", "/contracts/<contract_id:uuid>"
SIGNINGS, COPIES = Limit("contract_sign", 30, 3600), Limit("contract_pdf", 60, 3600)


@dataclass(frozen=True, slots=True)
class ContractsPage(View):
    """One's contracts, those that wait first."""

    template = "worker/contracts.html"
    title = "worker.contracts.title"
    contracts: tuple[ContractOut, ...]
    older: str


@dataclass(frozen=True, slots=True)
class ContractPage(View):
    """One contract in its exact words."""

    template = "worker/contract.html"
    title = "worker.contracts.one.title"
    typed: Typed
    contract: ContractTextOut


@page(worker, "GET", "/contracts", permission=READ, back="/h5/more")
async def contracts(actor: Actor, query: PageQuery) -> ContractsPage:
    """My contracts."""
    found = await reading.own_contracts(actor, query)
    older = f"{CONTRACTS}?cursor={found.next_cursor}" if found.next_cursor else ""
    rows = sorted(found.items, key=lambda each: each.state != "offered")
    return ContractsPage(tuple(rows), older)


@page(worker, "GET", ONE, permission=READ, back=CONTRACTS)
async def contract(actor: Actor, contract_id: UUID, typed: Typed) -> ContractPage:
    """One contract."""
    return ContractPage(typed, await _own(actor, contract_id))


@page(worker, "GET", ONE + "/copy", permission=READ, limits=(COPIES,))
async def copy(actor: Actor, contract_id: UUID) -> Download:
    """The own copy as a sheet to keep, with the signature."""
    own = await service.own_copy(actor, contract_id)
    sheet = await contract_print.pdf(own, await service.strokes(own.row))
    return Download(sheet, "application/pdf", f"contract-{contract_id}.pdf")


@page(worker, "POST", ONE + "/signature", permission=UPDATE, again=contract, limits=(SIGNINGS,))
async def sign(actor: Actor, contract_id: UUID, form: SignatureForm) -> See:
    """Sign it: by hand where a script drew, else by the tick."""
    await service.sign(actor, contract_id, form)
    return See(f"{CONTRACTS}/{contract_id}", says="worker.contracts.signed")


async def _own(actor: Actor, contract_id: UUID) -> ContractTextOut:
    own = await service.own_copy(actor, contract_id)
    shown = await reading.contract(own.row)
    return ContractTextOut(**dict(shown), text=own.text, sha256=own.sha256, intact=own.intact)
