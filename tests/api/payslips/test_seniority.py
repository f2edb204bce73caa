"""Who is at work and for how many years: known answers, each person once (CS-S1b)."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from api.engagements.models import Engagement, State
from api.engagements.rules import years_before
from api.kit.ids import new_id
from tests.api.wages import paid
from tests.api.wages.paid import Paid, fine
from tests.cast import FIRM_A, FIRM_B, Client

STATISTICS = "/api/v1/enterprise/wage-statistics"
ELSEWHERE = UUID(int=5)


@pytest.fixture
async def world(client: Client) -> Paid:
    """Zhang and Li of firm A, at work since September."""
    return await paid.opened(client)


async def period(worker_id: UUID, entered_on: str | None, **changed: Any) -> None:
    """A period of a worker: past, on another site, for another employer, unless changed."""
    await Engagement.create(
        **{
            "worker_id": worker_id, "project_id": ELSEWHERE, "enterprise_id": FIRM_B,
            "contractor_id": FIRM_B, "region": "510107", "worker_code": "", "trade": "010",
            "state": State.LEFT, "left_on": date(2020, 1, 1),
            "entered_on": date.fromisoformat(entered_on) if entered_on else None, **changed,
        }
    )  # fmt: skip


async def workforce(world: Paid, who: str = "officer_a", **query: Any) -> tuple[int, int, int]:
    found = fine(await world.client.get(STATISTICS, as_=who, params=query))["workforce"]
    assert "工龄" in found["definition"]
    return found["people"], found["ten_years"], found["twenty_years"]


async def test_the_first_work_date_counts_to_the_day(world: Paid) -> None:
    assert await workforce(world) == (2, 0, 0)
    await period(world.zhang, "2016-11-04")
    assert await workforce(world) == (2, 0, 0), "ten years tomorrow"
    await period(world.zhang, "2016-11-03")
    await period(world.zhang, "2016-12-03")
    assert await workforce(world) == (2, 1, 0), "for whichever employer"
    await period(world.li, "2006-11-03")
    assert await workforce(world) == (2, 2, 1), "who has twenty years has ten"
    await period(world.li, None, state=State.CANCELLED)
    assert await workforce(world) == (2, 2, 1)


async def test_each_person_counts_once_and_only_where_one_may_see_him(world: Paid) -> None:
    here = {"enterprise_id": FIRM_A, "contractor_id": FIRM_A, "state": State.ON_SITE}
    await period(world.zhang, "2026-10-01", left_on=None, **here)
    await period(new_id(), "2000-01-01", left_on=None, **here)
    await period(new_id(), "2000-01-01", **{**here, "state": State.LEFT})
    assert await workforce(world) == (3, 1, 1), "whoever left is not at work"
    assert await workforce(world, project_id=world.project_id) == (2, 0, 0)
    assert await workforce(world, "officer_b") == (0, 0, 0)


def test_a_leap_day_has_an_anniversary() -> None:
    assert years_before(date(2028, 2, 29), 10) == date(2018, 2, 28)
    assert years_before(date(2028, 2, 29), 20) == date(2008, 2, 29)
    assert years_before(date(2026, 11, 3), 10) == date(2016, 11, 3)
