"""The real server in a process of its own, as `make run` starts it, on a free port."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Self

import httpx

from tests.journeys.walk import ROOT

READY_WITHIN_S = 240
"""Filling the city takes half a minute of a core that nobody else wants."""
STOPPED_WITHIN_S = 20


def free_port() -> int:
    """A port of loopback on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`python -m api.cli run` with everything it writes in `folder`; a context manager."""

    def __init__(self, folder: Path, database_url: str, redis_url: str = "", **more: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
            "VAR": str(folder),
            "KEYS_FILE": str(folder / "keys.json"),
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "PORT": str(self.port),
            "DEMO": "1",
            **more,
        }
        self.command = ["-m", "api.cli", "run"]
        self.process: subprocess.Popen[bytes] | None = None
        self.took_s = 0.0

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def start(self) -> None:
        """Start it and return when it is ready."""
        with (self.folder / "out").open("wb") as out, (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *self.command],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=log,
                start_new_session=True,
            )
        began = time.monotonic()
        self._wait_until(lambda: self._is_ready() and "metrics" in self.printed())
        self.took_s = time.monotonic() - began

    def send(self, number: signal.Signals) -> None:
        """Send the process a signal."""
        assert self.process is not None
        self.process.send_signal(number)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Tell it to stop; its exit status."""
        assert self.process is not None
        self.send(number)
        return self.process.wait(STOPPED_WITHIN_S)

    def printed(self) -> str:
        """What it has told the person at the terminal."""
        return (self.folder / "out").read_text(encoding="utf-8")

    def logged(self) -> str:
        """What it has logged, in all its runs."""
        return (self.folder / "log").read_text(encoding="utf-8")

    @property
    def emulators(self) -> str:
        """The address of its emulators."""
        found = re.search(r"emulators +(\S+)/ of", self.printed())
        assert found, self.printed()
        return found[1]

    def fault(self, path: str, kind: str, **spec: Any) -> None:
        """Script a fault of the emulators, see `tests.emulators.faults`."""
        httpx.post(
            f"{self.emulators}/_emulator/faults", json={"path": path, "kind": kind, **spec}
        ).raise_for_status()

    def sms(self, phone: str) -> list[dict[str, Any]]:
        """The text messages sent to a phone, oldest first."""
        found = httpx.get(f"{self.emulators}/_emulator/sms", params={"phone": phone})
        return list(found.json()["items"])

    def _is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.base}/readyz").status_code == 200
        except httpx.TransportError:
            return False

    def _wait_until(self, happened: Any) -> None:
        assert self.process is not None
        deadline = time.monotonic() + READY_WITHIN_S
        while not happened():
            assert self.process.poll() is None, self.printed() + self.logged()
            assert time.monotonic() < deadline, "not ready: " + self.printed() + self.logged()
            time.sleep(0.05)
