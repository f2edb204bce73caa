"""What people of the city do, each through the product's own services."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from PIL import Image

from api.accounts import consents, contact, grants, login, staff
from api.accounts import service as accounts
from api.accounts.consents import TEXTS, ConsentPurpose
from api.accounts.models import Account
from api.audit import service as audit
from api.audit.tags import Tag
from api.collecting import service as collecting
from api.collecting.models import WorkerLink
from api.collecting.schemas import PersonIn
from api.kit import clock
from api.kit.actor import SYSTEM, Actor, Origin
from api.kit.personal import Kind, Personal
from api.kit.routes import Upload
from api.kit.schemas import Body, parse
from api.permissions import grant
from api.workers import bank_card, endings, id_card, registration, review
from api.workers.models import Stage, Verification, Worker
from api.workers.registration import Application, Outcome
from tests.demo.accounts import Post, Resident
from tests.specimens import Person, card_back, card_front, selfie
from tests.specimens.spoil import jpeg
from verification.document import DocumentKind

ORIGIN = Origin(ip="127.0.0.1")
ALL = tuple(ConsentPurpose)
BodyT = TypeVar("BodyT", bound=Body)
Spoil = Callable[[Image.Image], Image.Image]


async def hire(post: Post, tenant_id: UUID | None = None) -> Actor:
    """The holder of a post, his password and second factor set."""
    account_id, code = await accounts.create_staff(
        SYSTEM, username=post.username, role=post.role, tenant_id=tenant_id, region=post.region
    )
    entering = Actor(origin=ORIGIN)
    await staff.activate(entering, username=post.username, code=code, password=post.password)
    account = await Account.get(id=account_id)
    account.totp_secret = Personal.of(Kind.SECRET, post.totp_secret)
    account.totp_confirmed = True
    await account.save(update_fields=["totp_secret", "totp_confirmed"])
    held = grant(post.role, tenant_id=tenant_id, region=post.region)
    actor = Actor(account_id, kind="staff", grants=(held,), second_factor=True, origin=ORIGIN)
    audit.record(actor, Tag.ACCOUNT_SECOND_FACTOR_SET, ("account", account_id))
    return actor


async def move_in(someone: Person, *agreed: ConsentPurpose) -> Actor:
    """A person with an account, who has agreed to what is named."""
    phone = Personal.of(Kind.PHONE, someone.phone)
    account = await login.new_person(ORIGIN, phone)
    actor = Actor(account.id, kind="person", grants=(grant("worker"),), origin=ORIGIN)
    for purpose in agreed:
        version = TEXTS[purpose].version
        await consents.decide(actor, purpose=purpose, version=version, granted=True)
    return actor


async def enter(resident: Resident) -> Actor:
    """A verified person who logs in as the resident does."""
    actor = await verified(resident.someone)
    if resident.wechat:
        await contact.bind_wechat(actor, f"demo-{resident.wechat}")
    if resident.role != "worker":
        await grants.give(SYSTEM, actor.id, resident.role)
    return actor


async def verified(someone: Person, region: str = "510107") -> Actor:
    """A person whose identity was found right at once, his photos long gone."""
    actor = await move_in(someone, *ALL)
    number = Personal.of(Kind.ID_NUMBER, someone.number)
    row = await Verification.create(
        account_id=actor.id,
        open_account_id=actor.id,
        stage=Stage.SUBMITTED,
        region=region,
        id_kind=DocumentKind.RESIDENT_ID.value,
        number=number,
        number_index=number.index,
        name=Personal.of(Kind.NAME, someone.name),
        sex="male" if someone.sex == "男" else "female",
        birth=Personal.of(Kind.TEXT, someone.birth.isoformat()),
        nation=someone.nation,
        address=Personal.of(Kind.ADDRESS, someone.address),
        issuer=Personal.of(Kind.TEXT, someone.issuer),
        origin=someone.number[:6],
        valid_from=someone.valid_from,
        valid_to=someone.valid_to,
        provider="authority",
        live_outcome="match",
        identity_outcome="match",
    )
    audit.record(actor, Tag.VERIFICATION_SUBMITTED, ("verification", row.id), declined=False)
    await endings.verify(actor, row, ())
    return actor


async def collect(officer: Actor, house: UUID, someone: Person, trade: str) -> WorkerLink:
    """A firm's officer names a worker of his trade, whether known or not."""
    fields = {"name": someone.name, "id_number": someone.number, "phone": someone.phone}
    named = PersonIn.model_validate({**fields, "trade": trade})
    return (await collecting.collect(officer, house, named)).linked


