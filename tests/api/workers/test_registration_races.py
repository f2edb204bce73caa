"""Fifty at once: one person, one record, one code."""

import asyncio

import pytest

from api.accounts.consents import TEXTS
from api.accounts.models import Consent
from api.integrations.adapters import Adapters
from api.kit.ids import new_id
from api.workers.models import IdCardReading, Verification, Worker
from tests.api.workers.registering import enter, jpeg, photographed, submitted, typed
from tests.cast import Client
from tests.specimens import person, selfie

ZHANG = person(11)
CROWD = [f"phone_{n}" for n in range(50)]


@pytest.fixture
def adapters(emulated_adapters: Adapters) -> Adapters:
    return emulated_adapters


async def _crowd_with_photos(client: Client) -> None:
    """Fifty accounts with consents, all with the photos that the first of them sent."""
    await photographed(client, "zhang", ZHANG)
    read = await IdCardReading.get()
    for n, who in enumerate(CROWD):
        await enter(client, who, f"139001{n:05d}")
        account_id = await client.cast.id(who)
        await Consent.bulk_create(
            Consent(
                account_id=account_id,
                purpose=text.purpose,
                version=text.version,
                text_hash=text.text_hash,
                granted=True,
            )
            for text in TEXTS.values()
        )
        await IdCardReading.create(
            id=new_id(),
            account_id=account_id,
            front_file_id=read.front_file_id,
            back_file_id=read.back_file_id,
            fields_read=read.fields_read,
            warnings=[],
            outcome=read.outcome,
        )


async def test_fifty_parallel_registrations_of_one_person_make_one_worker(client: Client) -> None:
    await _crowd_with_photos(client)
    upload = jpeg(selfie(ZHANG))

    async def register(who: str) -> tuple[int, str | None]:
        answer = await client.post(
            "/api/v1/me/registration", as_=who, data=typed(ZHANG), files={"selfie": upload}
        )
        return answer.status_code, answer.json().get("verification_code")

    answers = await asyncio.gather(*(register(who) for who in CROWD))
    worker = await Worker.get()
    assert {status for status, _ in answers} == {201}
    assert {code for _, code in answers} == {_printed(worker.code)}
    assert worker.account_id in {await client.cast.id(who) for who in CROWD}


async def test_fifty_parallel_requests_of_one_account_are_one_attempt(client: Client) -> None:
    await photographed(client, "zhang", ZHANG)
    await client.agree("zhang", "face")
    upload = jpeg(selfie(ZHANG))

    async def register() -> int:
        answer = await client.post(
            "/api/v1/me/registration", as_="zhang", data=typed(ZHANG), files={"selfie": upload}
        )
        return answer.status_code

    statuses = await asyncio.gather(*(register() for _ in range(50)))
    assert 201 in statuses and {*statuses} <= {201, 409, 429}
    assert await Worker.all().count() == 1
    assert await Verification.all().count() == 1
    again = await submitted(client, "zhang", ZHANG)
    assert again.json()["verification_code"] == _printed((await Worker.get()).code)


def _printed(code: str | None) -> str:
    assert code is not None
    return "-".join((code[:3], code[3:7], code[7:11], code[11:15], code[15:]))
