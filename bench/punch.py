"""How many punches a second one API process takes, each on disk before its answer.

Beside it, in the same run and on the same machine: Sanic's hello world, and pgbench inserting the
same row. Rows are counted afterwards and must be as many as were acknowledged. Look at the ratios;
the seconds are the machine's.
"""

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tortoise import connections

from api import app as application
from api import database, migrating
from api.kit import keys
from api.kit.cache import DictCache
from api.kit.crypto import Secrets
from api.kit.transaction import CONNECTION
from api.settings import Settings
from api.wiring import adapters_from
from bench import _crowd, _database
from tests.servers import Postgres

WORKERS, SITES = 5000, 200
SECONDS = float(os.environ.get("SECONDS_EACH", "6"))
ROOT = Path(__file__).parent.parent
PUNCHES = "/api/v1/punches"


@dataclass(frozen=True, slots=True)
class Crowd:
    """A filled database and those who punch."""

    settings: dict[str, str]
    tokens: list[str]
    bodies: list[str]


def main() -> int:
    """Run everything, print rows and the JSON line; 0 when every acknowledged punch is stored."""
    with tempfile.TemporaryDirectory(prefix="bench-punch-") as name, Postgres(durable=True) as pg:
        folder = Path(name)
        url = pg.create_database("punches").replace("postgresql://", "postgres://")
        result = {}
        postgres = asyncio.run(fill(folder, "postgres", url))
        asyncio.run(_database.copy_table(url))
        for count in (32, 128):
            hello = hello_per_s(folder, count)
            base = _database.pgbench_per_s(folder, pg.port, "punches", count, SECONDS)
            print(f"pgbench   {count:4} connections  {base:.0f}/s", flush=True)
            result[f"postgres_{count}"] = row(folder, postgres, count, hello, base)
        sqlite = asyncio.run(fill(folder, "sqlite", f"sqlite://{folder / 'punches.db'}"))
        result["sqlite_32"] = row(folder, sqlite, 32, hello_per_s(folder, 32), None)
    print(json.dumps(result))
    return 0


async def fill(folder: Path, name: str, url: str) -> Crowd:
    """A migrated database with the crowd in it."""
    given = {
        "DATABASE_URL": url, "VAR": str(folder / name), "KEYS_FILE": str(folder / "keys.json"),
        "INLINE_JOBS": "0", "LOG_LEVEL": "WARNING", "DEMO": "0", "PORT": str(free_port()),
    }  # fmt: skip
    if not (folder / "keys.json").exists():
        Secrets.fresh().write(folder / "keys.json")
    settings = Settings.load({}, given)
    cache = DictCache()
    application.prepare(settings, adapters_from(settings, cache), cache)
    await migrating.migrate(url)
    await database.open_database(url)
    try:
        await keys.load_keys()
        tokens, bodies = await _crowd.workers(WORKERS, await _crowd.sites(SITES))
    finally:
        await database.close_database()
    return Crowd(given, tokens, bodies)


def row(
    folder: Path, crowd: Crowd, count: int, hello: float, pgbench: float | None
) -> dict[str, float]:
    """One line of the result, printed too. RuntimeError when rows and answers differ."""
    port = crowd.settings["PORT"]
    with serving("bench._serve", settings_file(folder, crowd), port) as pid:
        plan = {"path": PUNCHES, "tokens": crowd.tokens, "bodies": crowd.bodies}
        # Every worker once, so that look-ups are remembered as they are in a working day.
        load(folder, port, count, SECONDS / 2, plan)
        warm = asyncio.run(stored(crowd))
        cpu = cpu_s(pid)
        got = load(folder, port, count, SECONDS, plan)
        cpu = cpu_s(pid) - cpu
    after = asyncio.run(stored(crowd))
    if after - warm != got["ok"] or got["other"]:
        raise RuntimeError(
            f"{got['ok']} acknowledged, {after - warm} stored, {got['other']} failed"
        )
    per_s = got["ok"] / got["seconds"]
    line = {
        "per_s": round(per_s, 1), "p50_ms": round(got["p50_ms"], 2),
        "p99_ms": round(got["p99_ms"], 2), "per_hello": round(per_s / hello, 3),
        "sql_per_punch": round(asyncio.run(statements(crowd)), 2),
        "cpu_s_per_million": round(cpu / got["ok"] * 1e6, 1),
    }  # fmt: skip
    if pgbench is not None:
        line["per_pgbench"] = round(per_s / pgbench, 3)
    print(
        f"{crowd.settings['DATABASE_URL'].split(':')[0]:9} {count:4} connections  {line}",
        flush=True,
    )
    return line


async def statements(crowd: Crowd) -> float:
    """The statements that a punch takes."""
    return await _database.statements(crowd.settings, crowd.tokens, crowd.bodies)


async def stored(crowd: Crowd) -> int:
    """How many punches lie in the database."""
    await database.open_database(crowd.settings["DATABASE_URL"])
    try:
        sql = 'SELECT COUNT(*) AS "n" FROM "punch"'
        [found] = await connections.get(CONNECTION).execute_query_dict(sql)
    finally:
        await database.close_database()
    return int(found["n"])


def hello_per_s(folder: Path, count: int) -> float:
    """Hello worlds a second with that many connections."""
    port = str(free_port())
    with serving("bench._hello", port, port):
        got = load(folder, port, count, SECONDS, {"path": "/", "tokens": [], "bodies": []})
    print(f"hello     {count:4} connections  {got['ok'] / got['seconds']:.0f}/s", flush=True)
    return got["ok"] / got["seconds"]


def load(
    folder: Path, port: str, count: int, seconds: float, plan: dict[str, Any]
) -> dict[str, float]:
    """What a load of so many connections came to, made by a process of its own."""
    file = folder / "plan.json"
    file.write_text(
        json.dumps({**plan, "port": int(port), "connections": count, "seconds": seconds})
    )
    done = subprocess.run(
        [sys.executable, "-m", "bench._load", file], cwd=ROOT, check=True, capture_output=True
    )
    return dict(json.loads(done.stdout))


@contextmanager
def serving(module: str, argument: str, port: str) -> Iterator[int]:
    """A server process that answers on the port; its process id."""
    process = subprocess.Popen([sys.executable, "-m", module, argument], cwd=ROOT)
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", int(port))) == 0:
                    break
            time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def settings_file(folder: Path, crowd: Crowd) -> str:
    """A file with the settings of the API process."""
    file = folder / "settings.json"
    file.write_text(json.dumps(crowd.settings))
    return str(file)


def cpu_s(pid: int) -> float:
    """The seconds of CPU that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main())
