"""In whatever order an offline queue arrives, the same is left of it; `make drill-orders`.

One queue of a phone: punches of four days, a repeat, other contents under ids that were used, two
punches with one site code, a claim that is too old. 10,000 workers send it, each in an order, cut
and repetition of his own (all drawn from the seed) while the clock goes on and the days are drawn
in between or only at the end. Without HTTP, on SQLite that does not sync.

What a call must keep together are the contents under one id and the punches with one code: the one
that was acknowledged first stays, so of these the order of calls decides, that inside a call never.

At the end each worker must have the same punches and the same work days, those that are foreseen
here, and every punch must have been answered as it should: created once, else a duplicate.
"""

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from tortoise import connections

from api import database, migrating
from api.attendance import deriving, service, site_codes, taking
from api.attendance.models import Punch, Workday
from api.attendance.schemas import PunchIn
from api.kit import clock, crypto, keys, memo
from api.kit.actor import Actor
from api.kit.transaction import CONNECTION
from api.workers.models import Worker
from tests.drills._crowd import NAMESPACE, Member, fill

NOW = datetime(2026, 6, 4, 7, 0, tzinfo=clock.BEIJING)
"""When the phone has a signal again: the first punch of its queue is 71 hours old."""
SITES, MOST_CALLS, MOST_REPEATS, PARTS = 1, 4, 4, 4
UNREADABLE = {"lon": 1}
CREATED, DUPLICATE, CONFLICT, REFUSED = "created", "duplicate", "conflict", "refused"
Item = dict[str, Any]
State = tuple[tuple[Any, ...], ...]
KEPT = [0, 4, 5, 6, 7, 8, 10]
"""Where in the queue the contents stand that must be kept."""
DAYS = [
    ("2026-06-01", "pending", "1.0"),
    ("2026-06-02", "pending", "0.5"),
    ("2026-06-03", "pending", "1.0"),
    ("2026-06-04", "incomplete", "0.0"),
]
"""The work days: a whole one, a half one, one with a scan and a note, one that has just begun."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of the queue: what is sent, how it must be answered, and with what it goes."""

    body: Item
    status: str
    group: int


@dataclass(slots=True)
class Tally:
    """What came of all orders."""

    states: Counter[State] = field(default_factory=Counter)
    calls: int = 0
    sent: int = 0
    wrong_answers: int = 0

    def add(self, other: "Tally") -> None:
        """Count what came of other orders too."""
        self.states += other.states
        self.calls += other.calls
        self.sent += other.sent
        self.wrong_answers += other.wrong_answers


def queue_of(project_id: str, lon: float, lat: float) -> list[Entry]:
    """The queue, each content once."""

    def item(number: int, day: int, hour: float, way: str | None, **more: Any) -> Item:
        at = datetime(2026, 6, day, tzinfo=clock.BEIJING) + timedelta(hours=hour)
        position = {"lon": lon, "lat": lat, "datum": "wgs84", "accuracy_m": 15}
        return {
            "client_id": str(uuid5(NAMESPACE, f"queue {number}")),
            "project_id": project_id,
            "direction": way,
            "method": "fence",
            "device_id": "phone-1",
            "claimed_at": at.isoformat(),
            "position": {**position, "taken_at": at.isoformat()},
            **more,
        }

    morning, evening = item(1, 1, 8, "in"), item(2, 1, 18, "out")
    noon, late = item(3, 2, 12.5, None), item(4, 2, 7.9, "in")
    hand = item(5, 3, 17.6, "out", method="manual", position=None, note="手机没电")
    gate = datetime(2026, 6, 3, 8, 0, 5, tzinfo=clock.BEIJING)
    code = site_codes.shown_at(UUID(project_id), "gate", gate).text
    scan = item(6, 3, 8 + 5 / 3600, "in", method="site_code", site_code=code)
    again = item(7, 3, 8 + 20 / 3600, None, method="site_code", site_code=code)
    return [
        Entry(morning, CREATED, 1),
        Entry({**morning, "note": "另一个"}, CONFLICT, 1),
        Entry({**morning, "claimed_at": evening["claimed_at"]}, CONFLICT, 1),
        Entry({**evening, "claimed_at": noon["claimed_at"]}, CONFLICT, 2),
        Entry({**evening, "claimed_at": item(2, 1, 17.9, None)["claimed_at"]}, CREATED, 2),
        Entry(noon, CREATED, 3),
        Entry(late, CREATED, 4),
        Entry(hand, CREATED, 5),
        Entry(scan, CREATED, 6),
        Entry(again, REFUSED, 6),
        Entry(item(8, 4, 6.5, "in"), CREATED, 8),
        Entry(item(10, 1, 5, "in"), REFUSED, 10),
        Entry({**item(9, 2, 9, "in"), "position": UNREADABLE}, REFUSED, 9),
    ]


def calls_of(queue: list[Entry], draw: random.Random) -> list[list[Entry]]:
    """The queue in an order of its own, cut into calls, some of it sent more than once."""
    calls: list[list[Entry]] = [[] for _ in range(draw.randint(1, MOST_CALLS))]
    first = {each.group: draw.randrange(len(calls)) for each in queue}
    for each in queue:
        calls[first[each.group]].append(each)
    for each in draw.choices(queue, k=draw.randint(1, MOST_REPEATS)):
        calls[draw.randrange(first[each.group], len(calls))].append(each)
    for call in calls:
        draw.shuffle(call)
    return [call for call in calls if call]


