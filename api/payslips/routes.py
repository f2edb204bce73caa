"""One's own payslips: read, sign, object, keep, share; the pay calendar and the ledger."""

from uuid import UUID

from sanic import Blueprint

from api.files.errors import BadPhoto
from api.kit.actor import Actor
from api.kit.errors import TooMany
from api.kit.pagination import PageQuery
from api.kit.rate_limit import Limit
from api.kit.routes import Download, route
from api.kit.schemas import Page
from api.payslips import acting, calendar, papers, reading, sharing, wallet
from api.payslips.errors import NoSuchShare, NotPaid
from api.payslips.schemas import (
    CalendarOut,
    CardIn,
    ConfirmationIn,
    ObjectionForm,
    OwnPayslipOut,
    PayslipOut,
    PayslipQuery,
    ShareIn,
    ShareOut,
    SignatureForm,
    WalletOut,
)
from api.permissions import Permission
from api.wages.errors import ContestOpen, LineChanged, NoSuchLine

blueprint = Blueprint("payslips", url_prefix="/api/v1/me")
READ, UPDATE = Permission.WORKER_WAGES_READ, Permission.WORKER_WAGES_UPDATE
ALL, ONE = "/payslips", "/payslips/<payslip_id:uuid>"
PDF = "application/pdf"
SIGNING = Limit("payslip_signature", 60, 3600)
OBJECTING = Limit("payslip_objection", 30, 86_400)
SHARING = Limit("payslip_share_made", 30, 86_400)
PRINTING = Limit("payslip_print", 60, 3600)


@route(blueprint, "GET", ALL, permission=READ)
async def list_payslips(actor: Actor, query: PayslipQuery) -> Page[PayslipOut]:
    """One's payslips of all years, newest first, also of projects that one left."""
    return await reading.own(actor, query)


@route(blueprint, "GET", ONE, permission=READ, errors=(NoSuchLine,))
async def show_payslip(actor: Actor, payslip_id: UUID) -> OwnPayslipOut:
    """One payslip: days by every source, terms, items, bank result, signature, objections."""
    return await reading.one(actor, payslip_id)


@route(
    blueprint, "POST", f"{ONE}/signature", permission=UPDATE, status=201, limits=(SIGNING,),
    errors=(NoSuchLine, LineChanged, ContestOpen, BadPhoto, TooMany),
)  # fmt: skip
async def sign_payslip(actor: Actor, payslip_id: UUID, form: SignatureForm) -> OwnPayslipOut:
    """Sign by hand exactly what was read."""
    await acting.sign(actor, payslip_id, form)
    return await reading.one(actor, payslip_id)


@route(
    blueprint, "POST", f"{ONE}/confirmation", permission=UPDATE, status=201, sudo=True,
    limits=(SIGNING,), errors=(NoSuchLine, LineChanged, ContestOpen, TooMany),
)  # fmt: skip
async def confirm_payslip(actor: Actor, payslip_id: UUID, body: ConfirmationIn) -> OwnPayslipOut:
    """Agree without a drawing, with fresh proof of who one is."""
    await acting.confirm(actor, payslip_id, body.digest)
    return await reading.one(actor, payslip_id)


@route(
    blueprint, "POST", f"{ONE}/objections", permission=UPDATE, status=201, limits=(OBJECTING,),
    errors=(NoSuchLine, ContestOpen, BadPhoto, TooMany),
)  # fmt: skip
async def object_to_payslip(actor: Actor, payslip_id: UUID, form: ObjectionForm) -> OwnPayslipOut:
    """Say what is wrong, of all or of one day or kind of item; answered within working days."""
    await acting.object_to(actor, payslip_id, form)
    return await reading.one(actor, payslip_id)


@route(
    blueprint, "PUT", f"{ONE}/card", permission=UPDATE, errors=(NoSuchLine, NotPaid)
)  # fmt: skip
async def say_card(actor: Actor, payslip_id: UUID, body: CardIn) -> OwnPayslipOut:
    """Say after a pay whether the wage card is in one's own hand."""
    await acting.say_card(actor, payslip_id, body)
    return await reading.one(actor, payslip_id)


@route(
    blueprint, "GET", f"{ONE}/pdf", permission=READ, errors=(NoSuchLine, TooMany),
    limits=(PRINTING,),
)  # fmt: skip
async def print_payslip(actor: Actor, payslip_id: UUID) -> Download:
    """One payslip to keep or to print."""
    return Download(await papers.own_pdf(actor, payslip_id), PDF, f"payslip-{payslip_id}.pdf")


@route(
    blueprint, "POST", f"{ONE}/shares", permission=UPDATE, status=201, limits=(SHARING,),
    errors=(NoSuchLine, TooMany),
)  # fmt: skip
async def share_payslip(actor: Actor, payslip_id: UUID, body: ShareIn) -> ShareOut:
    """A link for somebody one trusts; `url` is told this once."""
    return await sharing.share(actor, payslip_id, body)


@route(blueprint, "GET", "/payslip-shares", permission=READ)
async def list_shares(actor: Actor) -> Page[ShareOut]:
    """One's newest links."""
    return Page(items=await sharing.own(actor), next_cursor=None)


@route(
    blueprint, "DELETE", "/payslip-shares/<share_id:uuid>", permission=UPDATE,
    errors=(NoSuchShare,),
)  # fmt: skip
async def revoke_share(actor: Actor, share_id: UUID) -> ShareOut:
    """Take a link back."""
    return await sharing.revoke(actor, share_id)


@route(blueprint, "GET", "/pay-calendar", permission=READ)
async def show_pay_calendar(actor: Actor) -> CalendarOut:
    """Where the wages of the last months are, whose turn it is, and how late."""
    return await calendar.of(actor)


@route(blueprint, "GET", "/wallet", permission=READ)
async def show_wallet(actor: Actor, query: PageQuery) -> WalletOut:
    """The ledger of one's wages and advances; it moves no money."""
    return await wallet.of(actor, query)
