"""记一笔: what may be written by whom, what it earns, and the history that stays."""

from datetime import timedelta
from typing import Any

import pytest

from api.audit.models import AuditLine
from api.kit import clock, jobs
from api.kit.personal import Kind, Personal
from api.notices.models import Notice
from api.worklog.models import LogChange, LogEntry
from tests.api.attendance import sites
from tests.api.teams import people
from tests.api.worklog import books
from tests.api.worklog.books import ENTRIES, OWN, Books, fine, made, refusal
from tests.cast import Client


@pytest.fixture
async def world(client: Client) -> Books:
    return await books.opened(client)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({"units": "1"}, {"units": "1", "hours": "8"}),
        ({"units": "0.5", "part": "morning"}, {"units": "0.5", "part": "morning"}),
        ({"hours": "10"}, {"units": "1.25", "hours": "10"}),
        ({"units": "1", "overtime_hours": "2.5"}, {"overtime_hours": "2.5"}),
        ({"overtime_hours": "3"}, {"units": "0", "overtime_hours": "3"}),
        (
            {"kind": "piece", "unit": "平方米", "quantity": "12.5", "price_fen": 1800},
            {"quantity": "12.5", "unit": "平方米", "amount_fen": 22500},
        ),
        ({"kind": "piece", "unit": "根", "quantity": "3"}, {"amount_fen": None}),
        ({"kind": "piece_days", "units": "1.5"}, {"units": "1.5", "amount_fen": None}),
        ({"kind": "advance", "amount_fen": 50000}, {"amount_fen": 50000}),
        ({"kind": "settlement", "amount_fen": 120000}, {"amount_fen": 120000}),
    ],
)
async def test_every_kind_is_written_and_read(
    world: Books, said: dict[str, Any], shown: dict[str, Any]
) -> None:
    entry = await world.write(**said, note="三号楼")
    assert shown.items() <= entry.items()
    assert (entry["note"], entry["own"], entry["book"]) == ("三号楼", True, "worker")
    [listed] = fine(await world.client.get(f"{OWN}/entries", as_="zhang"))["items"]
    assert shown.items() <= listed.items()


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "time"},
        {"units": "1", "hours": "8"},
        {"units": "3.5"},
        {"hours": "20", "overtime_hours": "5"},
        {"units": "1", "amount_fen": 100},
        {"units": "-1"},
        {"units": "1e2"},
        {"units": 1},
        {"kind": "piece", "quantity": "3"},
        {"kind": "piece", "unit": "公里", "quantity": "3"},
        {"kind": "advance"},
        {"kind": "advance", "amount_fen": 0},
        {"kind": "advance", "amount_fen": 1.5},
        {"units": "1", "note": "x" * 201},
        {"units": "1", "day": "2999-01-01"},
        {"units": "1", "day": "2020-01-01"},
    ],
)
async def test_what_makes_no_sense_is_refused(world: Books, said: dict[str, Any]) -> None:
    body = {**world.said(**said), "team_id": world.team_id}
    answer = await world.client.post(f"{OWN}/entries", as_="zhang", json=body)
    assert answer.status_code == 422, answer.text
    assert not await LogEntry.exists()


async def test_several_projects_and_halves_on_one_day(world: Books) -> None:
    await world.write(units="0.5", part="morning")
    await world.write(units="0.5", part="afternoon")
    [line] = await world.lines()
    assert line["worker"]["units"] == "1"


async def test_a_change_keeps_what_was_said_and_who_said_it(world: Books) -> None:
    entry = await world.write(units="1")
    path = f"{ENTRIES}/{entry['id']}"
    changed = fine(
        await world.client.put(path, as_="zhang", json=world.said(units="1.5", note="加了半个"))
    )
    assert (changed["version"], changed["units"]) == (2, "1.5")
    assert [(each["act"], each["units"]) for each in changed["history"]] == [
        ("changed", "1.5"),
        ("added", "1"),
    ]
    assert {each["by"] for each in changed["history"]} == {Personal.of(Kind.NAME, "张样例").masked}
    again = fine(
        await world.client.put(path, as_="zhang", json=world.said(units="1.5", note="加了半个"))
    )
    assert again["version"] == 2
    assert (await world.client.delete(path, as_="zhang")).status_code == 204
    gone = fine(await world.client.get(path, as_="zhang"))
    assert gone["removed_at"] and gone["history"][0]["act"] == "removed"
    assert not gone["own"]
    assert refusal(await world.client.delete(path, as_="zhang"))[1] == "worklog.already_removed"
    assert await world.lines() == []
    assert await LogChange.all().count() == 3


