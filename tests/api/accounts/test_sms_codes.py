"""POST /auth/sms-codes, and the login with the code: six digits, five minutes, once."""

from api.accounts import jobs, sms_codes
from api.accounts.models import SmsCode
from api.kit.cache import Cache
from tests.api.accounts.ways_in import (
    ELSEWHERE,
    HOME,
    PHONE,
    SMS_CODES,
    Watch,
    ask_code,
    enter_by_sms,
    other_than,
    outcome,
    sent_code,
    sms_token,
)
from tests.cast import Client
from tests.emulators.fixtures import Emulators


async def test_a_new_worker_logs_in_with_the_code_on_his_phone(
    client: Client, emulators: Emulators
) -> None:
    asked = await ask_code(client)
    assert (asked.status_code, asked.content) == (202, b"")
    code = sent_code(emulators)
    assert len(code) == 6 and code.isdecimal()
    opened = await enter_by_sms(client, code)
    assert opened.status_code == 201
    account = opened.json()["account"]
    assert (account["kind"], account["roles"]) == ("person", ["worker"])
    me = await client.get("/api/v1/me/sessions", token=opened.json()["token"])
    assert [device["method"] for device in me.json()["items"]] == ["sms"]


async def test_the_same_phone_comes_back_to_the_same_account(
    client: Client, emulators: Emulators, watch: Watch
) -> None:
    ids = set()
    for _ in range(2):
        await ask_code(client)
        opened = await enter_by_sms(client, sent_code(emulators))
        ids.add(opened.json()["account"]["id"])
        watch.forward(seconds=60)
    assert len(ids) == 1


async def test_a_phone_is_the_same_in_every_way_of_writing(
    client: Client, emulators: Emulators
) -> None:
    await ask_code(client, "+86 139-1111-7777")
    assert (
        await enter_by_sms(client, sent_code(emulators), "１３９１１１１７７７７")
    ).status_code == 201


async def test_a_code_is_good_once(client: Client, emulators: Emulators) -> None:
    await ask_code(client)
    code = sent_code(emulators)
    assert (await enter_by_sms(client, code)).status_code == 201
    assert outcome(await enter_by_sms(client, code)) == (401, "accounts.wrong_code")


async def test_a_code_ends_after_five_minutes(
    client: Client, emulators: Emulators, watch: Watch
) -> None:
    for seconds, expected in ((299, 201), (300, 401)):
        await ask_code(client)
        code = sent_code(emulators)
        watch.forward(seconds=seconds)
        emulators.advance(seconds)
        assert (await enter_by_sms(client, code)).status_code == expected


async def test_a_code_is_of_one_phone_only(client: Client, emulators: Emulators) -> None:
    await ask_code(client)
    answer = await enter_by_sms(client, sent_code(emulators), "13911110002")
    assert outcome(answer) == (401, "accounts.wrong_code")


async def test_an_earlier_code_stays_good_beside_a_later_one(
    client: Client, emulators: Emulators, watch: Watch
) -> None:
    await ask_code(client)
    first = sent_code(emulators)
    watch.forward(seconds=40)
    await ask_code(client)
    assert (await enter_by_sms(client, first)).status_code == 201


async def test_a_code_may_be_used_from_another_address(
    client: Client, emulators: Emulators
) -> None:
    await ask_code(client, ip=HOME)
    assert (await enter_by_sms(client, sent_code(emulators), ip=ELSEWHERE)).status_code == 201


async def test_a_code_is_stored_as_a_keyed_hash(client: Client, emulators: Emulators) -> None:
    await ask_code(client)
    row = await SmsCode.get()
    assert sent_code(emulators) not in row.code_hash
    assert PHONE not in row.phone_index


async def test_malformed_phones_name_their_place(client: Client) -> None:
    for phone in ("", "12911110001", "1391111000", "139111100011", "abc", "139 1111 000x", 1, None):
        answer = await client.post(SMS_CODES, json={"phone": phone})
        assert answer.status_code == 422, phone
        assert [e["path"] for e in answer.json()["errors"]] == ["phone"]
        assert not phone or len(str(phone)) < 8 or str(phone) not in answer.text


async def test_asking_again_at_once_must_wait(client: Client, watch: Watch) -> None:
    assert (await ask_code(client)).status_code == 202
    again = await ask_code(client)
    assert outcome(again) == (429, "accounts.too_many_codes")
    assert 0 < int(again.headers["Retry-After"]) <= 30
    watch.forward(seconds=int(again.headers["Retry-After"]))
    assert (await ask_code(client)).status_code == 202


async def test_one_address_asks_for_five_codes_of_a_phone_an_hour(
    client: Client, emulators: Emulators, watch: Watch
) -> None:
    to_the_full_hour = 3600 - watch.at.timestamp() % 3600
    watch.forward(seconds=to_the_full_hour)
    emulators.advance(to_the_full_hour)
    statuses = []
    for _ in range(6):
        statuses.append((await ask_code(client)).status_code)
        watch.forward(seconds=31)
    assert statuses == [202] * 5 + [429]


async def test_one_address_asks_for_sixty_codes_an_hour(client: Client, watch: Watch) -> None:
    answers = [await ask_code(client, f"139111200{n:02d}") for n in range(61)]
    assert [a.status_code for a in answers] == [202] * 60 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert (await ask_code(client, ip=ELSEWHERE)).status_code == 202


async def test_a_forwarded_address_from_a_stranger_counts_nothing(
    client: Client, watch: Watch
) -> None:
    await ask_code(client)
    again = await client.post(
        SMS_CODES, json={"phone": PHONE}, ip=HOME, headers={"X-Forwarded-For": "10.9.9.9"}
    )
    assert again.status_code == 429


async def test_strangers_cannot_stop_the_owner_at_a_known_address(
    client: Client, emulators: Emulators, watch: Watch
) -> None:
    await sms_token(client, emulators, ip=HOME)
    watch.forward(seconds=31)
    answers = [await ask_code(client, ip=f"10.66.0.{n}") for n in range(1, 15)]
    refused = [a for a in answers if a.status_code == 429]
    assert refused and all(int(a.headers["Retry-After"]) > 0 for a in refused)
    assert outcome(await ask_code(client, ip="10.66.1.1")) == (429, "accounts.too_many_codes")
    await sms_token(client, emulators, ip=HOME)


async def test_a_failing_gateway_is_our_side_and_temporary(
    client: Client, emulators: Emulators
) -> None:
    emulators.fault("/v1/messages", "status", status=500, times=None)
    answer = await ask_code(client)
    assert outcome(answer) == (503, "accounts.sms_unavailable")
    assert int(answer.headers["Retry-After"]) > 0


async def test_old_codes_are_forgotten(client: Client, watch: Watch, cache: Cache) -> None:
    await ask_code(client)
    watch.forward(hours=23)
    await jobs.forget_codes()
    assert await SmsCode.all().count() == 1
    watch.forward(hours=2)
    await jobs.forget_codes()
    assert await SmsCode.all().count() == 0


async def test_a_wrong_code_opens_nothing(client: Client, emulators: Emulators) -> None:
    await ask_code(client)
    answer = await enter_by_sms(client, other_than(sent_code(emulators)))
    assert outcome(answer) == (401, "accounts.wrong_code")
    assert "token" not in answer.json()


async def test_the_demo_code_is_off_outside_the_demo(client: Client) -> None:
    assert sms_codes.Demo.code == ""
    assert (await enter_by_sms(client, "246810")).status_code == 401
