"""What everybody may read: the key by which evidence packs are checked."""

from sanic import Blueprint

from api.kit.actor import Actor
from api.kit.routes import PUBLIC, route
from api.privacy import evidence
from api.privacy.schemas import EvidenceKeyOut

blueprint = Blueprint("evidence_key", url_prefix="/api/v1")


@route(blueprint, "GET", "/evidence-key", permission=PUBLIC)
async def show_evidence_key(actor: Actor) -> EvidenceKeyOut:
    """The public key of evidence packs and its fingerprint; the page `/evidence-key` shows both."""
    return evidence.key()
