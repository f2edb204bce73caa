"""What the emulated WeChat platform knows: apps, people, tokens, tickets, acceptances.

The routes over it are in `wechat`.
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Any

from tests.emulators.faults import EmulatorState

TOKEN_LIFE_S = 7200
OVERLAP_S = 300  # an old token stays good for five minutes after a new one is handed out
CANARY = b"canary"


@dataclass(frozen=True)
class App:
    """A registered app: a mini-program or an official account."""

    appid: str
    secret: str
    token: str = ""
    aes_key: str = ""


MINI_PROGRAM = App("wxdemominiprogram1", "demo-mini-program-secret")
OFFICIAL_ACCOUNT = App(
    "wxdemoofficial0001", "demo-official-account-secret", "demo-message-token", "D" * 43
)
APPS = {app.appid: app for app in (MINI_PROGRAM, OFFICIAL_ACCOUNT)}


class RefusedError(Exception):
    """An answer with an errcode other than 0."""

    def __init__(self, errcode: int, errmsg: str) -> None:
        super().__init__(errmsg)
        self.errcode = errcode
        self.errmsg = errmsg


BAD_CODE = (40029, "invalid code")
CODE_PREFIXES = {
    "risky": (40226, "code blocked"),
    "rate": (45011, "api minute-quota reach limit  mustslower  retry next minute"),
    "busy": (-1, "system error"),
}


def openid_of(appid: str, key: str, demo: bool = True) -> str:
    """The openid of the person `key` in the app; its second letter tells demo people apart."""
    return ("oD" if demo else "oE") + _digest(f"{appid}:{key}", 26)


def unionid_of(key: str) -> str:
    """The one unionid of the person `key`."""
    return "oU" + _digest(f"union:{key}", 26)


def _digest(text: str, length: int) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode()[:length]


@dataclass
class WeChat:
    """What the emulated platform remembers."""

    state: EmulatorState
    used_codes: set[str] = field(default_factory=set)
    session_keys: dict[str, str] = field(default_factory=dict)
    subscriptions: dict[tuple[str, str], int] = field(default_factory=dict)
    tokens: dict[str, tuple[str, float]] = field(default_factory=dict)
    current: dict[tuple[str, str], str] = field(default_factory=dict)
    tickets: dict[str, tuple[str, float]] = field(default_factory=dict)
    page_tokens: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    menus: dict[str, list[Any]] = field(default_factory=dict)
    delivered: list[dict[str, Any]] = field(default_factory=list)

    def forget(self) -> None:
        """Be as freshly started."""
        self.used_codes.clear()
        self.session_keys.clear()
        self.subscriptions.clear()
        self.tokens.clear()
        self.current.clear()
        self.tickets.clear()
        self.page_tokens.clear()
        self.delivered.clear()

    def issue_token(self, appid: str, mode: str, force: bool = False) -> tuple[str, int]:
        """A token and its remaining life in seconds; `mode` keeps stable and plain ones apart."""
        now = self.state.now()
        old = self.current.get((appid, mode), "")
        _, old_end = self.tokens.get(old, ("", 0.0))
        if mode == "stable" and not force and old_end - now > OVERLAP_S:
            return old, int(old_end - now)
        if force:
            self.tokens.pop(old, None)
        elif old in self.tokens:
            self.tokens[old] = (appid, min(old_end, now + OVERLAP_S))
        token = secrets.token_urlsafe(96)
        self.tokens[token] = (appid, now + TOKEN_LIFE_S)
        self.current[appid, mode] = token
        return token, TOKEN_LIFE_S

    def app_of_token(self, token: str) -> str:
        """The appid a token was issued to. RefusedError when it is missing, unknown or expired."""
        if not token:
            raise RefusedError(41001, "access_token missing")
        if token not in self.tokens:
            raise RefusedError(40001, "invalid credential, access_token is invalid or not latest")
        appid, expires_at = self.tokens[token]
        if self.state.now() >= expires_at:
            raise RefusedError(42001, "access_token expired")
        return appid

    def person(self, code: str) -> tuple[str, bool]:
        """The person behind a login code, and whether it is one of the demo's people."""
        prefix, _, rest = code.partition("-")
        if prefix in CODE_PREFIXES:
            raise RefusedError(*CODE_PREFIXES[prefix])
        if prefix == "demo" and rest:
            return rest, True
        if prefix not in ("once", "snapshot") or not rest:
            raise RefusedError(*BAD_CODE)
        self._use(code, 40163, "code been used")
        return rest.partition(".")[0], False

    def phone(self, code: str) -> str:
        """The number behind a phone code. A used one is simply invalid, as with the vendor."""
        if code.startswith("demo-phone-"):
            return code.removeprefix("demo-phone-")
        if not code.startswith("once-phone-"):
            raise RefusedError(*BAD_CODE)
        self._use(code, *BAD_CODE)
        return code.removeprefix("once-phone-").partition(".")[0]

    def _use(self, code: str, errcode: int, errmsg: str) -> None:
        if code in self.used_codes:
            raise RefusedError(errcode, errmsg)
        self.used_codes.add(code)

    def new_session_key(self, openid: str) -> str:
        """A fresh session key, which replaces the person's old one."""
        key = base64.b64encode(CANARY + secrets.token_bytes(10)).decode()
        self.session_keys[openid] = key
        return key

    def ticket(self, appid: str) -> tuple[str, int]:
        """The JS-SDK ticket of an app and its remaining life in seconds."""
        now = self.state.now()
        ticket, expires_at = self.tickets.get(appid, ("", 0.0))
        if expires_at <= now:
            ticket, expires_at = secrets.token_urlsafe(48), now + TOKEN_LIFE_S
            self.tickets[appid] = (ticket, expires_at)
        return ticket, int(expires_at - now)

    def use_subscription(self, openid: str, template_id: str) -> None:
        """Spend one acceptance. RefusedError when the person gave none."""
        if openid.startswith("oD"):
            return
        left = self.subscriptions.get((openid, template_id), 0)
        if left < 1:
            raise RefusedError(43101, "user refuse to accept the msg")
        self.subscriptions[openid, template_id] = left - 1
