"""The second factor: enrolled by its owner, each code once, demanded where the role needs it."""

import asyncio
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pyotp
import pytest
from tortoise import connections

from api.accounts import second_factor
from api.accounts.errors import SecondFactorNeeded
from api.accounts.models import Account, WechatIdentity
from api.kit.errors import TooMany
from api.kit.personal import Kind, Personal
from api.kit.transaction import transaction
from api.permissions import grant
from tests.api.accounts.ways_in import (
    DEVICES,
    PASSWORD,
    SESSIONS,
    SUDO,
    Watch,
    enter_by_password,
    enter_by_wechat,
    give_authenticator,
    hire,
    other_than,
    outcome,
    shown,
)
from tests.cast import FIRM_A, Client
from tests.emulators.wechat_platform import MINI_PROGRAM, openid_of

PATH = "/api/v1/me/second-factor"
NEEDED = (401, "accounts.second_factor_needed")


async def proved(client: Client, username: str = "clerk") -> str:
    """The token of a staff member who just proved himself again."""
    token = (await enter_by_password(client, username)).json()["token"]
    proof = {"method": "password", "username": username, "password": PASSWORD}
    return str((await client.post(SUDO, token=token, json=proof)).json()["token"])


async def begin(client: Client, token: str) -> pyotp.TOTP:
    made = await client.post(PATH, token=token)
    assert made.status_code == 201, made.text
    return pyotp.TOTP(parse_qs(urlsplit(made.json()["otpauth_uri"]).query)["secret"][0])


async def test_a_wage_officer_enrols_and_is_asked_from_then_on(
    client: Client, watch: Watch
) -> None:
    await hire("clerk", "wage_officer", tenant_id=FIRM_A)
    token = await proved(client)
    authenticator = await begin(client, token)
    done = await client.put(PATH, token=token, json={"code": shown(authenticator)})
    assert done.status_code == 200, done.text
    assert done.json()["account"]["second_factor_set"] is True
    assert outcome(await enter_by_password(client, "clerk")) == NEEDED
    watch.forward(seconds=30)
    opened = await enter_by_password(client, "clerk", totp=shown(authenticator))
    assert opened.status_code == 201


async def test_confirming_turns_the_token_and_logs_other_devices_out(
    client: Client, watch: Watch
) -> None:
    await hire("clerk")
    other = (await enter_by_password(client, "clerk")).json()["token"]
    token = await proved(client)
    authenticator = await begin(client, token)
    fresh = (await client.put(PATH, token=token, json={"code": shown(authenticator)})).json()
    assert (await client.get(DEVICES, token=fresh["token"])).status_code == 200
    for dead in (token, other):
        assert (await client.get(DEVICES, token=dead)).status_code == 401


async def test_before_its_first_code_it_is_not_in_force(client: Client, watch: Watch) -> None:
    await hire("clerk")
    token = await proved(client)
    first = await begin(client, token)
    second = await begin(client, token)
    assert (await enter_by_password(client, "clerk")).status_code == 201
    wrong = await client.put(PATH, token=token, json={"code": shown(first)})
    assert outcome(wrong) == NEEDED
    right = await client.put(PATH, token=token, json={"code": shown(second)})
    assert right.status_code == 200


async def test_it_is_changed_by_the_administrator_only(client: Client, watch: Watch) -> None:
    account_id = await hire("clerk")
    authenticator = await give_authenticator(account_id)
    token = (await enter_by_password(client, "clerk", totp=shown(authenticator))).json()["token"]
    watch.forward(seconds=30)
    proof = {"method": "password", "username": "clerk", "password": PASSWORD}
    again = await client.post(SUDO, token=token, json={**proof, "totp": shown(authenticator)})
    token = again.json()["token"]
    assert outcome(await client.post(PATH, token=token)) == (409, "accounts.second_factor_set")
    answer = await client.put(PATH, token=token, json={"code": "123456"})
    assert outcome(answer) == (409, "accounts.second_factor_set")


async def test_there_is_nothing_to_confirm_before_it_is_begun(client: Client) -> None:
    await hire("clerk")
    token = await proved(client)
    answer = await client.put(PATH, token=token, json={"code": "123456"})
    assert outcome(answer) == (409, "accounts.no_second_factor")


