"""The content check by WeChat where the person is known there, else by our own rule."""

import pytest

from api.integrations.adapters import Adapters
from tests.api.complaints import filed
from tests.api.complaints.filed import Filed
from tests.api.notices import wechat
from tests.cast import Client
from tests.emulators.fixtures import Emulators

CHECK = "/wxa/msg_sec_check"


@pytest.fixture
def adapters(emulated_adapters: Adapters) -> Adapters:
    return emulated_adapters


@pytest.fixture
async def world(client: Client) -> Filed:
    return await filed.opened(client)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (filed.TEXT, "passed"),
        ("工头叫我们打牌，说是代开发票的钱。", "held"),
        ("他说加微信才发工资。", "held"),
        ("再不发就砍人。", "held"),
    ],
)
async def test_wechat_and_our_rule_both_have_a_say(world: Filed, text: str, content: str) -> None:
    await wechat.bound(world.client)
    one = (await world.file(text=text))["id"]
    assert (await world.office(one))["content"] == content


async def test_without_an_openid_our_rule_decides_alone(world: Filed) -> None:
    one = (await world.file(text="他说加微信才发工资。"))["id"]
    assert (await world.office(one))["content"] == "passed"


async def test_wechat_never_gets_his_number_nor_his_name(
    world: Filed, emulators: Emulators
) -> None:
    await wechat.bound(world.client)
    before = len(emulators.calls(CHECK))
    await world.file(text="我是张样例，电话 13900000001，没发钱")
    [call] = emulators.calls(CHECK)[before:]
    text = str(call)
    assert "我是＊＊＊，电话 ＊＊＊，没发钱" in text or "\\uff0a" in text
    assert "13900000001" not in text and "张样例" not in text


async def test_when_wechat_is_down_the_filing_stands_and_our_rule_decides(
    world: Filed, emulators: Emulators
) -> None:
    await wechat.bound(world.client)
    emulators.fault(CHECK, "status", status=503, times=50)
    good = (await world.file())["id"]
    bad = (await world.file(text="拿刀来要钱"))["id"]
    assert (await world.office(good))["content"] == "passed"
    assert (await world.office(bad))["content"] == "held"
