"""Inside WeChat: login by the official account, the JS-SDK, the menu, and sealed messages."""

import hashlib
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
import xmltodict  # type: ignore[import-untyped]
from wechatpy.crypto import WeChatCrypto

from api.accounts import wechat_messages
from api.integrations.adapters import Adapters, outside
from api.kit import clock
from api.settings import Settings
from tests.conftest import emulated
from tests.emulators.fixtures import Emulators
from tests.emulators.wechat_platform import OFFICIAL_ACCOUNT as OURS
from tests.h5.visiting import Seen, Visitor

NONCE = "n1"
TEXT = (
    "<xml><ToUserName>gh_ours</ToUserName><FromUserName>o-somebody</FromUserName>"
    "<CreateTime>1</CreateTime><MsgType>text</MsgType><Content>{}</Content>"
    "<MsgId>7</MsgId></xml>"
)
EVENT = (
    "<xml><ToUserName>gh_ours</ToUserName><FromUserName>o-somebody</FromUserName>"
    "<CreateTime>1</CreateTime><MsgType>event</MsgType><Event>{}</Event></xml>"
)


@pytest.fixture
def settings(settings: Settings, emulators: Emulators) -> Settings:
    return emulated(settings, emulators)


@pytest.fixture
def adapters(emulated_adapters: Adapters) -> Adapters:
    return emulated_adapters


async def come_back(visitor: Visitor, who: str, start: str) -> Seen:
    """Go to WeChat's page as the person `who`, and back to where it sends the browser."""
    sent = await visitor.http.get(start, follow_redirects=False)
    assert sent.status_code == 303
    async with httpx.AsyncClient(trust_env=False) as outside_browser:
        page = urlsplit(sent.headers["location"])._replace(fragment="").geturl()
        answer = await outside_browser.get(f"{page}&as={who}")
    back = urlsplit(answer.headers["location"])
    return await visitor.get(f"{back.path}?{back.query}")


async def test_wechat_logs_in_and_leads_on(visitor: Visitor) -> None:
    seen = await come_back(visitor, "ming", "/h5/login/wechat?next=/h5/")
    assert seen.path == "/h5/"
    assert seen.status == 200


async def test_the_login_page_offers_it_inside_wechat_alone(visitor: Visitor) -> None:
    assert "/h5/login/wechat?next=/h5/" not in (await visitor.get("/h5/login")).links
    visitor.http.headers["User-Agent"] = "Mozilla/5.0 MicroMessenger/8.0.50"
    assert "/h5/login/wechat?next=/h5/" in (await visitor.get("/h5/login")).links


async def test_wechat_proves_again_who_no_longer_has_his_sim_card(visitor: Visitor) -> None:
    await come_back(visitor, "ming", "/h5/login/wechat?next=/h5/")
    visitor.http.headers["User-Agent"] = "Mozilla/5.0 MicroMessenger/8.0.50"
    seen = await visitor.get("/h5/me/phone")
    assert seen.path == "/h5/prove?next=/h5/me/phone"
    link = next(each for each in seen.links if each.startswith("/h5/prove/wechat"))
    other = await come_back(visitor, "hong", link)
    assert other.status == 403
    assert (await come_back(visitor, "ming", link)).path == "/h5/me/phone"


async def test_a_state_of_another_browser_logs_nobody_in(visitor: Visitor) -> None:
    sent = await visitor.http.get("/h5/login/wechat", follow_redirects=False)
    state = dict(parse_qsl(urlsplit(sent.headers["location"]).query))["state"]
    visitor.http.cookies.clear()
    seen = await visitor.get(f"/h5/login/wechat/back?code=demo-ming&state={state}")
    assert seen.status == 401
    assert (await visitor.get("/h5/")).path.startswith("/h5/login")


async def test_a_code_counts_once(visitor: Visitor) -> None:
    await come_back(visitor, "ming", "/h5/login/wechat")
    seen = await visitor.get("/h5/login/wechat/back?code=demo-ming&state=" + "a" * 64)
    assert seen.status == 401


async def test_the_sdk_is_signed_for_our_pages_alone(visitor: Visitor, settings: Settings) -> None:
    ask = {"Accept": "application/json"}
    ours = f"/h5/wechat/config?url={settings.public_url}/h5/punch"
    answer = (await visitor.http.get(ours, headers=ask)).json()
    assert answer["appid"] == OURS.appid
    assert len(answer["signature"]) == 40
    other = await visitor.http.get("/h5/wechat/config?url=https://evil.example/", headers=ask)
    assert other.status_code == 422


