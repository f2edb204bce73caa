"""Login, more, messages, oneself, telephone, devices, the fresh proof and the wage card."""

from typing import Any

import pytest

from api.accounts.models import Account, Session
from api.integrations.adapters import Adapters
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction
from api.notices import service as notices
from api.notices.models import Notice, NoticeSettings
from api.workers.models import BankCard, WorkerState
from tests.api.accounts.ways_in import other_than, sent_code
from tests.api.notices import wechat
from tests.api.teams import people
from tests.cast import PARTS, Client
from tests.emulators.fixtures import Emulators
from tests.h5.visiting import Seen, Visitor
from tests.specimens import person

NEWCOMER = "13911118888"
ZHANG = PARTS["zhang"].phone or ""
CARD, NEW = "/h5/bank-card", "/h5/bank-card/new"
SOMEONE = person(4301)


@pytest.fixture
def adapters(emulated_adapters: Adapters) -> Adapters:
    return emulated_adapters


async def proven(visitor: Visitor, emulators: Emulators, seen: Seen) -> Seen:
    """Behind the page that asks for a fresh proof."""
    assert seen.path.startswith("/h5/prove?next=")
    asked = await visitor.send(seen, "/h5/prove/code")
    assert ZHANG not in asked.html
    return await visitor.send(asked, "/h5/prove", code=sent_code(emulators, ZHANG))


async def test_a_newcomer_comes_from_his_phone_to_the_registration(
    visitor: Visitor, emulators: Emulators
) -> None:
    seen = await visitor.get("/h5/register")
    assert seen.path == "/h5/login?next=/h5/register"
    asked = await visitor.send(seen, "/h5/login/code", phone=NEWCOMER)
    code = sent_code(emulators, NEWCOMER)
    wrong = await visitor.send(asked, "/h5/login", code=other_than(code))
    assert wrong.status == 401 and "验证码不对" in wrong.text
    assert wrong.form("/h5/login").values["next"] == ["/h5/register"]
    inside = await visitor.send(wrong, "/h5/login", code=code)
    assert inside.path == "/h5/register"
    home = await visitor.get("/h5/")
    assert "先实名登记" in home.text and "/h5/register" in home.links
    assert '<a class="punch" href="/h5/punch"' not in home.html


