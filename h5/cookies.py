"""Cookies of the pages: the session, a guest's token, large type, a message for the next page.

The session, the guest's token and what a phone of several people is known by are secrets, readable
by the server alone. The
anti-forgery token is made from whichever of them the browser holds, salted anew for each page so
that compression tells nothing about it.
"""

import base64
import hmac
import secrets
from datetime import datetime
from hashlib import sha256

import orjson
from sanic import HTTPResponse, Request

from api.kit import clock
from api.settings import settings

SESSION, GUEST, ELDER, SAYS, LOCALE, FIRM, PHONE = (
    "gongyou", "gongyou-guest", "gongyou-elder", "gongyou-says", "gongyou-locale", "gongyou-firm",
    "gongyou-phone",
)  # fmt: skip
YEAR_S = 365 * 24 * 3600
_SALT = 16


def is_secure() -> bool:
    """Whether people reach us by HTTPS: then cookies are for HTTPS and this host alone."""
    return settings().public_url.startswith("https://")


def read(request: Request, name: str) -> str:
    """The cookie's value; empty without one."""
    return str(request.cookies.get(_full(name)) or "")


def names(request: Request) -> list[str]:
    """The names of the cookies that came, as they are written here."""
    return [name.removeprefix("__Host-") for name in request.cookies]


def put(answer: HTTPResponse, name: str, value: str, max_age: int | None = None) -> None:
    """Set a cookie that scripts cannot read; without `max_age` it ends with the browser."""
    answer.add_cookie(
        name,
        value,
        secure=is_secure(),
        httponly=True,
        samesite="Lax",
        max_age=max_age,
        host_prefix=is_secure(),
    )


def drop(answer: HTTPResponse, name: str) -> None:
    """Take a cookie back."""
    put(answer, name, "", 0)


def put_session(answer: HTTPResponse, token: str, expires_at: datetime) -> None:
    """Keep a login for as long as it lasts."""
    put(answer, SESSION, token, max(0, int((expires_at - clock.now()).total_seconds())))


def _full(name: str) -> str:
    return f"__Host-{name}" if is_secure() else name


def forgery_token(secret: str) -> str:
    """A fresh anti-forgery token for the holder of `secret` (a session or guest token)."""
    salt = secrets.token_bytes(_SALT)
    return base64.urlsafe_b64encode(salt + _mac(secret, salt)).decode()


def is_own(secret: str, token: str) -> bool:
    """Whether `token` was made for the holder of `secret`."""
    try:
        raw = base64.urlsafe_b64decode(token.encode())
    except ValueError:
        return False
    return bool(secret) and hmac.compare_digest(raw[_SALT:], _mac(secret, raw[:_SALT]))


def _mac(secret: str, salt: bytes) -> bytes:
    return hmac.new(secret.encode(), b"csrf" + salt, sha256).digest()


def message(key: str, values: dict[str, str]) -> str:
    """A one-time message as a cookie's value: a key of the catalogue and what fills it."""
    return base64.urlsafe_b64encode(orjson.dumps([key, values])).decode()


def message_of(value: str) -> tuple[str, dict[str, str]] | None:
    """The key and values inside; None when there is none that we wrote."""
    try:
        key, values = orjson.loads(base64.urlsafe_b64decode(value.encode()))
    except ValueError:
        return None
    if not isinstance(key, str) or not isinstance(values, dict):
        return None
    return key, {str(name): str(each) for name, each in values.items()}
