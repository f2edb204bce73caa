"""The demo behind the browser tests: seeded once for all processes of a run, then copied."""

import fcntl
import json
import os
import shutil
from pathlib import Path
from typing import Any

import httpx
import pyotp

from tests.journeys.serving import Server

KEEP = "SEEDED"
"""Names a folder that keeps the seeded city from run to run, for whoever builds pages."""


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
        """The token of a login; the same one each time."""
        if who not in self._tokens:
            self._tokens[who] = self.fresh_token(who)
        return self._tokens[who]

    def fresh_token(self, who: str) -> str:
        """The token of a new login. Staff have one in half a minute: their code counts once."""
        account = self.account(who)
        login = dict(account["login"])
        if secret := account.get("totp_secret"):
            login["totp"] = pyotp.TOTP(secret).now()
        answer = httpx.post(f"{self.base}/api/v1/auth/sessions", json=login)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["token"])

    def get(self, who: str, path: str) -> Any:
        """What the API answers `who`, to find the id that an address needs."""
        headers = {"Authorization": f"Bearer {self.token(who)}"} if who else {}
        answer = httpx.get(f"{self.base}/api/v1{path}", headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()
