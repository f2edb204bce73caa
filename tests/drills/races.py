"""One wins of sixteen that act at once, two hundred rounds on both stores; `make drill-races`.

A round is the life of one sheet: signed while it is corrected, released, drawn, sent, answered by
the bank, paid again, told by a file that another one contradicts, an exception closed. What must be
true after each race is in `tests.api.payroll.races`; nothing may answer with a fault of ours. The
sixteen are parted between two processes on one database, on PostgreSQL with Redis. Last the audit's
chains are walked.

An hour passes between two rounds, so that limits of how often somebody may act are none.
"""

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from traceback import extract_tb
from typing import Any

from sanic import Sanic

from api import app as application
from api import database, migrating
from api.audit import service as audit
from api.emulating import Emulators as Process
from api.kit import clock, crypto, keys, logging, memo
from api.running import demo_settings
from api.settings import Settings
from api.wiring import adapters_from
from tests.api.payroll import banked, races
from tests.api.payroll.banked import Banked
from tests.api.payroll.races import Act, Round
from tests.api.wages import paid
from tests.cast import Cast, Client
from tests.drills._system import ROOT
from tests.emulators.fixtures import Emulators
from tests.servers import Postgres, Redis

ROUNDS, RACES, SHOWN = 200, 8, 3
HOUR = timedelta(hours=1)
PEOPLE = (*paid.STAFF, "zhang", "li")
LONGEST_LINE = 1 << 20


@dataclass(slots=True)
class Tally:
    """What came of all rounds: who was told what in each race, and what was not as it must be."""

    rounds: int = 0
    wrong: list[str] = field(default_factory=list)
    answers: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, played: Round) -> None:
        """Count a round's answers."""
        for race, answers in played.answers.items():
            self.answers.setdefault(race, Counter()).update(answers)


def run_at(offset_s: float) -> None:
    """The clock runs so far ahead of the machine's, or behind."""
    offset = timedelta(seconds=offset_s)
    clock.set_clock(lambda: datetime.now(UTC) + offset)


@asynccontextmanager
async def standing(given: dict[str, str]) -> AsyncIterator[Client]:
    """The application in this process, on the database that the settings name."""
    logging.configure("CRITICAL")
    settings = Settings.load({}, given)
    cache = application.cache_of(settings)
    Sanic.test_mode = True
    app = application.create_app(settings, adapters_from(settings, cache), cache)
    app.asgi = True
    await app._startup()  # type: ignore[no-untyped-call]
    app.signal_router.ctx.loop = asyncio.get_running_loop()
    memo.Channel.open = False
    await database.open_database(settings.database_url)
    try:
        await keys.load_keys()
        async with Client(app, Cast()) as client:
            yield client
    finally:
        await database.close_database()
        await cache.close()


async def contending(given: dict[str, str]) -> None:
    """The second process: each line of standard input are acts, each line of output their ends."""
    async with standing(given) as client:
        while line := await asyncio.to_thread(sys.stdin.readline):
            asked = json.loads(line)
            run_at(asked["offset_s"])
            ends = await races.contend(client, asked["acts"], asked["banked"])
            print(json.dumps(ends), flush=True)


@dataclass(slots=True)
class Ring:
    """Where contenders meet: half of them in this process, half in the other."""

    client: Client
    other: asyncio.subprocess.Process
    offset_s: float

    async def volley(self, acts: list[Act], banked: bool) -> list[str]:
        """What became of acts that begin together."""
        here, there = acts[::2], acts[1::2]
        ends = await asyncio.gather(
            races.contend(self.client, here, banked), self._elsewhere(there, banked)
        )
        return [*ends[0], *ends[1]]

    async def _elsewhere(self, acts: Sequence[Act], banked: bool) -> list[str]:
        assert self.other.stdin is not None and self.other.stdout is not None
        asked = {"offset_s": self.offset_s, "banked": banked, "acts": acts}
        self.other.stdin.write(json.dumps(asked).encode() + b"\n")
        await self.other.stdin.drain()
        return list(json.loads(await self.other.stdout.readline()))


