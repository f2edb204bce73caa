"""No synthetic person's data in plain text anywhere, and nothing of another tenant's in an answer.

The search itself runs after every test that has a database (`tests.canaries`). Here it is shown to
find what is planted, and one long day of the whole system is searched answer by answer.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from redis import asyncio as aioredis
from tortoise import connections

from api import database
from api.accounts.models import Account
from api.collecting.models import WorkerLink
from api.enterprises.models import Enterprise
from api.integrations.adapters import Adapters
from api.kit import jobs
from api.kit.models import Job
from api.kit.routes import OPERATIONS
from api.settings import Settings
from tests import canaries
from tests.api import matrix_world
from tests.api.matrix_requests import REQUESTS
from tests.api.matrix_world import LEADER, LI, OTHER, WAITING, ZHANG, World
from tests.api.profiles import profiled
from tests.api.workers import registering
from tests.cast import FIRM_A, PARTS, Client
from tests.specimens import person
from tests.stores import Store

PHONE = PARTS["zhang"].phone or ""


@pytest.fixture
def planted(store: Store, secrets_file: Path, tmp_path: Path) -> Iterator[Settings]:
    """Settings of a database in which something is planted."""
    url = store.fresh()
    given = {"DATABASE_URL": url, "VAR": str(tmp_path), "KEYS_FILE": str(secrets_file)}
    yield Settings.load(given)
    store.drop(url)


@pytest.mark.parametrize(
    "canary", [PHONE, ZHANG.number, ZHANG.bank_card, ZHANG.address, person(5).phone]
)
def test_what_is_planted_in_a_table_is_found(planted: Settings, canary: str) -> None:
    assert canaries.in_database(planted) == set()
    asyncio.run(_plant(planted, {"value": canary}))
    assert canaries.in_database(planted) == {canary}


async def _plant(settings: Settings, args: dict[str, str]) -> None:
    await database.open_database(settings.database_url)
    await Job.create(name="careless", args=args)
    await database.close_database()


def test_a_planted_name_is_found(planted: Settings) -> None:
    name = sorted(canaries.names())[0]
    asyncio.run(_plant(planted, {"name": name}))
    assert canaries.in_database(planted) == {name}


def test_what_is_planted_in_a_file_is_found(planted: Settings) -> None:
    (planted.var / "deep").mkdir()
    (planted.var / "deep" / "x.log").write_text(f'{{"event": "sent to {PHONE}"}}')
    assert canaries.in_files(planted) == {PHONE}


@pytest.mark.parametrize("text", [PHONE, f"x{PHONE}y", json.dumps(ZHANG.address), f'"{PHONE}"'])
def test_it_is_found_however_it_is_written(text: str) -> None:
    assert canaries.found_in(text.encode())


def test_masked_data_is_no_canary() -> None:
    for text in ("139****0001", "5101**********1234", "尾号 1234", "a" * 64, "1" * 40):
        assert not canaries.found_in(text.encode())


def test_there_is_enough_to_look_for() -> None:
    assert len(canaries.canaries()) > 300
    assert len(canaries.names()) > 50


class TestDay:
    """One long day of everybody at work."""

    @pytest.fixture
    def adapters(self, emulated_adapters: Adapters) -> Adapters:
        return emulated_adapters

    @pytest.fixture
    async def world(self, client: Client) -> AsyncIterator[World]:
        made = await matrix_world.made(client)
        await Enterprise.filter(id=FIRM_A).update(name="仅甲公司可见")
        await registering.enter(client, "chen", "13900000006")
        await registering.photographed(client, "chen", person(11))
        await registering.submitted(client, "chen", person(11))
        yield made

    @pytest.mark.timeout(300)
    async def test_no_answer_shows_a_person_and_no_place_keeps_one(
        self, client: Client, world: World, settings: Settings, store: Store
    ) -> None:
        for name in ("zhang", "li", "officer_a", "admin_a", "reviewer_1", "county", "auditor"):
            await client.cast.sudo(name)
        for name in sorted(OPERATIONS):
            for who in PARTS:
                answer = await ask(client, world, name, who)
                shown = canaries.found_in(answer.content)
                assert not shown or may_show(name, shown), (name, who, shown)
        await jobs.drain()
        assert not canaries.in_database(settings)
        assert not await in_redis(store)

    async def test_nothing_of_firm_a_is_shown_to_firm_b(self, client: Client, world: World) -> None:
        own = await marks_of_firm_a(world)
        assert own & await seen(client, world, "officer_a", own), "the marks are real"
        for stranger in ("officer_b", "admin_b", "li", "wang"):
            assert not await seen(client, world, stranger, own), stranger

    async def test_nothing_of_a_county_is_shown_to_its_neighbour(
        self, client: Client, world: World
    ) -> None:
        own = await marks_of_firm_a(world)
        assert own & await seen(client, world, "county", own)
        assert not await seen(client, world, "neighbour", own)


async def ask(client: Client, world: World, name: str, who: str) -> httpx.Response:
    """The answer of an operation to one of the cast."""
    operation = OPERATIONS[name]
    if name.startswith("accounts.log_out") or name in {"accounts.change_password"}:
        return httpx.Response(204)  # it would end the day of who asks
    options = REQUESTS[name](world) if name in REQUESTS else {}
    return await client.request(operation.method, world.path(operation.path), as_=who, **options)


def may_show(name: str, shown: set[str]) -> bool:
    """The calls that open personal data, by name and with an audit line."""
    whole = {ZHANG, LI, LEADER, WAITING, OTHER, person(11), profiled.RELATIVE}
    opened = {text for p in whole for text in (p.name, p.number, p.phone, p.address, p.bank_card)}
    return name in REVEALING and shown <= opened | set(canaries.OTHERS)


REVEALING = {
    "worker_oversight.reveal_worker", "enterprise_oversight.reveal_enterprise",
    "kept_identities.open_kept_identity", "reviews.open_verification", "workers.read_id_card",
    "engagements.show_own_contract", "profiles.reveal_profile", "accidents.show_emergency",
    "accident_office.open_accident_contacts",
}  # fmt: skip


OF_FIRM_A = (
    "contract_id", "engagement_id", "import_id", "link_id", "project_id", "punch_id", "team_id",
    "verification_id", "workday_id", "worker_id",
)  # fmt: skip


OPEN_TO_ALL = ("system.", "codes.", "profiles.read_resume")
"""What everybody may read; a résumé by the code that its owner gave away."""


async def marks_of_firm_a(world: World) -> set[str]:
    """What only those who have to do with firm A may see: ids, codes, its name."""
    ids = {str(world.ids[name]) for name in OF_FIRM_A}
    links = {str(link.id) for link in await WorkerLink.filter(enterprise_id=FIRM_A)}
    staff = {str(account.id) for account in await Account.filter(username="officer_a")}
    return ids | links | staff | {"仅甲公司可见", str(FIRM_A)}


async def seen(client: Client, world: World, who: str, marks: set[str]) -> set[str]:
    """The marks that stand in the answers to everything that can be read."""
    text = ""
    for name, operation in OPERATIONS.items():
        if operation.method == "GET" and not name.startswith(OPEN_TO_ALL):
            answer = await ask(client, world, name, who)
            text += answer.text if answer.is_success else ""
    return {mark for mark in marks if mark in text}


async def in_redis(store: Store) -> set[str]:
    """The canaries in the keys and values of the run's Redis."""
    if not store.redis_url():
        return set()
    client: Any = aioredis.Redis.from_url(store.redis_url(), decode_responses=True)
    text = ""
    async for key in client.scan_iter():
        text += f"{key} {await client.get(key)}\n"
    await client.aclose()
    return canaries.found_in(text.encode())


async def test_the_search_sees_the_database_of_this_test(
    client: Client, settings: Settings
) -> None:
    # Sealed, the phone is there and is not found; copied in plain, it is.
    await client.cast.token("zhang")
    assert canaries.in_database(settings) == set()
    rows = await connections.get("default").execute_query_dict("SELECT phone FROM account")
    assert any(row["phone"] for row in rows)
