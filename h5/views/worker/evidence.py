"""我的证据: a signed pack of what proves my work and wages, to ask for and to fetch."""

from dataclasses import dataclass
from uuid import UUID

from api.kit.actor import Actor
from api.kit.routes import Download
from api.permissions import Permission
from api.privacy import exports
from api.privacy.schemas import ExportOut
from h5.areas import worker
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View

READ, UPDATE = Permission.WORKER_DATA_READ, Permission.WORKER_DATA_UPDATE
EVIDENCE = "/h5/me/evidence"


@dataclass(frozen=True, slots=True)
class EvidencePacksPage(View):
    """What a pack is good for, and mine."""

    template = "worker/evidence_packs.html"
    title = "worker.evidence.title"
    typed: Typed
    copies: tuple[ExportOut, ...]


@page(worker, "GET", "/me/evidence", permission=READ, back="/h5/wages")
async def evidence_packs(actor: Actor, typed: Typed) -> EvidencePacksPage:
    """My packs."""
    return EvidencePacksPage(typed, tuple(await exports.packs(actor)))


@page(worker, "POST", "/me/evidence", permission=UPDATE, sudo=True, again=evidence_packs,
      limits=(exports.ASKING,))  # fmt: skip
async def ask_pack(actor: Actor) -> See:
    """Make one."""
    await exports.ask_pack(actor)
    return See(EVIDENCE, says="worker.data.asked")


@page(worker, "POST", "/me/evidence/<export_id:uuid>/file", permission=UPDATE, sudo=True,
      again=evidence_packs)  # fmt: skip
async def fetch_pack(actor: Actor, export_id: UUID) -> Download:
    """The file."""
    return Download(await exports.fetch(actor, export_id), "application/zip", "我的证据.zip")
