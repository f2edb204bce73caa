"""工资条: everything on one page before it is signed; objected to, kept, given to a relative."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import Download
from api.kit.schemas import Form, Query
from api.payslips import acting, papers, reading, sharing
from api.payslips.schemas import (
    CardIn,
    Digest,
    ObjectionForm,
    OwnPayslipOut,
    ShareIn,
    ShareOut,
    SignatureForm,
)
from api.permissions import Permission
from h5.areas import worker
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View
from h5.views.public.photos import beside
from h5.views.worker.wages import READ, SLIPS, WAGES

UPDATE = Permission.WORKER_WAGES_UPDATE
ONE = "/wages/slips/<payslip_id:uuid>"
SHARES = f"{WAGES}/shares"
SIGNING, OBJECTING = Limit("payslip_sign_page", 60, 3600), Limit("payslip_object_page", 30, 86_400)
SHARING, PRINTING = Limit("payslip_share_page", 30, 86_400), Limit("payslip_pdf_page", 60, 3600)


class ConfirmForm(Form):
    """Agreed to what was read."""

    digest: Digest


class ObjectionQuery(Query):
    """The day that is wrong, where it was tapped on."""

    day: dt.date | None = None


class CardForm(Form):
    """Whether the card is in his own hand."""

    in_hand: bool


@dataclass(frozen=True, slots=True)
class SlipPage(View):
    """One payslip: items, rate, what differs, the bank's word; the way to sign it."""

    template = "worker/payslip.html"
    title = "worker.wages.one"
    typed: Typed
    slip: OwnPayslipOut
    differing: int
    """On how many days somebody says something else than the sheet."""
    photos: tuple[str, ...]
    """The photo of each objection, empty without one."""
    place: str
    """The project and enterprise, as the form of a complaint takes them."""


@dataclass(frozen=True, slots=True)
class DaysPage(View):
    """Each day as punches, both books and the sheet have it."""

    template = "worker/payslip_days.html"
    title = "worker.wages.days.title"
    slip: OwnPayslipOut


@dataclass(frozen=True, slots=True)
class ObjectionPage(View):
    """Say what is wrong."""

    template = "worker/payslip_objection.html"
    title = "worker.wages.objection.title"
    typed: Typed
    slip: OwnPayslipOut
    day: dt.date | None


@dataclass(frozen=True, slots=True)
class SharesPage(View):
    """Links that relatives have."""

    template = "worker/payslip_shares.html"
    title = "worker.wages.share.title"
    shares: tuple[ShareOut, ...]


@page(worker, "GET", ONE, permission=READ, back=SLIPS)
async def slip(actor: Actor, payslip_id: UUID, typed: Typed) -> SlipPage:
    """One payslip."""
    found = await reading.one(actor, payslip_id)
    return SlipPage(
        typed,
        found,
        sum(each.differs for each in found.days),
        tuple(beside("h5", each.photo) if each.photo else "" for each in found.objections),
        f"{found.project.id}:{found.enterprise.id}",
    )


@page(worker, "POST", f"{ONE}/signature", permission=UPDATE, again=slip, limits=(SIGNING,))
async def sign_slip(actor: Actor, payslip_id: UUID, form: SignatureForm) -> See:
    """Sign it by hand."""
    await acting.sign(actor, payslip_id, form)
    return See(f"{SLIPS}/{payslip_id}", says="worker.wages.sign.done")


@page(
    worker, "POST", f"{ONE}/confirmation", permission=UPDATE, sudo=True, again=slip,
    limits=(SIGNING,),
)  # fmt: skip
async def confirm_slip(actor: Actor, payslip_id: UUID, form: ConfirmForm) -> See:
    """Agree to it, having proved who one is."""
    await acting.confirm(actor, payslip_id, form.digest)
    return See(f"{SLIPS}/{payslip_id}", says="worker.wages.sign.done")


@page(worker, "GET", f"{ONE}/days", permission=READ, back=SLIPS)
async def slip_days(actor: Actor, payslip_id: UUID) -> DaysPage:
    """Day by day."""
    return DaysPage(await reading.one(actor, payslip_id))


@page(worker, "GET", f"{ONE}/objection", permission=UPDATE, back=SLIPS)
async def objection(
    actor: Actor, payslip_id: UUID, query: ObjectionQuery, typed: Typed
) -> ObjectionPage:
    """Ask what is wrong."""
    return ObjectionPage(typed, await reading.one(actor, payslip_id), query.day)


@page(worker, "POST", f"{ONE}/objection", permission=UPDATE, again=objection, limits=(OBJECTING,))
async def object_to_slip(actor: Actor, payslip_id: UUID, form: ObjectionForm) -> See:
    """Object to it."""
    await acting.object_to(actor, payslip_id, form)
    return See(f"{SLIPS}/{payslip_id}", says="worker.wages.objection.done")


@page(worker, "POST", f"{ONE}/card", permission=UPDATE, again=slip)
async def say_card(actor: Actor, payslip_id: UUID, form: CardForm) -> See:
    """Say whether the card is in one's own hand; whose is not is offered the authority."""
    await acting.say_card(actor, payslip_id, CardIn(in_hand=form.in_hand))
    says = "worker.wages.card.thanks" if form.in_hand else "worker.wages.card.help"
    return See(f"{SLIPS}/{payslip_id}", says=says)


@page(worker, "GET", f"{ONE}/pdf", permission=READ, limits=(PRINTING,))
async def slip_pdf(actor: Actor, payslip_id: UUID) -> Download:
    """The payslip to keep."""
    content = await papers.own_pdf(actor, payslip_id)
    return Download(content, "application/pdf", f"payslip-{payslip_id}.pdf")


@page(worker, "POST", f"{ONE}/share", permission=UPDATE, again=slip, limits=(SHARING,))
async def share_slip(actor: Actor, payslip_id: UUID) -> See:
    """A link for a relative, shown this once."""
    made = await sharing.share(actor, payslip_id, ShareIn())
    return See(SHARES, says="worker.wages.share.made", values={"url": made.url or ""})


@page(worker, "GET", "/wages/shares", permission=READ, back=WAGES)
async def shares(actor: Actor) -> SharesPage:
    """My links."""
    return SharesPage(tuple(await sharing.own(actor)))


@page(worker, "POST", "/wages/shares/<share_id:uuid>/revoke", permission=UPDATE, again=shares)
async def revoke_share(actor: Actor, share_id: UUID) -> See:
    """Take a link back."""
    await sharing.revoke(actor, share_id)
    return See(SHARES, says="worker.wages.share.revoked")
