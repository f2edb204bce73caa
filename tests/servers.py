"""Throw-away PostgreSQL and Redis servers on loopback; `python -m tests.servers` starts both.

Each server lives in a temporary directory, listens on a free port of 127.0.0.1 alone and is gone
with the process that started it, also when that process is killed (on Linux).
"""

import atexit
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests import programs

START_TIMEOUT_S = 60.0
STOP_TIMEOUT_S = 30.0


class ServerError(Exception):
    """A server did not start; the message ends with what it logged."""


class Server(ABC):
    """One server process with its directory and port; a context manager."""

    name: str

    def __init__(self) -> None:
        self.port = 0
        self._directory: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        """The process id of the running server."""
        if self._process is None:
            raise ServerError(f"{self.name} is not running")
        return self._process.pid

    @property
    def directory(self) -> Path:
        """The server's temporary directory."""
        if self._directory is None:
            raise ServerError(f"{self.name} is not running")
        return self._directory

    def start(self) -> Self:
        """The same server, answering on `port`."""
        atexit.register(self.stop)
        self._directory = Path(tempfile.mkdtemp(prefix=f"{self.name}-"))
        _give_to_server_user(self._directory)
        self.port = _free_port()
        try:
            self._prepare()
            self._process = self._launch()
            self._await_ready()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """The process has ended and its directory is gone; may be called twice."""
        atexit.unregister(self.stop)
        if self._process is not None:
            _end(self._process)
            self._process = None
        if self._directory is not None:
            shutil.rmtree(self._directory, ignore_errors=True)
            self._directory = None

    def _launch(self) -> subprocess.Popen[bytes]:
        with (self.directory / "server.log").open("wb") as log:
            return subprocess.Popen(
                [*_dependent(), *self._command()],
                cwd=self.directory,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl-C is for the tests, which then stop their servers themselves.
                start_new_session=True,
            )

    def _await_ready(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self._is_ready():
            ended = self._process is None or self._process.poll() is not None
            if ended or time.monotonic() > deadline:
                log = (self.directory / "server.log").read_text(errors="replace")
                raise ServerError(f"{self.name} did not start:\n{log[-2000:]}")
            time.sleep(0.02)

    @abstractmethod
    def _prepare(self) -> None: ...

    @abstractmethod
    def _command(self) -> Sequence[str | Path]: ...

    @abstractmethod
    def _is_ready(self) -> bool: ...


class Postgres(Server):
    """A PostgreSQL server with the superuser `postgres` and no password.

    Quick rather than safe (a power cut would lose data), unless `durable`.
    """

    name = "postgres"

    def __init__(self, *, durable: bool = False) -> None:
        super().__init__()
        self._durable = durable
        self._bin = _program("postgres").resolve().parent

    def url(self, database: str = "postgres") -> str:
        """The address of a database on this server."""
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    def create_database(self, name: str, template: str | None = None) -> str:
        """The address of a new database, empty or a copy of `template` (which nobody may use)."""
        copy = [f"--template={template}"] if template else []
        self._client("createdb", *copy, name)
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """No database of this name is left; its open connections are cut."""
        self._client("dropdb", "--force", "--if-exists", name)

    def _client(self, program: str, *arguments: str) -> None:
        address = ["--host=127.0.0.1", f"--port={self.port}", "--username=postgres"]
        _run([self._bin / program, *address, "--no-password", *arguments])

    def _prepare(self) -> None:
        cluster = [f"--pgdata={self.directory / 'cluster'}", "--username=postgres", "--auth=trust"]
        text = ["--encoding=UTF8", "--no-locale"]
        sync = [] if self._durable else ["--no-sync"]
        _run([*_dependent(), self._bin / "initdb", *cluster, *text, *sync], cwd=self.directory)

    def _command(self) -> Sequence[str | Path]:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": str(self.directory),
            "max_connections": "200",
        }
        if not self._durable:
            settings |= dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes"), "off")
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        return [self._bin / "postgres", "-D", self.directory / "cluster", *options]

    def _is_ready(self) -> bool:
        # The eighth line of the lock file tells the state; pg_ctl waits for the same word.
        lock = self.directory / "cluster" / "postmaster.pid"
        lines = lock.read_text().splitlines() if lock.exists() else []
        return len(lines) > 7 and lines[7].strip() == "ready"


class Redis(Server):
    """A Redis server that keeps nothing on disk."""

    name = "redis"

    def __init__(self) -> None:
        super().__init__()
        self._program = _program("redis-server")

    def url(self, database: int = 0) -> str:
        """The address of one of its sixteen databases."""
        return f"redis://127.0.0.1:{self.port}/{database}"

    def _prepare(self) -> None:
        """Redis needs no preparation."""

    def _command(self) -> Sequence[str | Path]:
        network = ["--bind", "127.0.0.1", "--port", str(self.port)]
        return [self._program, *network, "--save", "", "--appendonly", "no"]

    def _is_ready(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(16) == b"+PONG\r\n"
        except OSError:
            return False


def _program(name: str) -> Path:
    found = programs.find(name)
    if found is None:
        raise ServerError(f"{name} is not installed (Debian package: {programs.PACKAGES[name]})")
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _server_user() -> pwd.struct_passwd | None:
    """Whom a server runs as when root starts it (PostgreSQL refuses root); None: as we are."""
    if os.geteuid() != 0:
        return None
    known = {user.pw_name: user for user in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _give_to_server_user(directory: Path) -> None:
    user = _server_user()
    if user is not None:
        os.chown(directory, user.pw_uid, user.pw_gid)


def _dependent() -> list[str]:
    """The words before a command that make it drop root and end with the thread that started it."""
    user = _server_user()
    setpriv = shutil.which("setpriv")
    if setpriv is None and user is not None:
        raise ServerError(
            "To start servers as root, setpriv (Debian package: util-linux) is needed"
        )
    if setpriv is None:
        return []
    drop = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"] if user else []
    return [setpriv, *drop, "--pdeathsig", "INT", "--"]


def _run(command: Sequence[str | Path], cwd: Path | None = None) -> None:
    done = subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True)
    if done.returncode != 0:
        raise ServerError(done.stderr.decode(errors="replace"))


def _end(process: subprocess.Popen[bytes]) -> None:
    # PostgreSQL takes SIGINT as "cut the connections and shut down"; SIGTERM would wait for them.
    process.send_signal(signal.SIGINT)
    try:
        process.wait(STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def main() -> None:
    """Both servers run until Ctrl-C."""
    with Postgres() as postgres, Redis() as redis:
        print(f"DATABASE_URL={postgres.create_database('gongyou')} REDIS_URL={redis.url()}")
        print("Ctrl-C stops both.", flush=True)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            signal.pause()
        except KeyboardInterrupt:
            print("Stopping.")


if __name__ == "__main__":
    main()
