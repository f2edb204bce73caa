"""对账: both books side by side, accept or keep, templates, and the offices that read along."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from api.kit import clock
from api.notices.models import Notice
from api.worklog.models import LogEntry, LogLine
from tests.api.attendance import sites
from tests.api.worklog import books
from tests.api.worklog.books import ENTRIES, OFFICE, OWN, Books, fine, made, refusal
from tests.cast import Client


@pytest.fixture
async def world(client: Client) -> Books:
    return await books.opened(client)


async def test_both_books_stand_beside_the_punches(world: Books) -> None:
    day = str(clock.today())
    workday = await sites.worked(world.client, "zhang", world.project_id, day)
    await sites.own(world.client, workday)
    await world.write(units="1", overtime_hours="1")
    made(await world.write_of(units="0.5"))
    line = await world.line(differing=True)
    assert (line["difference"], line["open"]) == ("work", True)
    assert (line["worker"]["units"], line["leader"]["units"]) == ("1", "0.5")
    assert (line["punched_units"], line["punched_state"]) == ("1.0", "pending")
    [seen] = fine(await world.client.get(f"{world.team}/lines", as_="leader"))["items"]
    assert seen == {**line, "nickname": ""}


async def test_accepting_writes_the_others_word_and_keeps_the_old(world: Books) -> None:
    mine = await world.write(units="0.5")
    made(await world.write_of(units="1", overtime_hours="2"))
    line = fine(await world.decide(await world.line(), "accept"))
    assert (line["difference"], line["open"]) == ("same", False)
    assert line["worker"]["units"] == "1" and line["worker"]["overtime_hours"] == "2"
    old = fine(await world.client.get(f"{ENTRIES}/{mine['id']}", as_="zhang"))
    assert old["removed_at"] and old["units"] == "0.5"
    assert await LogEntry.filter(removed_at=None).count() == 2
    assert refusal(await world.decide(line, "accept"))[1] == "worklog.nothing_to_accept"


async def test_the_leader_accepts_what_only_the_worker_wrote(world: Books) -> None:
    await world.write(kind="advance", amount_fen=30000)
    line = await world.line()
    assert line["difference"] == "only_worker"
    assert refusal(await world.decide(line, "accept"))[1] == "worklog.nothing_to_accept"
    done = fine(await world.decide(line, "accept", who="leader", book="leader"))
    assert (done["difference"], done["leader"]["amount_fen"]) == ("same", 30000)


async def test_keeping_is_told_and_open_until_both_stand_by_theirs(world: Books) -> None:
    await world.write(units="1")
    made(await world.write_of(units="0.5"))
    line = fine(await world.decide(await world.line(), "keep"))
    assert line["worker"]["kept_at"] and line["open"]
    leader = await world.client.cast.id("leader")
    assert await Notice.filter(account_id=leader, kind="worklog.kept").count() == 1
    fine(await world.decide(line, "keep"))
    assert await Notice.filter(account_id=leader, kind="worklog.kept").count() == 1
    both = fine(await world.decide(line, "keep", who="leader", book="leader"))
    assert not both["open"] and both["difference"] == "work"
    assert await world.lines(differing=True) == []
    # A new word opens it again.
    made(await world.write_of(units="0.25"))
    [again] = await world.lines(differing=True)
    assert again["open"] and again["worker"]["kept_at"] is None


async def test_nobody_decides_for_the_other_side(world: Books) -> None:
    await world.write(units="1")
    line = await world.line()
    assert refusal(await world.decide(line, "keep", who="leader", book="worker")) == (
        403,
        "worklog.not_your_book",
    )
    assert refusal(await world.decide(line, "keep", book="leader"))[1] == "worklog.not_your_book"


async def test_a_template_counts_what_was_written_and_the_other_side_may_differ(
    world: Books,
) -> None:
    entry = await world.write(hours="9", overtime_hours="2")
    made(await world.write_of(hours="9", overtime_hours="2"))
    assert entry["amount_fen"] is None
    said: dict[str, Any] = {"rate_fen": 30000, "unit_hours": "9", "overtime_unit_hours": "6"}
    pair = fine(await world.pay(**said))
    assert (pair["worker"]["rate_fen"], pair["same"]) == (30000, False)
    counted = fine(await world.client.get(f"{ENTRIES}/{entry['id']}", as_="zhang"))
    assert (counted["amount_fen"], counted["units"]) == (40000, "1")
    assert counted["history"][0]["act"] == "recounted"
    answer = await world.pay(
        "leader", rate_fen=28000, unit_hours="9", overtime_rate_fen=4000,
    )  # fmt: skip
    assert answer.status_code == 204, answer.text
    line = await world.line()
    assert (line["difference"], line["leader"]["amount_fen"]) == ("rate", 36000)
    # He takes over what the other says of the pay.
    done = fine(await world.decide(line, "accept"))
    assert (done["difference"], done["worker"]["amount_fen"]) == ("same", 36000)
    pair = fine(await world.client.get(f"{OWN}/templates/{world.team_id}", as_="zhang"))
    assert pair["same"] and pair["worker"]["overtime_rate_fen"] == 4000
    kinds = set(await Notice.all().values_list("kind", flat=True))
    assert {"worklog.worker_template", "worklog.leader_template"} <= kinds


async def test_a_template_holds_from_its_day_on(world: Books) -> None:
    yesterday = str(clock.today() - timedelta(days=1))
    old = await world.write(units="1", day=yesterday)
    new = await world.write(units="1")
    fine(await world.pay(rate_fen=20000))
    amounts = [
        fine(await world.client.get(f"{ENTRIES}/{each['id']}", as_="zhang"))["amount_fen"]
        for each in (old, new)
    ]
    assert amounts == [None, 20000]
    assert (await world.pay(effective_from="2020-01-01")).status_code == 422
    assert (await world.pay(overtime_unit_hours="6", overtime_rate_fen=100)).status_code == 422
    assert (await world.pay(unit_hours="0")).status_code == 422


async def test_the_figures_add_up_in_both_books(world: Books) -> None:
    today = clock.today()
    first = today.replace(day=1)
    fine(await world.pay(rate_fen=30000, effective_from=str(first)))
    for day in {first, today}:
        await world.write(hours="8", overtime_hours="2", day=str(day))
    days = len({first, today})
    await world.write(kind="piece", unit="米", quantity="10", price_fen=500)
    await world.write(kind="piece", unit="个", quantity="1")
    await world.write(kind="advance", amount_fen=20000)
    await world.write(kind="settlement", amount_fen=10000)
    found = await world.figures(month=f"{today:%Y-%m}")
    mine = found["worker"]
    earned = days * 37500 + 5000
    assert (mine["hours"], mine["overtime_hours"]) == (str(8 * days), str(2 * days))
    assert (mine["earned_fen"], mine["unpriced"]) == (earned, 1)
    assert mine["open_fen"] == earned - 30000 == found["worker_balance_fen"]
    assert (found["leader"]["earned_fen"], found["leader_balance_fen"]) == (0, 0)
    assert found["legal"] == {
        "long_days": days, "overtime_hours": str(2 * days), "over": False,
    }  # fmt: skip
    assert found["projects"][0]["worker"] == mine
    year = await world.figures(year=f"{today:%Y}")
    assert year["worker"] == mine
    [team] = [
        each
        for each in fine(await world.client.get(f"{world.team}/figures", as_="leader"))["items"]
        if each["member_id"] == world.member_id
    ]
    assert team["worker"] == mine


async def test_the_office_reads_what_is_its_own(world: Books) -> None:
    await world.write(units="1")
    client = world.client
    for name in ("officer_a", "manager_a", "admin_a"):
        [line] = fine(await client.get(OFFICE, as_=name))["items"]
        assert line["worker"]["units"] == "1" and line["leader"] is None
    for name in ("officer_b", "admin_b"):
        assert fine(await client.get(OFFICE, as_=name))["items"] == []
    for name in ("zhang", "leader", "county"):
        assert (await client.get(OFFICE, as_=name)).status_code == 403
    query = {"project_id": world.project_id, "day": str(clock.today()), "differing": "true"}
    assert len(fine(await client.get(OFFICE, as_="officer_a", params=query))["items"]) == 1
    query["day"] = "2020-01-01"
    assert fine(await client.get(OFFICE, as_="officer_a", params=query))["items"] == []


async def test_sides_that_write_at_once_both_stand_on_the_line(world: Books) -> None:
    await asyncio.gather(
        *[world.write(units="0.5") for _ in range(3)],
        *[world.write_of(units="0.25") for _ in range(3)],
    )
    [line] = await world.lines()
    assert (line["worker"]["units"], line["leader"]["units"]) == ("1.5", "0.75")
    assert await LogLine.all().count() == 1
