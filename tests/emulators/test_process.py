"""The emulators' process: ready, complete, and gone when it should be."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tests.emulators.fixtures import ROOT, Emulators, wait_for

COMMAND = [sys.executable, "-m", "tests.emulators", "--port-file"]
GONE_WITHIN_S = 10


def started(port_file: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([*COMMAND, str(port_file)], cwd=ROOT, stdout=subprocess.DEVNULL)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_told(tmp_path: Path, number: signal.Signals) -> None:
    port_file = tmp_path / "ports.json"
    process = started(port_file)
    ca = Path(wait_for(port_file, process)["ca"])
    assert ca.exists()
    process.send_signal(number)
    assert process.wait(GONE_WITHIN_S) == 0
    assert not port_file.exists()
    assert not ca.exists()


def test_it_ends_with_its_parent(tmp_path: Path) -> None:
    port_file = tmp_path / "ports.json"
    child = [*COMMAND, str(port_file)]
    parent = f"import subprocess, time; subprocess.Popen({child!r}); time.sleep(60)"
    # The emulators inherit this pipe: it reaches its end when the last of both is gone.
    with subprocess.Popen([sys.executable, "-c", parent], cwd=ROOT, stdout=subprocess.PIPE) as both:
        wait_for(port_file, both)
        both.kill()
        both.communicate(timeout=GONE_WITHIN_S)
    assert not port_file.exists()


def test_every_vendor_answers_over_http_and_https(emulators: Emulators) -> None:
    places = {
        "wechat": "/cgi-bin/token",
        "baidu": "/oauth/2.0/token",
        "sms": "/v1/messages",
        "bank": "/v1/batches",
    }
    for vendor, path in places.items():
        for tls in (False, True):
            place = emulators.url(vendor, tls=tls) + path
            assert requests.options(place, timeout=5, verify=emulators.ca).status_code != 404


def test_only_this_machine_is_served(emulators: Emulators) -> None:
    assert emulators.http.startswith("http://127.0.0.1:")
    assert emulators.https.startswith("https://127.0.0.1:")


def test_calls_are_recorded_without_secrets(emulators: Emulators) -> None:
    account = emulators.accounts["wechat"]["mini_program"]
    query = {**account, "grant_type": "client_credential"}
    requests.get(emulators.url("wechat") + "/cgi-bin/token", query, timeout=5)
    [call] = emulators.calls("/cgi-bin/token")
    assert call["query"]["appid"] == account["appid"]
    assert account["secret"] not in json.dumps(call)


def test_a_fault_strikes_as_often_as_told(emulators: Emulators) -> None:
    emulators.fault("/cgi-bin/token", "status", status=503, times=2)
    place = emulators.url("wechat") + "/cgi-bin/token"
    assert [requests.get(place, timeout=5).status_code for _ in range(3)] == [503, 503, 200]


def test_an_unknown_fault_is_refused(emulators: Emulators) -> None:
    with pytest.raises(requests.HTTPError):
        emulators.fault("/cgi-bin/token", "earthquake")


def test_a_reset_forgets_everything(emulators: Emulators) -> None:
    emulators.fault("/cgi-bin/token", "status", status=503)
    emulators.advance(100)
    emulators.reset()
    assert requests.get(emulators.url("wechat") + "/cgi-bin/token", timeout=5).status_code == 200
    assert len(emulators.calls()) == 1