async def test_the_menu_leads_to_our_pages(visitor: Visitor, emulators: Emulators) -> None:
    await wechat_messages.publish_menu()
    account = outside().official_account
    assert account is not None
    shown = await account._ask("/cgi-bin/get_current_selfmenu_info")
    urls = [button["url"] for button in shown["selfmenu_info"]["button"]]
    assert len(urls) == len(wechat_messages.MENU)
    for url in urls:
        assert (await visitor.get(urlsplit(url).path)).status in {200, 404}


def signature(*parts: str) -> str:
    return hashlib.sha1("".join(sorted((OURS.token, *parts))).encode()).hexdigest()  # noqa: S324


def pushed(xml: str, *, key: str = OURS.aes_key) -> tuple[bytes, dict[str, str]]:
    """A message as WeChat sends it, and what its address says."""
    stamp = str(int(clock.now().timestamp()))
    envelope = WeChatCrypto(OURS.token, key, OURS.appid).encrypt_message(xml, NONCE, stamp)
    sealed = envelope.partition("<Encrypt><![CDATA[")[2].partition("]]>")[0]
    body = f"<xml><ToUserName>gh_ours</ToUserName><Encrypt>{sealed}</Encrypt></xml>"
    address = {
        "signature": signature(stamp, NONCE), "timestamp": stamp, "nonce": NONCE,
        "openid": "o-somebody", "encrypt_type": "aes",
        "msg_signature": signature(stamp, NONCE, sealed),
    }  # fmt: skip
    return body.encode(), address


async def say(visitor: Visitor, xml: str) -> httpx.Response:
    body, address = pushed(xml)
    return await visitor.http.post("/wechat/messages", params=address, content=body)


def opened(answer: httpx.Response) -> str:
    """What a sealed answer says."""
    sealed = xmltodict.parse(answer.content)["xml"]
    crypto = WeChatCrypto(OURS.token, OURS.aes_key, OURS.appid)
    plain = crypto.decrypt_message(
        {"Encrypt": sealed["Encrypt"]}, sealed["MsgSignature"], sealed["TimeStamp"], NONCE
    )
    reply = xmltodict.parse(plain)["xml"]
    assert (reply["ToUserName"], reply["FromUserName"]) == ("o-somebody", "gh_ours")
    return str(reply["Content"])


async def test_the_address_is_shown_to_be_ours(visitor: Visitor) -> None:
    stamp = str(int(clock.now().timestamp()))
    asked = {"signature": signature(stamp, NONCE), "timestamp": stamp, "nonce": NONCE}
    answer = await visitor.http.get("/wechat/messages", params={**asked, "echostr": "7788"})
    assert (answer.status_code, answer.text) == (200, "7788")
    wrong = await visitor.http.get(
        "/wechat/messages", params={**asked, "echostr": "1", "nonce": "x"}
    )
    assert wrong.status_code == 403


@pytest.mark.parametrize(
    ("said", "leads"), [("我要打卡", "/h5/punch"), ("怎么登记", "/h5/register"), ("你好", "“打卡”")]
)
async def test_a_message_is_answered_with_the_way(visitor: Visitor, said: str, leads: str) -> None:
    assert leads in opened(await say(visitor, TEXT.format(said)))


async def test_a_newcomer_is_welcomed_and_a_leaver_left_alone(visitor: Visitor) -> None:
    assert "/h5/register" in opened(await say(visitor, EVENT.format("subscribe")))
    gone = await say(visitor, EVENT.format("unsubscribe"))
    assert (gone.status_code, gone.content) == (200, b"")


async def test_a_message_that_wechat_did_not_seal_is_refused(visitor: Visitor) -> None:
    body, address = pushed(TEXT.format("打卡"), key="E" * 43)
    answer = await visitor.http.post("/wechat/messages", params=address, content=body)
    assert answer.status_code == 403
    body, address = pushed(TEXT.format("打卡"))
    wrong = await visitor.http.post(
        "/wechat/messages", params={**address, "msg_signature": "0" * 40}, content=body
    )
    assert wrong.status_code == 403
