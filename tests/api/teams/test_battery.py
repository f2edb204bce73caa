"""The same questions to every route of teams: nobody, a stranger, another role, another form."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from api.kit import clock
from api.kit.routes import OPERATIONS
from tests.api.teams import people
from tests.api.teams.people import team
from tests.cast import Client

NOBODY = UUID(int=0)
ONE = "/api/v1/teams/{id}"
CHANGES: list[tuple[str, str, Any]] = [
    ("POST", f"{ONE}/leave", None),
    ("DELETE", f"{ONE}/members/{NOBODY}", None),
    ("POST", f"{ONE}/invitations", {}),
    ("DELETE", f"{ONE}/invitations/{NOBODY}", None),
    ("POST", f"{ONE}/handovers", {"member_id": str(NOBODY)}),
    ("POST", f"{ONE}/handovers/{NOBODY}/accept", None),
    ("POST", f"{ONE}/handovers/{NOBODY}/decline", None),
    ("DELETE", f"{ONE}/handovers/{NOBODY}", None),
    ("PUT", f"{ONE}/members/{NOBODY}/nickname", {"nickname": "小黑"}),
    ("POST", f"{ONE}/acting-leaders", {"member_id": str(NOBODY), "from_on": None, "to_on": None}),
    ("POST", f"{ONE}/acting-leaders/{NOBODY}/accept", None),
    ("POST", f"{ONE}/acting-leaders/{NOBODY}/decline", None),
    ("DELETE", f"{ONE}/acting-leaders/{NOBODY}", None),
]
READINGS = [
    ONE, f"{ONE}/members", f"{ONE}/invitations", f"{ONE}/handovers/open",
    f"{ONE}/acting-leaders/open",
]  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path", "body"), [*CHANGES, *(("GET", path, None) for path in READINGS)]
)
async def test_a_team_is_for_its_members(client: Client, method: str, path: str, body: Any) -> None:
    await people.worker(client, "leader")
    await people.worker(client, "zhang")
    row = await team(client)
    if body and "from_on" in body:
        body = {**body, **dict.fromkeys(("from_on", "to_on"), clock.today().isoformat())}
    options = {} if body is None else {"json": body}
    expected = {None: 401, "zhang": 404, "li": 404, "officer_a": 403, "county": 403}
    for name, status in expected.items():
        answer = await client.request(method, path.format(id=row["id"]), as_=name, **options)
        assert answer.status_code == status, name
    answer = await client.request(method, path.format(id=uuid4()), as_="leader", **options)
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/v1/teams", {"name": "班", "trade": "020"}),
        ("/api/v1/teams", {"name": "样例班", "trade": "7"}),
        ("/api/v1/teams", {"name": "样例班"}),
        ("/api/v1/teams", {"name": "样例班", "trade": "020", "leader_id": str(NOBODY)}),
        (f"{ONE}/invitations", {"uses": 0}),
        (f"{ONE}/invitations", {"hours": 169}),
        (f"{ONE}/invitations", {"uses": "3"}),
        (f"{ONE}/handovers", {"member_id": "x"}),
        (f"{ONE}/handovers", {}),
        (f"{ONE}/acting-leaders", {"member_id": str(NOBODY)}),
        (f"{ONE}/acting-leaders", {"member_id": str(NOBODY), "from_on": "1", "to_on": "2"}),
    ],
)
async def test_a_malformed_request_is_refused(client: Client, path: str, body: Any) -> None:
    await people.worker(client, "leader")
    row = await team(client)
    answer = await client.post(path.format(id=row["id"]), as_="leader", json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("application/problem+json")


async def test_teams_and_codes_are_for_workers_who_logged_in(client: Client) -> None:
    body = {"name": "样例班", "trade": "020"}
    for name, status in {None: 401, "officer_a": 403, "county": 403}.items():
        assert (await client.post("/api/v1/teams", as_=name, json=body)).status_code == status
        assert (await client.get("/api/v1/teams", as_=name)).status_code == status
        answer = await client.post("/api/v1/invitations/ABCDEFGH/accept", as_=name)
        assert answer.status_code == status
    assert (await client.get("/api/v1/teams", as_="zhang")).json()["items"] == []


@pytest.mark.parametrize("code", ["0", "ABCDEFGHJKMNP" * 20, "%00", "张样例", "ABCDEFG'"])
async def test_a_code_that_is_none_is_not_found(client: Client, code: str) -> None:
    await people.worker(client, "zhang")
    answer = await client.post(f"/api/v1/invitations/{code}/accept", as_="zhang")
    assert answer.status_code in (404, 422), answer.text


def test_every_operation_of_teams_is_named_here() -> None:
    """A new route has to be added to the tables above."""
    routes = [operation for operation in OPERATIONS.values() if operation.tag == "teams"]
    assert len(routes) == len(CHANGES) + len(READINGS) + 4
