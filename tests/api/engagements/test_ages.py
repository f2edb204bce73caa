"""A worker on a site comes under his region's age rule with his birthday (L-32)."""

from datetime import date, timedelta
from typing import Any

import pytest

from api.audit.models import AuditLine
from api.engagements import jobs
from api.engagements.ages import watch
from api.engagements.rules import birthdays
from api.kit import clock
from api.kit.personal import Kind, Personal
from api.notices.models import Notice
from api.workers import jobs as worker_jobs
from api.workers import service as workers
from tests.api.attendance.sites import stop
from tests.api.engagements import site
from tests.api.engagements.site import OVERSEEN, made, today
from tests.api.teams import people
from tests.cast import Client

BANDS = [
    {"sex": "male", "over": 60, "effect": "block"},
    {"sex": "female", "over": 50, "effect": "block"},
    {"sex": None, "over": 45, "effect": "warn"},
    {"sex": "male", "over": 55, "effect": "health_certificate"},
]
OFFICE = ("manager_a", "officer_a")


async def rule(client: Client, region: str = "510100", bands: Any = BANDS) -> None:
    body = {
        "region": region, "effective_from": today(-40), "training_hours": "15", "bands": bands,
        "source": "样例文件〔2026〕2号",
    }  # fmt: skip
    by = {"510100": "city", "510107": "county"}[region]
    made(await client.post(f"{OVERSEEN}/entry-rules", as_=by, json=body))


async def turning(client: Client, age: int, sex: str = "male", days: int = 10) -> site.Period:
    """A worker on the site who becomes so old in so many days."""
    day = clock.today() + timedelta(days=days)
    born = Personal.of(Kind.TEXT, day.replace(year=day.year - age).isoformat())
    worker = await people.worker(client, "zhang", birth=born, sex=sex)
    for name in OFFICE:
        await client.cast.id(name)
    row = await site.entered(client, await site.project(client), worker=worker)
    await worker_jobs.index_births()
    return row


def ahead(days: int) -> None:
    """Move the clock."""
    moment = clock.now() + timedelta(days=days)
    stop(moment)


async def told(client: Client, name: str) -> list[str]:
    rows = await Notice.filter(account_id=await client.cast.id(name), kind__startswith="age.")
    return [row.kind for row in rows]


@pytest.mark.parametrize(
    ("sex", "age", "effect"),
    [("male", 61, "block"), ("female", 51, "block"), ("male", 56, "health_certificate"),
     ("female", 46, "warn")],
)  # fmt: skip
async def test_both_sides_are_told_on_the_birthday(
    client: Client, sex: str, age: int, effect: str
) -> None:
    row = await turning(client, age, sex)
    await rule(client)
    ahead(9)
    await jobs.watch_ages()
    assert await told(client, "zhang") == []
    ahead(1)
    await jobs.watch_ages()
    assert await told(client, "zhang") == [f"age.{effect}"]
    for name in OFFICE:
        assert await told(client, name) == [f"age.{effect}_office"]
    line = await AuditLine.get(tag__startswith="age.")
    assert str(line.subject_id) == row.id


async def test_nobody_is_told_twice_and_a_late_timetable_misses_nobody(client: Client) -> None:
    await turning(client, 61)
    await rule(client)
    ahead(15)
    assert [await watch(), await watch()] == [1, 0]
    ahead(1)
    assert await watch() == 0
    assert await told(client, "zhang") == ["age.block"]


@pytest.mark.parametrize(("sex", "age"), [("male", 60), ("male", 51), ("male", 62)])
async def test_other_birthdays_are_nobodys_business(client: Client, sex: str, age: int) -> None:
    await turning(client, age, sex)
    await rule(client)
    ahead(10)
    assert await watch() == 0


async def test_the_nearest_regions_rule_counts(client: Client) -> None:
    await turning(client, 61)
    await rule(client)
    await rule(client, "510107", bands=[])
    ahead(10)
    assert await watch() == 0


async def test_who_left_or_came_on_his_birthday_is_not_told(client: Client) -> None:
    row = await turning(client, 61)
    await rule(client)
    assert (await row.leave()).status_code == 200
    ahead(10)
    assert await watch() == 0


async def test_no_record_is_opened_for_it(client: Client) -> None:
    await turning(client, 61)
    await rule(client)
    before = await AuditLine.filter(tag="personal.revealed").count()
    ahead(10)
    assert await watch() == 1
    assert await AuditLine.filter(tag="personal.revealed").count() == before


async def test_a_birthday_is_found_by_its_index_alone(client: Client) -> None:
    born = Personal.of(Kind.TEXT, "1990-05-06")
    worker = await people.worker(client, "zhang", birth=born)
    assert await workers.born_on({date(1990, 5, 6)}) == []
    await worker_jobs.index_births()
    assert [(row.id, day) for row, day in await workers.born_on({date(1990, 5, 6)})] == [
        (worker.id, date(1990, 5, 6))
    ]
    assert await workers.born_on({date(1990, 5, 7)}) == []


def test_birthdays_of_leap_years() -> None:
    assert birthdays(date(2026, 3, 1), {60, 51}) == {date(1966, 3, 1), date(1975, 3, 1)}
    assert birthdays(date(2026, 3, 1), {62}) == {date(1964, 3, 1), date(1964, 2, 29)}
    assert birthdays(date(2028, 3, 1), {60}) == {date(1968, 3, 1)}
    assert birthdays(date(2028, 2, 29), {60, 61}) == {date(1968, 2, 29)}
