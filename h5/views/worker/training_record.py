"""培训记录 and 证件夹: what one can show, each with a code to scan."""

from dataclasses import dataclass
from uuid import UUID

from markupsafe import Markup

from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.permissions import Permission
from api.training import cards, check_codes, own_reading
from api.training.errors import NoSuchCheckCode
from api.training.schemas import CertificateOut, TrainingOut
from h5 import qr
from h5.areas import worker
from h5.pages import See, page
from h5.rendering import View

READ, LEARN = Permission.WORKER_TRAININGS_READ, Permission.WORKER_TRAININGS_UPDATE
ONE = "/certificates/<certificate_id:uuid>"


@dataclass(frozen=True, slots=True)
class RecordPage(View):
    """All trainings, newest first; with the code once it was asked for."""

    template = "worker/training_record.html"
    title = "worker.record.title"
    items: tuple[TrainingOut, ...]
    older: str
    qr: Markup | None


@dataclass(frozen=True, slots=True)
class CertificatesPage(View):
    """The certificates that one holds."""

    template = "worker/certificates.html"
    title = "worker.certificates.title"
    items: tuple[CertificateOut, ...]
    older: str


@dataclass(frozen=True, slots=True)
class CertificatePage(View):
    """One certificate with its code."""

    template = "worker/certificate.html"
    title = "worker.certificates.one"
    row: CertificateOut
    qr: Markup


@page(worker, "GET", "/training/record", permission=READ, back="/h5/training")
async def record(actor: Actor, query: PageQuery) -> RecordPage:
    """All trainings."""
    found = await own_reading.trainings(actor, query)
    code = await own_reading.card(actor)
    return RecordPage(
        items=tuple(found.items),
        older=f"/h5/training/record?cursor={found.next_cursor}" if found.next_cursor else "",
        qr=qr.drawn(check_codes.record_address(code)) if code else None,
    )


@page(worker, "POST", "/training/record", permission=LEARN)
async def show_record(actor: Actor) -> See:
    """Give the record a code to show."""
    await cards.own_card(actor)
    return See("/h5/training/record")


@page(worker, "GET", "/certificates", permission=READ, back="/h5/training")
async def certificates(actor: Actor, query: PageQuery) -> CertificatesPage:
    """The wallet."""
    found = await own_reading.certificates(actor, query)
    older = f"/h5/certificates?cursor={found.next_cursor}" if found.next_cursor else ""
    return CertificatesPage(tuple(found.items), older)


@page(
    worker, "GET", "/certificates/<certificate_id:uuid>", permission=READ, back="/h5/certificates"
)
async def certificate(actor: Actor, certificate_id: UUID) -> CertificatePage:
    """One certificate, large enough to be scanned from another phone."""
    row = await own_reading.certificate(actor, certificate_id)
    if not row.check_url:
        raise NoSuchCheckCode
    return CertificatePage(row, qr.drawn(row.check_url))
