"""Fills a system's database with verified workers who are on sites with fences.

`python -m tests.drills._crowd FILE WORKERS SITES` as a process of its own: the ORM keeps to one
kind of database in a process. What the drill then needs to know of each worker is printed.
"""

import asyncio
import json
import sys
from dataclasses import asdict, dataclass
from datetime import timedelta
from hashlib import sha256
from math import cos, pi, radians, sin
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from tortoise.models import Model

from api import database, migrating
from api.accounts.consents import TEXTS, ConsentPurpose
from api.accounts.models import Account, AccountKind, Consent, RoleGrant, Session
from api.engagements.models import Engagement, State
from api.enterprises.models import Enterprise
from api.enterprises.models import State as EnterpriseState
from api.kit import clock, crypto, keys
from api.kit.ids import new_id, new_token
from api.kit.personal import Kind, Personal
from api.projects.models import Fence, FenceVersion, Policy, Project, Status
from api.settings import Settings
from api.workers.models import CodeState, Worker, WorkerState

NAMESPACE = UUID("6b1f5c1e-0000-4000-8000-000000000001")
FIRM = uuid5(NAMESPACE, "firm")
REGION = "510107"
METHODS = ["fence", "automatic", "site_code", "manual"]
RADIUS_M = 150.0
DEGREE_M = 111_195
CORNERS = 24


@dataclass(frozen=True, slots=True)
class Member:
    """One worker of the crowd: with this token he may punch on this project, from this place."""

    token: str
    worker_id: str
    project_id: str
    lon: float
    lat: float


def centre(site: int) -> tuple[float, float]:
    """Longitude and latitude of a site's middle; sites lie two kilometres apart."""
    return round(104.0 + site % 20 * 0.02, 6), round(30.5 + site // 20 * 0.02, 6)


async def fill(workers: int, sites: int) -> list[Member]:
    """Everything that a punch asks for is there, for each worker on one of the sites."""
    await firm(new_id()).save(force_create=True)
    projects = await _sites(sites)
    members: list[Member] = []
    rows: dict[type[Model], list[Model]] = {}
    for number in range(workers):
        site = number % sites
        member = Member(new_token(), str(new_id()), str(projects[site]), *centre(site))
        for row in rows_of(member, number):
            rows.setdefault(type(row), []).append(row)
        members.append(member)
    for model, made in rows.items():
        await model.bulk_create(made, batch_size=500)
    return members


def firm(applicant_id: UUID) -> Enterprise:
    """The enterprise of everybody, also the contractor of every site."""
    name = Personal.of(Kind.NAME, "张样例")
    return Enterprise(
        id=FIRM, name="样例建筑公司", name_key="样例建筑公司", credit_code="91510107MA00000000",
        legal_person=name, region=REGION, address="样例路1号", contact_name=name,
        contact_phone=Personal.of(Kind.PHONE, "13800000000"), state=EnterpriseState.VERIFIED,
        code="E510000000000001", applicant_id=applicant_id,
    )  # fmt: skip


async def _sites(sites: int) -> list[UUID]:
    ids = [new_id() for _ in range(sites)]
    since = clock.now() - timedelta(days=400)
    await Project.bulk_create(
        Project(
            id=project_id, name=f"样例工地{number}号", code=f"P{number:015}", enterprise_id=FIRM,
            region=REGION, status=Status.BUILDING.value, category="01",
        )
        for number, project_id in enumerate(ids)
    )  # fmt: skip
    await Policy.bulk_create(
        Policy(
            project_id=project_id, effective_from=since.date(), methods=METHODS, photo=False,
            shift_start_min=480, shift_end_min=1080, tolerance_m=30,
        )
        for project_id in ids
    )  # fmt: skip
    fences = [Fence(id=new_id(), project_id=each, region=REGION, name="工地") for each in ids]
    await Fence.bulk_create(fences)
    await FenceVersion.bulk_create(
        FenceVersion(
            fence_id=fence.id, project_id=fence.project_id, version=1, valid_from=since,
            buffer_m=20, datum="wgs84", **_shape(number),
        )
        for number, fence in enumerate(fences)
    )  # fmt: skip
    return ids


def _shape(number: int) -> dict[str, Any]:
    lon, lat = centre(number)
    if number % 2:
        point = {"type": "Point", "coordinates": [lon, lat]}
        return {"geometry": point, "given": point, "radius_m": RADIUS_M}
    reach = RADIUS_M / DEGREE_M
    turns = [2 * pi * corner / CORNERS for corner in range(CORNERS)]
    ring = [[lon + reach * cos(a) / cos(radians(lat)), lat + reach * sin(a)] for a in turns]
    area = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    return {"geometry": area, "given": area}


def rows_of(member: Member, number: int) -> list[Model]:
    """The rows that make him a verified worker, logged in, asked, and on the site."""
    account_id, text = new_id(), TEXTS[ConsentPurpose.LOCATION]
    worker_id, code = UUID(member.worker_id), f"W51{number:013}"
    id_number = Personal.of(Kind.ID_NUMBER, f"5101071990{number:08}")
    return [
        Account(id=account_id, kind=AccountKind.PERSON),
        RoleGrant(account_id=account_id, role="worker"),
        Session(
            account_id=account_id, token_hash=sha256(member.token.encode()).hexdigest(),
            method="drill", address_index="", idle_seconds=86400,
            expires_at=clock.now() + timedelta(days=1),
        ),
        Consent(
            account_id=account_id, purpose=text.purpose.value, version=text.version,
            text_hash=text.text_hash, granted=True,
        ),
        Worker(
            id=worker_id, account_id=account_id, state=WorkerState.VERIFIED, id_kind="id_card",
            number=id_number, number_index=id_number.index, region=REGION, code=code,
            name=Personal.of(Kind.NAME, "张样例"), code_state=CodeState.ACTIVE,
        ),
        Engagement(
            worker_id=worker_id, project_id=UUID(member.project_id), enterprise_id=FIRM,
            contractor_id=FIRM, region=REGION, worker_code=code, trade="010",
            state=State.ON_SITE.value, entered_on=clock.today() - timedelta(days=300),
        ),
    ]  # fmt: skip


async def _filled(settings: Settings, workers: int, sites: int) -> list[Member]:
    crypto.use(crypto.Keyring(crypto.Secrets.read(settings.keys_file)))
    await migrating.migrate(settings.database_url)
    await database.open_database(settings.database_url)
    try:
        await keys.load_keys()
        return await fill(workers, sites)
    finally:
        await database.close_database()


def main() -> None:
    """Fill the database of the settings in a JSON file."""
    file, workers, sites = sys.argv[1:]
    settings = Settings.load({}, json.loads(Path(file).read_text()))
    members = asyncio.run(_filled(settings, int(workers), int(sites)))
    print(json.dumps([asdict(member) for member in members]))


if __name__ == "__main__":
    main()
