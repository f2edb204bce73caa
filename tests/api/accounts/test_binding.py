"""PUT /me/wechat: a WeChat identity joins an account that came another way."""

import asyncio

from api.accounts import grants
from api.accounts.models import WechatIdentity
from api.kit.actor import SYSTEM
from tests.api.accounts.test_wechat_pages import come_back, sent_out
from tests.api.accounts.ways_in import enter_by_wechat, outcome
from tests.cast import FIRM_A, Client

PATH = "/api/v1/me/wechat"
CODE = {"code": "once-worker.bind"}


async def test_the_bound_wechat_logs_in_to_the_account(client: Client) -> None:
    await client.cast.sudo("zhang")
    assert (await client.put(PATH, as_="zhang", json=CODE)).status_code == 204
    opened = await enter_by_wechat(client, "once-worker")
    assert opened.json()["account"]["id"] == str(await client.cast.id("zhang"))


async def test_binding_twice_changes_nothing(client: Client) -> None:
    await client.cast.sudo("zhang")
    for n in range(2):
        answer = await client.put(PATH, as_="zhang", json={"code": f"once-worker.{n}"})
        assert answer.status_code == 204
    assert await WechatIdentity.all().count() == 1


async def test_an_account_of_nothing_else_gives_its_identities_up(client: Client) -> None:
    empty = await enter_by_wechat(client, "once-worker.1")
    await come_back(client, await sent_out(client), "once-worker.2")
    await client.cast.sudo("zhang")
    assert (await client.put(PATH, as_="zhang", json=CODE)).status_code == 204
    zhang = str(await client.cast.id("zhang"))
    mini = await enter_by_wechat(client, "once-worker.3")
    page = await come_back(client, await sent_out(client), "once-worker.4")
    assert [o.json()["account"]["id"] for o in (mini, page)] == [zhang, zhang]
    left = await client.get("/api/v1/me/sessions", token=empty.json()["token"])
    assert left.status_code == 401


async def test_an_account_with_a_phone_keeps_its_wechat(client: Client) -> None:
    await client.cast.sudo("li")
    await client.put(PATH, as_="li", json={"code": "once-worker.1"})
    await client.cast.sudo("zhang")
    answer = await client.put(PATH, as_="zhang", json=CODE)
    assert outcome(answer) == (409, "accounts.wechat_taken")
    opened = await enter_by_wechat(client, "once-worker.2")
    assert opened.json()["account"]["id"] == str(await client.cast.id("li"))


async def test_an_account_that_agreed_to_something_keeps_its_wechat(client: Client) -> None:
    opened = await enter_by_wechat(client, "once-worker.1")
    body = {"version": "2026-11", "granted": True}
    path = "/api/v1/me/consents/location"
    agreed = await client.put(path, token=opened.json()["token"], json=body)
    assert agreed.status_code == 200, agreed.text
    await client.cast.sudo("zhang")
    answer = await client.put(PATH, as_="zhang", json=CODE)
    assert outcome(answer) == (409, "accounts.wechat_taken")


async def test_an_account_that_serves_an_enterprise_keeps_its_wechat(client: Client) -> None:
    opened = await enter_by_wechat(client, "once-worker.1")
    account_id = opened.json()["account"]["id"]
    await grants.give(SYSTEM, account_id, "enterprise_admin", tenant_id=FIRM_A)
    await client.cast.sudo("zhang")
    answer = await client.put(PATH, as_="zhang", json=CODE)
    assert outcome(answer) == (409, "accounts.wechat_taken")


async def test_a_used_or_unknown_code_binds_nothing(client: Client) -> None:
    await client.cast.sudo("zhang")
    await enter_by_wechat(client, "once-other")
    for code in ("once-other", "invalid"):
        answer = await client.put(PATH, as_="zhang", json={"code": code})
        assert outcome(answer) == (401, "accounts.wrong_wechat_code")
    assert await WechatIdentity.filter(account_id=await client.cast.id("zhang")).count() == 0


async def test_of_two_accounts_that_bind_one_wechat_one_gets_it(client: Client) -> None:
    for name in ("zhang", "li"):
        await client.cast.sudo(name)
    answers = await asyncio.gather(
        *(
            client.put(PATH, as_=name, json={"code": f"once-worker.{name}"})
            for name in ("zhang", "li")
        )
    )
    assert sorted(a.status_code for a in answers) == [204, 409]
    assert await WechatIdentity.all().count() == 1