async def test_confirming_is_limited(client: Client, watch: Watch) -> None:
    await hire("clerk")
    token = await proved(client)
    authenticator = await begin(client, token)
    wrong = {"code": shown(authenticator, 50)}
    statuses = [(await client.put(PATH, token=token, json=wrong)).status_code for _ in range(11)]
    assert statuses == [401] * 10 + [429]


async def test_enrolling_needs_a_fresh_proof(client: Client) -> None:
    await hire("clerk")
    token = (await enter_by_password(client, "clerk")).json()["token"]
    answer = await client.post(PATH, token=token)
    assert outcome(answer) == (403, "auth.reauthentication_required")


@pytest.mark.parametrize(
    ("steps", "expected"), [(-2, 401), (-1, 201), (0, 201), (1, 201), (2, 401)]
)
async def test_one_step_early_or_late_is_taken(
    client: Client, watch: Watch, steps: int, expected: int
) -> None:
    authenticator = await give_authenticator(await hire("clerk"))
    answer = await enter_by_password(client, "clerk", totp=shown(authenticator, steps))
    assert answer.status_code == expected


async def test_a_code_is_good_once(client: Client, watch: Watch) -> None:
    authenticator = await give_authenticator(await hire("clerk"))
    code = shown(authenticator)
    assert (await enter_by_password(client, "clerk", totp=code)).status_code == 201
    assert outcome(await enter_by_password(client, "clerk", totp=code)) == NEEDED
    earlier = shown(authenticator, -1)
    assert outcome(await enter_by_password(client, "clerk", totp=earlier)) == NEEDED
    watch.forward(seconds=30)
    later = await enter_by_password(client, "clerk", totp=shown(authenticator))
    assert later.status_code == 201


async def test_of_twenty_logins_with_one_code_one_gets_in(client: Client, watch: Watch) -> None:
    authenticator = await give_authenticator(await hire("clerk"))
    code = shown(authenticator)
    answers = await asyncio.gather(
        *(enter_by_password(client, "clerk", totp=code, ip=f"10.7.0.{n}") for n in range(20))
    )
    assert sorted(a.status_code for a in answers) == [201] + [401] * 19
    assert {outcome(a) for a in answers if a.status_code == 401} == {NEEDED}


async def test_a_code_is_spent_once_however_many_look_at_it(client: Client, watch: Watch) -> None:
    account_id = await hire("clerk")
    authenticator = await give_authenticator(account_id)
    account = await Account.get(id=account_id)
    code = shown(authenticator)

    async def spend() -> bool:
        try:
            async with transaction():
                await second_factor.spend_code(account, code)
        except SecondFactorNeeded:
            return False
        return True

    assert sum(await asyncio.gather(*(spend() for _ in range(20)))) == 1


async def test_the_second_factor_alone_opens_nothing(client: Client, watch: Watch) -> None:
    authenticator = await give_authenticator(await hire("clerk"))
    code = shown(authenticator)
    answer = await enter_by_password(client, "clerk", "not the password at all", totp=code)
    assert outcome(answer) == (401, "accounts.wrong_credentials")
    assert (await enter_by_password(client, "clerk", totp=code)).status_code == 201


async def test_a_role_that_needs_it_is_closed_without_it(client: Client) -> None:
    await hire("clerk", "platform_admin")
    token = (await enter_by_password(client, "clerk")).json()["token"]
    answer = await client.post("/api/v1/platform/staff", token=token, json={})
    assert outcome(answer) == (403, "auth.second_factor_required")


@pytest.mark.parametrize(
    "role",
    [
        "wage_officer", "enterprise_admin", "reviewer", "regulator_county", "regulator_city",
        "regulator_province", "platform_admin", "auditor",
    ],
)  # fmt: skip
def test_who_sees_identities_or_wages_needs_it(role: str) -> None:
    held = grant(role)
    strict = {p for p in held.permissions if not held.gives(p, second_factor=False)}
    assert strict == held.permissions - {"own:account:read", "own:account:update"}


async def test_own_devices_stay_open_without_it(client: Client) -> None:
    await hire("clerk", "regulator_county", region="510107")
    token = (await enter_by_password(client, "clerk")).json()["token"]
    assert (await client.get(DEVICES, token=token)).status_code == 200
    assert (await client.delete(SESSIONS + "/current", token=token)).status_code == 204