async def test_each_side_writes_in_its_own_book_alone(world: Books) -> None:
    mine = await world.write()
    [his] = made(await world.write_of(units="1"))["ids"]
    put = world.client.put
    body = world.said(units="2")
    assert refusal(await put(f"{ENTRIES}/{his}", as_="zhang", json=body)) == (
        403,
        "worklog.not_your_book",
    )
    assert refusal(await put(f"{ENTRIES}/{mine['id']}", as_="leader", json=body))[1] == (
        "worklog.not_your_book"
    )
    # Both read both.
    assert not fine(await world.client.get(f"{ENTRIES}/{his}", as_="zhang"))["own"]
    assert not fine(await world.client.get(f"{ENTRIES}/{mine['id']}", as_="leader"))["own"]


async def test_a_stranger_reads_and_writes_nothing(world: Books) -> None:
    entry = await world.write()
    line = await world.line()
    client = world.client
    for path in (f"{ENTRIES}/{entry['id']}", f"{books.LINES}/{line['id']}"):
        assert (await client.get(path, as_="li")).status_code == 404
    assert (await client.delete(f"{ENTRIES}/{entry['id']}", as_="li")).status_code == 404
    assert (await world.decide(line, "keep", who="li")).status_code == 404
    body = {**world.said(units="1"), "team_id": world.team_id}
    assert refusal(await client.post(f"{OWN}/entries", as_="li", json=body)) == (
        404,
        "worklog.no_such_team",
    )
    assert (await client.get(f"{OWN}/templates/{world.team_id}", as_="li")).status_code == 404
    for path in ("entries", "lines", "figures", "templates", "roll", "export"):
        assert (await client.get(f"{world.team}/{path}", as_="li")).status_code == 404, path
        assert (await client.get(f"{world.team}/{path}", as_="zhang")).status_code == 403, path
    assert await world.lines("li") == []


async def test_the_leader_writes_of_his_own_people_alone(world: Books) -> None:
    other = await people.team(world.client, leader="li", name="样例木工班")
    [stranger] = await people.members(world.client, other["id"], by="li")
    assert refusal(await world.write_of(stranger["id"], units="1")) == (
        422,
        "worklog.not_member_then",
    )
    foreign = f"/api/v1/teams/{other['id']}/worklog/entries"
    body = {"member_ids": [stranger["id"]], "entry": world.said(units="1")}
    assert (await world.client.post(foreign, as_="leader", json=body)).status_code == 404
    assert not await LogEntry.exists()


async def test_work_is_of_members_of_the_day_and_money_of_all_who_ever_were(world: Books) -> None:
    from_ = f"{people.TEAMS}/{world.team_id}"
    await world.client.delete(f"{from_}/members/{world.member_id}", as_="leader")
    tomorrow = clock.now() + timedelta(days=1)
    clock.set_clock(lambda: tomorrow)
    refused = await world.write_of(units="1")
    assert refusal(refused)[1] == "worklog.not_member_then"
    made(await world.write_of(kind="settlement", amount_fen=10000))
    # What he did while he was there, he may still write down.
    await world.write(units="1", day=str(clock.today() - timedelta(days=2)))


async def test_a_project_of_neither_is_refused(world: Books, client: Client) -> None:
    elsewhere = await sites.second_site(client)
    body = {**world.said(units="1", project_id=elsewhere), "team_id": world.team_id}
    answer = await client.post(f"{OWN}/entries", as_="zhang", json=body)
    assert refusal(answer) == (422, "worklog.unknown_project")


async def test_thirty_entries_are_one_message(world: Books) -> None:
    await jobs.drain()
    for back in range(30):
        day = clock.today() - timedelta(days=back)
        made(await world.write_of(units="1", day=str(day)))
    await _later()
    [told] = await Notice.filter(account_id=await world.client.cast.id("zhang")).exclude(
        kind="workday.roll_called"
    )
    assert (told.kind, told.params["count"]) == ("worklog.leader_wrote", "30")
    inbox = fine(await world.client.get("/api/v1/me/messages", as_="zhang"))
    assert "记了您 30 笔" in inbox["items"][0]["text"]


async def test_the_leader_hears_of_his_team_in_one_message(world: Books) -> None:
    await world.write(units="1")
    await world.write(kind="advance", amount_fen=20000)
    await _later()
    leader = await world.client.cast.id("leader")
    [told] = await Notice.filter(account_id=leader, kind__startswith="worklog")
    assert (told.kind, told.params["count"], told.params["people"]) == (
        "worklog.worker_wrote",
        "2",
        "1",
    )


async def test_money_is_told_as_money(world: Books) -> None:
    made(await world.write_of(kind="advance", amount_fen=20000))
    await _later()
    zhang = await world.client.cast.id("zhang")
    assert await Notice.exists(account_id=zhang, kind="worklog.leader_wrote_money")


async def _later() -> None:
    moment = clock.now() + timedelta(minutes=11)
    clock.set_clock(lambda: moment)
    await jobs.drain()


async def test_who_wrote_stands_in_the_audit(world: Books) -> None:
    await world.write()
    [line] = await AuditLine.filter(tag="worklog.written")
    assert line.account_id == await world.client.cast.id("zhang")
    assert line.facts["book"] == "worker"
