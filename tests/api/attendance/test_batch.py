"""POST /punches/batch."""

import asyncio
import random
from datetime import timedelta
from typing import Any

import httpx
import pytest

from api.attendance import deriving
from api.attendance.models import Punch, Workday
from api.kit import clock
from tests.api.attendance import sites
from tests.cast import Client

BATCH = f"{sites.PUNCHES}/batch"
ORDERS = 40


@pytest.fixture
async def project_id(client: Client) -> str:
    made = await sites.site(client)
    await sites.entered(client, "zhang", made)
    sites.stop(clock.now())
    return made


async def sent(client: Client, punches: list[Any], who: str = "zhang") -> httpx.Response:
    return await client.post(BATCH, as_=who, json={"punches": punches})


def queued(project_id: str, hours_ago: float, **changed: Any) -> dict[str, Any]:
    """A punch that waited in the phone."""
    taken = (clock.now() - timedelta(hours=hours_ago)).isoformat()
    body = sites.punch(project_id, position=sites.position(taken_at=taken), claimed_at=taken)
    return {**body, **changed}


async def test_each_punch_gets_its_answer_in_order(client: Client, project_id: str) -> None:
    old, fresh = queued(project_id, 80), queued(project_id, 30)
    other = {**fresh, "direction": "out"}
    broken = {**queued(project_id, 3), "position": {"lon": 1}}
    answer = await sent(client, [old, fresh, fresh, other, broken, {"client_id": 7}])
    assert answer.status_code == 200, answer.text
    items = answer.json()["items"]
    assert [item["status"] for item in items] == [
        "refused", "created", "duplicate", "conflict", "refused", "refused",
    ]  # fmt: skip
    assert items[0]["problem"]["code"] == "attendance.claim_too_old"
    assert items[1]["punch"] == items[2]["punch"]
    assert items[3]["problem"]["status"] == 409
    assert items[4]["problem"]["errors"][0]["path"].startswith("position.")
    assert items[5]["client_id"] is None
    assert await Punch.all().count() == 1


async def test_the_claim_of_an_offline_punch_tells_its_day(client: Client, project_id: str) -> None:
    answer = await sent(client, [queued(project_id, 49)])
    punch = answer.json()["items"][0]["punch"]
    assert punch["late_upload"] is True
    assert punch["verdict"] == "inside"
    assert punch["signals"] == ["late_upload"]
    assert punch["at"] == punch["claimed_at"]


async def test_the_same_batch_again_changes_nothing(client: Client, project_id: str) -> None:
    punches = [queued(project_id, hours) for hours in (10, 9, 8)]
    await sent(client, punches)
    again = await sent(client, punches)
    assert {item["status"] for item in again.json()["items"]} == {"duplicate"}
    assert await Punch.all().count() == 3


async def test_two_hundred_fit_and_more_do_not(client: Client, project_id: str) -> None:
    punches = [queued(project_id, 1 + place / 100) for place in range(200)]
    answer = await sent(client, punches)
    assert {item["status"] for item in answer.json()["items"]} == {"created"}
    assert (await sent(client, [*punches, punches[0]])).status_code == 422
    assert (await sent(client, [])).status_code == 422


async def test_numbers_that_no_column_holds_are_refused_one_by_one(
    client: Client, project_id: str
) -> None:
    good = queued(project_id, 1)
    text = '{"punches": [{"client_id": 1e999, "x": ' + "9" * 400 + '}, {"client_id": NaN}]}'
    answer = await client.post(
        BATCH, as_="zhang", content=text, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code in (200, 422)
    if answer.status_code == 200:
        assert {item["status"] for item in answer.json()["items"]} == {"refused"}
    assert (await sent(client, [good])).json()["items"][0]["status"] == "created"


async def test_nobody_and_officers_send_no_batch(client: Client, project_id: str) -> None:
    body = {"punches": [queued(project_id, 1)]}
    assert (await client.post(BATCH, json=body)).status_code == 401
    assert (await client.post(BATCH, as_="officer_a", json=body)).status_code == 403


async def test_parallel_batches_store_each_punch_once(client: Client, project_id: str) -> None:
    punches = [queued(project_id, hours) for hours in range(1, 11)]
    answers = await asyncio.gather(*(sent(client, punches) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    statuses = [item["status"] for answer in answers for item in answer.json()["items"]]
    assert (statuses.count("created"), statuses.count("duplicate")) == (10, 70)
    assert await Punch.all().count() == 10


async def state(client: Client, who: str) -> list[Any]:
    """All that is left of a batch but ids and instants of arrival."""
    account = await client.cast.id(who)
    await deriving.catch_up()
    punches = await Punch.filter(account_id=account).order_by("client_id")
    days = await Workday.filter(account_id=account).order_by("day")
    return [
        [(row.client_id, row.content, row.at, row.day, row.verdict) for row in punches],
        [(row.day, row.state, row.units, row.hours, tuple(row.reasons)) for row in days],
    ]


async def test_any_order_of_a_batch_ends_in_one_state(client: Client, project_id: str) -> None:
    """Duplicates, conflicts and refusals among them; each order is sent by a fresh worker."""
    batch = [queued(project_id, hours) for hours in (50, 41, 26, 20, 2)]
    batch += [batch[0], {**batch[1], "direction": "in"}, {**batch[1], "note": "另一个"}]
    batch += [queued(project_id, 90), {**batch[2], "claimed_at": batch[3]["claimed_at"]}]
    order, ends = random.Random(7), []
    for number in range(ORDERS):
        name = f"worker_{number}"
        await sites.newcomer(client, name, project_id, number)
        shuffled = order.sample(batch, len(batch))
        cut = order.randrange(len(batch))
        await sent(client, shuffled, name)
        await sent(client, shuffled[cut:], name)
        ends.append(await state(client, name))
    assert ends.count(ends[0]) == ORDERS
    assert len(ends[0][0]) == 5
