"""The outbox and the timetable: what follows from an act, done after its commit, at least once.

A job's arguments are ids and short codes, never personal data; its handler loads, checks again,
and then acts, so that running twice does no harm.
"""

import asyncio
import contextlib
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from tortoise.exceptions import OperationalError
from tortoise.expressions import F

from api.kit import clock
from api.kit.logging import frames, log
from api.kit.metrics import JOBS
from api.kit.models import Job, Timetable
from api.kit.rows import add_all
from api.kit.transaction import STORE_DOWN, is_sqlite, transaction, unit

Handler = Callable[..., Awaitable[None]]
LEASE = timedelta(minutes=5)
IDLE_S = 0.5
BATCH = 20
_CODE = re.compile(r"(?!.*\d{11})[A-Za-z0-9_.:-]{0,64}")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Task:
    """A registered job: its handler, and how often it is tried before it is laid aside.

    patient: it comes by the thousand, and lets every other go first.
    """

    handler: Handler
    attempts: int
    patient: bool


@dataclass(frozen=True, slots=True)
class Regular:
    """A regular act: every so often, or daily at a time of day in Asia/Shanghai."""

    handler: Callable[[], Awaitable[None]]
    every: timedelta | None = None
    at: time | None = None

    def after(self, moment: datetime) -> datetime:
        """The next due instant after `moment`."""
        if self.every is not None:
            return moment + self.every
        local = clock.beijing(moment)
        due = datetime.combine(local.date(), self.at or time(), tzinfo=clock.BEIJING)
        return due if due > local else due + timedelta(days=1)


TASKS: dict[str, Task] = {}
TIMETABLE: dict[str, Regular] = {}


def job(name: str, attempts: int = 8, *, patient: bool = False) -> Callable[[Handler], Handler]:
    """Register a coroutine function as the handler of jobs called `name`."""

    def register(handler: Handler) -> Handler:
        TASKS[name] = Task(handler, attempts, patient)
        return handler

    return register


def regular(
    name: str, *, every: timedelta | None = None, at: time | None = None
) -> Callable[[Callable[[], Awaitable[None]]], Callable[[], Awaitable[None]]]:
    """Register a coroutine function in the timetable under `name`."""

    def register(handler: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
        TIMETABLE[name] = Regular(handler, every, at)
        return handler

    return register


def enqueue(
    name: str, *, run_at: datetime | None = None, once: str | None = None, **args: UUID | int | str
) -> None:
    """Write a job with the running transaction. With `once`, a waiting one of that key suffices.

    ValueError when an argument is neither an id, a number below 10⁹ nor a short code.
    """
    plain = {key: _argument(value) for key, value in args.items()}
    task = TASKS.get(name)
    made = Job(
        name=name, args=plain, run_at=run_at or clock.now(), once=once,
        patient=task is not None and task.patient,
    )  # fmt: skip
    unit().gather(_write, made)
    unit().after_commit.append(_wake_runners)


def _argument(value: UUID | int | str) -> str | int:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, int) and abs(value) < 10**9:
        return value
    if isinstance(value, str) and (_ID.fullmatch(value) or _CODE.fullmatch(value)):
        return value
    raise ValueError("a job's argument is an id or a short code")


async def _write(jobs: list[Job]) -> None:
    await add_all(jobs, twice=True)


async def _wake_runners() -> None:
    for event in _RUNNERS:
        event.set()


async def drain() -> int:
    """Run every job that is due, also those that follow from them; how many ran."""
    ran = 0
    while batch := await _claim():
        for each in batch:
            await _run(each)
        ran += len(batch)
    return ran


async def _claim() -> list[Job]:
    # Claiming moves the due time behind a lease: after a crash the job is due again by itself.
    # It also gives up its `once`: what is asked for from now on, this run may not see any more.
    moment = clock.now()
    async with transaction():
        rows = await _due(moment, BATCH, patient=False)
        if len(rows) < BATCH:
            rows += await _due(moment, BATCH - len(rows), patient=True)
        if rows:
            await Job.filter(id__in=[row.id for row in rows]).update(
                run_at=moment + LEASE, attempts=F("attempts") + 1, once=None
            )
    return rows


async def _due(moment: datetime, most: int, *, patient: bool) -> list[Job]:
    rows = Job.filter(dead=False, patient=patient, run_at__lte=moment).order_by("run_at")
    rows = rows.limit(most)
    return await (rows if is_sqlite() else rows.select_for_update(skip_locked=True))


async def _run(row: Job) -> None:
    task = TASKS.get(row.name)
    try:
        if task is None:
            raise LookupError(row.name)
        await task.handler(**row.args)
    except Exception as error:
        await _failed(row, task, error)
    else:
        JOBS.labels(row.name, "done").inc()
        await Job.filter(id=row.id).delete()


async def _failed(row: Job, task: Task | None, error: Exception) -> None:
    tried = row.attempts + 1
    last = task is None or tried >= task.attempts
    JOBS.labels(row.name, "dead" if last else "failed").inc()
    log.warning(
        "job.failed", job=row.name, attempt=tried, error=type(error).__name__, trace=frames(error)
    )
    wait = timedelta(seconds=min(2**tried, 3600))
    await Job.filter(id=row.id).update(
        error=type(error).__name__[:64],
        run_at=clock.now() + wait,
        dead=last,
    )


async def tick() -> None:
    """Do each regular act that is due, in one process only."""
    moment = clock.now()
    for name, act in TIMETABLE.items():
        row, fresh = await Timetable.get_or_create(
            defaults={"next_at": act.after(moment)}, name=name
        )
        if fresh or row.next_at > moment:
            continue
        ours = await Timetable.filter(id=row.id, next_at=row.next_at).update(
            next_at=act.after(moment)
        )
        if ours:
            await _do(name, act)


async def _do(name: str, act: Regular) -> None:
    try:
        await act.handler()
        JOBS.labels(name, "done").inc()
    except Exception as error:
        JOBS.labels(name, "failed").inc()
        log.error("timetable.failed", job=name, error=type(error).__name__, trace=frames(error))


async def run() -> None:
    """Run jobs and the timetable until cancelled; a failing database is waited for."""
    wake = asyncio.Event()
    _RUNNERS.add(wake)
    try:
        while True:
            wake.clear()
            try:
                await tick()
                await drain()
            except (OperationalError, *STORE_DOWN) as error:
                log.error("jobs.waiting", error=type(error).__name__)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(wake.wait(), IDLE_S)
    finally:
        _RUNNERS.discard(wake)


_RUNNERS: set[asyncio.Event] = set()
