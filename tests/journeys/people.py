"""People who use the running server through HTTP alone."""

import time
from collections.abc import Callable
from typing import Any, Self

import httpx
import pyotp

from tests.specimens import Person, card_back, card_front
from tests.specimens.spoil import jpeg

STEP_S = 30


class Visitor:
    """Somebody at the other end of the wire, logged in once he has a token. `now`: his clock."""

    def __init__(self, base: str, now: Callable[[], float] = time.time) -> None:
        self.http = httpx.Client(base_url=f"{base}/api/v1", timeout=30)
        self._now = now

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def call(self, method: str, path: str, **options: Any) -> httpx.Response:
        """The answer to one call."""
        return self.http.request(method, path, **options)

    def told(self, method: str, path: str, status: int, **options: Any) -> Any:
        """The body of an answer that has this status."""
        answer = self.call(method, path, **options)
        assert answer.status_code == status, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def log_in(self, **body: str) -> Any:
        """Log in with this body."""
        opened = self.told("POST", "/auth/sessions", 201, json=body)
        self.take(opened["token"])
        return opened

    def take(self, token: str) -> None:
        """Go on with this token."""
        self.http.headers["Authorization"] = f"Bearer {token}"

    def log_in_as_staff(self, account: dict[str, Any]) -> None:
        """Log in with password and the first code of the authenticator that was not used yet."""
        self.http.headers.pop("Authorization", None)  # one that is over would be refused
        self._enter("/auth/sessions", account)

    def prove_as_staff(self, account: dict[str, Any]) -> None:
        """Show again who one is, by another code: what is dangerous is allowed for minutes."""
        self._enter("/auth/sudo", account)

    def _enter(self, path: str, account: dict[str, Any]) -> None:
        for _ in range(4):
            code = _unused_code(account["totp_secret"], self._now)
            answer = self.call("POST", path, json={**account["login"], "totp": code})
            if answer.status_code == 201:
                return self.take(answer.json()["token"])
        raise AssertionError(answer.text)

    def agree(self, *purposes: str) -> None:
        """Agree to the texts in force."""
        for text in self.told("GET", "/consents", 200)["items"]:
            if text["purpose"] in purposes:
                body = {"version": text["version"], "granted": True}
                self.told("PUT", f"/me/consents/{text['purpose']}", 200, json=body)

    def photograph(self, someone: Person) -> Any:
        """Send photos of both sides of one's card; what was read."""
        files = {"front": photo(card_front(someone)), "back": photo(card_back(someone))}
        return self.told("POST", "/me/id-card", 200, files=files)

    def register(self, read: Any, selfie: Any | None) -> Any:
        """Hand in what was read, with a selfie or without one's face."""
        fields = read["fields"].items()
        parts = {name: (None, field["value"]) for name, field in fields if field["value"]}
        face = {"selfie": photo(selfie)} if selfie else {"face": (None, "declined")}
        return self.told("POST", "/me/registration", 201, files={**parts, **face})


def photo(picture: Any) -> tuple[str, bytes, str]:
    """A picture as a part of a form."""
    return ("photo.jpg", jpeg(picture), "image/jpeg")


_used: dict[str, int] = {}
"""The last half-minute whose code was spent, by secret."""


def _unused_code(secret: str, now: Callable[[], float]) -> str:
    step = max(int(now()) // STEP_S - 1, _used.get(secret, 0) + 1)
    while step > int(now()) // STEP_S + 1:
        time.sleep(0.5)
    _used[secret] = step
    return str(pyotp.TOTP(secret).at(step * STEP_S))


def code_of(secret: str, step: int = 0) -> str:
    """What an authenticator shows, or showed and will show `step` half-minutes from now."""
    return pyotp.TOTP(secret).at(int(time.time()) + step * STEP_S)
