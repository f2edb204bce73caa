"""Special accounts, their ledgers and guarantees, for the general contractor."""

from uuid import UUID

from sanic import Blueprint

from api.files.errors import BadPhoto
from api.funds import errors, guarantees, ledger, opening, reading
from api.funds.schemas import (
    AccountIn,
    AccountOut,
    AccountQuery,
    AccountWholeOut,
    AgreementForm,
    EntryForm,
    EntryOut,
    GuaranteeIn,
    GuaranteeOut,
)
from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.routes import route
from api.kit.schemas import Page
from api.permissions import Permission
from api.projects.errors import NoSuchProject

blueprint = Blueprint("funds", url_prefix="/api/v1/enterprise")
READ, UPDATE = Permission.ENTERPRISE_FUNDS_READ, Permission.ENTERPRISE_FUNDS_UPDATE
ONE = "/special-accounts/<special_account_id:uuid>"
OF_PROJECT = "/projects/<project_id:uuid>"
NONE = errors.NoSuchAccount


@route(blueprint, "GET", "/special-accounts", permission=READ)
async def list_accounts(actor: Actor, query: AccountQuery) -> Page[AccountOut]:
    """The special accounts of projects whose general contractor the enterprise is."""
    return await reading.accounts(actor, READ, query)


@route(
    blueprint, "POST", f"{OF_PROJECT}/special-account", permission=UPDATE, status=201,
    errors=(NoSuchProject, errors.NotContractorHere, errors.AccountExists),
)  # fmt: skip
async def open_account(actor: Actor, project_id: UUID, body: AccountIn) -> AccountWholeOut:
    """Register the project's special account 农民工工资专用账户."""
    row = await opening.open_account(actor, project_id, body)
    return await reading.account(actor, UPDATE, row.id)


@route(blueprint, "GET", ONE, permission=READ, errors=(NONE,))
async def show_account(actor: Actor, special_account_id: UUID) -> AccountWholeOut:
    """One account with its agreements; its number stays masked."""
    return await reading.account(actor, READ, special_account_id)


@route(
    blueprint, "POST", f"{ONE}/agreements", permission=UPDATE, status=201,
    errors=(NONE, errors.AccountClosed, errors.WrongTerm, BadPhoto),
)  # fmt: skip
async def add_agreement(
    actor: Actor, special_account_id: UUID, form: AgreementForm
) -> AccountWholeOut:
    """Record the agreement to pay wages through the bank 代发协议, with its scan."""
    await opening.agree(actor, special_account_id, form)
    return await reading.account(actor, UPDATE, special_account_id)


@route(blueprint, "GET", f"{ONE}/entries", permission=READ, errors=(NONE,))
async def list_entries(actor: Actor, special_account_id: UUID, query: PageQuery) -> Page[EntryOut]:
    """The account's ledger, newest line first."""
    return await reading.entries(actor, READ, special_account_id, query)


@route(
    blueprint, "POST", f"{ONE}/entries", permission=UPDATE, status=201,
    errors=(
        NONE, errors.AccountClosed, errors.WrongAmount, errors.WrongDay, errors.NoteMissing,
        errors.NotEnough, errors.EntryTwice, BadPhoto,
    ),
)  # fmt: skip
async def add_entry(actor: Actor, special_account_id: UUID, form: EntryForm) -> EntryOut:
    """Write a line: labour cost that came in, with its slip; what is no wage is flagged."""
    return reading.entry(actor, await ledger.enter(actor, special_account_id, form))


@route(
    blueprint, "POST", f"{ONE}/closing", permission=UPDATE, errors=(NONE, errors.AccountClosed)
)  # fmt: skip
async def announce_closing(actor: Actor, special_account_id: UUID) -> AccountWholeOut:
    """Begin the public notice of thirty days before it is closed (L-11)."""
    await opening.announce(actor, special_account_id)
    return await reading.account(actor, UPDATE, special_account_id)


@route(
    blueprint, "POST", f"{ONE}/closure", permission=UPDATE,
    errors=(NONE, errors.AccountClosed, errors.NoticeRunning, errors.WagesOwed),
)  # fmt: skip
async def close_account(actor: Actor, special_account_id: UUID) -> AccountWholeOut:
    """Close it for good, once the notice is over and every wage is paid."""
    await opening.close(actor, special_account_id)
    return await reading.account(actor, UPDATE, special_account_id)


@route(blueprint, "GET", f"{OF_PROJECT}/guarantees", permission=READ, errors=(NoSuchProject,))
async def list_guarantees(actor: Actor, project_id: UUID, query: PageQuery) -> Page[GuaranteeOut]:
    """Deposits and guarantees for the project's wages 工资保证金."""
    return await reading.guarantees(actor, READ, project_id, query)


@route(
    blueprint, "POST", f"{OF_PROJECT}/guarantees", permission=UPDATE, status=201,
    errors=(NoSuchProject, errors.NotContractorHere, errors.GuaranteeOver),
)  # fmt: skip
async def add_guarantee(actor: Actor, project_id: UUID, body: GuaranteeIn) -> GuaranteeOut:
    """Record a deposit or a guarantee."""
    return reading.guarantee(await guarantees.add(actor, project_id, body))


@route(
    blueprint, "POST", "/guarantees/<guarantee_id:uuid>/return", permission=UPDATE,
    errors=(errors.NoSuchGuarantee, errors.StillNeeded),
)  # fmt: skip
async def return_guarantee(actor: Actor, guarantee_id: UUID) -> GuaranteeOut:
    """It was given back; not the last one while wages are owed."""
    return reading.guarantee(await guarantees.give_back(actor, guarantee_id))
