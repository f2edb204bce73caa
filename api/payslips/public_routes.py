"""What somebody reads who was given a link to a payslip."""

from sanic import Blueprint

from api.kit.actor import Actor
from api.kit.routes import PUBLIC, route
from api.payslips import sharing
from api.payslips.errors import NoSuchShare
from api.payslips.schemas import SharedPayslipOut

blueprint = Blueprint("shared_payslips", url_prefix="/api/v1")


@route(
    blueprint, "GET", "/shared-payslips/<share_token:str>", permission=PUBLIC,
    errors=(NoSuchShare,), limits=(sharing.LOOKS,),
)  # fmt: skip
async def show_shared_payslip(actor: Actor, share_token: str) -> SharedPayslipOut:
    """A payslip by a link that its worker gave: the name masked."""
    return await sharing.shared(share_token)
