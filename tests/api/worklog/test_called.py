"""The leader reads his people as the team calls them; nobody else does."""

from typing import Any

import pytest

from tests.api.attendance import sites
from tests.api.teams.people import TEAMS
from tests.api.worklog import books
from tests.api.worklog.books import ENTRIES, LINES, OFFICE, Books, fine
from tests.cast import Client

CALLED = "样例小黑"


@pytest.fixture
async def world(client: Client) -> Books:
    found = await books.opened(client)
    path = f"{TEAMS}/{found.team_id}/members/{found.member_id}/nickname"
    fine(await client.put(path, as_="leader", json={"nickname": CALLED}))
    await found.write()
    await found.write_of()
    return found


async def read(world: Books, path: str, who: str = "leader") -> Any:
    return fine(await world.client.get(path, as_=who))


async def test_every_page_of_the_leader_says_the_nickname(world: Books) -> None:
    for part in ("lines", "entries", "figures", "templates"):
        items = (await read(world, f"{world.team}/{part}"))["items"]
        assert CALLED in {each["nickname"] for each in items}, part
    rows = (await read(world, f"{world.team}/roll"))["rows"]
    assert sorted(each["nickname"] for each in rows) == ["", CALLED]
    [line] = (await read(world, f"{world.team}/lines"))["items"]
    [entry] = (await read(world, f"{world.team}/entries"))["items"]
    assert (await read(world, f"{LINES}/{line['id']}"))["nickname"] == CALLED
    assert (await read(world, f"{ENTRIES}/{entry['id']}"))["nickname"] == CALLED


async def test_he_himself_reads_his_name_and_an_office_no_nickname(world: Books) -> None:
    line = await world.line()
    assert (await read(world, f"{LINES}/{line['id']}", "zhang"))["nickname"] == ""
    await sites.log_in_again(world.client, "officer_a")
    answer = await world.client.get(OFFICE, as_="officer_a")
    assert fine(answer)["items"]
    assert CALLED not in answer.text


async def test_a_file_of_the_team_holds_no_nickname(world: Books) -> None:
    answer = await world.client.get(f"{world.team}/export", as_="leader")
    assert answer.status_code == 200
    assert CALLED.encode() not in answer.content
