"""工资监管: the region's wage sheets and special accounts, to read."""

from dataclasses import dataclass
from uuid import UUID

from api.funds import reading as funds
from api.funds.schemas import AccountOut, AccountQuery, AccountWholeOut, EntryOut
from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.permissions import Permission
from api.wages import reading
from api.wages.answers import LineOut, SheetOut, SheetWholeOut
from api.wages.rules import SheetState
from api.wages.schemas import LineQuery, SheetQuery
from h5.areas import regulator
from h5.pages import page
from h5.rendering import View, address

READ, FUNDS = Permission.REGULATOR_WAGES_READ, Permission.REGULATOR_FUNDS_READ
LIST, ACCOUNTS = "/regulator/wages", "/regulator/wages/accounts"
STATES = tuple(each.value for each in SheetState)


@dataclass(frozen=True, slots=True)
class SheetsPage(View):
    """The region's sheets that fit the filters, and what they come to."""

    template = "regulator/wages.html"
    title = "regulator.wages.title"
    query: SheetQuery
    rows: tuple[SheetOut, ...]
    sheets: int
    persons: int
    total_fen: int
    states: tuple[str, ...]
    older: str


@dataclass(frozen=True, slots=True)
class SheetPage(View):
    """One sheet with a page of its lines."""

    template = "regulator/wage_sheet.html"
    title = "regulator.wages.title"
    sheet: SheetWholeOut
    rows: tuple[LineOut, ...]
    older: str


@dataclass(frozen=True, slots=True)
class AccountsPage(View):
    """The region's special accounts."""

    template = "regulator/wage_accounts.html"
    title = "regulator.wages.accounts"
    rows: tuple[AccountOut, ...]
    older: str


@dataclass(frozen=True, slots=True)
class AccountPage(View):
    """One account with a page of its ledger."""

    template = "regulator/wage_account.html"
    title = "regulator.wages.accounts"
    account: AccountWholeOut
    entries: tuple[EntryOut, ...]
    older: str


@page(regulator, "GET", "/wages", permission=READ)
async def wages(actor: Actor, query: SheetQuery) -> SheetsPage:
    """The sheets, newest first."""
    found = await reading.sheets(actor, READ, query)
    older = address(LIST, query, cursor=found.next_cursor) if found.next_cursor else ""
    return SheetsPage(
        query, tuple(found.items), found.sheets, found.persons, found.total_fen, STATES, older
    )


@page(regulator, "GET", "/wages/<sheet_id:uuid>", permission=READ, back=LIST)
async def sheet(actor: Actor, sheet_id: UUID, query: LineQuery) -> SheetPage:
    """One sheet."""
    row = await reading.sheet(actor, READ, sheet_id)
    found = await reading.lines(actor, READ, sheet_id, query)
    here = f"{LIST}/{sheet_id}"
    older = address(here, query, cursor=found.next_cursor) if found.next_cursor else ""
    return SheetPage(row, tuple(found.items), older)


@page(regulator, "GET", "/wages/accounts", permission=FUNDS, back=LIST)
async def accounts(actor: Actor, query: AccountQuery) -> AccountsPage:
    """The accounts, newest first."""
    found = await funds.accounts(actor, FUNDS, query)
    older = address(ACCOUNTS, query, cursor=found.next_cursor) if found.next_cursor else ""
    return AccountsPage(tuple(found.items), older)


@page(
    regulator, "GET", "/wages/accounts/<special_account_id:uuid>", permission=FUNDS, back=ACCOUNTS
)  # fmt: skip
async def account(actor: Actor, special_account_id: UUID, query: PageQuery) -> AccountPage:
    """One account."""
    row = await funds.account(actor, FUNDS, special_account_id)
    found = await funds.entries(actor, FUNDS, special_account_id, query)
    here = f"{ACCOUNTS}/{special_account_id}"
    older = address(here, query, cursor=found.next_cursor) if found.next_cursor else ""
    return AccountPage(row, tuple(found.items), older)
