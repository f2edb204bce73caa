"""What follows later: a collected worker gets an account, or two records become one."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from api.collecting import jobs
from api.collecting.models import LinkState, WorkerLink
from api.kit import clock
from api.kit.jobs import tick
from api.notices.models import Notice
from api.workers.models import Worker, WorkerState
from tests.api.collecting.crew import WORKERS, as_csv, collected, imported, rows
from tests.cast import FIRM_A, Client

pytestmark = pytest.mark.usefixtures("firms")


def worker_id(made: dict[str, Any]) -> UUID:
    return UUID(made["worker"]["worker_id"])


async def merged(gone: dict[str, Any], kept: dict[str, Any]) -> None:
    await Worker.filter(id=worker_id(gone)).update(
        state=WorkerState.MERGED, merged_into_id=worker_id(kept)
    )


async def test_who_registers_later_is_told_once(client: Client) -> None:
    made = await collected(client)
    await jobs.catch_up()
    assert await Notice.filter(kind="link.proposed").count() == 0
    zhang = await client.cast.id("zhang")
    await Worker.filter(id=worker_id(made)).update(account_id=zhang)
    await jobs.catch_up()
    await jobs.catch_up()
    assert await Notice.filter(kind="link.proposed", account_id=zhang).count() == 1


async def test_it_runs_by_the_timetable(client: Client) -> None:
    made = await collected(client)
    await Worker.filter(id=worker_id(made)).update(account_id=await client.cast.id("zhang"))
    await tick()
    later = clock.now() + timedelta(minutes=6)
    clock.set_clock(lambda: later)
    await tick()
    assert await Notice.filter(kind="link.proposed").count() == 1


async def test_a_link_follows_a_merged_record(client: Client) -> None:
    gone, kept = await collected(client, 1), await collected(client, 2, by="officer_b")
    await merged(gone, kept)
    await jobs.catch_up()
    link = await WorkerLink.get(enterprise_id=FIRM_A)
    assert link.worker_id == worker_id(kept)
    items = (await client.get(WORKERS, as_="officer_a")).json()["items"]
    assert items[0]["worker_id"] == kept["worker"]["worker_id"]


async def test_two_numbers_of_one_merged_worker_make_one_link(client: Client) -> None:
    gone, kept = (
        await collected(client, 1, by="officer_b"),
        await collected(client, 2, by="officer_b"),
    )
    await merged(gone, kept)
    answer = await imported(client, as_csv(rows(2)))
    assert answer.json()["counts"] == {"created": 0, "merged": 1, "invalid": 0, "duplicate": 1}
    assert await WorkerLink.filter(enterprise_id=FIRM_A).count() == 1


async def test_the_workers_own_word_survives_a_merge(client: Client) -> None:
    gone, kept = await collected(client, 1), await collected(client, 2)
    await WorkerLink.filter(id=gone["worker"]["id"]).update(state=LinkState.DENIED)
    await merged(gone, kept)
    await jobs.catch_up()
    link = await WorkerLink.get(enterprise_id=FIRM_A)
    assert (link.worker_id, link.state) == (worker_id(kept), LinkState.DENIED)
