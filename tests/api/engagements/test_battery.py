"""The same questions to every change of an office: nobody, a stranger, another role or form."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from api.kit.routes import OPERATIONS
from tests.api.engagements import site
from tests.api.engagements.site import OFFICE, OVERSEEN, today
from tests.cast import Client

NOBODY = UUID(int=0)
PROJECT = f"{OFFICE}/projects/{{project}}"
ONE = f"{PROJECT}/engagements/{{id}}"
CHANGES: list[tuple[str, str, Any]] = [
    ("POST", f"{ONE}/entry", {}),
    ("POST", f"{ONE}/exit", {"settled": True}),
    ("PUT", f"{ONE}/settlement", {"settled": True}),
    ("POST", f"{ONE}/cancel", None),
    ("PUT", f"{ONE}/team", {"team_id": None}),
    ("POST", f"{ONE}/contracts", site.CONTRACT),
    ("POST", f"{PROJECT}/contracts/{NOBODY}/withdraw", None),
]
READINGS = [ONE, f"{ONE}/check"]
RULE = {
    "region": "510107", "effective_from": "2026-01-01", "training_hours": "15",
    "bands": [{"sex": "male", "over": 60, "effect": "block"}], "source": "样例文件〔2026〕2号",
}  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path", "body"), [*CHANGES, *(("GET", path, None) for path in READINGS)]
)
async def test_a_period_is_for_its_enterprise(
    client: Client, method: str, path: str, body: Any
) -> None:
    row = await site.period(client, await site.project(client))
    options = {} if body is None else {"json": body}
    url = path.format(project=row.project_id, id=row.id)
    expected = {None: 401, "zhang": 403, "county": 403, "officer_without_totp": 403,
                "officer_b": 404, "admin_b": 404}  # fmt: skip
    for name, status in expected.items():
        assert (await client.request(method, url, as_=name, **options)).status_code == status, name
    for nowhere in (
        path.format(project=uuid4(), id=row.id), path.format(project=row.project_id, id=uuid4())
    ):  # fmt: skip
        answer = await client.request(method, nowhere, as_="officer_a", **options)
        assert answer.status_code == 404, nowhere


@pytest.mark.parametrize(("method", "path", "body"), [each for each in CHANGES if each[2]])
async def test_a_malformed_change_is_refused(
    client: Client, method: str, path: str, body: Any
) -> None:
    row = await site.period(client, await site.project(client))
    url = path.format(project=row.project_id, id=row.id)
    several: list[Any] = [{**body, "unknown": 1}, [], "text", 7, dict.fromkeys(body, "错")]
    for wrong in several:
        answer = await client.request(method, url, as_="officer_a", json=wrong)
        assert answer.status_code == 422, wrong
        assert answer.headers["content-type"].startswith("application/problem+json")


async def test_registering_is_for_units_of_the_project(client: Client) -> None:
    row = await site.period(client, await site.project(client))
    path = f"{OFFICE}/projects/{row.project_id}/engagements"
    body = {"worker_code": row.worker.code, "trade": "020"}
    for name, status in {None: 401, "zhang": 403, "county": 403, "officer_b": 404,
                         "officer_a": 409}.items():  # fmt: skip
        assert (await client.post(path, as_=name, json=body)).status_code == status, name
    for wrong, status in (
        ({**body, "worker_code": "0" * 16}, 404),
        ({**body, "worker_code": "短"}, 422),
        ({**body, "trade": "7"}, 422),
        ({**body, "team_id": str(NOBODY)}, 409),
        ({**body, "enterprise_id": str(NOBODY)}, 403),
        ({}, 422),
    ):
        answer = await client.post(path, as_="officer_a", json=wrong)
        assert answer.status_code == status, (wrong, answer.text)


async def test_entry_rules_are_for_the_regions_office(client: Client) -> None:
    path = f"{OVERSEEN}/entry-rules"
    for name, status in {None: 401, "zhang": 403, "officer_a": 403, "neighbour": 404,
                         "county": 201}.items():  # fmt: skip
        assert (await client.post(path, as_=name, json=RULE)).status_code == status, name
    for wrong in (
        {**RULE, "region": "999999"}, {**RULE, "training_hours": "-1"},
        {**RULE, "bands": [{"sex": "男", "over": 60, "effect": "block"}]},
        {**RULE, "bands": [{"over": 17, "effect": "block"}]}, {},
    ):  # fmt: skip
        assert (await client.post(path, as_="county", json=wrong)).status_code == 422, wrong
    found = (await client.get(path, as_="county", params={"region": "510107"})).json()["items"]
    assert found[0]["bands"] == RULE["bands"] and found[0]["effective_from"] == "2026-01-01"
    for name, status in {None: 401, "zhang": 403}.items():
        assert (await client.get(path, as_=name)).status_code == status


async def test_a_day_that_is_none_is_refused(client: Client) -> None:
    row = await site.period(client, await site.project(client))
    for body in ({"entered_on": "2026-02-30"}, {"entered_on": 5}, {"entered_on": today() + "T00"}):
        assert (await row.enter(**body)).status_code == 422, body


def test_every_operation_of_engagements_is_named_here() -> None:
    """A new route has to be added to the tests."""
    counts = {
        tag: sum(each.tag == tag for each in OPERATIONS.values())
        for tag in ("engagements", "engagement_office", "engagement_oversight")
    }
    readings, sheets = 5, 1
    assert counts == {
        "engagements": 5 + sheets,
        "engagement_office": readings + sheets + 2 + len(CHANGES) + len(READINGS),
        "engagement_oversight": readings + 4,
    }
