"""The states and their clocks: working days, weekends, holidays, what happens by itself."""

from typing import Any

import pytest

from api.codes import workdays
from api.complaints import watching
from tests.api.attendance import sites
from tests.api.complaints import filed
from tests.api.complaints.filed import Filed, acts, fine, kinds_told, refusal
from tests.cast import Client


@pytest.fixture
async def world(client: Client) -> Filed:
    return await filed.opened(client)


async def test_accepted_answered_satisfied(world: Filed) -> None:
    one = (await world.file())["id"]
    assert (await world.office(one))["text"] == filed.TEXT
    assert fine(await world.accept(one))["state"] == "accepted"
    assert refusal(await world.accept(one)) == (409, "complaints.wrong_step")
    done = fine(await world.answer(one))
    assert (done["state"], done["days_left"]) == ("answered", None)
    row = await world.own(one)
    assert acts(row) == ["filed", "seen", "accepted", "answered"]
    assert row["steps"][-1]["note"] and row["may"] == ["satisfied", "escalate", "withdraw"]
    assert "complaint.answered" in await kinds_told(world.client, "zhang")
    over = fine(await world.say(one, "satisfied"))
    assert (over["state"], over["outcome"], over["may"]) == ("closed", "satisfied", [])
    assert (await world.office(one))["state"] == "closed"
    for decision in ("satisfied", "escalate", "withdraw"):
        assert refusal(await world.say(one, decision)) == (409, "complaints.wrong_step")


async def test_not_satisfied_goes_to_the_authority_by_one_tap(world: Filed) -> None:
    one = (await world.file())["id"]
    assert await world.queue(holder="authority") == []
    fine(await world.answer(one))
    row = fine(await world.say(one, "escalate", note="还是没发。"))
    assert (row["holder"], row["state"]) == ("authority", "received")
    assert row["office"] == "四川省成都市武侯区" and row["due_on"] == "2026-12-07"
    assert [each["id"] for each in await world.queue(holder="authority")] == [one]
    assert (await world.office(one))["state"] == "escalated"
    assert refusal(await world.answer(one)) == (409, "complaints.wrong_step")
    assert "complaint.escalated_region" in await kinds_told(world.client, "county")


async def test_unanswered_goes_to_the_authority_by_itself(world: Filed) -> None:
    one = (await world.file())["id"]
    await world.night("2026-12-02", "23:00")
    assert acts(await world.own(one)) == ["filed"]
    # Not accepted within two working days: a reminder.
    await world.night("2026-12-03")
    assert acts(await world.own(one)) == ["filed", "reminded"]
    assert "complaint.reminded_office" in await kinds_told(world.client, "admin_a")
    fine(await world.accept(one))
    await world.night("2026-12-07", "23:59")
    assert (await world.own(one))["holder"] == "enterprise"
    await world.night("2026-12-08", "00:05")
    row = await world.own(one)
    assert (row["holder"], row["state"], row["accept_by"]) == (
        "authority", "received", "2026-12-15",
    )  # fmt: skip
    assert row["steps"][-1]["by_itself"] and row["steps"][-1]["act"] == "escalated"
    assert "complaint.escalated_by_itself" in await kinds_told(world.client, "zhang")
    assert await watching.watch() == 0


@pytest.mark.parametrize(
    ("day", "accept_by", "answer_by"),
    [
        # Before the National Day, on a Saturday, on a Saturday at work, before both festivals.
        ("2026-09-30", "2026-10-09", "2026-10-13"),
        ("2026-11-28", "2026-12-01", "2026-12-04"),
        ("2026-10-10", "2026-10-13", "2026-10-16"),
        ("2026-02-13", "2026-02-24", "2026-02-27"),
        ("2027-02-04", "2027-02-12", "2027-02-17"),
        ("2026-12-30", "2027-01-04", "2027-01-07"),
    ],
)
async def test_deadlines_over_weekends_and_holidays(
    client: Client, day: str, accept_by: str, answer_by: str
) -> None:
    world = await filed.opened(client, day)
    row = await world.file()
    assert (row["accept_by"], row["answer_by"]) == (accept_by, answer_by)
    assert row["provisional"] is (accept_by > "2027")
    await world.night(answer_by, "23:30")
    assert (await world.own(row["id"]))["holder"] == "enterprise"
    after = workdays.calendar().after(sites_day(answer_by), 1)
    await world.night(after.isoformat())
    assert (await world.own(row["id"]))["holder"] == "authority"


def sites_day(text: str) -> Any:
    return sites.at(text, "12:00").date()


async def test_silence_ends_an_answered_one_and_he_may_still_escalate(world: Filed) -> None:
    one = (await world.file())["id"]
    fine(await world.answer(one))
    await world.night("2026-12-14", "22:00")
    assert (await world.own(one))["state"] == "answered"
    await world.night("2026-12-15")
    row = await world.own(one)
    assert (row["state"], row["outcome"], row["may"]) == ("closed", "silent", ["escalate"])
    assert "complaint.closed_silent" in await kinds_told(world.client, "zhang")
    again = fine(await world.say(one, "escalate"))
    assert (again["holder"], again["state"], again["outcome"]) == ("authority", "received", "")


async def test_the_authority_is_late_and_the_level_above_learns_it(world: Filed) -> None:
    one = (await world.file(addressee="authority"))["id"]
    assert (await world.own(one))["due_on"] == "2026-12-07"
    await world.night("2026-12-07", "20:00")
    assert [each["id"] for each in await world.queue(overdue="true")] == []
    await world.night("2026-12-08")
    row = await world.own(one)
    assert row["overdue"] and acts(row)[-1] == "overdue"
    for who in ("county", "city"):
        assert (await kinds_told(world.client, who)).count("complaint.overdue_region") == 1
    await world.night("2026-12-09")
    assert (await kinds_told(world.client, "city")).count("complaint.overdue_region") == 1
    fine(await world.act(one, "acceptance"))
    # Sixty working days from the acceptance, over the new year and the Spring Festival.
    assert (await world.own(one))["answer_by"] == "2027-03-10"


async def test_one_extension_of_thirty_working_days(world: Filed) -> None:
    one = (await world.file(addressee="authority"))["id"]
    assert refusal(await world.act(one, "steps", note="x")) == (409, "complaints.wrong_step")
    before = fine(await world.act(one, "acceptance"))
    assert before["answer_by"] == "2027-03-01"
    row = fine(await world.act(one, "steps", note="要查账，要多一点时间。", extend=True))
    assert (row["answer_by"], row["extended"]) == ("2027-04-13", True)
    assert acts(await world.own(one))[-1] == "extended"
    again = await world.act(one, "steps", note="还要时间", extend=True)
    assert refusal(again) == (409, "complaints.wrong_step")


async def test_taken_back(world: Filed) -> None:
    one = (await world.file())["id"]
    row = fine(await world.say(one, "withdraw", note="已经发了"))
    assert (row["state"], row["outcome"]) == ("closed", "withdrawn")
    assert refusal(await world.answer(one)) == (409, "complaints.wrong_step")
    await world.night("2027-03-01")
    assert (await world.own(one))["state"] == "closed"
