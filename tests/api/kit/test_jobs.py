"""The outbox: a job belongs to its act, runs at least once, is retried, and is laid aside."""

import asyncio
import contextvars
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from tortoise import connections

from api.kit import clock, jobs
from api.kit.ids import new_id
from api.kit.jobs import LEASE, TASKS, TIMETABLE, Regular, drain, enqueue, job, regular, tick
from api.kit.models import Job, Timetable
from api.kit.transaction import transaction
from tests.api.kit import backends

START = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("app")
_EMPTY = contextvars.copy_context()
"""The context before any transaction: what runs in it is outside of all of them."""


class World:
    """What ran, how it behaves, and a clock to be moved."""

    def __init__(self) -> None:
        self.ran: list[dict[str, Any]] = []
        self.fails = 0
        self.moment = START

    def pass_time(self, **span: float) -> None:
        self.moment += timedelta(**span)


@pytest.fixture
def world(app: object) -> Iterator[World]:
    tasks, timetable = dict(TASKS), dict(TIMETABLE)
    TIMETABLE.clear()
    made = World()
    clock.set_clock(lambda: made.moment)

    @job("probe.work", attempts=3)
    async def work(**args: Any) -> None:
        await asyncio.sleep(0)
        if made.fails:
            made.fails -= 1
            raise ConnectionError("13912345678")
        made.ran.append(args)

    yield made
    for registry, before in ((TASKS, tasks), (TIMETABLE, timetable)):
        registry.clear()
        registry.update(before)  # type: ignore[arg-type]


async def put(**given: Any) -> None:
    async with transaction():
        enqueue("probe.work", **given)


async def test_it_runs_after_the_commit_and_is_gone(world: World) -> None:
    row_id = new_id()
    await put(row_id=row_id, code="late", count=3)
    assert await drain() == 1
    assert world.ran == [{"row_id": str(row_id), "code": "late", "count": 3}]
    assert await Job.all().count() == 0
    assert await drain() == 0


async def test_a_rolled_back_act_leaves_no_job(world: World) -> None:
    with pytest.raises(RuntimeError):
        async with transaction():
            enqueue("probe.work")
            raise RuntimeError
    assert await drain() == 0
    assert world.ran == []


async def test_a_job_for_later_waits(world: World) -> None:
    await put(run_at=START + timedelta(hours=1))
    assert await drain() == 0
    world.pass_time(minutes=61)
    assert await drain() == 1


async def test_a_failed_job_comes_again_later_and_later(world: World) -> None:
    world.fails = 2
    await put()
    assert await drain() == 1
    row = await Job.get(name="probe.work")
    assert (row.attempts, row.error, row.dead) == (1, "ConnectionError", False)
    assert row.run_at == START + timedelta(seconds=2)
    world.pass_time(seconds=3)
    await drain()
    assert (await Job.get(name="probe.work")).run_at == world.moment + timedelta(seconds=4)
    world.pass_time(seconds=5)
    await drain()
    assert (world.ran, await Job.all().count()) == ([{}], 0)


async def test_after_its_last_try_it_is_laid_aside(world: World) -> None:
    world.fails = 99
    await put(once="one")
    for _ in range(9):
        await drain()
        world.pass_time(hours=1)
    row = await Job.get(name="probe.work")
    assert (row.attempts, row.dead, row.once, 99 - world.fails) == (3, True, None, 3)


async def test_an_error_text_is_kept_nowhere(world: World) -> None:
    world.fails = 1
    await put()
    await drain()
    rows = await connections.get("default").execute_query_dict('SELECT * FROM "job"')
    assert "13912345678" not in str(rows)


async def test_an_unknown_job_is_laid_aside(world: World) -> None:
    await Job.create(name="nobody.knows", args={})
    await put()
    await drain()
    assert (await Job.get(name="nobody.knows")).dead
    assert world.ran == [{}]


async def test_a_job_whose_process_died_is_due_again_after_its_lease(world: World) -> None:
    await put()
    claimed = await jobs._claim()
    assert len(claimed) == 1
    assert await drain() == 0
    world.pass_time(seconds=LEASE.total_seconds() + 1)
    assert await drain() == 1
    assert world.ran == [{}]


async def test_a_waiting_job_of_the_same_key_suffices(world: World) -> None:
    for _ in range(3):
        await put(once="one")
    await put(once="two")
    assert await drain() == 2
    await put(once="one")
    assert await drain() == 1


async def test_a_job_asked_for_while_it_runs_runs_again(world: World) -> None:
    # What it is to see may have changed after it looked.
    @job("probe.running")
    async def running() -> None:
        if not world.ran:
            async with transaction():
                enqueue("probe.running", once="one")
        world.ran.append({})

    async with transaction():
        enqueue("probe.running", once="one")
    await drain()
    assert len(world.ran) == 2


@pytest.mark.parametrize(
    "value",
    ["13912345678", "a13912345678b", "张三", "a b", "x" * 65, 10**9, 13912345678, 1.5, None, b"x"],
)
async def test_an_argument_that_may_be_personal_is_refused(world: World, value: Any) -> None:
    with pytest.raises(ValueError, match="id or a short code"):
        await put(value=value)
    assert await Job.all().count() == 0


