"""小名: what a team calls a member; said by who leads or by himself, seen inside the team alone."""

import pytest

from api.audit.models import AuditLine
from api.kit.routes import OPERATIONS
from api.teams.models import Member
from tests.api import matrix_world
from tests.api.matrix_requests import REQUESTS
from tests.api.teams import people
from tests.api.teams.people import TEAMS, refusal, team
from tests.api.teams.test_acting import acting
from tests.cast import PARTS, Client

CALLED = "样例小黑"


async def crew(client: Client, *names: str) -> str:
    for name in ("leader", *names):
        await people.worker(client, name)
    team_id = str((await team(client))["id"])
    await people.joined(client, team_id, *names)
    return team_id


async def path_of(client: Client, team_id: str, name: str) -> str:
    member = await people.own_member_id(client, team_id, name)
    return f"{TEAMS}/{team_id}/members/{member}/nickname"


async def test_the_whole_team_sees_it_and_he_is_told(client: Client) -> None:
    team_id = await crew(client, "zhang", "li")
    path = await path_of(client, team_id, "zhang")
    answer = await client.put(path, as_="leader", json={"nickname": CALLED})
    assert (answer.status_code, answer.json()["nickname"]) == (200, CALLED)
    for name in ("leader", "zhang", "li"):
        rows = await people.members(client, team_id, name)
        assert sorted(row["nickname"] for row in rows) == ["", "", CALLED]
    inbox = (await client.get("/api/v1/me/messages", as_="zhang")).json()["items"]
    assert inbox[0]["kind"] == "team.nicknamed"
    line = await AuditLine.filter(tag="team.nickname_set").get()
    assert CALLED not in str(line.facts)


async def test_he_takes_it_away_himself_and_others_do_not_name_him(client: Client) -> None:
    team_id = await crew(client, "zhang", "li")
    path = await path_of(client, team_id, "zhang")
    await client.put(path, as_="leader", json={"nickname": CALLED})
    answer = await client.put(path, as_="li", json={"nickname": "小白"})
    assert refusal(answer) == (403, "teams.not_leader")
    answer = await client.put(path, as_="zhang", json={"nickname": None})
    assert answer.json()["nickname"] == ""


async def test_the_acting_leader_names_too(client: Client) -> None:
    team_id = await crew(client, "zhang", "li")
    await acting(client, team_id)
    path = await path_of(client, team_id, "li")
    assert (await client.put(path, as_="zhang", json={"nickname": CALLED})).status_code == 200


@pytest.mark.parametrize(
    "nickname", ["", " ", "x" * 9, "a\u202eb", "小\n黑", "13900", "一１２３４", 7]
)
async def test_it_is_short_plain_and_no_number(client: Client, nickname: object) -> None:
    team_id = await crew(client, "zhang")
    path = await path_of(client, team_id, "zhang")
    answer = await client.put(path, as_="leader", json={"nickname": nickname})
    assert answer.status_code == 422
    assert (await Member.filter(nickname="").count()) == 2


async def test_it_is_gone_with_the_membership(client: Client) -> None:
    team_id = await crew(client, "zhang")
    path = await path_of(client, team_id, "zhang")
    await client.put(path, as_="leader", json={"nickname": CALLED})
    await client.post(f"{TEAMS}/{team_id}/leave", as_="zhang")
    assert refusal(await client.put(path, as_="leader", json={"nickname": CALLED})) == (
        404, "teams.no_such_member",
    )  # fmt: skip
    await people.joined(client, team_id, "zhang")
    rows = await people.members(client, team_id)
    assert not any(row["nickname"] for row in rows)
    assert not await Member.filter(nickname=CALLED).exists()


@pytest.mark.timeout(300)
async def test_nobody_outside_the_team_reads_it_anywhere(client: Client) -> None:
    world = await matrix_world.made(client)
    await Member.filter(team_id=world.ids["team_id"]).update(nickname=CALLED)
    reads = [each for each in OPERATIONS.values() if each.method == "GET"]
    inside = {"leader", "zhang"}
    shown = set()
    for operation in reads:
        options = REQUESTS[operation.name](world) if operation.name in REQUESTS else {}
        for who in PARTS:
            answer = await client.get(world.path(operation.path), as_=who, **options)
            if CALLED.encode() in answer.content:
                shown.add((operation.name, who))
    assert {who for _, who in shown} == inside
    own_books = {"worklog.show_entry", "worklog.show_line"}
    led_books = {f"team_worklog.list_team_{each}" for each in ("figures", "lines", "templates")}
    led_books |= own_books | {"team_worklog.show_roll"}
    assert {name for name, _ in shown} == {"teams.list_members", *led_books}
    assert {who for name, who in shown if name in led_books} == {"leader"}
