"""Starting and stopping the real server: nothing in flight is lost, nothing is done twice."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from tests.journeys.people import Visitor, code_of
from tests.journeys.serving import READY_WITHIN_S, Server, free_port
from tests.journeys.walk import ROOT
from tests.specimens import card_back, card_front, person
from tests.specimens.spoil import jpeg
from tests.stores import Store

pytestmark = pytest.mark.timeout(300)


def test_what_is_in_flight_is_answered_and_a_second_start_keeps_everything(city: Server) -> None:
    someone = person(3101)
    with Visitor(city.base) as visitor:
        visitor.log_in(method="sms", phone=someone.phone, code="246810")
        visitor.agree("id_card")
        answers = _begin_reading_a_card(city, visitor)
        assert city.stop() == 0
        assert answers.pop().status_code == 200
    emulators, accounts = city.emulators, city.folder / "demo-accounts.json"
    with pytest.raises(httpx.TransportError):
        httpx.get(emulators)
    written = accounts.stat().st_mtime_ns
    city.start()
    assert "Filling" not in city.printed()
    assert accounts.stat().st_mtime_ns == written
    with Visitor(city.base) as visitor:
        visitor.log_in(method="sms", phone=someone.phone, code="246810")
        [card, *_] = visitor.told("GET", "/me/consents", 200)["items"]
        assert card["granted"]


def test_ctrl_c_stops_it_too(city: Server) -> None:
    assert city.stop(signal.SIGINT) == 0
    city.start()


def _begin_reading_a_card(server: Server, visitor: Visitor) -> list[httpx.Response]:
    """Let a call be on its way, held up by a vendor; its answer comes into the list."""
    server.fault("/rest/2.0/ocr/v1/idcard", "delay", seconds=1.5)
    files = {"front": jpeg(card_front(person(3101))), "back": jpeg(card_back(person(3101)))}
    answers: list[httpx.Response] = []
    asking = threading.Thread(
        target=lambda: answers.append(visitor.call("POST", "/me/id-card", files=files))
    )
    asking.start()
    _until_asked(server)
    server.send(signal.SIGTERM)
    asking.join()
    return answers


def _until_asked(server: Server) -> None:
    place = f"{server.emulators}/_emulator/calls"
    asked: list[object] = []
    while not asked:
        asked = httpx.get(place, params={"path": "/rest/2.0/ocr/v1/idcard"}).json()["items"]


def test_emulators_that_die_are_started_again(city: Server) -> None:
    [found] = subprocess.run(
        ["pgrep", "-P", str(_pid(city)), "-f", "tests.emulators"],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    os.kill(int(found), signal.SIGKILL)
    deadline = time.monotonic() + READY_WITHIN_S
    answered = False
    while not answered and time.monotonic() < deadline:
        with contextlib.suppress(httpx.TransportError):
            answered = httpx.get(f"{city.emulators}/_emulator/calls").status_code == 200
    assert answered
    assert "emulators.restarted" in city.logged()


def _pid(server: Server) -> int:
    assert server.process is not None
    return server.process.pid


def test_too_long_a_body_ends_the_connection(city: Server) -> None:
    with httpx.Client(base_url=city.base, trust_env=False) as caller:
        short = caller.post("/api/v1/auth/sms-codes", json={"phone": "x"})
        long = caller.post("/api/v1/auth/sms-codes", json={"phone": "x" * 100_000})
    assert (short.status_code, short.headers["connection"]) == (422, "keep-alive")
    assert (long.status_code, long.headers["connection"]) == (413, "close")


def test_every_answer_of_a_demo_says_so(city: Server) -> None:
    ready = httpx.get(f"{city.base}/readyz")
    assert ready.json()["demo"] is True
    assert ready.headers["X-Gongyou-Demo"] == "1"


def test_every_demo_account_logs_in(city: Server) -> None:
    listed = json.loads((city.folder / "demo-accounts.json").read_text(encoding="utf-8"))
    roles = [each["role"] for each in listed]
    least = {"worker": 3, "team_leader": 1, "wage_officer": 2, "enterprise_admin": 2}
    least |= {"project_manager": 1, "reviewer": 2, "regulator_county": 1, "regulator_city": 1}
    least |= {"regulator_province": 1, "platform_admin": 1}
    assert {role: roles.count(role) for role in least if roles.count(role) < least[role]} == {}
    for account in listed:
        with Visitor(city.base) as visitor:
            if account["role"] == "reviewer":
                continue  # the other journeys log in as them, and a code counts once
            if "totp_secret" in account:
                visitor.log_in_as_staff(account)
                visitor.told("GET", "/me", 200)
                continue
            for _ in range(2):
                opened = visitor.log_in(**account["login"])
                assert account["role"] in opened["account"]["roles"]


def test_a_system_without_demo_is_empty_and_gets_its_first_administrator(
    store: Store, tmp_path: Path
) -> None:
    with Server(tmp_path, store.fresh(), store.redis_url(), DEMO="0") as server:
        assert httpx.get(f"{server.base}/readyz").json()["demo"] is False
        assert not (tmp_path / "demo-accounts.json").exists()
        made = _command(server, "create-admin", "first.admin")
        assert made.returncode == 0, made.stdout
        code = made.stdout.splitlines()[0].rpartition(" ")[2]
        with Visitor(server.base) as admin:
            _becomes_administrator(admin, code)
        assert server.stop() == 0


def _becomes_administrator(admin: Visitor, code: str) -> None:
    password = "a long walk by the river"
    activation = {"username": "first.admin", "activation_code": code, "password": password}
    admin.told("POST", "/auth/activations", 204, json=activation)
    login = {"method": "password", "username": "first.admin", "password": password}
    admin.log_in(**login)
    admin.take(admin.told("POST", "/auth/sudo", 201, json=login)["token"])
    uri = admin.told("POST", "/me/second-factor", 201)["otpauth_uri"]
    secret = httpx.URL(uri).params["secret"]
    first = {"code": code_of(secret, -1)}
    admin.take(admin.told("PUT", "/me/second-factor", 200, json=first)["token"])
    again = {**login, "totp": code_of(secret)}
    admin.take(admin.told("POST", "/auth/sudo", 201, json=again)["token"])
    reviewer = {"username": "first.reviewer", "role": "reviewer", "region": "510000"}
    admin.told("POST", "/platform/staff", 201, json=reviewer)


def test_a_demo_database_never_serves_without_the_demo(city: Server, tmp_path: Path) -> None:
    environment = {**city.environment, "DEMO": "0", "PORT": str(free_port()), "VAR": str(tmp_path)}
    refused = subprocess.run(
        [sys.executable, "-m", "api.cli", "run"],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert refused.returncode == 2
    assert "demo accounts" in refused.stdout


def test_a_real_database_never_serves_as_a_demo(store: Store, tmp_path: Path) -> None:
    """The codes of a demo, which everybody knows, must not open anybody's account."""
    url = store.fresh()
    own = {"VAR": str(tmp_path), "DATABASE_URL": url, "PORT": str(free_port())}
    base = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}

    def ran(command: list[str], demo: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "api.cli", *command],
            cwd=ROOT, env={**base, **own, "DEMO": demo},
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    assert ran(["init-keys"], "0").returncode == 0
    assert ran(["create-admin", "first.admin"], "0").returncode == 0
    refused = ran(["run"], "1")
    assert (refused.returncode, "no demo's" in refused.stdout) == (2, True)
    assert not (tmp_path / "demo-accounts.json").exists()
    store.drop(url)


def test_a_port_in_use_is_named(city: Server) -> None:
    refused = _command(city, "run")
    assert (refused.returncode, str(city.port) in refused.stdout) == (1, True)


def _command(server: Server, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "api.cli", *words],
        cwd=ROOT, env=server.environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
