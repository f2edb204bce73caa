"""Pages inside WeChat: OAuth with a state bound to the browser, and the JS-SDK signature."""

import asyncio
import hashlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import requests

from api.accounts.models import Account
from tests.api.accounts.ways_in import (
    SESSIONS,
    SUDO,
    enter_by_wechat,
    outcome,
)
from tests.cast import Client
from tests.emulators.fixtures import Emulators
from tests.emulators.wechat_platform import OFFICIAL_ACCOUNT

OAUTH = "/api/v1/auth/wechat/oauth-url"
JSAPI = "/api/v1/wechat/jsapi-signature"
OURS = "http://127.0.0.1:8000"


@dataclass(frozen=True)
class Browser:
    """A browser inside WeChat that was sent to the login page."""

    url: str
    binding: str

    @property
    def state(self) -> str:
        return parse_qs(urlsplit(self.url).query)["state"][0]

    def shown(self) -> dict[str, str]:
        return {"state": self.state, "binding": self.binding}


async def sent_out(client: Client) -> Browser:
    answer = await client.get(OAUTH, params={"return_path": "/h5/me"})
    assert answer.status_code == 200, answer.text
    return Browser(**answer.json())


async def come_back(client: Client, browser: Browser, code: str, **other: Any) -> httpx.Response:
    body = {"method": "wechat_page", "code": code, **browser.shown(), **other}
    return await client.post(SESSIONS, json=body)


async def test_the_whole_way_through_wechats_page(client: Client) -> None:
    browser = await sent_out(client)
    page = await asyncio.to_thread(
        requests.get,
        browser.url.partition("#")[0] + "&as=worker",
        allow_redirects=False,
        timeout=5,
    )
    back = urlsplit(page.headers["Location"])
    assert f"{back.scheme}://{back.netloc}{back.path}" == f"{OURS}/h5/me"
    answer = {name: values[0] for name, values in parse_qs(back.query).items()}
    opened = await client.post(
        SESSIONS, json={"method": "wechat_page", **answer, "binding": browser.binding}
    )
    assert opened.status_code == 201, opened.text
    assert opened.json()["account"]["roles"] == ["worker"]


async def test_a_state_is_used_once(client: Client) -> None:
    browser = await sent_out(client)
    assert (await come_back(client, browser, "once-worker.1")).status_code == 201
    again = await come_back(client, browser, "once-worker.2")
    assert outcome(again) == (401, "accounts.wrong_wechat_code")


async def test_of_twenty_requests_with_one_state_one_gets_in(client: Client) -> None:
    browser = await sent_out(client)
    answers = await asyncio.gather(
        *(come_back(client, browser, f"once-worker.{n}") for n in range(20))
    )
    assert sorted(a.status_code for a in answers) == [201] + [401] * 19


async def test_a_state_that_we_did_not_give_is_refused(client: Client) -> None:
    binding = "made-up-by-somebody"
    state = hashlib.sha256(binding.encode()).hexdigest()
    browser = await sent_out(client)
    answer = await come_back(client, browser, "once-worker", state=state, binding=binding)
    assert outcome(answer) == (401, "accounts.wrong_wechat_code")


async def test_a_state_of_another_browser_is_refused_and_not_used_up(client: Client) -> None:
    mine, foreign = await sent_out(client), await sent_out(client)
    lured = await come_back(client, mine, "once-attacker", state=foreign.state)
    assert outcome(lured) == (401, "accounts.wrong_wechat_code")
    assert (await come_back(client, foreign, "once-worker")).status_code == 201


async def test_the_state_does_not_tell_the_binding(client: Client) -> None:
    browser = await sent_out(client)
    assert browser.binding not in browser.url
    assert len(browser.binding) >= 43


async def test_one_person_has_one_account_in_both_apps(client: Client) -> None:
    mini = await enter_by_wechat(client, "once-worker")
    page = await come_back(client, await sent_out(client), "once-worker.9")
    assert mini.json()["account"]["id"] == page.json()["account"]["id"]
    assert await Account.all().count() == 1


async def test_a_page_snapshot_logs_nobody_in(client: Client) -> None:
    answer = await come_back(client, await sent_out(client), "snapshot-worker")
    assert outcome(answer) == (401, "accounts.wrong_wechat_code")


