"""The `emulators` fixture: all outside systems in one subprocess, for the whole session."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

ROOT = Path(__file__).parents[2]
READY_WITHIN_S = 30


@dataclass(frozen=True)
class Emulators:
    """The addresses of the running emulators and their control surface."""

    http: str
    https: str
    ca: str
    accounts: dict[str, Any]

    def url(self, vendor: str, *, tls: bool = False) -> str:
        """The base URL of a vendor: `wechat`, `baidu`, `sms` or `bank`."""
        return f"{self.https if tls else self.http}/{vendor}"

    def fault(self, path: str, kind: str, *, times: int | None = 1, **spec: Any) -> None:
        """Script a fault, see `tests.emulators.faults`."""
        self.control("POST", "faults", {"path": path, "kind": kind, "times": times, **spec})

    def calls(self, path: str = "") -> list[dict[str, Any]]:
        """What was asked under paths ending in `path`, oldest first."""
        return list(self.control("GET", f"calls?path={path}")["items"])

    def sms(self, phone: str) -> list[dict[str, Any]]:
        """The short messages sent to `phone`, oldest first."""
        return list(self.control("GET", f"sms?phone={phone}")["items"])

    def advance(self, seconds: float) -> None:
        """Move the emulators' clock forward."""
        self.control("POST", "clock", {"advance_s": seconds})

    def reset(self) -> None:
        """Forget faults, calls, messages, tokens and the moved clock."""
        self.control("POST", "reset", {})

    def control(self, method: str, path: str, body: Any = None, vendor: str = "") -> Any:
        """The answer of the control surface, the shared one or a vendor's own."""
        place = (
            f"{self.http}/{vendor}/_emulator/{path}" if vendor else f"{self.http}/_emulator/{path}"
        )
        answer = requests.request(method, place, json=body, timeout=10)
        answer.raise_for_status()
        return answer.json() if answer.content else None


def wait_for(port_file: Path, process: "subprocess.Popen[bytes]") -> dict[str, Any]:
    """What the port file says once it is there; RuntimeError when `process` ends first."""
    deadline = time.monotonic() + READY_WITHIN_S
    while not port_file.exists():
        if process.poll() is not None:
            raise RuntimeError(f"the emulators ended with status {process.returncode}")
        if time.monotonic() > deadline:
            raise RuntimeError("the emulators did not get ready")
        time.sleep(0.02)
    return dict(json.loads(port_file.read_text()))


@pytest.fixture(scope="session")
def running_emulators(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulators]:
    """The emulators' process, started once and ended with the session."""
    port_file = tmp_path_factory.mktemp("emulators") / "ports.json"
    command = [sys.executable, "-m", "tests.emulators", "--port-file", str(port_file)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        yield Emulators(**wait_for(port_file, process))
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def emulators(running_emulators: Emulators) -> Emulators:
    """The emulators, as freshly started."""
    running_emulators.reset()
    return running_emulators
