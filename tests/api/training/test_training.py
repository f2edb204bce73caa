"""Trainings and certificates: recorded by the enterprise, read by it and by the worker alone."""

from typing import Any
from uuid import UUID

import pytest

from api.kit.routes import OPERATIONS
from api.training import service
from tests.api.engagements import site
from tests.api.engagements.site import made, refusal, today
from tests.api.teams import people
from tests.cast import FIRM_A, FIRM_B, Client

CERTIFICATES = "/api/v1/enterprise/certificates"


def training(worker_code: str, **changed: Any) -> dict[str, Any]:
    return {
        "worker_code": worker_code, "kind": "entry", "held_on": today(), "hours": "8",
        **changed,
    }  # fmt: skip


def certificate(worker_code: str, **changed: Any) -> dict[str, Any]:
    return {
        "worker_code": worker_code, "operation": "01", "number": "A0120190001",
        "issued_by": "样例省住房和城乡建设厅", "valid_from": today(-9), "valid_to": today(9),
        **changed,
    }  # fmt: skip


def path_of(project_id: str) -> str:
    return f"/api/v1/enterprise/projects/{project_id}/trainings"


async def test_a_training_is_recorded_listed_and_seen_by_the_worker(client: Client) -> None:
    project_id = await site.project(client)
    worker = await people.worker(client, "zhang")
    path = path_of(project_id)
    row = made(await client.post(path, as_="officer_a", json=training(str(worker.code))))
    assert (row["worker"], row["hours"]) == ("张*例", "8.0")
    made(await client.post(path, as_="officer_a", json=training(str(worker.code), kind="yearly")))
    listed = (await client.get(path, as_="manager_a", params={"kind": "entry"})).json()["items"]
    assert [each["id"] for each in listed] == [row["id"]]
    own = (await client.get("/api/v1/me/trainings", as_="zhang")).json()["items"]
    assert len(own) == 2
    await people.worker(client, "li")
    for name in ("li", "wang"):
        assert (await client.get("/api/v1/me/trainings", as_=name)).json()["items"] == []
    assert not await service.has_entry_training(worker.id, UUID(project_id), FIRM_A)
    made(await client.post(path, as_="officer_a", json=training(str(worker.code), hours="7")))
    assert await service.has_entry_training(worker.id, UUID(project_id), FIRM_A)


async def test_who_may_record_and_read(client: Client) -> None:
    project_id = await site.project(client)
    worker = await people.worker(client, "zhang")
    body = training(str(worker.code))
    expected = {None: 401, "zhang": 403, "county": 403, "officer_b": 404, "officer_a": 201}
    for name, status in expected.items():
        answer = await client.post(path_of(project_id), as_=name, json=body)
        assert answer.status_code == status, name
        answer = await client.get(path_of(project_id), as_=name)
        assert answer.status_code == (200 if status == 201 else status), name
    for path in ("trainings", "certificates"):
        assert (await client.get(f"/api/v1/me/{path}")).status_code == 401
        assert (await client.get(f"/api/v1/me/{path}", as_="officer_a")).status_code == 403


async def test_a_unit_sees_its_own_and_the_contractor_all(client: Client) -> None:
    project_id = await site.with_firm_b(client)
    worker = await people.worker(client, "zhang")
    path = path_of(project_id)
    made(await client.post(path, as_="officer_a", json=training(str(worker.code))))
    mine = made(await client.post(path, as_="officer_b", json=training(str(worker.code))))
    assert mine["enterprise_id"] == str(FIRM_B)
    for name, number in {"officer_a": 2, "officer_b": 1}.items():
        assert len((await client.get(path, as_=name)).json()["items"]) == number


@pytest.mark.parametrize(
    ("changed", "status"),
    [({"held_on": 1}, 422), ({"hours": "0"}, 422), ({"hours": "1e9"}, 422),
     ({"kind": "party"}, 422), ({"worker_code": "0" * 16}, 404), ({"x": 1}, 422),
     ({"enterprise_id": str(UUID(int=0))}, 403)],
)  # fmt: skip
async def test_a_training_that_makes_no_sense_is_refused(
    client: Client, changed: dict[str, Any], status: int
) -> None:
    project_id = await site.project(client)
    worker = await people.worker(client, "zhang")
    if "held_on" in changed:
        changed = {"held_on": today(changed["held_on"])}
    body = {**training(str(worker.code)), **changed}
    answer = await client.post(path_of(project_id), as_="officer_a", json=body)
    assert answer.status_code == status, answer.text


async def test_a_certificate_shows_no_number(client: Client) -> None:
    await site.project(client)
    worker = await people.worker(client, "zhang")
    row = made(await client.post(CERTIFICATES, as_="officer_a", json=certificate(str(worker.code))))
    assert (row["number"], row["operation_name"]) == ("A012***0001", "建筑电工")
    for name, number in {"officer_a": 1, "admin_a": 1, "officer_b": 0}.items():
        assert len((await client.get(CERTIFICATES, as_=name)).json()["items"]) == number
    own = (await client.get("/api/v1/me/certificates", as_="zhang")).json()["items"]
    assert [each["id"] for each in own] == [row["id"]]
    strangers: dict[str | None, int] = {None: 401, "zhang": 403, "county": 403}
    for who, status in strangers.items():
        body = certificate(str(worker.code))
        assert (await client.post(CERTIFICATES, as_=who, json=body)).status_code == status
        assert (await client.get(CERTIFICATES, as_=who)).status_code == status


@pytest.mark.parametrize(
    "changed",
    [
        {"valid_to": "2020-01-01"},
        {"operation": "77"},
        {"number": "号"},
        {"issued_by": ""},
        {"x": 1},
    ],
)
async def test_a_certificate_that_makes_no_sense_is_refused(
    client: Client, changed: dict[str, Any]
) -> None:
    await site.project(client)
    worker = await people.worker(client, "zhang")
    body = {**certificate(str(worker.code)), **changed}
    answer = await client.post(CERTIFICATES, as_="officer_a", json=body)
    assert answer.status_code == 422, answer.text


async def test_a_unit_that_left_records_no_more(client: Client) -> None:
    project_id = await site.with_firm_b(client)
    worker = await people.worker(client, "zhang")
    body = training(str(worker.code), enterprise_id=str(FIRM_B))
    made(await client.post(path_of(project_id), as_="officer_a", json=body))
    units = (await client.get(
        f"/api/v1/enterprise/projects/{project_id}/units", as_="officer_a"
    )).json()["items"]  # fmt: skip
    unit = next(each["id"] for each in units if each["enterprise_id"] == str(FIRM_B))
    answer = await client.post(
        f"/api/v1/enterprise/projects/{project_id}/units/{unit}/exit",
        as_="officer_a", json={"left_on": today(-1)},
    )  # fmt: skip
    assert answer.status_code == 200, answer.text
    answer = await client.post(path_of(project_id), as_="officer_a", json=body)
    assert refusal(answer) == (403, "training.not_participating")


def test_every_operation_of_trainings_is_tested_here() -> None:
    """A new route has to be added to the tests."""
    rooms = {"training": 6, "courses": 11, "learning": 7, "group_sessions": 4,
             "training_codes": 2, "training_oversight": 1}  # fmt: skip
    for room, number in rooms.items():
        assert sum(each.tag == room for each in OPERATIONS.values()) == number, room
