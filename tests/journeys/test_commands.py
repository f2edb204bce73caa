"""Management commands beside the running server."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.people import Visitor
from tests.journeys.serving import Server
from tests.journeys.walk import ROOT
from tests.specimens import person

pytestmark = pytest.mark.timeout(300)


def command(server: Server, *words: str) -> "subprocess.Popen[str]":
    """A command of `api.cli` on the server's own settings, at work."""
    return subprocess.Popen(
        [sys.executable, "-m", "api.cli", *words],
        cwd=ROOT, env=server.environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_while_keys_are_rotated_everything_is_read_and_written(city: Server) -> None:
    someone = person(3301)
    with Visitor(city.base) as visitor:
        visitor.log_in(method="sms", phone=someone.phone, code="246810")
        with command(city, "rotate-keys") as rotating:
            while rotating.poll() is None:
                visitor.told("GET", "/me", 200)
                visitor.agree("location")
            assert rotating.returncode == 0
        assert visitor.told("GET", "/me", 200)["phone"].endswith(someone.phone[-4:])
        with Visitor(city.base) as newcomer:
            newcomer.log_in(method="sms", phone=person(3303).phone, code="246810")
            newcomer.told("GET", "/me", 200)


def test_the_audit_of_a_whole_city_is_whole(city: Server) -> None:
    with command(city, "verify-audit") as verifying:
        printed, _ = verifying.communicate(timeout=60)
    assert (verifying.returncode, printed.strip()) == (0, "audit is whole")


def test_a_sqlite_database_is_copied_while_it_is_in_use(city: Server, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with command(city, "backup", str(copy)) as copying:
        printed, _ = copying.communicate(timeout=60)
    if not city.environment["DATABASE_URL"].startswith("sqlite://"):
        assert (copying.returncode, "pg_dump" in printed) == (1, True)
        return
    assert copying.returncode == 0
    assert copy.stat().st_mode & 0o077 == 0
    with sqlite3.connect(copy) as opened:
        [[found]] = opened.execute("SELECT COUNT(*) FROM worker")
    opened.close()
    assert found > 80


def test_a_demo_needs_no_worker(city: Server) -> None:
    with command(city, "worker") as refusing:
        printed, _ = refusing.communicate(timeout=60)
    assert (refusing.returncode, "DEMO=0" in printed) == (1, True)
