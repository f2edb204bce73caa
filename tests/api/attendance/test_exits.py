"""Nobody leaves a site before the last day he worked there."""

from datetime import timedelta

import httpx
import pytest

from api.engagements.models import Engagement
from api.kit import clock
from tests.api.attendance import sites
from tests.api.projects.sites import OWN, refusal
from tests.cast import Client

LATER = (422, "engagements.worked_later")


@pytest.fixture
async def project_id(client: Client) -> str:
    made = await sites.site(client)
    await sites.entered(client, "zhang", made)
    return made


async def leave(client: Client, project_id: str, days: int) -> httpx.Response:
    """The exit of the project's worker, so many days from now on."""
    row = await Engagement.get(project_id=project_id)
    body = {"settled": False, "left_on": (clock.today() + timedelta(days=days)).isoformat()}
    await sites.log_in_again(client, "officer_a")
    path = f"{OWN}/{project_id}/engagements/{row.id}/exit"
    return await client.post(path, as_="officer_a", json=body)


async def test_an_exit_leaves_no_day_of_work_behind(client: Client, project_id: str) -> None:
    day = (clock.today() + timedelta(days=1)).isoformat()
    await sites.worked(client, "zhang", project_id, day)
    assert refusal(await leave(client, project_id, -1)) == LATER
    assert (await leave(client, project_id, 0)).status_code == 200


async def test_a_day_that_the_enterprise_rejected_keeps_nobody(
    client: Client, project_id: str
) -> None:
    day = (clock.today() + timedelta(days=1)).isoformat()
    workday_id = await sites.worked(client, "zhang", project_id, day)
    await sites.decided(client, workday_id, "reject", reason="那天他已经走了")
    assert (await leave(client, project_id, -1)).status_code == 200


async def test_a_corrected_day_counts_as_well(client: Client, project_id: str) -> None:
    moment = clock.now() - timedelta(minutes=1)
    body = {"project_id": project_id, "direction": "in", "at": moment.isoformat(), "reason": "没电"}
    assert (await client.post("/api/v1/corrections", as_="zhang", json=body)).status_code == 201
    assert refusal(await leave(client, project_id, -3)) == LATER
