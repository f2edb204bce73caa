"""The emulators beside a demo: a process of their own, started again should it end by itself."""

import json
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Self

from api.kit.logging import log

ROOT = Path(__file__).parent.parent
READY_WITHIN_S = 30
PAUSE_S = 0.5


class EmulatorsFailed(RuntimeError):
    """The emulators did not get ready."""


class Emulators:
    """The emulators' process, as long as the context lasts; `folder` is for its port file.

    A new process takes the ports of the one that ended: addresses once given out stay right.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / "emulators.json"
        self._ports: list[str] = []
        self._leaving = threading.Event()
        self._process = self._start()
        self._watch = threading.Thread(target=self._keep_alive, name="emulators", daemon=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._leaving.set()
        end(self._process)

    def addresses(self) -> dict[str, Any]:
        """Their addresses and credentials, once they answer. EmulatorsFailed after 30 s."""
        deadline = time.monotonic() + READY_WITHIN_S
        while not self._file.exists():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise EmulatorsFailed("the emulators did not start")
            time.sleep(0.02)
        found: dict[str, Any] = json.loads(self._file.read_text())
        self._ports = [f"--{name}-port={found[name].rpartition(':')[2]}" for name in _SCHEMES]
        self._watch.start()
        return found

    def _start(self) -> "subprocess.Popen[bytes]":
        self._file.unlink(missing_ok=True)
        command = [sys.executable, "-m", "tests.emulators", f"--port-file={self._file}"]
        # In a session of their own: Ctrl-C is for the server, which then ends them.
        return subprocess.Popen(  # noqa: S603 - our own module
            [*command, *self._ports], cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True
        )

    def _keep_alive(self) -> None:
        while not self._leaving.is_set():
            status = self._process.wait()
            if self._leaving.wait(PAUSE_S):
                return
            log.error("emulators.restarted", code=str(status))
            self._process = self._start()


_SCHEMES = ("http", "https")


def end(process: "subprocess.Popen[bytes]") -> None:
    """Let a process end by itself within a second; end it otherwise."""
    process.terminate()
    try:
        process.wait(timeout=1)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
