"""What mini-program and official account share: address, access token, one hardened call.

wechatpy 1.8.18 is used with care: its own token handling is switched off (it fetches without a
time limit, once per process, and retries for ever), its clients get sessions of `Vendor`, and its
exceptions, which carry the request with token and secret, never leave this module.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from wechatpy import WeChatClient
from wechatpy.exceptions import WeChatClientException

from api.integrations.http import Endpoint, Klass, UpstreamError, Vendor
from api.integrations.tokens import SharedToken
from api.integrations.wechat.outcomes import SYSTEM, TOKEN_REJECTED, error_of
from api.kit.cache import Cache

API = "https://api.weixin.qq.com"
OPEN = "https://open.weixin.qq.com"
RENEW_BEFORE_S = 300
"""WeChat hands out the next token five minutes before the old one ends, and keeps both good."""
SHORTEST_KEPT_S = 10

Answer = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class WechatConfig:
    """One app registered with WeChat, and where its calls go.

    base_url: the API's address, a proxy's or a loopback emulator's. open_url: where the browser of
    a person goes to authorise. ca_bundle: certificates to trust instead of the public ones.
    """

    appid: str
    secret: str = field(repr=False)
    base_url: str = API
    open_url: str = OPEN
    ca_bundle: str | None = None
    connect_s: float = 2.0
    total_s: float = 8.0

    def endpoint(self) -> Endpoint:
        """Where the API is. ValueError for plain HTTP beyond loopback."""
        hosts = frozenset({"api.weixin.qq.com"})
        limits = (self.connect_s, self.total_s)
        return Endpoint(SYSTEM, self.base_url, hosts, self.ca_bundle, *limits)


class Platform:
    """One app's way to WeChat's API. Subclasses add the calls."""

    def __init__(self, config: WechatConfig, vendor: Vendor, cache: Cache) -> None:
        self.config = config
        self._vendor = vendor
        self._client = WeChatClient(config.appid, config.secret, auto_retry=False)
        self._client._http = vendor.session()
        self._cache = cache
        self._token = SharedToken(cache, f"wechat:{config.appid}:token", self._fetch_token)

    async def _ask(
        self, path: str, body: Answer | None = None, query: Mapping[str, str] | None = None
    ) -> Answer:
        """WeChat's answer to a call with the access token; a rejected token is renewed once."""
        token = await self._token.get()
        answer = await self._vendor.call(lambda: self._with_token(token, path, body, query))
        if answer is not None:
            return answer
        fresh = await self._token.renew(token)
        return await self._vendor.call(lambda: self._with_fresh_token(fresh, path, body, query))

    async def _ask_plainly(
        self, path: str, query: Mapping[str, str], read: Callable[[Answer], T]
    ) -> T:
        """What `read` takes from the answer to a call that needs no access token."""
        # As a list, because wechatpy fetches and adds an access token to every dict.
        params = list(query.items())
        return await self._vendor.call(
            lambda: read(answered(lambda: self._client.get(API + path, params=params)))
        )

    def _with_token(
        self, token: str, path: str, body: Answer | None, query: Mapping[str, str] | None
    ) -> Answer | None:
        """The answer, or None when the token is no longer accepted. Runs in a thread."""
        params = {**(query or {}), "access_token": token}
        send = self._client.get if body is None else self._client.post
        data = {} if body is None else {"data": dict(body)}
        outcome = _outcome(lambda: send(API + path, params=params, **data))
        if isinstance(outcome, int) and outcome in TOKEN_REJECTED:
            return None
        return _settled(outcome)

    def _with_fresh_token(
        self, token: str, path: str, body: Answer | None, query: Mapping[str, str] | None
    ) -> Answer:
        """The answer; an error when even a token just fetched is not accepted."""
        answer = self._with_token(token, path, body, query)
        if answer is None:
            raise UpstreamError(SYSTEM, "token_rejected", Klass.CONFIGURATION)
        return answer

    async def _fetch_token(self) -> tuple[str, float]:
        """A token from the stable end, which does not spoil a token handed out before."""
        return await self._vendor.call(self._stable_token)

    def _stable_token(self) -> tuple[str, float]:
        body = {
            "grant_type": "client_credential",
            "appid": self.config.appid,
            "secret": self.config.secret,
        }
        answer = answered(
            lambda: self._client.post(f"{API}/cgi-bin/stable_token", params=[], data=body)
        )
        return text(answer, "access_token"), kept_s(answer)


def answered(call: Callable[[], Any]) -> Answer:
    """The JSON object that wechatpy's `call` gives; UpstreamError for everything else."""
    return _settled(_outcome(call))


def _outcome(call: Callable[[], Any]) -> Answer | int | UpstreamError:
    """The answer, the errcode, or an error.

    Nothing is raised here: wechatpy's exception holds the request, with token and secret in its
    address, and would cling to an error raised while it is being handled.
    """
    try:
        answer = call()
    except WeChatClientException as error:
        if error.errcode is not None:
            return int(error.errcode)
        status = getattr(error.response, "status_code", 0)
        return UpstreamError(SYSTEM, f"http_{status}", Klass.CONFIGURATION)
    except (TypeError, KeyError, AttributeError):
        return malformed()  # wechatpy reads fields of whatever JSON came, without looking
    # wechatpy gives the bare response when it is no JSON
    return answer if isinstance(answer, dict) else malformed()


def _settled(outcome: Answer | int | UpstreamError) -> Answer:
    if isinstance(outcome, int):
        raise error_of(outcome)
    if isinstance(outcome, UpstreamError):
        raise outcome
    return outcome


def malformed() -> UpstreamError:
    """An answer that is not what the vendor's page promises."""
    return UpstreamError(SYSTEM, "malformed", Klass.UNAVAILABLE)


def text(answer: Answer, name: str) -> str:
    """The non-empty text under `name`; UpstreamError `malformed` otherwise."""
    value = answer.get(name)
    if not isinstance(value, str) or not value:
        raise malformed()
    return value


def optional_text(answer: Answer, name: str) -> str | None:
    """The text under `name`, or None where there is none."""
    value = answer.get(name)
    return value if isinstance(value, str) and value else None


def kept_s(answer: Answer) -> float:
    """How long a token or ticket may be kept, in seconds."""
    life = answer.get("expires_in")
    if not isinstance(life, int) or life <= 0:
        raise malformed()
    return max(life - RENEW_BEFORE_S, SHORTEST_KEPT_S)
