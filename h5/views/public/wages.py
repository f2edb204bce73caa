"""What somebody reads who was given a link to a payslip, or checks an evidence pack."""

from dataclasses import dataclass

from api.kit.routes import PUBLIC
from api.payslips import sharing
from api.payslips.schemas import SharedPayslipOut
from api.privacy import evidence
from api.privacy.schemas import EvidenceKeyOut
from h5.areas import root
from h5.pages import page
from h5.rendering import View


@dataclass(frozen=True, slots=True)
class SharedPayslipPage(View):
    """A payslip with the name masked."""

    template = "public/payslip.html"
    title = "public.payslip.title"
    slip: SharedPayslipOut


@dataclass(frozen=True, slots=True)
class EvidenceKeyPage(View):
    """The fingerprint to compare, and the key."""

    template = "public/evidence_key.html"
    title = "public.evidence.title"
    key: EvidenceKeyOut


@page(
    root, "GET", "/payslips/<share_token:str>", permission=PUBLIC, kind="worker",
    limits=(sharing.LOOKS,),
)  # fmt: skip
async def shared_payslip(share_token: str) -> SharedPayslipPage:
    """The payslip behind a link."""
    return SharedPayslipPage(await sharing.shared(share_token))


@page(root, "GET", evidence.KEY_PATH, permission=PUBLIC, kind="worker")
async def evidence_key() -> EvidenceKeyPage:
    """By what a pack is checked."""
    return EvidenceKeyPage(evidence.key())
