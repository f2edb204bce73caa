"""The worker about himself: registration, code, wage card; and the check of a QR."""

from uuid import UUID

from sanic import Blueprint

from api.accounts import service as accounts
from api.accounts.errors import ConsentMissing
from api.files.errors import BadPhoto
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import PUBLIC, route
from api.permissions import Permission
from api.workers import bank_card, codes, id_card, registration, service, takeovers
from api.workers.errors import (
    BadQr,
    CardMissing,
    CardOfAnother,
    CardRests,
    CodeNotActive,
    FaceTriesUsed,
    HolderDiffers,
    InProgress,
    NoBankCard,
    NoSuchCode,
    NoSuchTakeover,
    NotVerified,
    OtherIdentity,
    QrUsed,
    SelfieOrDeclined,
    UnknownRegion,
)
from api.workers.registration import Application
from api.workers.schemas import (
    BankCardIn,
    BankCardOut,
    CodeLookupIn,
    CodeLookupOut,
    IdCardForm,
    IdCardOut,
    MeOut,
    OwnWorkerOut,
    QrCheckIn,
    QrCheckOut,
    QrOut,
    RegistrationForm,
    RegistrationOut,
    RegistrationStateOut,
    TakeoverOut,
    TakeoversOut,
)

blueprint = Blueprint("workers", url_prefix="/api/v1")
READ, UPDATE = Permission.WORKER_REGISTRATION_READ, Permission.WORKER_REGISTRATION_UPDATE


@route(
    blueprint,
    "POST",
    "/me/id-card",
    permission=UPDATE,
    errors=(BadPhoto, ConsentMissing),
    limits=(Limit("id_card", 30, 3600),),
)
async def read_id_card(actor: Actor, form: IdCardForm) -> IdCardOut:
    """Fields read from photos of both sides of the ID card, each with what to check."""
    return IdCardOut.of(await id_card.read_card(actor, front=form.front, back=form.back))


@route(
    blueprint,
    "POST",
    "/me/registration",
    permission=UPDATE,
    status=201,
    errors=(
        BadPhoto, CardMissing, ConsentMissing, FaceTriesUsed, InProgress, OtherIdentity,
        SelfieOrDeclined, UnknownRegion,
    ),
    limits=(Limit("registration", 60, 3600),),
)  # fmt: skip
async def register(actor: Actor, form: RegistrationForm) -> RegistrationOut:
    """Have the identity checked from the corrected fields and a selfie, or without the face."""
    fields = {name: getattr(form, name) for name in type(form).model_fields if name != "face"}
    application = Application(**fields, declined=form.face == "declined")
    return RegistrationOut.of(await registration.register(actor, application))


@route(blueprint, "GET", "/me/registration", permission=READ)
async def show_registration(actor: Actor) -> RegistrationStateOut:
    """How the own registration stands, with reasons and code."""
    return RegistrationStateOut.of(await registration.outcome_of(actor.id))


@route(blueprint, "GET", "/me", permission=Permission.OWN_ACCOUNT_READ)
async def show_me(actor: Actor) -> MeOut:
    """The own account and worker's record, masked."""
    account = await accounts.account_view(actor)
    worker = await service.of_account(actor.id)
    return MeOut(
        account_id=account.id,
        kind=account.kind,
        roles=list(account.roles),
        phone=account.phone_masked,
        username=account.username,
        second_factor_set=account.second_factor_set,
        worker=OwnWorkerOut.of(worker) if worker else None,
    )


@route(
    blueprint,
    "GET",
    "/me/verification-code/qr",
    permission=READ,
    errors=(CodeNotActive, NotVerified),
)
async def show_own_qr(actor: Actor) -> QrOut:
    """A QR of the own code, good for a minute."""
    return QrOut.of(await codes.own_qr(actor))


@route(
    blueprint,
    "POST",
    "/verification-codes/qr-checks",
    permission=Permission.STAFF_CODES_CHECK,
    errors=(BadQr, CodeNotActive, NoSuchCode, QrUsed),
    limits=(Limit("qr_checks", 600, 60),),
)
async def check_qr(actor: Actor, body: QrCheckIn) -> QrCheckOut:
    """Whose QR this is; each one counts once per checker."""
    return QrCheckOut.of(await codes.check(actor, body.text))


@route(
    blueprint,
    "POST",
    "/verification-codes/lookups",
    permission=PUBLIC,
    errors=(NoSuchCode,),
    limits=(codes.LOOKUPS,),
)
async def look_up_code(actor: Actor, body: CodeLookupIn) -> CodeLookupOut:
    """Whose code this is and whether it counts, for everybody: the name stays masked."""
    return CodeLookupOut.of(await codes.held(body.code))


@route(
    blueprint,
    "PUT",
    "/me/bank-card",
    permission=Permission.WORKER_BANK_CARD_UPDATE,
    sudo=True,
    errors=(CardOfAnother, CardRests, ConsentMissing, HolderDiffers, NotVerified),
    limits=(Limit("bank_card", 10, 86_400),),
)
async def set_bank_card(actor: Actor, body: BankCardIn) -> BankCardOut:
    """Name the card the wages go to; a card of another worker is refused."""
    bank_name = body.bank_name or ""
    card = await bank_card.set_card(
        actor, number=body.number, holder=body.holder, bank_name=bank_name
    )
    return BankCardOut.of(card)


@route(blueprint, "GET", "/me/takeovers", permission=READ)
async def list_takeovers(actor: Actor) -> TakeoversOut:
    """Ways on which one's own record is to another account; one is told of each."""
    rows = await takeovers.own_waiting(actor)
    return TakeoversOut(items=[TakeoverOut(id=row.id, due_at=row.due_at) for row in rows])


@route(
    blueprint,
    "POST",
    "/me/takeovers/<takeover_id:uuid>/objection",
    permission=UPDATE,
    status=204,
    errors=(NoSuchTakeover,),
)
async def object_to_takeover(actor: Actor, takeover_id: UUID) -> None:
    """Say that it is not oneself who asks: an officer decides then."""
    await takeovers.object_to(actor, takeover_id)


@route(blueprint, "GET", "/me/bank-card", permission=READ, errors=(NoBankCard,))
async def show_bank_card(actor: Actor) -> BankCardOut:
    """The own wage card, masked."""
    return BankCardOut.of(await bank_card.own_card(actor))
