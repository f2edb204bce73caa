"""The unmodified wechatpy client works against the emulator: it is vendor-shaped."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from wechatpy import WeChatClient
from wechatpy.exceptions import WeChatClientException, WeChatOAuthException
from wechatpy.oauth import WeChatOAuth

from api.integrations.http import Vendor
from tests.api.integrations.wechat_cast import config
from tests.emulators.fixtures import Emulators

BACK = "https://gongyou.example/h5/login?next=/me"


@pytest.fixture
def session(emulators: Emulators) -> Iterator[requests.Session]:
    vendor = Vendor(config(emulators, "mini_program").endpoint())
    yield vendor.session()
    vendor.close()


@pytest.fixture
def client(emulators: Emulators, session: requests.Session) -> WeChatClient:
    account = emulators.accounts["wechat"]["mini_program"]
    client = WeChatClient(account["appid"], account["secret"])
    client._http = session
    return client


@pytest.fixture
def oauth(emulators: Emulators, session: requests.Session) -> WeChatOAuth:
    account = emulators.accounts["wechat"]["official_account"]
    oauth = WeChatOAuth(account["appid"], account["secret"], BACK, state="s1")
    oauth.OAUTH_BASE_URL = emulators.url("wechat") + "/connect/"
    oauth._http = session
    return oauth


def test_it_fetches_a_token(client: WeChatClient) -> None:
    answer = client.fetch_access_token()
    assert answer["expires_in"] == 7200
    assert client.access_token == answer["access_token"]


def test_it_refuses_a_wrong_secret(client: WeChatClient) -> None:
    client.secret = "wrong"
    with pytest.raises(WeChatClientException) as refused:
        client.fetch_access_token()
    assert refused.value.errcode == 40125


def test_a_demo_code_logs_in_again_and_again(client: WeChatClient) -> None:
    first = client.wxa.code_to_session("demo-li")
    second = client.wxa.code_to_session("demo-li")
    assert first["openid"] == second["openid"]
    assert first["session_key"] != second["session_key"]


@pytest.mark.parametrize(
    ("code", "errcode"),
    [("nonsense", 40029), ("risky-li", 40226), ("rate-li", 45011), ("busy-li", -1)],
)
def test_a_bad_code_is_refused(client: WeChatClient, code: str, errcode: int) -> None:
    with pytest.raises(WeChatClientException) as refused:
        client.wxa.code_to_session(code)
    assert refused.value.errcode == errcode


def test_an_ordinary_code_is_good_once(client: WeChatClient) -> None:
    assert client.wxa.code_to_session("once-li.1")["openid"]
    with pytest.raises(WeChatClientException) as refused:
        client.wxa.code_to_session("once-li.1")
    assert refused.value.errcode == 40163


def test_it_renews_an_expired_token(client: WeChatClient, emulators: Emulators) -> None:
    token = client.access_token
    emulators.advance(7201)
    client.jsapi.get_ticket()
    assert client.access_token != token


def test_a_ticket_stays_the_same_while_it_lives(client: WeChatClient) -> None:
    assert client.jsapi.get_ticket()["ticket"] == client.jsapi.get_jsapi_ticket()


def test_a_subscribe_message_needs_an_acceptance(
    client: WeChatClient, emulators: Emulators
) -> None:
    openid = client.wxa.code_to_session("once-li")["openid"]
    data = {"thing1": {"value": "工资条"}}
    with pytest.raises(WeChatClientException) as refused:
        client.wxa.send_subscribe_message(openid, "template-1", data)
    assert refused.value.errcode == 43101
    grant = {"openid": openid, "template_id": "template-1"}
    emulators.control("POST", "subscriptions", grant, vendor="wechat")
    assert client.wxa.send_subscribe_message(openid, "template-1", data)["errcode"] == 0


def test_a_wrong_template_field_is_refused(client: WeChatClient) -> None:
    openid = client.wxa.code_to_session("demo-li")["openid"]
    with pytest.raises(WeChatClientException) as refused:
        client.wxa.send_subscribe_message(openid, "template-1", {"thing1": {"value": "长" * 21}})
    assert refused.value.errcode == 47003


def test_the_old_content_check_still_answers(client: WeChatClient) -> None:
    assert client.wxa.check_text_security("今天绑扎钢筋")["errcode"] == 0
    with pytest.raises(WeChatClientException) as refused:
        client.wxa.check_text_security("来赌博")
    assert refused.value.errcode == 87014


def test_oauth_comes_back_with_a_code(oauth: WeChatOAuth) -> None:
    page = requests.get(oauth.authorize_url, timeout=5)
    assert "微信登录（演示）" in page.text
    sent_back = requests.get(
        oauth.authorize_url.partition("#")[0] + "&as=li", timeout=5, allow_redirects=False
    )
    query = parse_qs(urlsplit(sent_back.headers["location"]).query)
    assert query == {"next": ["/me"], "code": ["demo-li"], "state": ["s1"]}
    answer = oauth.fetch_access_token(query["code"][0])
    assert oauth.get_user_info()["unionid"] == answer["unionid"]


def test_oauth_refuses_a_used_code(oauth: WeChatOAuth) -> None:
    oauth.fetch_access_token("once-li")
    with pytest.raises(WeChatOAuthException) as refused:
        oauth.fetch_access_token("once-li")
    assert refused.value.errcode == 40163


def test_a_person_has_one_unionid_and_an_openid_for_each_app(
    client: WeChatClient, oauth: WeChatOAuth
) -> None:
    app, page = client.wxa.code_to_session("demo-li"), oauth.fetch_access_token("demo-li")
    assert app["unionid"] == page["unionid"]
    assert app["openid"] != page["openid"]
