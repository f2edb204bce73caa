"""What is acknowledged survives `kill -9`; `make drill-kill`.

On SQLite and on PostgreSQL with Redis, 50 times each: eight phones punch, the server process is
killed after 0.2 to 0.8 seconds and started again, the phones send again what was not acknowledged.
Afterwards every acknowledged punch must lie in the database once and as it was sent.

Since a killed process takes nothing back that the system has in memory, a second part looks at the
system calls of 100 punches: each answer must come after the sync of the write-ahead log to disk.
"""

import argparse
import json
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import Any

from tests import programs
from tests.drills._crowd import Member
from tests.drills._phones import Line, Phone, Sent, punch_of
from tests.drills._syncs import CALLS, Account
from tests.drills._system import System, postgres_system, sqlite_system
from tests.servers import Postgres, Redis

PHONES, WORKERS, SITES, LOOKED_AT = 8, 400, 20, 100
ALIVE_S = (0.2, 0.8)
SENT_AS = ("project_id", "direction", "method", "device_id", "note")
ANSWERED_AS = ("id", "verdict", "workday_id")
COLUMNS = ("client_id", "worker_id", *SENT_AS, *ANSWERED_AS, "given_lon", "given_lat", "accuracy_m")
Row = dict[str, Any]


def kills(system: System, members: list[Member], times: int) -> list[Phone]:
    """The phones, after the server has been killed so often and every punch was acknowledged."""
    phones = [Phone(system.port, members[number::PHONES]) for number in range(PHONES)]
    system.start()
    for phone in phones:
        phone.start()
    for _ in range(times):
        time.sleep(random.uniform(*ALIVE_S))
        system.stop(signal.SIGKILL)
        system.start()
    for phone in phones:
        phone.stop()
    for phone in phones:
        phone.join(60)
    system.stop()
    return phones


def audited(sent: list[Sent], rows: list[Row]) -> dict[str, int]:
    """How many acknowledged punches were lost, doubled or altered; and rows nobody sent."""
    stored: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        stored[row["client_id"]].append(row)
    found = Counter(lost=0, doubled=0, altered=0)
    for each in sent:
        if each.answer is None:
            continue
        kept = stored[each.body["client_id"]]
        found["lost"] += not kept
        found["doubled"] += len(kept) > 1
        found["altered"] += any(_as_kept(row) != _as_acknowledged(each) for row in kept)
    found["strange"] = len(stored.keys() - {each.body["client_id"] for each in sent})
    return dict(found)


def _as_kept(row: Row) -> Row:
    return {name: row[name] for name in COLUMNS}


def _as_acknowledged(sent: Sent) -> Row:
    assert sent.answer is not None
    position = sent.body["position"]
    return {
        "client_id": sent.answer["client_id"],
        "worker_id": sent.member.worker_id,
        **{name: sent.body[name] for name in SENT_AS},
        **{name: sent.answer[name] for name in ANSWERED_AS},
        "given_lon": position["lon"],
        "given_lat": position["lat"],
        "accuracy_m": position["accuracy_m"],
    }


def rows_of(system: System) -> list[Row]:
    """Every stored punch."""
    columns = ", ".join(COLUMNS)
    if system.postgres is None:
        with closing(sqlite3.connect(system.sqlite_file)) as opened:
            opened.row_factory = sqlite3.Row
            found = opened.execute(f"SELECT {columns} FROM punch").fetchall()  # noqa: S608
        return [dict(row) for row in found]
    statement = f"SELECT row_to_json(p) FROM (SELECT {columns} FROM punch) AS p"  # noqa: S608
    return [json.loads(line) for line in _psql(system, statement)]


def _psql(system: System, statement: str) -> list[str]:
    psql = programs.find("psql") or "psql"
    command = [psql, "-qAtX", "-c", statement, system.database_url]
    return subprocess.run(
        command, check=True, capture_output=True, text=True
    ).stdout.splitlines()  # fmt: skip


def syncs(system: System, members: list[Member]) -> Account:
    """What the system calls of 100 punches, one after the other, tell."""
    file, line = system.folder / "strace.txt", Line(system.port)
    system.start()
    line.post(punch_of(members[0]))
    with traced(system, str(file)):
        for member in members[1 : LOOKED_AT + 1]:
            status, body = line.post(punch_of(member))
            assert status == 201, body
    line.close()
    system.stop()
    return Account().read(file.read_text(errors="replace").splitlines())


@contextmanager
def traced(system: System, file: str) -> Iterator[None]:
    """Every process that has to do with it is traced while the block runs."""
    assert system.process is not None
    pids = [str(system.process.pid)]
    if system.postgres is not None:
        pids += [str(system.postgres.pid), *_psql(system, "SELECT pid FROM pg_stat_activity")]
    strace = programs.find("strace") or "strace"
    attach = [part for pid in pids for part in ("-p", pid)]
    command = [strace, "-f", "-y", "-s", "24", "-e", f"trace={CALLS}", "-o", file, *attach]
    tracing = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert tracing.stderr is not None
    # The psql that told the processes is gone by now: strace says so and goes on.
    waiting = set(pids[:1])
    while waiting:
        said = tracing.stderr.readline()
        if not said:
            raise RuntimeError("strace ended")
        waiting -= set(re.findall(r"Process (\d+) attached", said))
    time.sleep(0.5)
    try:
        yield
    finally:
        time.sleep(0.5)
        tracing.send_signal(signal.SIGINT)
        tracing.stderr.read()
        tracing.wait()


def drilled(system: System, times: int) -> dict[str, int]:
    """Both parts on one system."""
    members = system.fill(WORKERS, SITES)
    account = syncs(system, members)
    before = {row["client_id"] for row in rows_of(system)}
    phones = kills(system, members, times)
    sent = [each for phone in phones for each in phone.sent]
    rows = [row for row in rows_of(system) if row["client_id"] not in before]
    odd = [each for phone in phones for each in phone.odd]
    if odd:
        print(f"unexpected answers: {sorted(set(odd))}")
    return {
        "kills": times,
        "acknowledged": sum(each.answer is not None for each in sent),
        "unanswered": sum(each.answer is None for each in sent),
        **audited(sent, rows),
        "looked_at": account.acknowledged,
        "synced_first": account.safe,
    }


def is_good(found: dict[str, int]) -> bool:
    """Nothing acknowledged is missing, and nothing was acknowledged before it was on disk."""
    faults = sum(found[name] for name in ("lost", "doubled", "altered", "strange", "unanswered"))
    return (
        not faults
        and found["acknowledged"] >= found["kills"]
        and found["synced_first"] == found["looked_at"] == LOOKED_AT
    )


def main() -> int:
    """Kill on both stores; 0 when nothing was lost."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--store", choices=("sqlite", "postgres"))
    options = parser.parse_args()
    found = {}
    if options.store != "postgres":
        with sqlite_system() as system:
            found["sqlite"] = drilled(system, options.kills)
    if options.store != "sqlite":
        with ExitStack() as stack:
            postgres = stack.enter_context(Postgres(durable=True))
            redis = stack.enter_context(Redis())
            system = stack.enter_context(postgres_system(postgres, redis.url(), "kill"))
            found["postgres"] = drilled(system, options.kills)
    for store, numbers in found.items():
        words = ", ".join(f"{name} {number}" for name, number in numbers.items())
        print(f"{store:9} {words}{'' if is_good(numbers) else '  SHORT'}")
    print(json.dumps(found))
    return 0 if all(is_good(numbers) for numbers in found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
