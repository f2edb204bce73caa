"""Drawing days: whatever else was drawn meanwhile, no punch is left without its day."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from api.attendance import deriving, jobs
from api.attendance.models import Workday
from api.kit import clock
from api.kit.jobs import drain
from tests.api.attendance import sites
from tests.cast import Client

PAUSE = timedelta(minutes=10)


@pytest.fixture
async def left_alone(client: Client) -> tuple[str, UUID]:
    """A project, and the day of a punch on it that nobody drew for ten minutes."""
    project_id = await sites.site(client)
    for name in ("zhang", "li"):
        await sites.entered(client, name, project_id)
    await jobs.draw_days()
    alone = await sites.taken(client, "zhang", sites.punch(project_id))
    sites.stop(clock.now() + PAUSE)
    return project_id, UUID(alone["workday_id"])


async def test_a_day_drawn_for_its_reader_hides_nobody_elses(
    client: Client, left_alone: tuple[str, UUID]
) -> None:
    project_id, alone = left_alone
    await sites.taken(client, "li", sites.punch(project_id, device_id="phone-2"))
    assert len((await client.get(sites.DAYS, as_="li")).json()["items"]) == 1
    await jobs.draw_days()
    assert await Workday.exists(id=alone)


async def test_a_drawing_that_broke_off_is_taken_up_again(
    client: Client, left_alone: tuple[str, UUID]
) -> None:
    project_id, alone = left_alone
    other = await sites.taken(client, "li", sites.punch(project_id, device_id="phone-2"))
    await deriving.derive(UUID(other["workday_id"]))
    sites.stop(clock.now() + PAUSE)
    await jobs.draw_days()
    assert await Workday.exists(id=alone)


async def test_an_office_finds_what_was_left_alone(
    client: Client, left_alone: tuple[str, UUID]
) -> None:
    project_id, alone = left_alone
    await sites.taken(client, "li", sites.punch(project_id, device_id="phone-2"))
    await client.get(sites.DAYS, as_="li")
    listed = await client.get(f"{sites.OFFICE}?project_id={project_id}", as_="officer_a")
    assert str(alone) in {day["id"] for day in listed.json()["items"]}


async def oddities(client: Client, project_id: str) -> set[str]:
    """The signals that staff see on the days of a project."""
    await jobs.draw_days()
    await drain()
    await sites.log_in_again(client, "officer_a")
    answer = await client.get(f"{sites.OFFICE}?project_id={project_id}", as_="officer_a")
    punches = [punch for day in answer.json()["items"] for punch in day["evidence"]]
    return {found["code"] for punch in punches for found in punch["oddities"]}


def claimed(project_id: str, moment: datetime, **changed: Any) -> dict[str, Any]:
    """A punch of that instant, uploaded now."""
    claim = moment.isoformat()
    place = sites.position(taken_at=claim, **changed)
    return sites.punch(project_id, claimed_at=claim, position=place)


@pytest.mark.parametrize("order", [(2, 1, 0), (0, 2, 1), (1, 0, 2)])
async def test_the_same_place_on_three_days_shows_in_whatever_order_they_come(
    client: Client, order: tuple[int, ...]
) -> None:
    project_id = await sites.site(client)
    await sites.entered(client, "zhang", project_id)
    for days in order:
        moment = clock.now() - timedelta(days=days)
        await sites.taken(client, "zhang", claimed(project_id, moment))
        found = await oddities(client, project_id)
    assert "repeated_coordinates" in found


@pytest.mark.parametrize("order", [("03:00", "09:00"), ("09:00", "03:00")])
async def test_a_way_that_nobody_travels_shows_in_whatever_order_its_ends_come(
    client: Client, order: tuple[str, ...]
) -> None:
    project_id = await sites.site(client)
    await sites.entered(client, "zhang", project_id)
    day = (clock.today() + timedelta(days=1)).isoformat()
    sites.stop(sites.at(day, "12:00"))
    places: dict[str, dict[str, float]] = {"03:00": {"lon": 87.6, "lat": 43.8}, "09:00": {}}
    for time in order:
        body = claimed(project_id, sites.at(day, time), **places[time])
        await sites.taken(client, "zhang", body)
        found = await oddities(client, project_id)
    assert "impossible_travel" in found
