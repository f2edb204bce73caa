"""Login by the mini-program: `wx.login` code → openid → account; no other way to name oneself."""

import asyncio

import pytest
from tortoise import connections

from api.accounts.models import Account, WechatIdentity
from api.kit.personal import Kind, Personal
from tests.api.accounts.ways_in import SESSIONS, enter_by_wechat, outcome
from tests.cast import Client
from tests.emulators.fixtures import Emulators
from tests.emulators.wechat_platform import MINI_PROGRAM, openid_of

CANARY = "Y2FuYXJ5"
OPENID = openid_of(MINI_PROGRAM.appid, "worker", demo=False)


async def test_a_new_openid_gets_an_account_and_keeps_it(client: Client) -> None:
    opened = [await enter_by_wechat(client, f"once-worker.{n}") for n in range(3)]
    assert [o.status_code for o in opened] == [201] * 3
    accounts = {o.json()["account"]["id"] for o in opened}
    assert len(accounts) == 1
    assert len({o.json()["token"] for o in opened}) == 3
    assert opened[0].json()["account"]["roles"] == ["worker"]


async def test_another_openid_is_another_account(client: Client) -> None:
    first = await enter_by_wechat(client, "once-worker")
    other = await enter_by_wechat(client, "once-other")
    assert first.json()["account"]["id"] != other.json()["account"]["id"]


async def test_a_used_code_logs_nobody_in(client: Client) -> None:
    assert (await enter_by_wechat(client, "once-worker")).status_code == 201
    assert outcome(await enter_by_wechat(client, "once-worker")) == (
        401,
        "accounts.wrong_wechat_code",
    )


@pytest.mark.parametrize("code", ["invalid", "risky-worker", "once-"])
async def test_a_code_that_wechat_refuses_logs_nobody_in(client: Client, code: str) -> None:
    assert outcome(await enter_by_wechat(client, code)) == (401, "accounts.wrong_wechat_code")
    assert await Account.all().count() == 0


@pytest.mark.parametrize(
    ("kind", "spec"),
    [
        ("status", {"status": 502}),
        ("malformed", {}),
        ("drop", {}),
        ("json", {"json": {"errcode": -1, "errmsg": "system error"}}),
        ("json", {"json": {"openid": OPENID}}),
        ("json", {"json": {"errcode": 40125, "errmsg": "invalid appsecret"}}),
    ],
)
async def test_wechat_out_of_order_is_said_and_may_be_tried_again(
    client: Client, emulators: Emulators, kind: str, spec: dict[str, object]
) -> None:
    emulators.fault("/sns/jscode2session", kind, times=None, **spec)
    answer = await enter_by_wechat(client, "once-worker")
    assert outcome(answer) == (503, "accounts.wechat_unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    assert await Account.all().count() == 0


async def test_an_openid_sent_by_the_client_is_refused(client: Client) -> None:
    await enter_by_wechat(client, "once-worker")
    named = await enter_by_wechat(client, "once-other", openid=OPENID)
    assert named.status_code == 422
    assert [e["path"] for e in named.json()["errors"]] == ["wechat.openid"]
    only = await client.post(SESSIONS, json={"method": "wechat", "openid": OPENID})
    assert only.status_code == 422
    queried = await client.post(
        f"{SESSIONS}?openid={OPENID}", json={"method": "wechat", "code": "once-other"}
    )
    assert queried.status_code == 422


async def test_neither_session_key_nor_openid_leaves_the_server(
    client: Client, capfd: pytest.CaptureFixture[str]
) -> None:
    opened = await enter_by_wechat(client, "once-worker")
    devices = await client.get("/api/v1/me/sessions", token=opened.json()["token"])
    refused = await enter_by_wechat(client, "once-worker")
    printed = capfd.readouterr()
    assert "accounts.log_in" in printed.out + printed.err
    for text in (opened.text, devices.text, refused.text, printed.out, printed.err):
        assert CANARY not in text and OPENID not in text


async def test_the_session_key_is_kept_sealed_and_replaced_by_the_next_login(
    client: Client,
) -> None:
    kept = []
    for n in range(2):
        await enter_by_wechat(client, f"once-worker.{n}")
        _, rows = await connections.get("default").execute_query(
            "SELECT openid, session_key FROM wechat_identity"
        )
        assert len(rows) == 1
        assert rows[0]["session_key"].startswith("v1.")
        assert CANARY not in rows[0]["session_key"] and OPENID not in rows[0]["openid"]
        kept.append((await WechatIdentity.get()).session_key)
    assert kept[0] != kept[1]


async def test_the_openid_is_found_by_its_blind_index(client: Client) -> None:
    await enter_by_wechat(client, "once-worker")
    index = Personal.of(Kind.IDENTITY, OPENID).index
    assert await WechatIdentity.filter(app="mini", openid_index=index).count() == 1


async def test_twenty_first_logins_of_one_openid_make_one_account(client: Client) -> None:
    opened = await asyncio.gather(*(enter_by_wechat(client, f"once-worker.{n}") for n in range(20)))
    assert {o.status_code for o in opened} == {201}
    assert len({o.json()["account"]["id"] for o in opened}) == 1
    assert await Account.all().count() == 1
    assert await WechatIdentity.all().count() == 1


async def test_a_login_without_code_or_with_a_long_one_is_malformed(client: Client) -> None:
    for body in ({}, {"code": ""}, {"code": "x" * 129}, {"code": "有"}, {"code": None}):
        answer = await client.post(SESSIONS, json={"method": "wechat", **body})
        assert answer.status_code == 422
