"""What everybody may read who was shown a code: a certificate, a training record."""

from sanic import Blueprint

from api.kit.actor import Actor
from api.kit.routes import PUBLIC, route
from api.training import cards, own_reading
from api.training.errors import NoSuchCheckCode
from api.training.schemas import CertificateCheckOut, RecordCheckOut

blueprint = Blueprint("training_codes", url_prefix="/api/v1")


@route(
    blueprint, "GET", "/certificate-checks/<check_code:str>", permission=PUBLIC,
    errors=(NoSuchCheckCode,), limits=(cards.LOOKS,),
)  # fmt: skip
async def check_certificate(actor: Actor, check_code: str) -> CertificateCheckOut:
    """A certificate by the code in its QR: masked name, whether it counts today."""
    return await own_reading.certificate_check(check_code)


@route(
    blueprint, "GET", "/training-records/<record_code:str>", permission=PUBLIC,
    errors=(NoSuchCheckCode,), limits=(cards.LOOKS,),
)  # fmt: skip
async def check_record(actor: Actor, record_code: str) -> RecordCheckOut:
    """A training record by the code in its QR: this year's hours, certificates in force."""
    return await own_reading.record_check(record_code)
