"""POST /auth/activations and PUT /me/password: the owner alone knows his password."""

import asyncio

import pytest

from api.accounts import staff
from api.accounts.models import Account
from api.kit.actor import SYSTEM
from tests.api.accounts.ways_in import (
    PASSWORD,
    Watch,
    enter_by_password,
    give_authenticator,
    hire,
    outcome,
)
from tests.cast import Client

PATH = "/api/v1/auth/activations"
OWN = "/api/v1/me/password"
NEW = "staple horse under the bridge"
WRONG = (401, "accounts.wrong_activation")
WEAK = (
    "short",
    "elevenchars",
    "aaaaaaaaaaaaaaaaaaaa",
    "abababababababab",
    "passwordpassword",
    "Password123456!!",
    "123456123456123456",
    "foremanforeman1",
    "工友工友工友工友工友工友",
    "x" * 12,
)


async def invite() -> str:
    """The activation code of `foreman`."""
    return (await staff.create_staff(SYSTEM, username="foreman", role="project_manager"))[1]


def body(code: str, password: str = PASSWORD) -> dict[str, str]:
    return {"username": "foreman", "activation_code": code, "password": password}


async def test_an_activation_code_is_good_once(client: Client) -> None:
    code = await invite()
    assert (await client.post(PATH, json=body(code))).status_code == 204
    assert outcome(await client.post(PATH, json=body(code, NEW))) == WRONG
    assert (await enter_by_password(client, "foreman")).status_code == 201


async def test_of_ten_activations_at_once_one_counts(client: Client) -> None:
    code = await invite()
    answers = await asyncio.gather(
        *(client.post(PATH, json=body(code, f"{NEW} {n}")) for n in range(10))
    )
    assert sorted(a.status_code for a in answers) == [204] + [401] * 9


@pytest.mark.parametrize(("hours", "expected"), [(71.9, 204), (72, 401)])
async def test_an_activation_code_ends_after_three_days(
    client: Client, watch: Watch, hours: float, expected: int
) -> None:
    code = await invite()
    watch.forward(hours=hours)
    assert (await client.post(PATH, json=body(code))).status_code == expected


async def test_a_wrong_code_and_an_unknown_name_get_the_same_answer(client: Client) -> None:
    code = await invite()
    answers = [
        await client.post(PATH, json=body("wrong-code")),
        await client.post(PATH, json={**body(code), "username": "nobody"}),
    ]
    bodies = [{**a.json(), "request_id": ""} for a in answers]
    assert bodies[0] == bodies[1]
    assert [outcome(a) for a in answers] == [WRONG, WRONG]


async def test_guessing_is_limited_for_each_address(client: Client, watch: Watch) -> None:
    statuses = [(await client.post(PATH, json=body("guess"))).status_code for _ in range(11)]
    assert statuses == [401] * 10 + [429]
    code = await invite()
    assert (await client.post(PATH, json=body(code), ip="10.4.0.1")).status_code == 204


async def test_the_code_is_stored_as_a_keyed_hash(client: Client) -> None:
    code = await invite()
    assert len(code) >= 16
    assert code not in (await Account.get(username="foreman")).activation_hash


async def test_weak_passwords_are_refused_and_the_code_stays_good(client: Client) -> None:
    code = await invite()
    for n, password in enumerate(WEAK):
        answer = await client.post(PATH, json=body(code, password), ip=f"10.4.0.{n}")
        assert outcome(answer) == (422, "accounts.weak_password"), password
        assert [e["path"] for e in answer.json()["errors"]] == ["password"]
        assert password not in answer.text
    assert (await client.post(PATH, json=body(code))).status_code == 204


@pytest.mark.parametrize(
    "password", ["工地上的塔吊今天转得真快呀", "a b c d e f g h", "Tr0ub4dor&3 zebra"]
)
async def test_any_long_password_is_taken(client: Client, password: str) -> None:
    assert (await client.post(PATH, json=body(await invite(), password))).status_code == 204
    assert (await enter_by_password(client, "foreman", password)).status_code == 201


async def test_malformed_activations_name_their_place(client: Client) -> None:
    code = await invite()
    for key, value in (("username", "X"), ("activation_code", ""), ("password", "y" * 129)):
        answer = await client.post(PATH, json={**body(code), key: value})
        assert answer.status_code == 422
        assert [e["path"] for e in answer.json()["errors"]] == [key]


async def test_a_reissued_code_leaves_the_second_factor(client: Client) -> None:
    account_id = await hire("foreman")
    await give_authenticator(account_id)
    await client.cast.sudo("platform_admin")
    made = await client.post(
        f"/api/v1/platform/staff/{account_id}/activations", as_="platform_admin"
    )
    assert made.status_code == 201, made.text
    answer = await client.post(PATH, json=body(made.json()["activation_code"], NEW))
    assert answer.status_code == 204
    assert outcome(await enter_by_password(client, "foreman", NEW)) == (
        401,
        "accounts.second_factor_needed",
    )


async def test_a_later_code_ends_the_earlier_one(client: Client) -> None:
    first = await invite()
    account = await Account.get(username="foreman")
    second = await staff.reissue(SYSTEM, account.id)
    assert outcome(await client.post(PATH, json=body(first))) == WRONG
    assert (await client.post(PATH, json=body(second))).status_code == 204


async def test_activation_logs_all_devices_out(client: Client) -> None:
    account_id = await hire("foreman")
    token = (await enter_by_password(client, "foreman")).json()["token"]
    code = await staff.reissue(SYSTEM, account_id)
    await client.post(PATH, json=body(code, NEW))
    assert (await client.get("/api/v1/me/sessions", token=token)).status_code == 401


async def sudo_token(client: Client) -> str:
    token = (await enter_by_password(client, "foreman")).json()["token"]
    proof = {"method": "password", "username": "foreman", "password": PASSWORD}
    return str((await client.post("/api/v1/auth/sudo", token=token, json=proof)).json()["token"])


async def test_a_changed_password_logs_all_devices_out(client: Client) -> None:
    await hire("foreman")
    other = (await enter_by_password(client, "foreman")).json()["token"]
    token = await sudo_token(client)
    assert (await client.put(OWN, token=token, json={"password": NEW})).status_code == 204
    for dead in (token, other):
        assert (await client.get("/api/v1/me/sessions", token=dead)).status_code == 401
    assert (await enter_by_password(client, "foreman")).status_code == 401
    assert (await enter_by_password(client, "foreman", NEW)).status_code == 201


async def test_a_weak_new_password_changes_nothing(client: Client) -> None:
    await hire("foreman")
    answer = await client.put(OWN, token=await sudo_token(client), json={"password": "short"})
    assert outcome(answer) == (422, "accounts.weak_password")
    assert (await enter_by_password(client, "foreman")).status_code == 201


async def test_a_worker_has_no_password_to_change(client: Client) -> None:
    await client.cast.sudo("zhang")
    answer = await client.put(OWN, as_="zhang", json={"password": NEW})
    assert answer.status_code == 404