async def test_every_id_is_an_argument(world: World) -> None:
    for number in (0, 2**128 - 1, int("1" * 32, 16), new_id().int):
        await put(row_id=UUID(int=number))
        await put(row_id=str(UUID(int=number)))
    assert await drain() == 8


async def test_what_follows_from_a_job_runs_too(world: World) -> None:
    @job("probe.first")
    async def first() -> None:
        await put(code="second")

    async with transaction():
        enqueue("probe.first")
    assert await drain() == 2
    assert world.ran == [{"code": "second"}]


async def test_two_runners_share_the_work(world: World) -> None:
    async with transaction():
        for number in range(130):
            enqueue("probe.work", number=number)
    counts = await asyncio.gather(*(drain() for _ in range(4)))
    assert sum(counts) == 130
    assert sorted(args["number"] for args in world.ran) == list(range(130))


async def test_a_thousand_patient_jobs_let_one_go_first(world: World) -> None:
    @job("probe.message", patient=True)
    async def message(**args: Any) -> None:
        world.ran.append(args)

    async with transaction():
        for number in range(1000):
            enqueue("probe.message", number=number)
    world.pass_time(seconds=1)
    [first, *_] = await jobs._claim()
    await put(number=-1)
    assert first.name == "probe.message"
    assert [each.name for each in await jobs._claim()][:2] == ["probe.work", "probe.message"]
    await drain()
    assert len(world.ran) == 1000 - 2 * jobs.BATCH + 1
    world.pass_time(seconds=LEASE.total_seconds())
    await drain()
    assert sorted(each["number"] for each in world.ran) == [-1, *range(1000)]
    assert await Job.all().count() == 0


async def test_a_locked_job_is_passed_over(world: World, store_name: str) -> None:
    if store_name == "sqlite":
        return  # one writer at a time: nothing is ever locked beside it
    await put(number=1)
    await put(number=2)
    first = await Job.all().order_by("run_at").first()
    assert first is not None
    async with transaction():
        await Job.filter(id=first.id).select_for_update().get()
        # A task of its own, outside of this transaction.
        others = await asyncio.wait_for(_apart(), 20)
    assert others == 1


async def _apart() -> int:
    ran = asyncio.get_running_loop().create_future()

    async def run() -> None:
        ran.set_result(await drain())

    outside = _EMPTY.run(asyncio.get_running_loop().create_task, run())
    await outside
    return int(ran.result())


async def test_the_runner_wakes_at_a_new_job_and_survives_a_fault(world: World) -> None:
    task = asyncio.create_task(jobs.run())
    await put(number=1)
    await backends.until(lambda: len(world.ran) == 1)
    world.fails = 1
    await put(number=2)
    await backends.until(lambda: world.fails == 0)
    await put(number=3)
    await backends.until(lambda: len(world.ran) == 2)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_the_runner_outlives_its_database_connections(
    world: World, store_name: str, settings: Any
) -> None:
    task = asyncio.create_task(jobs.run())
    await put(number=1)
    await backends.until(lambda: len(world.ran) == 1)
    if store_name == "postgres":
        await _cut_connections(settings.database_url)
    await asyncio.sleep(0.6)
    await _try_until_written(number=2)
    await backends.until(lambda: {"number": 2} in world.ran or task.done())
    assert not task.done()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def _cut_connections(url: str) -> None:
    admin = await asyncpg.connect(url)
    await admin.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    await admin.close()


async def _try_until_written(**args: int) -> None:
    for _ in range(20):
        try:
            return await put(**args)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            await asyncio.sleep(0.01)


@pytest.fixture
async def timed(world: World) -> AsyncIterator[World]:
    @regular("probe.hourly", every=timedelta(hours=1))
    async def hourly() -> None:
        if world.fails:
            world.fails -= 1
            raise RuntimeError
        world.ran.append({"at": world.moment})

    await tick()
    assert world.ran == []
    yield world


async def test_a_regular_act_comes_every_so_often(timed: World) -> None:
    for _ in range(6):
        timed.pass_time(minutes=30)
        await tick()
    assert len(timed.ran) == 3


async def test_many_processes_do_it_once(timed: World) -> None:
    timed.pass_time(hours=1)
    await asyncio.gather(*(tick() for _ in range(8)))
    assert len(timed.ran) == 1
    assert await Timetable.all().count() == 1


async def test_after_a_long_night_it_is_done_once(timed: World) -> None:
    timed.pass_time(days=3)
    await tick()
    await tick()
    assert len(timed.ran) == 1


async def test_a_failing_act_comes_again_at_its_time(timed: World) -> None:
    timed.fails = 1
    timed.pass_time(hours=1)
    await tick()
    assert timed.ran == []
    timed.pass_time(hours=1)
    await tick()
    assert len(timed.ran) == 1


def test_a_daily_act_has_its_hour_in_beijing() -> None:
    daily = Regular(handler=_nothing, at=time(3, 10))
    before = datetime(2026, 11, 1, 19, 9, tzinfo=UTC)  # 03:09 on the second
    assert daily.after(before) == datetime(2026, 11, 1, 19, 10, tzinfo=UTC)
    assert daily.after(daily.after(before)) == datetime(2026, 11, 2, 19, 10, tzinfo=UTC)


async def _nothing() -> None:
    """Do nothing."""
