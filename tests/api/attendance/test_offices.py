"""Work days as enterprises and regulators see them."""

from datetime import timedelta
from uuid import uuid4

import pytest

from api.attendance import jobs
from api.attendance.models import Workday
from api.kit import clock
from api.kit.jobs import drain
from tests.api.attendance import sites
from tests.cast import FIRM_B, Client


@pytest.fixture
async def project_id(client: Client) -> str:
    made = await sites.site(client)
    await sites.entered(client, "zhang", made)
    return made


@pytest.fixture
async def workday_id(client: Client, project_id: str) -> str:
    day = (clock.today() + timedelta(days=1)).isoformat()
    made = await sites.worked(client, "zhang", project_id, day)
    for name in ("officer_a", "officer_b", "manager_a", "county", "neighbour", "city", "province"):
        await sites.log_in_again(client, name)
    return made


async def test_an_officer_sees_what_waits_with_evidence(
    client: Client, project_id: str, workday_id: str
) -> None:
    day = await Workday.all().count()
    assert day == 0
    answer = await client.get(
        f"{sites.OFFICE}?project_id={project_id}&state=pending", as_="officer_a"
    )
    [item] = answer.json()["items"]
    assert item["id"] == workday_id
    assert item["worker_name"] == "张*例"
    assert [each["verdict"] for each in item["evidence"]] == ["inside", "inside"]
    assert item["evidence"][0]["fence_version"] == 1
    assert "lon" not in answer.text
    one = await client.get(f"{sites.OFFICE}/{workday_id}", as_="manager_a")
    assert one.json() == item
    for query in ("state=confirmed", "date=2024-01-01", f"project_id={uuid4()}"):
        listed = await client.get(f"{sites.OFFICE}?{query}", as_="officer_a")
        assert listed.json()["items"] == []
    assert (await client.get(f"{sites.OFFICE}?state=x", as_="officer_a")).status_code == 422


async def test_a_stranger_sees_and_decides_nothing(client: Client, workday_id: str) -> None:
    assert (await client.get(sites.OFFICE, as_="officer_b")).json()["items"] == []
    assert (await client.get(f"{sites.OFFICE}/{workday_id}", as_="officer_b")).status_code == 404
    item = await sites.decided(client, workday_id, "confirm", by="officer_b")
    assert (item["status"], item["problem"]["status"]) == ("refused", 404)
    for who, status in ((None, 401), ("zhang", 403), ("county", 403)):
        assert (await client.get(sites.OFFICE, as_=who)).status_code == status
        body = {"decisions": [{"workday_id": workday_id, "decision": "confirm"}]}
        answer = await client.post(f"{sites.OFFICE}/decisions", as_=who, json=body)
        assert answer.status_code == status


async def test_the_employer_and_the_contractor_both_see_the_day(
    client: Client, project_id: str
) -> None:
    await sites.entered(client, "li", project_id, enterprise_id=FIRM_B)
    day = (clock.today() + timedelta(days=1)).isoformat()
    made = await sites.worked(client, "li", project_id, day)
    for name in ("officer_a", "officer_b"):
        await sites.log_in_again(client, name)
        assert (await client.get(f"{sites.OFFICE}/{made}", as_=name)).status_code == 200


async def test_the_county_sees_the_day_and_its_neighbour_does_not(
    client: Client, project_id: str, workday_id: str
) -> None:
    for who in ("county", "city", "province"):
        listed = await client.get(f"{sites.OVERSEEN}?project_id={project_id}", as_=who)
        assert [item["id"] for item in listed.json()["items"]] == [workday_id]
        one = await client.get(f"{sites.OVERSEEN}/{workday_id}", as_=who)
        assert one.json()["steps"][0]["act"] == "drawn"
    assert (await client.get(sites.OVERSEEN, as_="neighbour")).json()["items"] == []
    assert (await client.get(f"{sites.OVERSEEN}/{workday_id}", as_="neighbour")).status_code == 404
    for outsider, status in ((None, 401), ("zhang", 403), ("officer_a", 403)):
        assert (await client.get(sites.OVERSEEN, as_=outsider)).status_code == status


async def test_counts_agree_on_every_level(
    client: Client, project_id: str, workday_id: str
) -> None:
    path = "/api/v1/regulator/workday-counts"
    expected = [{"state": "pending", "days": 1, "workers": 1, "units": "1.0"}]
    for who in ("county", "city", "province"):
        assert (await client.get(path, as_=who)).json()["items"] == expected
        narrowed = await client.get(f"{path}?project_id={project_id}", as_=who)
        assert narrowed.json()["items"] == expected
    assert (await client.get(path, as_="neighbour")).json()["items"] == []
    assert (await client.get(path, as_="officer_a")).status_code == 403


async def test_staff_see_all_signals_and_the_worker_those_of_his_fix(
    client: Client, project_id: str
) -> None:
    """Four persons punch with one phone; each is taken, none is cut."""
    day = (clock.today() + timedelta(days=1)).isoformat()
    workers = ["zhang"]
    for number in range(3):
        await sites.newcomer(client, f"w{number}", project_id, number)
        workers.append(f"w{number}")
    for name in workers:
        made = await sites.worked(client, name, project_id, day)
    await jobs.draw_days()
    await drain()
    own = await sites.own(client, made, workers[-1])
    assert all(punch["signals"] == [] for punch in own["punches"])
    assert (own["state"], own["units"]) == ("pending", "1.0")
    await sites.log_in_again(client, "officer_a")
    seen = (await client.get(f"{sites.OFFICE}/{made}", as_="officer_a")).json()
    oddities = seen["evidence"][0]["oddities"]
    assert [(each["code"], each["value"]) for each in oddities] == [("device_shared", 4)]
