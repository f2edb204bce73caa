"""PUT /me/phone and /me/phone/wechat: the phone by which one logs in."""

import asyncio

import pytest
from tortoise import connections

from api.accounts import service
from api.kit import jobs
from tests.api.accounts.ways_in import (
    PHONE,
    ask_code,
    enter_by_sms,
    enter_by_wechat,
    other_than,
    outcome,
    sent_code,
    sms_token,
)
from tests.cast import Client
from tests.emulators.fixtures import Emulators

OWN = "/api/v1/me/phone"
BY_WECHAT = "/api/v1/me/phone/wechat"
TAKEN = "13900000002"


async def newcomer(client: Client, code: str = "once-worker") -> str:
    """The token of somebody who came by WeChat and just proved himself again."""
    opened = await enter_by_wechat(client, code)
    proof = {"method": "wechat", "code": f"{code}.again"}
    proved = await client.post("/api/v1/auth/sudo", token=opened.json()["token"], json=proof)
    assert proved.status_code == 201, proved.text
    return str(proved.json()["token"])


async def test_a_worker_logs_in_by_his_new_phone(client: Client, emulators: Emulators) -> None:
    await client.cast.sudo("zhang")
    await ask_code(client)
    body = {"phone": PHONE, "code": sent_code(emulators)}
    answer = await client.put(OWN, as_="zhang", json=body)
    assert (answer.status_code, answer.json()) == (200, {"phone_masked": "139****7777"})
    await ask_code(client, ip="10.3.0.1")
    opened = await enter_by_sms(client, sent_code(emulators), ip="10.3.0.1")
    assert opened.json()["account"]["id"] == str(await client.cast.id("zhang"))


async def test_his_old_phone_is_free_for_another(client: Client, emulators: Emulators) -> None:
    await client.cast.sudo("zhang")
    await ask_code(client)
    await client.put(OWN, as_="zhang", json={"phone": PHONE, "code": sent_code(emulators)})
    token = await sms_token(client, emulators, "13900000001")
    assert (await client.get("/api/v1/me/sessions", token=token)).status_code == 200
    devices = await client.get("/api/v1/me/sessions", as_="zhang")
    assert len(devices.json()["items"]) == 1


async def test_a_wrong_code_changes_nothing(client: Client, emulators: Emulators) -> None:
    await client.cast.sudo("zhang")
    await ask_code(client)
    body = {"phone": PHONE, "code": other_than(sent_code(emulators))}
    answer = await client.put(OWN, as_="zhang", json=body)
    assert outcome(answer) == (401, "accounts.wrong_code")
    phone = await service.phone_of(await client.cast.id("zhang"))
    assert phone is not None and phone.masked == "139****0001"


async def test_anothers_phone_is_taken(client: Client, emulators: Emulators) -> None:
    await client.cast.id("li")
    await client.cast.sudo("zhang")
    await ask_code(client, TAKEN)
    body = {"phone": TAKEN, "code": sent_code(emulators, TAKEN)}
    answer = await client.put(OWN, as_="zhang", json=body)
    assert outcome(answer) == (409, "accounts.phone_taken")
    assert TAKEN not in answer.text


async def test_the_same_phone_twice_is_no_harm(client: Client) -> None:
    token = await newcomer(client)
    for n in range(2):
        answer = await client.put(BY_WECHAT, token=token, json={"code": f"once-phone-{PHONE}.{n}"})
        assert (answer.status_code, answer.json()) == (200, {"phone_masked": "139****7777"})


async def test_wechat_vouches_for_the_phone(client: Client, emulators: Emulators) -> None:
    token = await newcomer(client)
    answer = await client.put(BY_WECHAT, token=token, json={"code": f"once-phone-{PHONE}"})
    assert answer.json() == {"phone_masked": "139****7777"}
    await ask_code(client)
    by_sms = await enter_by_sms(client, sent_code(emulators))
    by_wechat = await enter_by_wechat(client, "once-worker.7")
    assert by_sms.json()["account"]["id"] == by_wechat.json()["account"]["id"]


async def test_a_phone_code_is_good_once(client: Client) -> None:
    token = await newcomer(client)
    await client.put(BY_WECHAT, token=token, json={"code": f"once-phone-{PHONE}"})
    again = await client.put(BY_WECHAT, token=token, json={"code": f"once-phone-{PHONE}"})
    assert outcome(again) == (401, "accounts.wrong_wechat_code")


async def test_a_login_code_is_no_phone_code(client: Client) -> None:
    token = await newcomer(client)
    answer = await client.put(BY_WECHAT, token=token, json={"code": "once-worker.8"})
    assert outcome(answer) == (401, "accounts.wrong_wechat_code")


async def test_a_taken_phone_from_wechat_is_refused(client: Client) -> None:
    await client.cast.id("li")
    token = await newcomer(client)
    answer = await client.put(BY_WECHAT, token=token, json={"code": f"once-phone-{TAKEN}"})
    assert outcome(answer) == (409, "accounts.phone_taken")


@pytest.mark.parametrize(
    ("kind", "spec", "expected"),
    [
        ("status", {"status": 500}, (503, "accounts.wechat_unavailable")),
        (
            "json",
            {
                "json": {
                    "errcode": 0,
                    "phone_info": {"purePhoneNumber": "91234567", "countryCode": "852"},
                }
            },
            (401, "accounts.wrong_wechat_code"),
        ),
    ],
)
async def test_no_phone_from_wechat_is_said(
    client: Client,
    emulators: Emulators,
    kind: str,
    spec: dict[str, object],
    expected: tuple[int, str],
) -> None:
    token = await newcomer(client)
    emulators.fault("/wxa/business/getuserphonenumber", kind, times=None, **spec)
    answer = await client.put(BY_WECHAT, token=token, json={"code": f"once-phone-{PHONE}"})
    assert outcome(answer) == expected


async def test_of_five_accounts_that_take_one_phone_one_gets_it(client: Client) -> None:
    tokens = [await newcomer(client, f"once-worker{n}") for n in range(5)]
    answers = await asyncio.gather(
        *(
            client.put(BY_WECHAT, token=token, json={"code": f"once-phone-{PHONE}.{n}"})
            for n, token in enumerate(tokens)
        )
    )
    assert sorted(a.status_code for a in answers) == [200, 409, 409, 409, 409]


async def test_the_phone_is_stored_sealed(client: Client) -> None:
    token = await newcomer(client)
    await client.put(BY_WECHAT, token=token, json={"code": f"once-phone-{PHONE}"})
    _, rows = await connections.get("default").execute_query("SELECT * FROM account")
    assert PHONE not in str([dict(row) for row in rows])
    assert any(str(row["phone"]).startswith("v1.") for row in rows)


async def test_the_old_phone_is_told_and_then_forgotten(
    client: Client, emulators: Emulators
) -> None:
    await client.cast.sudo("zhang")
    await ask_code(client)
    await client.put(OWN, as_="zhang", json={"phone": PHONE, "code": sent_code(emulators)})
    zhang = await client.cast.id("zhang")
    assert await service.former_phone_of(zhang) is not None
    await jobs.drain()
    told = [sms["params"] for sms in emulators.sms("13900000001")]
    assert told == [{"title": "您的登录手机号改了"}]
    assert len(emulators.sms(PHONE)) == 1
    assert await service.former_phone_of(zhang) is None
