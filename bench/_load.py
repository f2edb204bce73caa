"""Load over loopback by wrk: so many connections, each sends again once it was answered."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from tests import programs
from tests.drills._crowd import Member

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Load:
    """What came of it; `bad` are answers other than 2xx, and connections that broke."""

    requests: int
    bad: int
    seconds: float
    p50_ms: float
    p99_ms: float

    @property
    def per_s(self) -> float:
        """Answers a second."""
        return self.requests / self.seconds


def write_members(members: Sequence[Member], file: Path) -> Path:
    """The file that tells wrk who punches."""
    lines = (f"{each.token} {each.project_id} {each.lon} {each.lat}\n" for each in members)
    file.write_text("".join(lines))
    return file


def hello(port: int, connections: int, seconds: int) -> Load:
    """Ask for hello worlds."""
    return _wrk(
        ["-s", HERE / "_report.lua", f"http://127.0.0.1:{port}/healthz"], connections, seconds
    )


def punches(port: int, connections: int, seconds: int, members: Path, first: int = 0) -> Load:
    """Punch as the members, one after the other, beginning with that one."""
    script = _script(members.with_suffix(".lua"), "_punch.lua")
    address = f"http://127.0.0.1:{port}"
    return _wrk(
        ["-s", script, address, "--", members, token_hex(4), str(first)], connections, seconds
    )


def modest_hello(port: int, connections: int, seconds: int, folder: Path) -> Load:
    """Ask for hello worlds, now and then."""
    script = _script(folder / "hello.lua", "_pause.lua")
    return _wrk(["-s", script, f"http://127.0.0.1:{port}/healthz"], connections, seconds)


def payslips(port: int, connections: int, seconds: int, tokens: Path) -> Load:
    """Ask for payslips as the workers whose tokens a file holds, now and then."""
    script = _script(tokens.with_suffix(".lua"), "_payslips.lua", "_pause.lua")
    return _wrk(["-s", script, f"http://127.0.0.1:{port}", "--", tokens], connections, seconds)


def _script(file: Path, *parts: str) -> Path:
    file.write_text("".join((HERE / each).read_text() for each in (*parts, "_report.lua")))
    return file


def _wrk(arguments: Sequence[str | Path], connections: int, seconds: int) -> Load:
    wrk = programs.find("wrk") or "wrk"
    shape = ["-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s"]
    done = subprocess.run([wrk, *shape, *arguments], check=True, capture_output=True, text=True)
    return Load(**json.loads(done.stdout.splitlines()[-1]))
