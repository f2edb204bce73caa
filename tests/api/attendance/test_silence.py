"""Silence: what it confirmed loses units by a contest alone; where both sides differ it is told."""

from datetime import timedelta

import pytest

from api.attendance import jobs
from api.kit import clock
from tests.api.attendance import sites
from tests.api.attendance.test_workdays import day_ahead, told
from tests.cast import Client


@pytest.fixture
async def project_id(client: Client) -> str:
    made = await sites.site(client)
    await sites.entered(client, "zhang", made)
    return made


async def silently_confirmed(client: Client, project_id: str) -> str:
    """A day of one unit that the enterprise left lying; its id."""
    workday_id = await sites.worked(client, "zhang", project_id, day_ahead())
    await jobs.confirm_overdue()
    sites.stop(clock.now() + timedelta(days=3))
    await jobs.confirm_overdue()
    return workday_id


async def test_confirming_what_silence_confirmed_takes_nothing_away(
    client: Client, project_id: str
) -> None:
    workday_id = await silently_confirmed(client, project_id)
    item = await sites.decided(client, workday_id, "confirm", units="0.5", reason="下午没见人")
    assert item["problem"]["code"] == "attendance.contest_first"
    assert (await sites.own(client, workday_id))["units"] == "1.0"
    assert (await sites.decided(client, workday_id, "confirm", units="1"))["status"] == "confirmed"


async def test_what_a_contest_takes_away_the_worker_may_dispute(
    client: Client, project_id: str
) -> None:
    workday_id = await silently_confirmed(client, project_id)
    await sites.decided(client, workday_id, "contest", reason="下午没见人")
    item = await sites.decided(client, workday_id, "confirm", units="0.5", reason="下午没见人")
    assert item["status"] == "confirmed"
    assert (await told(client, "zhang"))[-1] == "workday.confirmed"
    path = f"{sites.DAYS}/{workday_id}/dispute"
    answer = await client.post(path, as_="zhang", json={"reason": "下午在地下室"})
    assert answer.json()["state"] == "disputed"


async def test_a_contest_that_is_given_up_settles_the_day(client: Client, project_id: str) -> None:
    workday_id = await silently_confirmed(client, project_id)
    await sites.decided(client, workday_id, "contest", reason="那天停工")
    assert (await sites.decided(client, workday_id, "confirm"))["status"] == "settled"
    assert (await sites.own(client, workday_id))["units"] == "1.0"


@pytest.mark.parametrize("differing", ["disputed", "contested"])
async def test_whoever_owes_an_answer_is_reminded_once_and_the_region_is_told(
    client: Client, project_id: str, differing: str
) -> None:
    await client.cast.id("county")
    workday_id = await silently_confirmed(client, project_id)
    if differing == "disputed":
        path = f"{sites.DAYS}/{workday_id}/dispute"
        await client.post(path, as_="zhang", json={"reason": "少算了"})
    else:
        await sites.decided(client, workday_id, "contest", reason="那天停工")
    await jobs.remind_overdue()
    assert "workday.unanswered" not in await told(client, "officer_a")
    for _ in range(2):
        sites.stop(clock.now() + timedelta(days=3))
        await jobs.remind_overdue()
    assert (await told(client, "officer_a")).count("workday.unanswered") == 1
    assert (await told(client, "county")).count("workday.unanswered_region") == 1
    found = await sites.own(client, workday_id)
    assert found["state"] == differing
    assert [step["act"] for step in found["steps"]][-1] == "remind"


async def test_an_answer_in_time_reminds_nobody(client: Client, project_id: str) -> None:
    workday_id = await silently_confirmed(client, project_id)
    await sites.decided(client, workday_id, "contest", reason="那天停工")
    await sites.decided(client, workday_id, "confirm")
    sites.stop(clock.now() + timedelta(days=4))
    await jobs.remind_overdue()
    assert "workday.unanswered" not in await told(client, "officer_a")
