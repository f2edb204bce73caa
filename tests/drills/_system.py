"""A whole system to measure or to hurt: stores, keys, a crowd, and the real server process."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from api.kit.crypto import Secrets
from tests.drills._crowd import Member
from tests.servers import Postgres

ROOT = Path(__file__).parents[2]
START_TIMEOUT_S = 60.0
SERVER = ("-m", "api.cli", "run")


class NoStart(Exception):
    """The server process did not answer; the message ends with what it logged."""


@dataclass(slots=True)
class System:
    """Settings of one system, and its server process while it runs.

    Jobs are left to a worker process, which is not started: punches alone are looked at.
    """

    folder: Path
    settings: dict[str, str]
    postgres: Postgres | None = None
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def port(self) -> int:
        """The port of the server on 127.0.0.1."""
        return int(self.settings["PORT"])

    @property
    def database_url(self) -> str:
        """The address of the database."""
        return self.settings["DATABASE_URL"]

    @property
    def sqlite_file(self) -> Path:
        """The SQLite database file."""
        return Path(self.database_url.removeprefix("sqlite://"))

    def fill(self, workers: int, sites: int) -> list[Member]:
        """Migrate, and let this many workers enter this many sites."""
        file = self.folder / "settings.json"
        file.write_text(json.dumps(self.settings))
        module = ("-m", "tests.drills._crowd")
        command = [sys.executable, *module, str(file), str(workers), str(sites)]
        done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
        return [Member(**each) for each in json.loads(done.stdout)]

    def start(self, command: Sequence[str] = SERVER) -> subprocess.Popen[bytes]:
        """The server process, answering."""
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env={"PATH": os.environ["PATH"], **self.settings},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            await_answer(self.process, self.port)
        except NoStart:
            self.stop()
            raise NoStart(
                (self.folder / "server.log").read_text(errors="replace")[-2000:]
            ) from None
        return self.process

    def stop(self, number: int = signal.SIGTERM) -> None:
        """The server process has ended, by SIGTERM or, if told so, without being asked."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                self.process.send_signal(number)
            self.process.wait()
            self.process = None


def await_answer(process: subprocess.Popen[bytes], port: int) -> None:
    """The process answers on the port. NoStart when it ended or takes too long."""
    deadline = time.monotonic() + START_TIMEOUT_S
    while not is_alive(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise NoStart
        time.sleep(0.02)


def is_alive(port: int, path: str = "/healthz") -> bool:
    """Whether a server on 127.0.0.1 answers 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def sqlite_system() -> Iterator[System]:
    """A system on an SQLite file, with the cache in the process."""
    with tempfile.TemporaryDirectory(prefix="gongyou-drill-") as name, ExitStack() as stack:
        folder = Path(name)
        system = System(folder, _settings(folder, f"sqlite://{folder}/gongyou.db", ""))
        stack.callback(system.stop)
        yield system


@contextmanager
def postgres_system(
    postgres: Postgres, redis_url: str, database: str, template: str | None = None
) -> Iterator[System]:
    """A system on a new database of a running PostgreSQL, a copy of `template`, with a Redis."""
    with tempfile.TemporaryDirectory(prefix="gongyou-drill-") as name, ExitStack() as stack:
        folder = Path(name)
        url = postgres.create_database(database, template)
        stack.callback(postgres.drop_database, database)
        system = System(folder, _settings(folder, url, redis_url), postgres)
        stack.callback(system.stop)
        yield system


def _settings(folder: Path, database_url: str, redis_url: str) -> dict[str, str]:
    keys = folder / "keys.json"
    Secrets.fresh().write(keys)
    return {
        "PORT": str(free_port()),
        "VAR": str(folder),
        "KEYS_FILE": str(keys),
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "DEMO": "0",
        "INLINE_JOBS": "0",
    }
