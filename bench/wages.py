"""What wages cost when they are many; `make bench-wages`.

Three parts, each with the product's own services on systems of its own:

sheet     one sheet, on each store: drawn from a month of days, every line signed by its worker's
          own call, looked through by three, released, paid in batches by the emulated bank, its
          results taken in
run       sheets of that size over many projects on PostgreSQL, by two processes beside each other
          as workers of the product; a sheet's signatures are put in by two statements, as if they
          had come in the days before. `peak_mb` must not grow with the lines that were paid
payslips  a worker's list of payslips over HTTP with years of them, at a modest load: beside Sanic's
          hello world and beside the same with a tenth of the workers, in turns

Seconds and statements are those of the process that does it; a bulk insert is one statement.
peak_mb is the largest resident memory of it. Messages are left in the outbox, and what the bank
itself needs is in the run's seconds. Exit status 1 when a sheet is not paid whole, or when the aims
below are missed: of the ratios of payslips, measured three times at most, the lowest counts.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from api import migrating
from api.emulating import Emulators
from api.running import demo_settings
from bench import _load, _paid_years
from bench._load import Load
from bench._payday import STAGES
from bench._pgbench import sql
from bench.punch import hello_server, say
from tests.drills._system import System, postgres_system, sqlite_system
from tests.servers import Postgres, Redis

RUN_MOST_S, GROWTH_MOST, HELLO_MOST, WORKERS_MOST = 300, 1.1, 15, 1.2
EMPTY = "empty"
PROCESSES, CONNECTIONS, ASKING, TRIES = 2, 4, 1_000, 3
STAGE = "{:10}{:>10}{:>12}{:>12}{:>14}{:>10}"
Found = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Payslips:
    """A running system whose workers ask for their payslips."""

    system: System
    tokens: Path

    def load(self, seconds: int) -> Load:
        """What some of them see."""
        found = _load.payslips(self.system.port, CONNECTIONS, seconds, self.tokens)
        if found.bad:
            raise RuntimeError(f"{found.bad} of {found.requests} lists did not come")
        return found


@dataclass(slots=True)
class Turns:
    """p99 in milliseconds, round after round."""

    hello: list[float] = field(default_factory=list)
    few: list[float] = field(default_factory=list)
    many: list[float] = field(default_factory=list)

    def summary(self) -> dict[str, float]:
        """The numbers of the last line."""
        return {
            "p99_ms": round(median(self.many), 2),
            "hello_p99_ms": round(median(self.hello), 2),
            "few_p99_ms": round(median(self.few), 2),
            "per_hello": _ratio(self.many, self.hello),
            "per_few": _ratio(self.many, self.few),
        }


def _ratio(above: Sequence[float], below: Sequence[float]) -> float:
    return round(median(a / b for a, b in zip(above, below, strict=True)), 2)


def main() -> int:
    """Measure, print; 0 when all is paid and the aims are reached."""
    options = _options()
    with ExitStack() as stack:
        return _Bench(options, stack).run()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--lines", type=int, default=10_000, help="of one sheet")
    parser.add_argument("--run", type=int, default=338_000, help="lines of the long run")
    parser.add_argument("--workers", type=int, default=10_000, help="with payslips")
    parser.add_argument("--months", type=int, default=36, help="of payslips")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=8, help="of each measurement of a round")
    parser.add_argument("--parts", default="sheet,run,payslips")
    return parser.parse_args()


class _Bench:
    """The run: what stands while it lasts."""

    def __init__(self, options: argparse.Namespace, stack: ExitStack) -> None:
        self.options, self.stack = options, stack
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gongyou-bench-")))
        self.postgres = stack.enter_context(Postgres(durable=True))
        self.redis = stack.enter_context(Redis())
        asyncio.run(migrating.migrate(self.postgres.create_database(EMPTY)))
        addresses = stack.enter_context(Emulators(folder)).addresses()
        self.bank = {k: v for k, v in demo_settings(addresses).items() if k.startswith("BANK_")}
        self.folder = folder

    def run(self) -> int:
        """The parts that are asked for, the tables, the last line."""
        parts = self.options.parts.split(",")
        found: Found = {}
        if "sheet" in parts:
            with self._system("sheet") as system:
                found["sheet_postgres"] = self._sheet(system, "PostgreSQL")
            with sqlite_system() as system:
                found["sheet_sqlite"] = self._sheet(system, "SQLite")
        if "run" in parts:
            with self._system("run") as system:
                found["run"] = self._run(system)
        if "payslips" in parts:
            found["payslips"] = self._payslips()
        print(json.dumps(found))
        return 1 if list(self._short(found)) else 0

    def _system(self, name: str, redis: int = 0) -> AbstractContextManager[System]:
        """On a copy of one database that was migrated."""
        return postgres_system(self.postgres, self.redis.url(redis), name, EMPTY)

    def _sheet(self, system: System, store: str) -> Found:
        lines = self.options.lines
        say(f"filling {store} with {lines:,} workers ...")
        projects = self._fill(system, 0, 1, lines)
        [made] = self._paid(system, "each", [projects])
        return _told(f"one sheet of {made['lines']:,} lines on {store}", [made])

    def _run(self, system: System) -> Found:
        size = self.options.lines
        many = max(PROCESSES, -(-self.options.run // size))
        say(f"filling PostgreSQL with {many:,} projects of {size:,} workers ...")
        projects = self._fill(system, 0, 1, size) + self._fill(system, 1, many - 1, size)
        sql(self.postgres, "run", "VACUUM ANALYZE")
        sql(self.postgres, "run", "CHECKPOINT")
        made = self._paid(system, "all", [projects[n::PROCESSES] for n in range(PROCESSES)])
        found = _told(f"{many} sheets of {size:,} lines by {PROCESSES} processes", made)
        found["seconds"] = round(max(each["seconds"] for each in made), 1)
        found["lines_per_s"] = round(found["lines"] / found["seconds"], 1)
        found["peak_mb_after"] = _marks(made)
        say(f"{found['lines']:,} lines in {found['seconds']:,} s")
        for lines, peak_mb in found["peak_mb_after"].items():
            say(f"  after {int(lines):>9,} lines {peak_mb:8.1f} MB in the larger process")
        return found

    def _fill(self, system: System, first: int, projects: int, workers: int) -> list[str]:
        file = self._settings(system)
        module = ("-m", "bench._wage_crowd", str(file), str(first), str(projects), str(workers))
        done = subprocess.run([sys.executable, *module], check=True, stdout=subprocess.PIPE)
        return [str(each) for each in json.loads(done.stdout)]

    def _paid(self, system: System, signing: str, shares: Sequence[list[str]]) -> list[Found]:
        """What came of each process that pays its share of the projects."""
        module = ("-m", "bench._payday", str(self._settings(system)), signing)
        started = [
            subprocess.Popen([sys.executable, *module, *share], stdout=subprocess.PIPE)
            for share in shares
        ]
        told = [process.communicate()[0] for process in started]
        if any(process.returncode for process in started):
            raise RuntimeError("not everything was paid")
        return [json.loads(each) for each in told]

    def _settings(self, system: System) -> Path:
        file = system.folder / "settings.json"
        file.write_text(json.dumps({**system.settings, **self.bank}))
        return file

    def _payslips(self) -> Found:
        few = self._asking("few", self.options.workers // 10, 1)
        many = self._asking("many", self.options.workers, 2)
        hello = self.stack.enter_context(hello_server())
        tried: list[Found] = []
        while not tried or (list(_far(tried[-1])) and len(tried) < TRIES):
            tried.append(self._turns(hello, few, many))
            say(json.dumps(tried[-1]))
        return min(tried, key=lambda each: each["per_hello"])

    def _turns(self, hello: int, few: Payslips, many: Payslips) -> Found:
        turns, seconds = Turns(), self.options.seconds
        for _ in range(self.options.rounds):
            asked = _load.modest_hello(hello, CONNECTIONS, seconds, self.folder)
            turns.hello.append(asked.p99_ms)
            turns.few.append(few.load(seconds).p99_ms)
            turns.many.append(many.load(seconds).p99_ms)
        return turns.summary()

    def _asking(self, name: str, workers: int, redis: int) -> Payslips:
        months = self.options.months
        say(f"filling PostgreSQL with {workers:,} workers and {months} months of wages ...")
        system = self.stack.enter_context(self._system(name, redis))
        members = system.fill(workers, 10)
        lines = _paid_years.add(self.postgres, name, months)
        say(f"  {lines:,} lines")
        tokens = system.folder / "tokens.txt"
        some = members[:: max(1, workers // ASKING)]
        tokens.write_text("".join(f"{each.token}\n" for each in some))
        system.start()
        asking = Payslips(system, tokens)
        asking.load(2)
        return asking

    def _short(self, found: Found) -> Iterator[str]:
        """What missed its aim, said as well."""
        run = found.get("run")
        if run is not None:
            # By the second mark a process has all that it keeps: connections, plans, its own code.
            peaks = list(run["peak_mb_after"].values())[1:]
            if run["seconds"] > RUN_MOST_S * max(1, run["lines"] / 338_000):
                yield _missed(f"the run took {run['seconds']} s")
            if peaks and peaks[-1] > GROWTH_MOST * peaks[0]:
                yield _missed(f"memory grew to {peaks[-1]} MB")
        yield from map(_missed, _far(found.get("payslips", {})))


def _far(found: Found) -> Iterator[str]:
    if found.get("per_hello", 0) > HELLO_MOST:
        yield f"payslips take {found['per_hello']} times as long as a hello world"
    if found.get("per_few", 0) > WORKERS_MOST:
        yield f"payslips take {found['per_few']} times as long with ten times the workers"


def _missed(what: str) -> str:
    say(f"missed: {what}")
    return what


def _told(title: str, made: Sequence[Found]) -> Found:
    """The stages as rows, and as they stand in the last line. Seconds of all processes."""
    lines = sum(each["lines"] for each in made)
    say(f"\n{title}")
    say(STAGE.format("", "seconds", "us a line", "CPU us", "statements", "peak MB"))
    stages = {}
    for name in STAGES:
        parts = [each["stages"][name] for each in made]
        seconds, cpu_s = (sum(part[key] for part in parts) for key in ("seconds", "cpu_s"))
        stages[name] = {
            "seconds": round(seconds, 2),
            "statements_per_line": round(sum(part["statements"] for part in parts) / lines, 4),
            "peak_mb": round(max(part["peak_mb"] for part in parts), 1),
        }
        micros = (round(each / lines * 1e6) for each in (seconds, cpu_s))
        row = stages[name]
        say(STAGE.format(name, row["seconds"], *micros, row["statements_per_line"], row["peak_mb"]))
    return {
        "lines": lines,
        "seconds": round(sum(each["seconds"] for each in made), 1),
        "total_fen": sum(each["total_fen"] for each in made),
        "stages": stages,
    }


def _marks(made: Sequence[Found]) -> dict[str, float]:
    """Lines paid by all processes together, and the larger one's peak up to then."""
    rounds = [each for each in zip(*(each["marks"] for each in made), strict=False)]
    shown = {0, len(rounds) // 3, len(rounds) - 1}
    return {
        str(sum(lines for lines, _ in rounds[n])): max(peak for _, peak in rounds[n])
        for n in sorted(shown)
    }


if __name__ == "__main__":
    sys.exit(main())
