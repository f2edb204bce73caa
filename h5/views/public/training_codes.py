"""What everybody reads who scans a worker's certificate or training record."""

from dataclasses import dataclass

from api.kit.routes import PUBLIC
from api.training import cards, own_reading
from api.training.schemas import CertificateCheckOut, RecordCheckOut
from h5.areas import root
from h5.pages import page
from h5.rendering import View


@dataclass(frozen=True, slots=True)
class CertificateCheckPage(View):
    """Whose certificate it is, masked, and whether it counts today."""

    template = "public/certificate.html"
    title = "public.certificate.title"
    found: CertificateCheckOut


@dataclass(frozen=True, slots=True)
class RecordCheckPage(View):
    """Hours of this year and certificates in force, masked."""

    template = "public/training_record.html"
    title = "public.record.title"
    found: RecordCheckOut


@page(
    root, "GET", "/certificates/<code:str>", permission=PUBLIC, kind="worker",
    limits=(cards.LOOKS,),
)  # fmt: skip
async def certificate(code: str) -> CertificateCheckPage:
    """The certificate behind a QR."""
    return CertificateCheckPage(await own_reading.certificate_check(code))


@page(
    root, "GET", "/training-records/<code:str>", permission=PUBLIC, kind="worker",
    limits=(cards.LOOKS,),
)  # fmt: skip
async def training_record(code: str) -> RecordCheckPage:
    """The training record behind a QR."""
    return RecordCheckPage(await own_reading.record_check(code))