async def arrive(actor: Actor, calls: list[list[Entry]], draw: random.Random, tally: Tally) -> None:
    """The calls one after the other, seconds apart; the days are drawn at times."""
    moment, created = NOW, set[str]()
    for call in calls:
        moment += timedelta(seconds=draw.randint(0, 60))
        clock.set_clock(partial(_as_it_is, moment))
        outcomes = await service.punch_batch(actor, [each.body for each in call])
        for entry, outcome in zip(call, outcomes, strict=True):
            tally.wrong_answers += outcome.status != _expected(entry, created)
        tally.calls += 1
        tally.sent += len(call)
        if draw.random() < 0.3:
            await draw_days(actor)


def _as_it_is(moment: datetime) -> datetime:
    return moment


def _expected(entry: Entry, created: set[str]) -> str:
    if entry.status != CREATED:
        return entry.status
    client_id = entry.body["client_id"]
    if client_id in created:
        return DUPLICATE
    created.add(client_id)
    return CREATED


async def draw_days(actor: Actor) -> None:
    """The worker's days are as his punches say."""
    await deriving.catch_up_with(Punch.filter(account_id=actor.id))


async def left_of(actor: Actor, places: dict[str, int]) -> State:
    """Punches and work days of a worker, but for ids and instants of arrival.

    `places` tells where in the queue a content stands.
    """
    punches = await Punch.filter(account_id=actor.id).order_by("client_id")
    days = await Workday.filter(account_id=actor.id).order_by("day")
    return (
        tuple((places[p.content], p.at, p.day, p.direction, p.verdict) for p in punches),
        tuple(_day(day) for day in days),
    )


def _day(row: Workday) -> tuple[Any, ...]:
    told = (row.day.isoformat(), row.state.value, str(row.units))
    return (*told, row.found_units, row.hours, row.evidence, *row.reasons)


def places_of(queue: list[Entry]) -> dict[str, int]:
    """Where in the queue each content stands that can be read."""
    readable = {
        place: PunchIn.model_validate_json(json.dumps(each.body))
        for place, each in enumerate(queue)
        if each.body["position"] != UNREADABLE
    }
    return {taking.content_of(command): place for place, command in readable.items()}


def is_foreseen(state: State) -> bool:
    """Whether it is what the queue should leave."""
    punches, days = state
    return sorted(row[0] for row in punches) == KEPT and [row[:3] for row in days] == DAYS


@asynccontextmanager
async def crowd(count: int) -> AsyncIterator[list[Member]]:
    """That many workers on one site, in a database that is gone afterwards."""
    crypto.use(crypto.Keyring(crypto.Secrets.fresh()))
    clock.set_clock(lambda: NOW)
    with tempfile.TemporaryDirectory(prefix="gongyou-drill-") as folder:
        url = f"sqlite://{Path(folder)}/gongyou.db"
        await migrating.migrate(url)
        await database.open_database(url)
        try:
            # Nothing here asks what a power cut leaves; the drill of kills does.
            await connections.get(CONNECTION).execute_query("PRAGMA synchronous = OFF")
            await keys.load_keys()
            yield await fill(count, SITES)
        finally:
            await database.close_database()


async def _ordered(orders: int, seed: int) -> Tally:
    draw, tally = random.Random(seed), Tally()
    memo.Channel.open = True  # this process is alone: nobody changes elsewhere what it remembers
    async with crowd(orders) as members:
        queue = queue_of(members[0].project_id, members[0].lon, members[0].lat)
        places = places_of(queue)
        accounts = dict(await Worker.all().values_list("id", "account_id"))
        for member in members:
            actor = Actor(account_id=accounts[UUID(member.worker_id)], kind="person")
            await arrive(actor, calls_of(queue, draw), draw, tally)
            await draw_days(actor)
            tally.states[await left_of(actor, places)] += 1
    return tally


def ordered(orders: int, seed: int) -> Tally:
    """So many workers have sent the queue, each in his order."""
    return asyncio.run(_ordered(orders, seed))


def ordered_in_parts(orders: int, seed: int, processes: int) -> Tally:
    """The same in some processes at once, each with a part of them and a database of its own."""
    parts = [orders // PARTS + (number < orders % PARTS) for number in range(PARTS)]
    seeds = range(seed, seed + PARTS)
    whole = Tally()
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for number, part in enumerate(pool.map(ordered, parts, seeds), 1):
            whole.add(part)
            print(f"part {number} of {PARTS}: {len(part.states)} state(s)", flush=True)
    return whole


def main() -> int:
    """Send, compare, print; 0 when every order ended in the one state."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--orders", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=20260604)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    began = time.monotonic()
    tally = ordered_in_parts(options.orders, options.seed, options.processes)
    found = {
        "orders": sum(tally.states.values()),
        "calls": tally.calls,
        "punches_sent": tally.sent,
        "states": len(tally.states),
        "foreseen": sum(n for state, n in tally.states.items() if is_foreseen(state)),
        "wrong_answers": tally.wrong_answers,
        "seconds": round(time.monotonic() - began, 1),
    }
    for name, number in found.items():
        print(f"{name:<16}{number:>10,}")
    print(json.dumps(found))
    is_good = found["foreseen"] == found["orders"] == options.orders and not tally.wrong_answers
    return 0 if is_good and found["states"] == 1 else 1


if __name__ == "__main__":
    sys.exit(main())
