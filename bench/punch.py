"""How many punches a second one API process takes; `make bench-punch`.

The full call over HTTP: token, permission, engagement, fence, idempotency, and a commit on disk
before the answer. In turns with it, on the same machine: Sanic's hello world with the same process
settings, and pgbench inserting the same row with prepared statements. So look at the ratios. Each
number is the median of the rounds. Before each measurement every worker punches once (or as many as
can in half a minute), so that what a process remembers of him is remembered unless it was forgotten
again; what a punch costs of which nothing is remembered yet is printed as "first punches".

per_hello, per_pgbench  punches a second / hello worlds a second / rows a second of pgbench
sql_per_punch           statements while measured, look-ups that are forgotten by then included
cpu_s_per_million       CPU seconds of the API process for a million punches, without the database's

Rows are counted afterwards: every acknowledged punch is there, each once, or the exit status is 1.
"""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench import _load, _pgbench
from bench._load import Load
from tests.drills._crowd import Member
from tests.drills._system import System, await_answer, free_port, postgres_system, sqlite_system
from tests.servers import Redis

PASS_S, PASS_MOST_S = 2, 30
TURNS, TURN_S = 9, 2
TICKS = os.sysconf("SC_CLK_TCK")
ROW = "{:24}{:>10}{:>9}{:>9}{:>10}{:>12}{:>10}{:>12}"


@dataclass(slots=True)
class Subject:
    """What is measured: a running system with its crowd, and how to count what it did."""

    name: str
    system: System
    members: list[Member]
    stored: Callable[[], int]
    statements: Callable[[], int]
    file: Path = field(init=False)

    def __post_init__(self) -> None:
        self.file = _load.write_members(self.members, self.system.folder / "members.txt")


@dataclass(frozen=True, slots=True)
class Sample:
    """One measurement."""

    load: Load
    cpu_s: float
    statements: int
    is_whole: bool


@dataclass(slots=True)
class Measured:
    """All measurements of one kind, and what was measured beside each."""

    samples: list[Sample] = field(default_factory=list)
    hello: list[float] = field(default_factory=list)
    pgbench: list[float] = field(default_factory=list)

    @property
    def rates(self) -> list[float]:
        """Punches a second, in each round."""
        return [each.load.per_s for each in self.samples]

    def summary(self) -> dict[str, float]:
        """The numbers of the last line."""
        punches = sum(each.load.requests for each in self.samples)
        found = {
            "per_s": round(median(self.rates), 1),
            "p50_ms": round(median(each.load.p50_ms for each in self.samples), 2),
            "p99_ms": round(median(each.load.p99_ms for each in self.samples), 2),
            "per_hello": _ratio(self.rates, self.hello),
        }
        if self.pgbench:
            found["per_pgbench"] = _ratio(self.rates, self.pgbench)
        return found | {
            "sql_per_punch": round(sum(each.statements for each in self.samples) / punches, 2),
            "cpu_s_per_million": round(sum(each.cpu_s for each in self.samples) / punches * 1e6, 1),
        }


def _ratio(rates: list[float], beside: list[float]) -> float:
    return round(median(a / b for a, b in zip(rates, beside, strict=True)), 4)


def remember(subject: Subject, connections: int) -> None:
    """Every worker has punched once, or half a minute is over; what was in flight has landed."""
    done, seconds = 0, 0
    while done < len(subject.members) and seconds < PASS_MOST_S:
        done += _load.punches(
            subject.system.port, connections, PASS_S, subject.file, done
        ).requests  # fmt: skip
        seconds += PASS_S
    time.sleep(1)


def measure(subject: Subject, connections: int, seconds: int) -> Sample:
    """One measurement. Nothing acknowledged is missing, and no more there than was in flight."""
    process, port = subject.system.process, subject.system.port
    assert process is not None
    rows, cpu, statements = subject.stored(), _cpu_s(process.pid), subject.statements()
    load = _load.punches(port, connections, seconds, subject.file)
    cpu, statements = _cpu_s(process.pid) - cpu, subject.statements() - statements
    # What was in flight when the load ended may be stored or not.
    more = subject.stored() - rows - load.requests
    return Sample(load, cpu, statements, load.bad == 0 and 0 <= more <= connections)


def _cpu_s(pid: int) -> float:
    values = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(values[11]) + int(values[12])) / TICKS


