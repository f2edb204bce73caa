"""Rotating site codes: shown to a gate's screen, scanned by a worker."""

from datetime import timedelta
from uuid import uuid4

import pytest

from api.kit import clock
from tests.api.attendance import sites
from tests.cast import Client


@pytest.fixture
async def project_id(client: Client) -> str:
    made = await sites.site(client)
    await sites.entered(client, "zhang", made)
    sites.stop(clock.now())
    return made


async def shown(client: Client, project_id: str, gate: str = "main") -> dict[str, str]:
    path = f"/api/v1/enterprise/projects/{project_id}/site-codes"
    answer = await client.post(path, as_="officer_a", json={"gate": gate})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def scanned(project_id: str, code: str) -> dict[str, object]:
    return sites.punch(project_id, method="site_code", site_code=code, position=None)


async def test_a_scan_is_a_punch_without_a_position(client: Client, project_id: str) -> None:
    code = await shown(client, project_id)
    answer = await sites.taken(client, "zhang", scanned(project_id, code["code"]))
    assert answer["verdict"] == "no_position"
    assert answer["distance_m"] is None


async def test_the_link_works_as_the_code(client: Client, project_id: str) -> None:
    code = await shown(client, project_id)
    assert code["link"] == f"http://127.0.0.1:8000/h5/s/{code['code']}"
    await sites.taken(client, "zhang", scanned(project_id, code["link"]))


async def test_a_code_is_spent_once_by_each_worker(client: Client, project_id: str) -> None:
    code = (await shown(client, project_id))["code"]
    body = scanned(project_id, code)
    await sites.taken(client, "zhang", body)
    assert (await sites.punched(client, "zhang", body)).status_code == 200
    answer = await sites.punched(client, "zhang", scanned(project_id, code))
    assert (answer.status_code, answer.json()["code"]) == (409, "attendance.site_code_used")
    await sites.entered(client, "li", project_id)
    await sites.taken(client, "li", scanned(project_id, code))


@pytest.mark.parametrize(("later_s", "status"), [(0, 201), (29, 201), (61, 409), (-31, 409)])
async def test_a_code_is_good_while_it_is_shown(
    client: Client, project_id: str, later_s: int, status: int
) -> None:
    code = (await shown(client, project_id))["code"]
    sites.stop(clock.now() + timedelta(seconds=later_s))
    answer = await sites.punched(client, "zhang", scanned(project_id, code))
    assert answer.status_code == status, answer.text


async def test_forged_and_foreign_codes_are_refused(client: Client, project_id: str) -> None:
    other = await sites.second_site(client)
    foreign = (await shown(client, other))["code"]
    good = (await shown(client, project_id))["code"]
    head, _, mark = good.rpartition(".")
    forged = f"{head}.{mark[:-1]}{'A' if mark[-1] != 'A' else 'B'}"
    moved = good.replace(".main.", ".north.")
    for code in (foreign, forged, moved, "x", "", "https://例子/h5/s/"):
        answer = await sites.punched(client, "zhang", scanned(project_id, code))
        assert answer.status_code == 422, code
        assert answer.json()["errors"][0]["path"] == "site_code"
    missing = {**scanned(project_id, good), "site_code": None}
    assert (await sites.punched(client, "zhang", missing)).status_code == 422


async def test_each_gate_has_its_own_code(client: Client, project_id: str) -> None:
    assert await shown(client, project_id, "north") != await shown(client, project_id, "south")


async def test_only_staff_of_the_project_show_codes(client: Client, project_id: str) -> None:
    path = f"/api/v1/enterprise/projects/{project_id}/site-codes"
    body = {"gate": "main"}
    assert (await client.post(path, json=body)).status_code == 401
    assert (await client.post(path, as_="zhang", json=body)).status_code == 403
    assert (await client.post(path, as_="officer_b", json=body)).status_code == 404
    assert (await client.post(path, as_="manager_a", json={"gate": "南 门"})).status_code == 422
    unknown = f"/api/v1/enterprise/projects/{uuid4()}/site-codes"
    assert (await client.post(unknown, as_="officer_a", json=body)).status_code == 404
