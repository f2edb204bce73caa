"""Sends short messages by approved template through a signed JSON gateway.

Protocol, in the manner of the Chinese vendors:

POST /v1/messages with
    {"phone", "sign_name", "template_id", "params": {name: text}, "out_id"?}
and the headers X-Access-Key, X-Timestamp (Unix seconds), X-Nonce (16 to 64 letters and digits,
used once) and X-Signature = hex(HMAC-SHA256(access secret, "POST" LF "/v1/messages" LF timestamp
LF nonce LF hex(SHA-256(body)))). The answer is {"code": "OK", "request_id", "biz_id"} or another
code of `outcomes`. The same out_id within a day is the same message and is not sent again.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from api.integrations.http import Endpoint, Klass, UpstreamError, Vendor, as_object
from api.integrations.sms.outcomes import SYSTEM, error_of
from api.kit import clock

SEND_PATH = "/v1/messages"
OK = "OK"

TEMPLATES = {
    # our name -> the gateway's id of the approved text
    "login_code": "SMS_LOGIN_CODE",  # code
    "notice": "SMS_NOTICE",  # title
    "digest": "SMS_DIGEST",  # count
    "invitation": "SMS_INVITATION",  # team
    "wage_arrived": "SMS_WAGE_ARRIVED",  # amount
}


@dataclass(frozen=True, slots=True)
class SmsConfig:
    """One account at the gateway. `templates` maps our names to the vendor's template ids."""

    base_url: str
    access_key: str
    access_secret: str = field(repr=False)
    sign_name: str = "工友"
    templates: Mapping[str, str] = field(default_factory=lambda: dict(TEMPLATES))
    ca_bundle: str | None = None
    connect_s: float = 2.0
    total_s: float = 8.0

    @property
    def host(self) -> str:
        """The gateway's host name."""
        return urlsplit(self.base_url).hostname or ""

    def endpoint(self) -> Endpoint:
        """Where the gateway is. ValueError for plain HTTP beyond loopback."""
        limits = (self.connect_s, self.total_s)
        return Endpoint(SYSTEM, self.base_url, frozenset({self.host}), self.ca_bundle, *limits)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The gateway took the message. `biz_id` is its number there, for later questions."""

    biz_id: str
    request_id: str


class SmsSender:
    """Sends messages of one account."""

    def __init__(self, config: SmsConfig, vendor: Vendor) -> None:
        self._config = config
        self._vendor = vendor
        self._session = vendor.session()

    async def send(
        self, phone: str, template: str, params: Mapping[str, str], out_id: str | None = None
    ) -> Receipt:
        """The gateway's receipt of a message to `phone` (eleven digits).

        template: our name of it, a key of `config.templates` (KeyError otherwise). params: its
        variables, at most 35 characters each. out_id: the same for a repeated attempt, so that a
        message whose answer was lost is not sent twice.
        UpstreamError: `permanent` tells whether a later attempt makes sense.
        """
        message = {
            "phone": phone,
            "sign_name": self._config.sign_name,
            "template_id": self._config.templates[template],
            "params": dict(params),
            "out_id": out_id,
        }
        body = json.dumps(message, ensure_ascii=False).encode()
        return await self._vendor.call(lambda: self._send(body))

    def _send(self, body: bytes) -> Receipt:
        # the adapter puts the real address, scheme and path prefix in
        url = f"https://{self._config.host}{SEND_PATH}"
        headers = {"Content-Type": "application/json", **self._signed(body)}
        answer = as_object(SYSTEM, self._session.post(url, data=body, headers=headers))
        code = answer.get("code")
        if not isinstance(code, str):
            raise _malformed()
        if code != OK:
            raise error_of(code)
        biz_id = answer.get("biz_id")
        if not isinstance(biz_id, str) or not biz_id:
            raise _malformed()
        return Receipt(biz_id, str(answer.get("request_id", "")))

    def _signed(self, body: bytes) -> dict[str, str]:
        timestamp, nonce = str(int(clock.now().timestamp())), secrets.token_hex(16)
        digest = hashlib.sha256(body).hexdigest()
        text = "\n".join(("POST", SEND_PATH, timestamp, nonce, digest))
        secret = self._config.access_secret.encode()
        return {
            "X-Access-Key": self._config.access_key,
            "X-Timestamp": timestamp,
            "X-Nonce": nonce,
            "X-Signature": hmac.new(secret, text.encode(), hashlib.sha256).hexdigest(),
        }


def _malformed() -> UpstreamError:
    return UpstreamError(SYSTEM, "malformed", Klass.UNAVAILABLE)