async def test_the_same_person_may_prove_himself_on_a_page(client: Client) -> None:
    opened = await enter_by_wechat(client, "once-worker")
    browser = await sent_out(client)
    body = {"method": "wechat_page", "code": "once-worker.9", **browser.shown()}
    proved = await client.post(SUDO, token=opened.json()["token"], json=body)
    assert proved.status_code == 201


async def test_wechat_out_of_order_is_said(client: Client, emulators: Emulators) -> None:
    emulators.fault("/sns/oauth2/access_token", "status", status=500, times=None)
    answer = await come_back(client, await sent_out(client), "once-worker")
    assert outcome(answer) == (503, "accounts.wechat_unavailable")


async def test_the_way_back_is_a_path_of_ours(client: Client) -> None:
    for path in [
        "",
        "h5/",
        "https://evil.example/",
        "/h5?x=1",
        "/h5#a",
        "/../x",
        "/h5\n",
        "/" * 300,
    ]:
        answer = await client.get(OAUTH, params={"return_path": path})
        assert answer.status_code == 422, path


async def test_without_binding_a_page_login_is_malformed(client: Client) -> None:
    browser = await sent_out(client)
    body = {"method": "wechat_page", "code": "once-worker", "state": browser.state}
    assert (await client.post(SESSIONS, json=body)).status_code == 422


def ticket_of(emulators: Emulators) -> str:
    """The JS-SDK ticket, as WeChat itself gives it."""
    base = emulators.url("wechat")
    app = {"appid": OFFICIAL_ACCOUNT.appid, "secret": OFFICIAL_ACCOUNT.secret}
    asked = {"grant_type": "client_credential", **app}
    token = requests.post(f"{base}/cgi-bin/stable_token", json=asked, timeout=5).json()
    query = urlencode({"access_token": token["access_token"], "type": "jsapi"})
    return str(requests.get(f"{base}/cgi-bin/ticket/getticket?{query}", timeout=5).json()["ticket"])


async def test_the_signature_is_what_wechat_computes(client: Client, emulators: Emulators) -> None:
    page = f"{OURS}/h5/punch?from=menu"
    answer = await client.get(JSAPI, params={"url": f"{page}#top"})
    assert answer.status_code == 200, answer.text
    signed = answer.json()
    assert signed["appid"] == OFFICIAL_ACCOUNT.appid
    parts = {
        "jsapi_ticket": ticket_of(emulators),
        "noncestr": signed["nonce"],
        "timestamp": signed["timestamp"],
        "url": page,
    }
    text = "&".join(f"{name}={parts[name]}" for name in sorted(parts))
    assert signed["signature"] == hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
    assert parts["jsapi_ticket"] not in answer.text


FOREIGN = (
    "https://evil.example/h5/",
    "https://127.0.0.1:8000/h5/",
    "http://127.0.0.1:8001/h5/",
    "http://127.0.0.1:8000@evil.example/",
    "http://evil.example/?http://127.0.0.1:8000",
    "http://127.0.0.1:8000.evil.example/",
    "http://[::1/h5/",
    "http://127.0.0.1:8000\\@evil.example/",
    "//127.0.0.1:8000/h5/",
    "javascript:alert(1)",
)


async def test_foreign_pages_are_not_signed(client: Client) -> None:
    for url in FOREIGN:
        answer = await client.get(JSAPI, params={"url": url})
        assert outcome(answer) == (422, "accounts.foreign_url"), url
        assert "signature" not in answer.json()


async def test_a_ticket_that_cannot_be_had_is_said(client: Client, emulators: Emulators) -> None:
    emulators.fault("/cgi-bin/ticket/getticket", "status", status=500, times=None)
    answer = await client.get(JSAPI, params={"url": f"{OURS}/h5/"})
    assert outcome(answer) == (503, "accounts.wechat_unavailable")


async def test_who_comes_two_ways_at_once_has_one_account(client: Client) -> None:
    for n in range(5):
        browser = await sent_out(client)
        opened = await asyncio.gather(
            enter_by_wechat(client, f"once-twin{n}.1"),
            come_back(client, browser, f"once-twin{n}.2"),
        )
        assert [each.status_code for each in opened] == [201, 201]
        assert len({each.json()["account"]["id"] for each in opened}) == 1
    assert await Account.all().count() == 5
