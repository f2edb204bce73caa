"""An empty system by a clock that moves, and how offices and firms come into it, by HTTP alone."""

import subprocess
import sys
import time
from contextlib import ExitStack
from datetime import date, datetime
from datetime import time as day_time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pyotp

from api.running import demo_settings
from tests.emulators.fixtures import Emulators
from tests.journeys.people import STEP_S, Visitor
from tests.journeys.serving import Server
from tests.journeys.walk import ROOT
from tests.specimens import Person, person

BEIJING = ZoneInfo("Asia/Shanghai")
WITHIN_S = 30
PASSWORD = "a long walk by the river"


class Town:
    """The server of an empty system, its emulators and its people; `go` lets time pass for all."""

    def __init__(self, folder: Path, url: str, redis: str, emulators: Emulators) -> None:
        self.emulators = emulators
        self.outside = demo_settings({"http": emulators.http, "accounts": emulators.accounts})
        self._file, self._ahead_s = folder / "ahead", 0.0
        self._file.write_text("0")
        self.server = Server(folder, url, redis, DEMO="0", **self.outside)
        self._later = ["-m", "tests.journeys.later", str(self._file)]
        self.server.command = [*self._later, "run"]
        self._doors = ExitStack()

    def close(self) -> None:
        """Everybody goes home."""
        self._doors.close()

    def now(self) -> float:
        """The town's unix seconds."""
        return time.time() + self._ahead_s

    def go(self, day: date, hour: int) -> None:
        """It is that hour of that day; never earlier than it was."""
        moment = datetime.combine(day, day_time(hour), tzinfo=BEIJING)
        self.wait(moment.timestamp() - self.now())

    def wait(self, seconds: float) -> None:
        """So much time passes."""
        assert seconds > 0
        self._ahead_s += seconds
        draft = self._file.with_name("ahead.draft")
        draft.write_text(str(self._ahead_s))
        draft.replace(self._file)
        self.emulators.advance(seconds)

    def visitor(self) -> Visitor:
        """Somebody who is not logged in."""
        return self._doors.enter_context(Visitor(self.server.base, self.now))

    def command(self, *words: str) -> str:
        """What a command of `api.cli` says, by the town's clock."""
        done = subprocess.run(
            [sys.executable, *self._later, *words],
            cwd=ROOT, env=self.server.environment, capture_output=True, text=True, timeout=60,
            check=True,
        )  # fmt: skip
        return done.stdout

    def code(self, visitor: Visitor, phone: str) -> dict[str, str]:
        """What proves by a text message that somebody has the phone."""
        self.wait(STEP_S + 1)
        visitor.told("POST", "/auth/sms-codes", 202, json={"phone": phone})
        told = [each["params"] for each in self.emulators.sms(phone)]
        codes = [params["code"] for params in told if "code" in params]
        return {"method": "sms", "phone": phone, "code": codes[-1]}


class Staff:
    """Somebody of an office: his account and, once he has entered, his place at the wire."""

    def __init__(self, town: Town, username: str, activation: str) -> None:
        self.town, self.visitor = town, town.visitor()
        self.account: dict[str, Any] = {
            "login": {"method": "password", "username": username, "password": PASSWORD}
        }
        self._activate(username, activation)

    def _activate(self, username: str, code: str) -> None:
        own, login = self.visitor, self.account["login"]
        body = {"username": username, "activation_code": code, "password": PASSWORD}
        own.told("POST", "/auth/activations", 204, json=body)
        own.log_in(**login)
        own.take(own.told("POST", "/auth/sudo", 201, json=login)["token"])
        uri = own.told("POST", "/me/second-factor", 201)["otpauth_uri"]
        secret = httpx.URL(uri).params["secret"]
        now = pyotp.TOTP(secret).at(int(self.town.now()))
        own.take(own.told("PUT", "/me/second-factor", 200, json={"code": now})["token"])
        self.account["totp_secret"] = secret
        self.town.wait(2 * STEP_S)  # the next code is another one

    def enter(self) -> Visitor:
        """He logs in, by a code that his authenticator did not show before."""
        self.town.wait(3 * STEP_S)
        self.visitor.log_in_as_staff(self.account)
        return self.visitor

    def prove(self) -> Visitor:
        """He logs in and shows again who he is."""
        self.enter().prove_as_staff(self.account)
        return self.visitor


def founded(town: Town, regions: tuple[str, ...]) -> list[Staff]:
    """The platform's first administrator takes on the regulators of these counties."""
    made = town.command("create-admin", "first.admin")
    admin = Staff(town, "first.admin", made.splitlines()[0].rpartition(" ")[2])
    offices = []
    for region in regions:
        name = f"county.{region}"
        body = {"username": name, "role": "regulator_county", "region": region}
        taken = admin.prove().told("POST", "/platform/staff", 201, json=body)
        offices.append(Staff(town, name, taken["activation_code"]))
    return offices


def firm(town: Town, county: Staff, seed: int, report: dict[str, Any]) -> tuple[str, Visitor]:
    """An enterprise that the county verified: its id, and its applicant who may take on staff."""
    contact: Person = person(seed)
    applicant = town.visitor()
    applicant.log_in(**town.code(applicant, contact.phone))
    path = "/enterprise/enterprises"
    row = applicant.told("POST", path, 201, json=report)
    word = {"decision": "verify"}
    decision = f"/regulator/enterprises/{row['id']}/decision"
    county.enter().told("POST", decision, 200, json=word)
    applicant.log_in(**town.code(applicant, contact.phone))
    _second_factor(town, applicant, contact.phone)
    return str(row["id"]), applicant


def _second_factor(town: Town, applicant: Visitor, phone: str) -> None:
    proof = town.code(applicant, phone)
    applicant.take(applicant.told("POST", "/auth/sudo", 201, json=proof)["token"])
    uri = applicant.told("POST", "/me/second-factor", 201)["otpauth_uri"]
    now = pyotp.TOTP(httpx.URL(uri).params["secret"]).at(int(town.now()))
    token = applicant.told("PUT", "/me/second-factor", 200, json={"code": now})["token"]
    applicant.take(token)
    proof = town.code(applicant, phone)
    applicant.take(applicant.told("POST", "/auth/sudo", 201, json=proof)["token"])


def taken_on(
    town: Town, firm_id: str, applicant: Visitor, posts: dict[str, str]
) -> dict[str, Staff]:
    """The staff of an enterprise by user name, each in the role that `posts` says."""
    path = f"/enterprise/enterprises/{firm_id}/staff"
    codes = {
        name: applicant.told("POST", path, 201, json={"username": name, "role": role})
        for name, role in posts.items()
    }
    return {name: Staff(town, name, each["activation_code"]) for name, each in codes.items()}
