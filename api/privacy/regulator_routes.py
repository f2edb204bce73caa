"""The authority: who an erased worker was, with a document."""

from uuid import UUID

from sanic import Blueprint

from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import route
from api.privacy import errors, kept
from api.privacy.schemas import KeptIdentityOut, KeptOpeningIn

blueprint = Blueprint("kept_identities", url_prefix="/api/v1/regulator/kept-identities")


@route(
    blueprint, "POST", "/<worker_id:uuid>/openings", permission=kept.OPEN, sudo=True,
    limits=(Limit("kept_identity", 30, 3600),), errors=(errors.NothingKept,),
)  # fmt: skip
async def open_kept_identity(actor: Actor, worker_id: UUID, body: KeptOpeningIn) -> KeptIdentityOut:
    """Who an erased worker was; the document and the reason stand in the audit."""
    return await kept.opened(actor, worker_id, body)