async def give_bank_card(actor: Actor, someone: Person) -> None:
    """The worker names the card his wages go to."""
    number = Personal.of(Kind.BANK_CARD, someone.bank_card)
    await bank_card.set_card(actor, number=number, holder=None, bank_name="")


async def photograph(actor: Actor, someone: Person, spoil: Spoil = Image.Image.copy) -> None:
    """He sends photos of both sides of his card; `spoil` is what went wrong with the front."""
    front, back = spoil(card_front(someone)), card_back(someone)
    await id_card.read_card(actor, front=upload("front", front), back=upload("back", back))


async def apply(
    actor: Actor, someone: Person, *, face: Image.Image | None, **changed: Any
) -> Outcome:
    """He hands in what his card says, except for `changed`; face None declines the face check."""
    given: dict[str, Any] = {
        "id_kind": DocumentKind.RESIDENT_ID,
        "name": Personal.of(Kind.NAME, someone.name),
        "number": Personal.of(Kind.ID_NUMBER, someone.number),
        "region": "510107",
    }
    photo = upload("selfie", face) if face else None
    fields = given | changed
    return await registration.register(
        actor, Application(**fields, selfie=photo, declined=face is None)
    )


async def come(
    someone: Person, *, face: Image.Image | None, spoil: Spoil = Image.Image.copy, **changed: Any
) -> Verification:
    """A person goes the whole way by photos; the attempt as it stands then."""
    actor = await move_in(someone, ConsentPurpose.ID_CARD, ConsentPurpose.FACE)
    await photograph(actor, someone, spoil)
    await apply(actor, someone, face=face, **changed)
    return await Verification.filter(account_id=actor.id).order_by("-id").get()


async def decided(
    officer: Actor, row: Verification, someone: Person, *, approved: bool = True, note: str = ""
) -> None:
    """An officer's word on an attempt; to approve he types the number from the photo."""
    number = Personal.of(Kind.ID_NUMBER, someone.number) if approved else None
    await review.open_identity(officer, row.id)
    await review.decide(officer, row.id, approved=approved, number=number, note=note)


def own_face(someone: Person, look_alike: int = 100) -> Image.Image:
    """The person's selfie; below 80 the machine is not sure."""
    return selfie(someone, look_alike=look_alike)


def upload(name: str, picture: Image.Image) -> Upload:
    """A picture as a phone sends it."""
    return Upload(f"{name}.jpg", "image/jpeg", jpeg(picture))


async def found(someone: Person) -> Actor:
    """A person whose identity was verified before, as he acts today."""
    number = Personal.of(Kind.ID_NUMBER, someone.number)
    worker = await Worker.get(number_index=number.index)
    return Actor(worker.account_id, kind="person", grants=(grant("worker"),), origin=ORIGIN)


def sent(body: type[BodyT], fields: Mapping[str, object]) -> BodyT:
    """The body that a screen sends, read as the product reads it."""
    return parse(body, json.dumps(fields, default=_plain).encode())


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def at(moment: datetime) -> None:
    """Let it be that instant from here on."""
    clock.set_clock(lambda: moment)


def passed(days: float) -> None:
    """Let it be `days` before now from here on."""
    clock.set_clock(None)
    moment = clock.in_seconds(-days * 86_400)
    clock.set_clock(lambda: moment)


def snapshot() -> bytes:
    """A photo of nothing in particular."""
    return jpeg(Image.effect_noise((1200, 800), 60).convert("RGB"))
