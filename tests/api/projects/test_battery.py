"""What holds for every route of projects: the anonymous, strangers, wrong roles, wrong forms."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from api.kit.routes import OPERATIONS, Operation
from tests.api.projects.sites import DRAWING, OVERSEEN, OWN, STANDARD, fenced, project
from tests.cast import Client

ID = "{id}"
NOBODY = UUID(int=0)
CHANGES: list[tuple[str, str, Any]] = [
    ("PUT", ID, {"name": "天府样例二期", "category": "01"}),
    ("PUT", f"{ID}/permits", {"items": []}),
    ("POST", f"{ID}/status", {"status": "003", "on": "2026-01-01"}),
    ("POST", f"{ID}/units", {
        "credit_code": "91510100MA60A0B10K", "name": "样例", "kind": "008",
        "entered_on": "2026-01-01"}),
    ("POST", f"{ID}/units/{NOBODY}/exit", {"left_on": "2026-01-01"}),
    ("POST", f"{ID}/posts", {
        "post": "1", "name": "孙样例", "phone": "13900000077", "starts_on": "2026-01-01"}),
    ("POST", f"{ID}/posts/{NOBODY}/end", {"ends_on": "2026-01-01"}),
    ("POST", f"{ID}/attendance-policies", {
        "effective_from": "2099-01-01", "methods": ["fence"],
        "shift_start": "08:00", "shift_end": "18:00"}),
    ("POST", f"{ID}/fences", DRAWING),
    ("PUT", f"{ID}/fences/{NOBODY}", {**DRAWING, "version": 1}),
]  # fmt: skip
READINGS = [
    ID, f"{ID}/status-changes", f"{ID}/units", f"{ID}/posts", f"{ID}/attendance-policies",
    f"{ID}/fences", f"{ID}/board", f"{ID}/board/photos",
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "body"), CHANGES)
async def test_a_change_is_for_the_contractor_alone(
    client: Client, method: str, path: str, body: Any
) -> None:
    row = await project(client)
    url = f"{OWN}/{path.format(id=row['id'])}"
    expected = {None: 401, "zhang": 403, "county": 403, "officer_without_totp": 403,
                "officer_b": 404, "admin_b": 404}  # fmt: skip
    for name, status in expected.items():
        answer = await client.request(method, url, as_=name, json=body)
        assert answer.status_code == status, name
    nowhere = f"{OWN}/{path.format(id=uuid4())}"
    assert (await client.request(method, nowhere, as_="officer_a", json=body)).status_code == 404


@pytest.mark.parametrize(("method", "path", "body"), CHANGES)
async def test_a_malformed_change_is_refused(
    client: Client, method: str, path: str, body: Any
) -> None:
    row = await project(client)
    url = f"{OWN}/{path.format(id=row['id'])}"
    wrongs: list[Any] = [{**body, "unknown": 1}, {}, [], "text", 7]
    for wrong in wrongs:
        answer = await client.request(method, url, as_="officer_a", json=wrong)
        assert answer.status_code == 422, wrong
        assert answer.headers["content-type"].startswith("application/problem+json")


@pytest.mark.parametrize("path", READINGS)
async def test_who_reads_a_project(client: Client, path: str) -> None:
    row = await project(client)
    own, overseen = (f"{base}/{path.format(id=row['id'])}" for base in (OWN, OVERSEEN))
    for url, expected in (
        (own, {None: 401, "officer_a": 200, "manager_a": 200, "admin_a": 200, "officer_b": 404,
               "zhang": 403, "county": 403}),
        (overseen, {None: 401, "county": 200, "city": 200, "province": 200, "neighbour": 404,
                    "zhang": 403, "officer_a": 403, "reviewer_1": 403}),
    ):  # fmt: skip
        for name, status in expected.items():
            assert (await client.get(url, as_=name)).status_code == status, (url, name)


async def test_fence_versions_and_ends_keep_to_the_same_scope(client: Client) -> None:
    row = await project(client)
    fence = await fenced(client, row["id"])
    path = f"{row['id']}/fences/{fence['id']}"
    for base, expected in (
        (OWN, {None: 401, "officer_a": 200, "officer_b": 404, "zhang": 403}),
        (OVERSEEN, {None: 401, "county": 200, "neighbour": 404, "zhang": 403}),
    ):
        for name, status in expected.items():
            answer = await client.get(f"{base}/{path}/versions", as_=name)
            assert answer.status_code == status
    for name, status in ((None, 401), ("zhang", 403), ("officer_b", 404)):
        answer = await client.delete(f"{OWN}/{path}?version=1", as_=name)
        assert answer.status_code == status
    assert (await client.delete(f"{OWN}/{path}", as_="officer_a")).status_code == 422
    assert (await client.delete(f"{OWN}/{path}?version=x", as_="officer_a")).status_code == 422


async def test_lists_keep_to_the_same_scope(client: Client) -> None:
    await project(client)
    for url, expected in (
        (OWN, {"officer_a": 1, "officer_b": 0}), (OVERSEEN, {"county": 1, "neighbour": 0}),
    ):  # fmt: skip
        assert (await client.get(url)).status_code == 401
        assert (await client.get(url, as_="zhang")).status_code == 403
        for name, number in expected.items():
            assert len((await client.get(url, as_=name)).json()["items"]) == number


async def test_standards_are_for_the_regions_officers(client: Client) -> None:
    path = "/api/v1/regulator/region-standards"
    expected = {None: 401, "zhang": 403, "officer_a": 403, "county": 403, "city": 201}
    for name, status in expected.items():
        assert (await client.post(path, as_=name, json=STANDARD)).status_code == status, name
    for wrong in ({**STANDARD, "minimum_month_fen": 0}, {**STANDARD, "region": "999999"}, {}):
        assert (await client.post(path, as_="city", json=wrong)).status_code == 422
    assert (await client.get(path)).status_code == 401
    assert (await client.get(path, as_="zhang")).status_code == 403


def test_every_operation_of_projects_is_named_here() -> None:
    """A new route has to be added to the tables above."""
    own = {"projects", "sites", "project_oversight", "project_figures"}
    routes = [operation for operation in OPERATIONS.values() if operation.tag in own]
    assert len(routes) == 37, sorted(_shown(operation) for operation in routes)


def _shown(operation: Operation) -> str:
    return f"{operation.method} {operation.path}"
