"""Drawing days: whatever else was drawn meanwhile, no punch is left without its day."""

from datetime import timedelta
from uuid import UUID

import pytest

from api.attendance import deriving, jobs
from api.attendance.models import Workday
from api.kit import clock
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
