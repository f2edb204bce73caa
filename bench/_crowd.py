"""Workers who may punch: sessions, verification, engagements, consent; sites with fences."""

from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from api.accounts.consents import TEXTS, ConsentPurpose
from api.accounts.models import Account, AccountKind, Consent, RoleGrant, Session
from api.engagements.models import Engagement, State
from api.kit import clock
from api.kit.ids import new_id, new_token
from api.kit.personal import Kind, Personal
from api.projects.models import Fence, FenceVersion, Project
from api.workers.models import CodeState, Worker, WorkerState

FIRM = UUID(int=1)
Place = tuple[UUID, float, float]


async def sites(count: int) -> list[Place]:
    """Projects with a round fence each: ids and where their middles are."""
    made, began = [], clock.now() - timedelta(days=9)
    for number in range(count):
        lon, lat = 104.0 + number % 20 * 0.01, 30.6 + number // 20 * 0.01
        project = await Project.create(
            name=f"样例项目{number}", code=f"P51{number:013}", enterprise_id=FIRM,
            region="510107", status="003", category="01",
        )  # fmt: skip
        fence = await Fence.create(project_id=project.id, region="510107", name="工地")
        shape = {"type": "Point", "coordinates": [lon, lat]}
        await FenceVersion.create(
            fence=fence, project_id=project.id, version=1, geometry=shape, radius_m=150.0,
            given=shape, datum="wgs84", valid_from=began,
        )  # fmt: skip
        made.append((project.id, lon, lat))
    return made


async def workers(
    count: int, places: list[tuple[UUID, float, float]]
) -> tuple[list[str], list[str]]:
    """The tokens of workers on these sites, and a punch for each with `@ID@` for its id."""
    rows: list[list[Any]] = [[], [], [], [], [], []]
    tokens, bodies = [], []
    for number in range(count):
        token, (project_id, lon, lat) = new_token(), places[number % len(places)]
        for kept, row in zip(rows, _rows(number, token, project_id), strict=True):
            kept.append(row)
        tokens.append(token)
        bodies.append(_body(number, project_id, lon, lat))
    models = (Account, RoleGrant, Session, Consent, Worker, Engagement)
    for model, made in zip(models, rows, strict=True):
        await model.bulk_create(made, batch_size=500)
    return tokens, bodies


def _rows(number: int, token: str, project_id: UUID) -> tuple[Any, ...]:
    text, moment = TEXTS[ConsentPurpose.LOCATION], clock.now()
    phone = Personal.of(Kind.PHONE, f"139{number:08}")
    document = Personal.of(Kind.ID_NUMBER, f"5101071990{number:08}")
    account = Account(id=new_id(), kind=AccountKind.PERSON, phone=phone, phone_index=phone.index)
    worker = Worker(
        id=new_id(), account_id=account.id, state=WorkerState.VERIFIED, id_kind="id_card",
        number=document, number_index=document.index, name=Personal.of(Kind.NAME, "张样例"),
        region="510107", code=f"W51{number:013}", code_state=CodeState.ACTIVE,
    )  # fmt: skip
    return (
        account,
        RoleGrant(account_id=account.id, role="worker"),
        Session(
            account_id=account.id, token_hash=sha256(token.encode()).hexdigest(), method="test",
            device="", address_index="0" * 32, idle_seconds=10**6,
            expires_at=moment + timedelta(days=30), second_factor=False,
        ),
        Consent(
            account_id=account.id, purpose=text.purpose, version=text.version,
            text_hash=text.text_hash, granted=True,
        ),
        worker,
        Engagement(
            worker_id=worker.id, project_id=project_id, enterprise_id=FIRM, contractor_id=FIRM,
            region="510107", worker_code=worker.code, trade="010", state=State.ON_SITE,
            entered_on=clock.today() - timedelta(days=9),
        ),
    )  # fmt: skip


def _body(number: int, project_id: UUID, lon: float, lat: float) -> str:
    return (
        f'{{"client_id":"@ID@","project_id":"{project_id}","direction":null,"method":"fence",'
        f'"device_id":"phone-{number}","position":{{"lon":{lon + number % 7 * 1e-5},'
        f'"lat":{lat},"datum":"wgs84","accuracy_m":18,'
        f'"taken_at":"{clock.now().isoformat()}"}}}}'
    )
