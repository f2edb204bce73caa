"""Many first logins at once make one account, in the demo, where one code always works."""

import asyncio
from dataclasses import replace

import pytest

from api.accounts import sms_codes
from api.accounts.models import Account, RoleGrant
from api.settings import Settings
from tests.api.accounts.ways_in import enter_by_sms
from tests.cast import Client


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, demo=True)


async def test_fifty_first_logins_of_one_phone_make_one_account(client: Client) -> None:
    code = sms_codes.Demo.code
    opened = await asyncio.gather(
        *(enter_by_sms(client, code, ip=f"10.5.0.{n}") for n in range(50))
    )
    assert {o.status_code for o in opened} == {201}
    assert len({o.json()["account"]["id"] for o in opened}) == 1
    assert len({o.json()["token"] for o in opened}) == 50
    assert await Account.all().count() == 1
    assert await RoleGrant.all().count() == 1


async def test_the_demo_says_so_in_every_answer(client: Client) -> None:
    assert (await client.get("/api/v1/consents")).headers["X-Gongyou-Demo"] == "1"