async def test_another_way_in_does_not_stand_for_it(client: Client, watch: Watch) -> None:
    account_id = await hire("clerk", "platform_admin")
    await give_authenticator(account_id)
    await WechatIdentity.create(account_id=account_id, app="mini", **identity("clerk"))
    token = (await enter_by_wechat(client, "once-clerk.1")).json()["token"]
    proof = {"method": "wechat", "code": "once-clerk.2"}
    token = (await client.post(SUDO, token=token, json=proof)).json()["token"]
    body = {"username": "someone", "role": "auditor", "region": None}
    answer = await client.post("/api/v1/platform/staff", token=token, json=body)
    assert outcome(answer) == (403, "auth.second_factor_required")


def identity(key: str) -> dict[str, Any]:
    openid = Personal.of(Kind.IDENTITY, openid_of(MINI_PROGRAM.appid, key, demo=False))
    return {"openid": openid, "openid_index": openid.index}


async def test_the_secret_is_stored_sealed(client: Client) -> None:
    await hire("clerk")
    authenticator = await begin(client, await proved(client))
    _, rows = await connections.get("default").execute_query("SELECT * FROM account")
    assert authenticator.secret not in str([dict(row) for row in rows])
    assert any(str(row["totp_secret"]).startswith("v1.") for row in rows)


async def test_malformed_codes_name_their_place(client: Client) -> None:
    await hire("clerk")
    token = (await enter_by_password(client, "clerk")).json()["token"]
    for code in ("", "12345", "1234567", "12345a", "１２３４５６", 123456, None):
        answer = await client.put(PATH, token=token, json={"code": code})
        assert answer.status_code == 422, code
        assert [e["path"] for e in answer.json()["errors"]] == ["code"]


async def test_a_login_says_whether_it_is_set(client: Client) -> None:
    await hire("clerk")
    body = {"method": "password", "username": "clerk", "password": PASSWORD}
    opened = await client.post(SESSIONS, json=body)
    assert opened.json()["account"]["second_factor_set"] is False


STEP_UP = "/api/v1/auth/second-factor"


async def test_who_logged_in_by_phone_gives_it_afterwards(client: Client, watch: Watch) -> None:
    """A phone's owner who runs an enterprise: his office opens with his authenticator."""
    await client.cast.sudo("applicant")
    account_id = await client.cast.id("applicant")
    authenticator = await give_authenticator(account_id)
    opened = await client.post(STEP_UP, as_="applicant", json={"code": shown(authenticator)})
    assert opened.status_code == 201, opened.text
    again = await client.post(
        STEP_UP, token=opened.json()["token"], json={"code": shown(authenticator)}
    )
    assert outcome(again) == NEEDED
    old = await client.get(DEVICES, as_="applicant")
    assert old.status_code == 401


async def test_without_an_authenticator_there_is_nothing_to_give(client: Client) -> None:
    answer = await client.post(STEP_UP, as_="zhang", json={"code": "123456"})
    assert outcome(answer) == (409, "accounts.no_second_factor")


async def tried(account_id: UUID, code: str) -> str:
    """What comes of a code: taken, wrong, or too many were wrong today."""
    try:
        async with transaction():
            await second_factor.spend_code(await Account.get(id=account_id), code)
    except SecondFactorNeeded:
        return "wrong"
    except TooMany:
        return "too many"
    return "taken"


async def test_a_day_has_few_guesses_and_a_right_code_costs_none(
    client: Client, watch: Watch
) -> None:
    account_id = await hire("clerk")
    authenticator = await give_authenticator(account_id)
    for _ in range(30):
        watch.forward(seconds=60)
        assert await tried(account_id, shown(authenticator)) == "taken"
    wrong = [await tried(account_id, other_than(shown(authenticator))) for _ in range(22)]
    assert wrong == ["wrong"] * 20 + ["too many"] * 2
    watch.forward(seconds=60)
    assert await tried(account_id, shown(authenticator)) == "too many"
    watch.forward(days=1)
    assert await tried(account_id, shown(authenticator)) == "taken"