@contextmanager
def hello_server() -> Iterator[int]:
    """The port of Sanic's hello world."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "bench._hello", str(port)])
    try:
        await_answer(process, port)
        yield port
    finally:
        process.terminate()
        process.wait()


def on_postgres(name: str, system: System, database: str, members: list[Member]) -> Subject:
    """A started system on PostgreSQL."""
    postgres = system.postgres
    assert isinstance(postgres, _pgbench.CountingPostgres)

    def stored() -> int:
        return int(_pgbench.sql(postgres, database, "SELECT count(*) FROM punch"))

    system.start()
    return Subject(name, system, members, stored, lambda: _pgbench.statements(postgres, database))


def on_sqlite(system: System, members: list[Member]) -> Subject:
    """A started system on SQLite; statements are counted in a run of its own."""

    def stored() -> int:
        with closing(sqlite3.connect(system.sqlite_file)) as opened:
            return int(opened.execute("SELECT count(*) FROM punch").fetchone()[0])

    system.start()
    return Subject("SQLite", system, members, stored, lambda: 0)


def sqlite_statements(subject: Subject, seconds: int) -> float:
    """Statements per punch on SQLite, the server started anew with its statements counted."""
    system, counter = subject.system, subject.system.folder / "statements"
    counter.write_bytes(bytes(8))
    system.stop()
    system.start(("-m", "bench._counted", str(counter)))
    subject.statements = lambda: int.from_bytes(counter.read_bytes(), "little")
    remember(subject, 32)
    sample = measure(subject, 32, seconds)
    return round(sample.statements / sample.load.requests, 2)


def main() -> int:
    """Measure, print; 0 when what was acknowledged is stored."""
    options = _options()
    with ExitStack() as stack, suppress(KeyboardInterrupt):
        return _Bench(options, stack).run()
    return 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--workers", type=int, default=5000)
    parser.add_argument("--fences", type=int, default=200)
    parser.add_argument("--history", type=int, default=1_000_000)
    return parser.parse_args()


class _Bench:
    """The run: what stands while it lasts, and what was measured so far."""

    def __init__(self, options: argparse.Namespace, stack: ExitStack) -> None:
        self.options = options
        self.found = {name: Measured() for name in ("postgres_32", "postgres_128", "sqlite_32")}
        self.young, self.old, self.first = Measured(), Measured(), Measured()
        self.hello = stack.enter_context(hello_server())
        self.postgres = stack.enter_context(_pgbench.CountingPostgres())
        self.redis = stack.enter_context(Redis())
        self.fresh = self._on_postgres(stack, "fresh", 0)
        self.aged = self._on_postgres(stack, "aged", 1)
        say(f"adding {options.history:,} punches of history to one of the two databases ...")
        _pgbench.add_history(self.postgres, "aged", options.history)
        system = stack.enter_context(sqlite_system())
        self.sqlite = on_sqlite(system, system.fill(options.workers, options.fences))

    def _on_postgres(self, stack: ExitStack, name: str, redis: int) -> Subject:
        say(f"filling a database with {self.options.workers:,} workers ...")
        system = stack.enter_context(postgres_system(self.postgres, self.redis.url(redis), name))
        members = system.fill(self.options.workers, self.options.fences)
        _pgbench.prepare(self.postgres, name)
        return on_postgres(name, system, name, members)

    def run(self) -> int:
        """All rounds, the table, the last line."""
        self.first.samples.append(measure(self.fresh, 32, 1))
        for number in range(self.options.rounds):
            say(f"round {number + 1} of {self.options.rounds} ...")
            self._round()
        say("with and without history, in turns ...")
        self._compare()
        summaries = {name: each.summary() for name, each in self.found.items()}
        seconds = self.options.seconds
        summaries["sqlite_32"]["sql_per_punch"] = sqlite_statements(self.sqlite, seconds)
        self._print(summaries)
        print(json.dumps(summaries))
        everything = [*self.found.values(), self.young, self.old, self.first]
        return 0 if all(each.is_whole for one in everything for each in one.samples) else 1

    def _round(self) -> None:
        seconds = self.options.seconds
        for connections in (32, 128):
            kept = self.found[f"postgres_{connections}"]
            # What is compared is measured right after one another: the machine's load changes.
            kept.hello.append(_load.hello(self.hello, connections, seconds).per_s)
            kept.pgbench.append(
                _pgbench.inserts_per_s(
                    self.postgres, "fresh", connections, seconds, self.options.workers
                )
            )
            remember(self.fresh, connections)
            kept.samples.append(measure(self.fresh, connections, seconds))
        kept = self.found["sqlite_32"]
        kept.hello.append(_load.hello(self.hello, 32, seconds).per_s)
        remember(self.sqlite, 32)
        kept.samples.append(measure(self.sqlite, 32, seconds))

    def _compare(self) -> None:
        """Measure without and with history, in short turns: what else runs here counts for both."""
        for subject in (self.fresh, self.aged):
            remember(subject, 32)
        kept = {"fresh": self.young, "aged": self.old}
        for turn in range(TURNS):
            pair = (self.fresh, self.aged) if turn % 2 else (self.aged, self.fresh)
            for subject in pair:
                kept[subject.name].samples.append(measure(subject, 32, TURN_S))

    def _print(self, summaries: dict[str, dict[str, float]]) -> None:
        say(ROW.format("", "per s", "p50 ms", "p99 ms", "/ hello", "/ pgbench", "SQL", "CPU s/1e6"))
        for name, found in summaries.items():
            shown = [found.get(key, "-") for key in (
                "per_s", "p50_ms", "p99_ms", "per_hello", "per_pgbench", "sql_per_punch",
                "cpu_s_per_million",
            )]  # fmt: skip
            say(ROW.format(name, *shown))
        for name in ("postgres_32", "postgres_128"):
            hello, pgbench = median(self.found[name].hello), median(self.found[name].pgbench)
            say(f"beside {name}: hello {hello:,.0f}/s, pgbench {pgbench:,.0f}/s")
        first = self.first.samples[0]
        each = first.load.requests
        say(
            f"first punches, of which nothing is remembered: {first.load.per_s:,.0f}/s, "
            f"{first.statements / each:.2f} SQL, {first.cpu_s / each * 1e3:.2f} ms of CPU"
        )
        slower = _ratio(self.young.rates, self.old.rates)
        say(f"with {self.options.history:,} punches of history {slower:.3f} times slower")


def say(text: str) -> None:
    """Print at once."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
