"""Special accounts of the region, to read; numbers stay masked."""

from uuid import UUID

from sanic import Blueprint

from api.funds import errors, reading
from api.funds.schemas import AccountOut, AccountQuery, AccountWholeOut, EntryOut
from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.routes import route
from api.kit.schemas import Page
from api.permissions import Permission

blueprint = Blueprint("fund_oversight", url_prefix="/api/v1/regulator/special-accounts")
READ = Permission.REGULATOR_FUNDS_READ
ONE = "/<special_account_id:uuid>"


@route(blueprint, "GET", "", permission=READ)
async def list_region_accounts(actor: Actor, query: AccountQuery) -> Page[AccountOut]:
    """The special accounts of the region."""
    return await reading.accounts(actor, READ, query)


@route(blueprint, "GET", ONE, permission=READ, errors=(errors.NoSuchAccount,))
async def show_region_account(actor: Actor, special_account_id: UUID) -> AccountWholeOut:
    """One of them with its agreements."""
    return await reading.account(actor, READ, special_account_id)


@route(blueprint, "GET", f"{ONE}/entries", permission=READ, errors=(errors.NoSuchAccount,))
async def list_region_entries(
    actor: Actor, special_account_id: UUID, query: PageQuery
) -> Page[EntryOut]:
    """Its ledger, newest line first."""
    return await reading.entries(actor, READ, special_account_id, query)
