"""One service call is one transaction: rows, audit line and jobs together or not at all."""

import asyncio

import pytest

from api.audit import service as audit
from api.audit.models import AuditLine
from api.audit.tags import Tag
from api.kit import jobs
from api.kit.actor import SYSTEM
from api.kit.errors import Conflict
from api.kit.models import DataKey, Job
from api.kit.transaction import transaction, unit

pytestmark = pytest.mark.usefixtures("app")


class Kept(Conflict):
    """A refusal that leaves a trace."""

    code = "probe.kept"
    commits = True


async def act(done: list[str]) -> None:
    await DataKey.create(wrapped="x")
    audit.record(SYSTEM, Tag.ACCOUNT_CREATED, ("account", None))
    jobs.enqueue("probe.x")

    async def after() -> None:
        done.append("after")

    unit().after_commit.append(after)


async def traces() -> tuple[int, int, int]:
    return (
        await DataKey.filter(wrapped="x").count(),
        await AuditLine.filter(subject="account").count(),
        await Job.filter(name="probe.x").count(),
    )


async def test_all_is_written_at_the_end() -> None:
    done: list[str] = []
    async with transaction():
        await act(done)
        assert done == []
    assert (await traces(), done) == ((1, 1, 1), ["after"])


@pytest.mark.parametrize(
    "error", [Conflict, RuntimeError, KeyboardInterrupt, asyncio.CancelledError]
)
async def test_after_an_error_nothing_is_left(error: type[BaseException]) -> None:
    done: list[str] = []
    with pytest.raises(error):
        async with transaction():
            await act(done)
            raise error
    assert (await traces(), done) == ((0, 0, 0), [])


async def test_a_refusal_may_leave_its_trace() -> None:
    done: list[str] = []
    with pytest.raises(Kept):
        async with transaction():
            await act(done)
            raise Kept
    assert (await traces(), done) == ((1, 1, 1), ["after"])


async def test_an_inner_one_is_part_of_the_outer() -> None:
    done: list[str] = []
    with pytest.raises(Conflict):
        async with transaction():
            async with transaction():
                await act(done)
            raise Conflict
    assert (await traces(), done) == ((0, 0, 0), [])


async def test_a_failing_audit_undoes_the_act() -> None:
    with pytest.raises(TypeError):
        async with transaction():
            await act([])
            audit.record(SYSTEM, Tag.ACCOUNT_CREATED, ("account", None), code=1.5)  # type: ignore[arg-type]
    async with transaction():
        pass
    assert await traces() == (0, 0, 0)


async def test_outside_of_one_nothing_is_recorded() -> None:
    with pytest.raises(RuntimeError):
        audit.record(SYSTEM, Tag.ACCOUNT_CREATED, ("account", None))
    with pytest.raises(RuntimeError):
        jobs.enqueue("probe.x")


async def test_many_at_once_lose_nothing() -> None:
    async def once() -> None:
        async with transaction():
            found = await DataKey.filter(wrapped="x").count()
            await asyncio.sleep(0)
            await act([])
            assert found >= 0

    await asyncio.gather(*(once() for _ in range(25)))
    assert await traces() == (25, 25, 25)
    assert await audit.verify() == []