async def test_everything_else_is_behind_more(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    seen = await visitor.get("/h5/more")
    for path in [link for link in seen.links if link.startswith("/h5/") and link != "/h5/"]:
        opened = await visitor.get(path)
        assert opened.status == 200, path
    out = await visitor.send(seen, "/h5/logout")
    assert out.path == "/h5/login" and "已退出登录" in out.text
    assert (await visitor.get("/h5/more")).path.startswith("/h5/login")


async def told(visitor: Visitor, kind: str = "bank_card.set", about: str = "bank_card") -> Notice:
    account_id = await visitor.cast.id("zhang")
    async with transaction():
        notices.tell(SYSTEM, account_id, kind, about=(about, account_id))
    [newest, *_] = await Notice.all().order_by("-id")
    return newest


async def test_messages_are_read_one_by_one_or_all_at_once(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    assert "没有消息" in (await visitor.get("/h5/messages")).text
    first = await told(visitor)
    await told(visitor)
    seen = await visitor.get("/h5/messages")
    assert seen.text.count("您的工资卡改了") == 2
    opened = await visitor.send(seen, f"/h5/messages/{first.id}/read")
    assert opened.path == CARD
    new = await visitor.get("/h5/messages?unread=true")
    assert new.text.count("您的工资卡改了") == 1
    done = await visitor.send(new, "/h5/messages/read-all")
    assert "全部算看过了" in done.text
    assert not await Notice.filter(read_at=None).exists()


async def test_nobody_reads_anothers_message(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    row = await told(visitor)
    path = f"/h5/messages/{row.id}/read"
    seen = await visitor.get("/h5/messages")
    visitor.http.cookies.clear()
    await visitor.enter("li")
    own = await visitor.get("/h5/messages")
    token = own.forms[0].values if own.forms else (await visitor.get("/h5/more")).forms[0].values
    answer = await visitor.http.post(path, data=token)
    assert answer.status_code == 404
    assert path in {each.action for each in seen.forms}


async def test_one_says_how_to_be_told(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    page = "/h5/settings/messages"
    seen = await visitor.send(await visitor.get(page), page, text_messages=None)
    assert seen.path == page and "已保存" in seen.text
    row = await NoticeSettings.get()
    assert (row.text_messages, row.quiet_at_night) == (False, True)
    assert (row.wechat_messages, row.digest_by, row.digest_at) == (True, "wechat", "18:30")
    seen = await visitor.send(seen, page, digest_by="sms", digest_at="07:30", wechat_messages=None)
    row = await NoticeSettings.get()
    assert (row.wechat_messages, row.digest_by, row.digest_at) == (False, "sms", "07:30")
    wrong = await visitor.send(seen, page, digest_at="23:00")
    assert wrong.status == 422


async def test_one_sees_how_many_wechat_messages_are_left(visitor: Visitor, client: Client) -> None:
    await wechat.bound(client)
    for _ in range(2):
        await wechat.reported(client, "wage")
    await wechat.reported(client, "digest", lasting=True)
    await visitor.enter("zhang")
    seen = await visitor.get("/h5/settings/messages")
    assert "还能发 2 条" in seen.text and "一直可以发" in seen.text


async def test_ones_own_data_are_masked(visitor: Visitor, client: Client) -> None:
    worker = await people.worker(client, "zhang")
    await visitor.enter("zhang")
    seen = await visitor.get("/h5/me")
    assert worker.number.masked in seen.text and worker.name.masked in seen.text
    assert "样例路9号" not in seen.text and ZHANG not in seen.text


async def test_devices_are_logged_out_from_here(visitor: Visitor, client: Client) -> None:
    await visitor.enter("zhang")
    account = await Account.get(id=await visitor.cast.id("zhang"))
    mine = await Session.get(account_id=account.id)
    values: dict[str, Any] = {"account_id": account.id, "method": "sms", "address_index": "x"}
    for name in ("a", "b"):
        await Session.create(
            **values, idle_seconds=9999, token_hash=name * 64, expires_at=mine.expires_at
        )
    seen = await visitor.get("/h5/me/devices")
    assert len([form for form in seen.forms if form.action.endswith("/end")]) == 2
    other = await Session.get(token_hash="a" * 64)
    seen = await visitor.send(seen, f"/h5/me/devices/{other.id}/end")
    assert "已经退出" in seen.text
    await visitor.send(seen, "/h5/me/devices/end-others")
    assert [row.id for row in await Session.filter(revoked_at=None)] == [mine.id]
    foreign = await client.cast.token("li")
    assert foreign
    strange = await Session.exclude(account_id=account.id).first()
    assert strange is not None
    token = seen.forms[0].values
    answer = await visitor.http.post(f"/h5/me/devices/{strange.id}/end", data=token)
    assert answer.status_code == 404


async def test_another_phone_needs_a_fresh_proof_and_its_own_code(
    visitor: Visitor, emulators: Emulators
) -> None:
    await visitor.enter("zhang")
    seen = await proven(visitor, emulators, await visitor.get("/h5/me/phone"))
    assert seen.path == "/h5/me/phone"
    bad = await visitor.send(seen, "/h5/me/phone/code", phone="12345")
    assert bad.status == 422 and bad.form("/h5/me/phone/code").values["phone"] == ["12345"]
    asked = await visitor.send(bad, "/h5/me/phone/code", phone=NEWCOMER)
    code = sent_code(emulators, NEWCOMER)
    wrong = await visitor.send(asked, "/h5/me/phone", code=other_than(code))
    assert wrong.status == 401
    done = await visitor.send(wrong, "/h5/me/phone", code=code)
    assert done.path == "/h5/me" and "139****8888" in done.text


async def test_a_wrong_code_proves_nothing(visitor: Visitor, emulators: Emulators) -> None:
    await visitor.enter("zhang")
    asked = await visitor.send(await visitor.get("/h5/prove?next=/h5/me"), "/h5/prove/code")
    code = sent_code(emulators, ZHANG)
    wrong = await visitor.send(asked, "/h5/prove", code=other_than(code))
    assert wrong.status == 401 and "验证码不对" in wrong.text
    assert (await visitor.get("/h5/me/phone")).path.startswith("/h5/prove")
    elsewhere = await visitor.send(wrong, "/h5/prove", code=code, next="//evil.example/")
    assert elsewhere.path == "/h5/"


async def test_a_card_is_named_after_proof_and_consent(
    visitor: Visitor, emulators: Emulators, client: Client
) -> None:
    await people.worker(client, "zhang")
    await visitor.enter("zhang")
    assert NEW in (await visitor.get(CARD)).links
    asked = await proven(visitor, emulators, await visitor.get(NEW))
    assert "用银行卡发工资" in asked.text
    form = await visitor.send(asked, "/h5/consents/bank_card", granted="1")
    assert form.path == NEW
    slip = await visitor.send(form, NEW, number="6222020000000000", bank_name="样例银行")
    assert slip.status == 422 and "填错了" in slip.text
    assert slip.form(NEW).values["bank_name"] == ["样例银行"]
    done = await visitor.send(slip, NEW, number=SOMEONE.bank_card)
    assert done.path == CARD and f"尾号 {SOMEONE.bank_card[-4:]}" in done.text
    assert SOMEONE.bank_card not in done.html
    again = await visitor.send(slip, NEW, number=SOMEONE.bank_card)
    assert again.path == CARD
    assert await BankCard.all().count() == 1


async def test_without_consent_wages_go_another_way(
    visitor: Visitor, emulators: Emulators, client: Client
) -> None:
    await people.worker(client, "zhang")
    await visitor.enter("zhang")
    asked = await proven(visitor, emulators, await visitor.get(NEW))
    told_so = await visitor.send(asked, "/h5/consents/bank_card", granted="0")
    assert told_so.path == CARD and "和用工单位商量" in told_so.text


async def test_who_is_not_verified_registers_first(visitor: Visitor, client: Client) -> None:
    await visitor.enter("zhang")
    assert "/h5/register" in (await visitor.get(CARD)).links
    await people.worker(client, "li", state=WorkerState.COLLECTED, code=None, code_state=None)
    visitor.http.cookies.clear()
    await visitor.enter("li")
    assert "/h5/register" in (await visitor.get(CARD)).links
