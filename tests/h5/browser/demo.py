"""The demo behind the browser tests: seeded once for all processes of a run, then copied."""

import fcntl
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.demo import returning
from tests.journeys.people import Visitor
from tests.journeys.serving import Server
from tests.specimens import Person, person

KEEP = "SEEDED"
"""Names a folder that keeps the seeded city from run to run, for whoever builds pages."""


PROVED = "+proved"


def seeded(root: Path) -> Path:
    """A folder below `root` with everything a demo wrote whose city has moved in."""
    root = Path(os.environ.get(KEEP) or root)
    root.mkdir(parents=True, exist_ok=True)
    folder, done = root / "seeded", root / "seeded.done"
    with (root / "seeded.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            with serving(folder) as server:
                assert server.stop() == 0
            done.touch()
    return folder


def serving(folder: Path) -> Server:
    """A server of the demo in `folder`, on SQLite; a context manager."""
    return Server(folder, f"sqlite://{folder}/gongyou.db")


class People:
    """The demo's accounts and their logins by the API, one for each."""

    def __init__(self, server: Server) -> None:
        self.base = server.base
        text = (server.folder / "demo-accounts.json").read_text(encoding="utf-8")
        self.listed: list[dict[str, Any]] = json.loads(text)
        self._tokens: dict[str, str] = {}

    def account(self, who: str) -> dict[str, Any]:
        """`worker` or `worker.2` by role and place in the list, or a user name."""
        for each in self.listed:
            if each["login"].get("username") == who:
                return each
        role, _, place = who.partition(".")
        return [each for each in self.listed if each["role"] == role][int(place or 1) - 1]

    def token(self, who: str) -> str:
        """The token of a login; the same one each time, but for `worker+proved`: see `_proved`."""
        if who.endswith(PROVED):
            return self._proved(who.removesuffix(PROVED))
        if who not in self._tokens:
            self._tokens[who] = self.fresh_token(who)
        return self._tokens[who]

    def fresh_token(self, who: str) -> str:
        """The token of a new login. Staff have one in half a minute: their code counts once."""
        with Visitor(self.base) as visitor:
            if who in NEWCOMERS:
                NEWCOMERS[who](visitor)
            elif (account := self.account(who)).get("totp_secret"):
                visitor.log_in_as_staff(account)
            else:
                visitor.log_in(**account["login"])
            return visitor.http.headers["Authorization"].removeprefix("Bearer ")

    def _proved(self, who: str) -> str:
        """The token of a worker who has just shown again who he is: good for five minutes."""
        login = self.account(who)["login"]
        with Visitor(self.base) as visitor:
            visitor.log_in(**login)
            return str(visitor.told("POST", "/auth/sudo", 201, json=login)["token"])

    def ask(self, who: str, method: str, path: str, **options: Any) -> Any:
        """What the API answers `who`, 2xx alone."""
        with Visitor(self.base) as visitor:
            if who:
                visitor.take(self.token(who))
            answer = visitor.call(method, path, **options)
            assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
            return answer.json() if answer.content else None

    def get(self, who: str, path: str) -> Any:
        """What the API answers `who`, to find the id that an address needs."""
        return self.ask(who, "GET", path)


def _come(visitor: Visitor, seed: int) -> Person:
    """Log in for the first time; who it is."""
    someone = person(seed)
    visitor.log_in(method="sms", phone=someone.phone, code="246810")
    return someone


def _agree(visitor: Visitor, seed: int) -> Person:
    someone = _come(visitor, seed)
    visitor.agree("id_card")
    return someone


def _back(visitor: Visitor, phone: str) -> None:
    visitor.log_in(method="sms", phone=phone, code="246810")


NEWCOMERS: dict[str, Callable[[Visitor], object]] = {
    "new": lambda visitor: _come(visitor, 7001),
    "agreed": lambda visitor: _agree(visitor, 7002),
    "returning": lambda visitor: _back(visitor, returning.NEW_NUMBERS[returning.LOST]),
    "approved": lambda visitor: _back(visitor, returning.NEW_NUMBERS[returning.APPROVED]),
    "held": lambda visitor: _back(visitor, person(2034).phone),
    "photographed": lambda visitor: visitor.photograph(_agree(visitor, 7003)),
}
"""Who comes for the first time, and how far he is with his registration; who comes back with a new
number, and whose record is on its way to one (`held`)."""
