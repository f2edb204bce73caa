"""The official account's adapter: OAuth and the JS-SDK signature."""

import hashlib
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from api.integrations.http import UpstreamError
from api.integrations.wechat import OfficialAccount, WechatConfig
from tests.api.integrations.wechat_cast import config, mini_program, official_account
from tests.emulators.fixtures import Emulators

PAGE = "https://gongyou.example/h5/punch?project=1"


@pytest.fixture
def account(emulators: Emulators) -> Iterator[OfficialAccount]:
    with official_account(emulators) as adapter:
        yield adapter


def sent_back_with(place: str) -> dict[str, list[str]]:
    """The query with which the browser of the person `li` comes back."""
    chosen = place.partition("#")[0] + "&as=li"
    answer = requests.get(chosen, timeout=5, allow_redirects=False)
    return parse_qs(urlsplit(answer.headers["location"]).query)


def ticket_of(app: WechatConfig) -> str:
    """The JS-SDK ticket, asked for without the adapter."""
    body = {"grant_type": "client_credential", "appid": app.appid, "secret": app.secret}
    answer = requests.post(f"{app.base_url}/cgi-bin/stable_token", json=body, timeout=5).json()
    query = {"access_token": answer["access_token"], "type": "jsapi"}
    place = f"{app.base_url}/cgi-bin/ticket/getticket"
    return str(requests.get(place, params=query, timeout=5).json()["ticket"])


async def test_the_way_through_oauth(account: OfficialAccount, emulators: Emulators) -> None:
    query = sent_back_with(account.oauth_url(PAGE, "s1"))
    assert query == {"project": ["1"], "code": ["demo-li"], "state": ["s1"]}
    visitor = await account.oauth_openid(query["code"][0])
    assert visitor.unionid is not None
    assert emulators.calls("/cgi-bin/stable_token") == []


async def test_a_visitor_is_the_mini_programs_person(
    account: OfficialAccount, emulators: Emulators
) -> None:
    visitor = await account.oauth_openid("demo-li")
    with mini_program(emulators) as wechat:
        session = await wechat.code2session("demo-li")
    assert visitor.unionid == session.unionid
    assert visitor.openid != session.openid


def test_the_address_carries_no_secret(account: OfficialAccount) -> None:
    place = account.oauth_url(PAGE, "s1")
    assert "secret" not in place
    assert place.endswith("&state=s1#wechat_redirect")


@pytest.mark.parametrize("state", ["", "a b", "a&b", "a" * 129])
def test_a_state_wechat_would_refuse_is_refused(account: OfficialAccount, state: str) -> None:
    with pytest.raises(ValueError, match="state"):
        account.oauth_url(PAGE, state)


@pytest.mark.parametrize(
    ("code", "ours"), [("nonsense", "code_invalid"), ("snapshot-li", "snapshot_visitor")]
)
async def test_a_bad_visit_has_a_reason(account: OfficialAccount, code: str, ours: str) -> None:
    with pytest.raises(UpstreamError) as error:
        await account.oauth_openid(code)
    assert error.value.code == ours


async def test_the_signature_is_the_documented_one(
    account: OfficialAccount, emulators: Emulators
) -> None:
    signed = await account.jsapi_signature(PAGE + "#top")
    app = config(emulators, "official_account")
    ticket = ticket_of(app)
    text = f"jsapi_ticket={ticket}&noncestr={signed.nonce}&timestamp={signed.timestamp}&url={PAGE}"
    assert signed.signature == hashlib.sha1(text.encode()).hexdigest()  # noqa: S324 - the vendor's
    assert signed.appid == app.appid


async def test_the_ticket_is_fetched_once(account: OfficialAccount, emulators: Emulators) -> None:
    first = await account.jsapi_signature(PAGE)
    second = await account.jsapi_signature(PAGE)
    assert first.nonce != second.nonce
    assert len(emulators.calls("/cgi-bin/ticket/getticket")) == 1
