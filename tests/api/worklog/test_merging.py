"""Two records were one person: his books are one from then on."""

import pytest

from api.kit import jobs
from api.kit.personal import Kind, Personal
from api.teams.models import Member
from api.workers.models import Worker, WorkerState
from api.worklog.models import LogEntry, LogLine
from tests.api.worklog import books
from tests.api.worklog.books import Books, fine, made
from tests.cast import Client


@pytest.fixture
async def world(client: Client) -> Books:
    return await books.opened(client)


async def test_the_books_of_a_merged_record_are_the_kept_ones(world: Books) -> None:
    made(await world.write_of(units="1"))
    await world.write(units="1")
    number = Personal.of(Kind.ID_NUMBER, "510107199912120012")
    kept = await Worker.create(
        state=WorkerState.COLLECTED, id_kind="01", number=number, number_index=number.index,
        name=Personal.of(Kind.NAME, "张样例"), region="510107",
    )  # fmt: skip
    path = f"/api/v1/regulator/workers/{world.zhang}/merge"
    body = {"into_id": str(kept.id), "reason": "同一个人"}
    fine(await world.client.post(path, as_="county", json=body))
    await jobs.drain()
    assert await LogEntry.filter(worker_id=kept.id).count() == 2
    line = await LogLine.get()
    assert (line.worker_id, line.difference) == (kept.id, "same")
    assert await Member.exists(worker_id=kept.id)
    [seen] = await world.lines()
    assert seen["worker"]["units"] == "1"