@asynccontextmanager
async def second(given: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """The other process, ended with the block."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.drills.races", "--contend", json.dumps(given), cwd=ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, limit=LONGEST_LINE,
    )  # fmt: skip
    try:
        yield process
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()


async def played(given: dict[str, str], bank: Emulators, rounds: int, seed: int) -> Tally:
    """All rounds on one store."""
    tally, dice = Tally(), random.Random(seed)
    await migrating.migrate(given["DATABASE_URL"])
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(standing(given))
        world = await banked.opened(client, bank)
        offset_s = (clock.now() - datetime.now(UTC)).total_seconds()
        ring = Ring(client, await stack.enter_async_context(second(given)), offset_s)
        for _ in range(rounds):
            await _an_hour_passes(world, bank, ring)
            one = Round(world, ring.volley, dice)
            await _play(one, tally)
        tally.wrong += [f"audit: {each}" for each in await audit.verify()]
    return tally


async def _an_hour_passes(world: Banked, bank: Emulators, ring: Ring) -> None:
    ring.offset_s += HOUR.total_seconds()
    run_at(ring.offset_s)
    bank.advance(HOUR.total_seconds())
    for name in PEOPLE:
        await paid.entered(world.client, name)


async def _play(one: Round, tally: Tally) -> None:
    try:
        await one.play()
    except AssertionError as wrong:
        race = next(reversed(one.answers), "before any race")
        told, place = str(wrong).partition("\n")[0], extract_tb(wrong.__traceback__)[-1]
        tally.wrong.append(f"round {tally.rounds}, {race}: {told or place.line}")
    tally.rounds += 1
    tally.add(one)


def on_store(url: str, redis_url: str, rounds: int, seed: int) -> dict[str, Any]:
    """The rounds of one store; in a process of its own: the ORM keeps to one kind of database."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="gongyou-drill-") as name:
        folder = Path(name)
        crypto.Secrets.fresh().write(folder / "keys.json")
        with Process(folder) as process:
            addresses = process.addresses()
            given = {
                **demo_settings(addresses), "DATABASE_URL": url, "REDIS_URL": redis_url,
                "VAR": name, "KEYS_FILE": str(folder / "keys.json"), "INLINE_JOBS": "0",
            }  # fmt: skip
            tally = asyncio.run(played(given, Emulators(**addresses), rounds, seed))
    for wrong in tally.wrong[:SHOWN]:
        print(wrong, file=sys.stderr)
    answers = {race: dict(sorted(told.items())) for race, told in tally.answers.items()}
    seconds = round(time.monotonic() - began, 1)
    return {
        "rounds": tally.rounds, "wrong": len(tally.wrong), "seconds": seconds, "answers": answers,
    }  # fmt: skip


def _apart(url: str, redis_url: str, options: argparse.Namespace) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.drills.races", "--url", url, "--redis", redis_url]
    command += ["--rounds", str(options.rounds), "--seed", str(options.seed)]
    done = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, check=True, env={"PATH": os.environ["PATH"]}
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def compared(options: argparse.Namespace) -> dict[str, dict[str, Any]]:
    """What came of the rounds, by store."""
    found = {}
    with ExitStack() as stack:
        if options.store in ("sqlite", "both"):
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="gongyou-drill-"))
            found["sqlite"] = _apart(f"sqlite://{folder}/races.db", "", options)
        if options.store in ("postgres", "both"):
            postgres, redis = stack.enter_context(Postgres()), stack.enter_context(Redis())
            url = postgres.create_database("races")
            found["postgres"] = _apart(url, redis.url(), options)
    return found


def is_good(found: dict[str, Any], rounds: int) -> bool:
    """Whether every round of a store had all its races, and each ended as it must."""
    told = found["answers"]
    whole = all(sum(each.values()) == rounds * races.CONTENDERS for each in told.values())
    return not found["wrong"] and found["rounds"] == rounds and len(told) == RACES and whole


def main() -> int:
    """Race, print; 0 when one won each time and nothing else happened."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seed", type=int, default=20261129)
    parser.add_argument("--store", choices=("sqlite", "postgres", "both"), default="both")
    for name in ("--url", "--redis", "--contend"):
        parser.add_argument(name, default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.contend:
        asyncio.run(contending(json.loads(options.contend)))
        return 0
    if options.url:
        print(json.dumps(on_store(options.url, options.redis, options.rounds, options.seed)))
        return 0
    found = compared(options)
    for store, figures in found.items():
        for race, told in figures["answers"].items():
            print(f"{store:<10}{race:<12}{told}")
        print(f"{store:<10}{figures['rounds']} rounds, {figures['wrong']} wrong")
    print(json.dumps(found))
    return 0 if all(is_good(each, options.rounds) for each in found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
