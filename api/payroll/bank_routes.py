"""What the bank sends by itself: results of payments, as soon as it has them."""

from sanic import Blueprint

from api.kit.actor import Actor
from api.kit.errors import Unavailable
from api.kit.rate_limit import Limit
from api.kit.routes import PUBLIC, route
from api.payroll import errors, pushing
from api.payroll.answers import PushOut
from api.payroll.schemas import PushIn

blueprint = Blueprint("bank", url_prefix="/api/v1/bank")
PUSHES = Limit("bank_push", 600, 60, by="ip")


@route(
    blueprint, "POST", "/results", permission=PUBLIC, signed=pushing.verified,
    errors=(errors.BadBankSignature, Unavailable), limits=(PUSHES,),
)  # fmt: skip
async def push_results(actor: Actor, body: PushIn) -> PushOut:
    """Results that the bank pushes, signed like our requests to it; a repeat changes nothing."""
    return await pushing.take(body)
