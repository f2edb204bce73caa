"""工资: how far each wage is, every payslip over the years, and the ledger of what arrived."""

from dataclasses import dataclass

from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.payslips import calendar, reading, wallet
from api.payslips.schemas import AwaitedOut, PayslipOut, PayslipQuery, WalletOut
from api.permissions import Permission
from h5.areas import worker
from h5.pages import page
from h5.rendering import View, address

READ = Permission.WORKER_WAGES_READ
WAGES = "/h5/wages"
SLIPS, WALLET = f"{WAGES}/slips", f"{WAGES}/wallet"


@dataclass(frozen=True, slots=True)
class WagesPage(View):
    """The pay calendar: what waits for a sheet, what is on its way, and whose turn it is."""

    template = "worker/wages.html"
    title = "worker.wages.title"
    awaited: tuple[AwaitedOut, ...]
    slips: tuple[PayslipOut, ...]


@dataclass(frozen=True, slots=True)
class SlipsPage(View):
    """Payslips, newest first."""

    template = "worker/payslips.html"
    title = "worker.wages.all"
    slips: tuple[PayslipOut, ...]
    older: str


@dataclass(frozen=True, slots=True)
class WalletPage(View):
    """What arrived, is on its way, came back; nothing here moves money."""

    template = "worker/wallet.html"
    title = "worker.wages.wallet.title"
    wallet: WalletOut
    older: str


@page(worker, "GET", "/wages", permission=READ, back="/h5/")
async def wages(actor: Actor) -> WagesPage:
    """Where my wages are."""
    found = await calendar.of(actor)
    return WagesPage(tuple(found.awaited), tuple(found.items))


@page(worker, "GET", "/wages/slips", permission=READ, back=WAGES)
async def slips(actor: Actor, query: PayslipQuery) -> SlipsPage:
    """All my payslips."""
    found = await reading.own(actor, query)
    older = address(SLIPS, query, cursor=found.next_cursor) if found.next_cursor else ""
    return SlipsPage(tuple(found.items), older)


@page(worker, "GET", "/wages/wallet", permission=READ, back=WAGES)
async def own_wallet(actor: Actor, query: PageQuery) -> WalletPage:
    """What arrived."""
    found = await wallet.of(actor, query)
    older = address(WALLET, query, cursor=found.next_cursor) if found.next_cursor else ""
    return WalletPage(found, older)
