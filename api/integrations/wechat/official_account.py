"""The official account's calls for pages inside WeChat: OAuth and the JS-SDK signature."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from wechatpy.oauth import WeChatOAuth

from api.integrations.http import Vendor
from api.integrations.tokens import SharedToken
from api.integrations.wechat.outcomes import own_error
from api.integrations.wechat.platform import (
    Answer,
    Platform,
    WechatConfig,
    kept_s,
    optional_text,
    text,
)
from api.kit import clock
from api.kit.cache import Cache
from api.kit.personal import Kind, Personal

_STATE = re.compile(r"[a-zA-Z0-9]{1,128}")


@dataclass(frozen=True, slots=True)
class PageVisitor:
    """Who came to a page through WeChat. The openid is the official account's, not the app's."""

    openid: Personal
    unionid: Personal | None


@dataclass(frozen=True, slots=True)
class JsapiSignature:
    """What `wx.config` needs, for one page address."""

    appid: str
    timestamp: int
    nonce: str
    signature: str


class OfficialAccount(Platform):
    """The official account as WeChat's server side knows it."""

    def __init__(self, config: WechatConfig, vendor: Vendor, cache: Cache) -> None:
        super().__init__(config, vendor, cache)
        self._ticket = SharedToken(cache, f"wechat:{config.appid}:ticket", self._fetch_ticket)

    def oauth_url(self, redirect: str, state: str) -> str:
        """Where to send the browser so that it comes back to `redirect` with `code` and `state`.

        state: 1 to 128 letters and digits, random and bound to the browser (ValueError otherwise).
        developers.weixin.qq.com/doc/service/guide/h5/auth.html
        """
        if not _STATE.fullmatch(state):
            raise ValueError("state is 1 to 128 letters and digits")
        oauth = WeChatOAuth(self.config.appid, "", redirect, "snsapi_base", state)
        oauth.OAUTH_BASE_URL = f"{self.config.open_url}/connect/"
        return str(oauth.authorize_url)

    async def oauth_openid(self, code: str) -> PageVisitor:
        """The person behind an OAuth code, which is good once.

        UpstreamError `snapshot_visitor` for a page snapshot, whose openid belongs to nobody.
        developers.weixin.qq.com/doc/service/api/webdev/access/api_snsaccesstoken.html
        """
        query = {
            "appid": self.config.appid,
            "secret": self.config.secret,
            "code": code,
            "grant_type": "authorization_code",
        }
        return await self._ask_plainly("/sns/oauth2/access_token", query, _visitor)

    async def jsapi_signature(self, url: str) -> JsapiSignature:
        """The signature for `wx.config` on the page at `url` (the part before `#` counts).

        developers.weixin.qq.com/doc/service/guide/h5/jssdk.html, appendix 1
        """
        ticket = await self._ticket.get()
        nonce, timestamp = secrets.token_hex(8), int(clock.now().timestamp())
        page = url.partition("#")[0]
        signature = self._client.jsapi.get_jsapi_signature(nonce, ticket, timestamp, page)
        return JsapiSignature(self.config.appid, timestamp, nonce, str(signature))

    async def set_menu(self, entries: Sequence[tuple[str, str]]) -> None:
        """The account's menu: up to three entries, each a name and the page it opens.

        developers.weixin.qq.com/doc/service/api/custommenu/api_createcustommenu.html
        """
        buttons = [{"type": "view", "name": name, "url": url} for name, url in entries]
        await self._ask("/cgi-bin/menu/create", {"button": buttons})

    async def _fetch_ticket(self) -> tuple[str, float]:
        answer = await self._ask("/cgi-bin/ticket/getticket", query={"type": "jsapi"})
        return text(answer, "ticket"), kept_s(answer)


def _visitor(answer: Answer) -> PageVisitor:
    if answer.get("is_snapshotuser") == 1:
        raise own_error("snapshot_visitor")
    unionid = optional_text(answer, "unionid")
    return PageVisitor(
        Personal.of(Kind.IDENTITY, text(answer, "openid")),
        Personal.of(Kind.IDENTITY, unionid) if unionid else None,
    )
