"""点名: the leader's book of many in one go, and presence of those who have not punched."""

import asyncio
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from api.attendance.models import Punch, Workday
from api.attendance.rules import (
    Direction,
    Evidence,
    Part,
    Reason,
    Shift,
    called_at,
    derive,
    derive_with_call,
)
from api.audit.models import AuditLine
from api.kit import clock
from api.notices.models import Notice
from api.teams.models import Member
from api.worklog.models import LogEntry
from tests.api.attendance import sites
from tests.api.attendance.sites import at
from tests.api.teams import people
from tests.api.worklog import books
from tests.api.worklog.books import Books, fine, refusal
from tests.cast import Client

DAY = Shift(8 * 60, 18 * 60)
SHIFTS = (DAY, DAY, DAY)
D1 = "2026-06-03"
NOON, EVENING = "12:00", "19:00"


@pytest.fixture
async def world(client: Client) -> Books:
    return await books.opened(client)


def evening() -> None:
    """Let it be after work today."""
    sites.stop(at(str(clock.today()), EVENING))


def morning(time: str = "09:30") -> None:
    sites.stop(at(str(clock.today()), time))


async def test_who_has_not_punched_is_registered_by_hand(world: Books) -> None:
    evening()
    done = fine(await world.call())
    assert done == {"written": 1, "changed": 0, "unchanged": 0, "registered": 1}
    leader = await world.client.cast.id("leader")
    punches = await Punch.filter(worker_id=world.zhang).order_by("at")
    assert [each.direction for each in punches] == ["in", "out"]
    for each in punches:
        assert (each.account_id, each.method, each.verdict) == (leader, "manual", "no_position")
        assert (each.note, each.lon) == ("班长点名", None)
    day = await sites.own(world.client, str(punches[0].workday_id))
    assert (day["state"], day["found_units"]) == ("pending", "1.0")
    assert [each["code"] for each in day["reasons"]] == ["roll_call"]
    # He is told, and sees who it was.
    row = await Workday.get(id=punches[0].workday_id)
    assert row.account_id == await world.client.cast.id("zhang")
    [told] = await Notice.filter(kind="workday.roll_called")
    assert told.account_id == row.account_id
    inbox = fine(await world.client.get("/api/v1/me/messages", as_="zhang"))["items"]
    assert "张" in inbox[0]["text"] and "点名" in inbox[0]["text"]
    assert {each["by"] for each in day["roll_calls"]} == {inbox[0]["text"].partition("点名")[0]}
    [line] = await AuditLine.filter(tag="worklog.roll_called")
    assert (line.account_id, line.facts["registered"]) == (leader, 1)


async def test_the_same_call_again_adds_nothing(world: Books) -> None:
    evening()
    await world.call()
    again = fine(await world.call())
    assert again == {"written": 0, "changed": 0, "unchanged": 1, "registered": 0}
    assert await Punch.all().count() == 2
    assert await LogEntry.all().count() == 1


async def test_calls_at_the_same_moment_write_once(world: Books) -> None:
    evening()
    answers = await asyncio.gather(*[world.call() for _ in range(4)])
    assert all(each.status_code == 200 for each in answers)
    assert sum(each.json()["written"] for each in answers) == 1
    assert sum(each.json()["registered"] for each in answers) == 1
    assert await LogEntry.filter(removed_at=None).count() == 1
    assert await Punch.all().count() == 2


async def test_another_word_takes_the_place_of_the_first(world: Books) -> None:
    evening()
    mark: dict[str, Any] = {"member_id": world.member_id}
    await world.call(mark)
    changed = fine(await world.call({**mark, "units": "1.5", "overtime_hours": "2"}))
    assert (changed["changed"], changed["written"]) == (1, 0)
    half = fine(await world.call({**mark, "part": "morning"}))
    assert half["changed"] == 1
    both = fine(await world.call({**mark, "part": "afternoon"}))
    assert both["written"] == 1
    line = await world.line()
    assert line["leader"]["units"] == "1"
    whole = fine(await world.call(mark))
    assert (whole["changed"], (await world.line())["leader"]["units"]) == (1, "1")
    assert await LogEntry.filter(removed_at=None).count() == 1


async def test_whoever_punched_himself_is_left_to_his_punches(world: Books) -> None:
    morning()
    own = await sites.taken(world.client, "zhang", sites.punch(world.project_id))
    evening()
    done = fine(await world.call())
    assert (done["written"], done["registered"]) == (1, 0)
    assert await Punch.filter(workday_id=own["workday_id"]).count() == 1


async def test_his_own_punches_count_before_the_call(world: Books) -> None:
    morning("07:40")
    await world.call()
    [called] = await Punch.all()
    # Without a direction: it must not become the way out of the roll-call.
    morning("08:20")
    await sites.taken(world.client, "zhang", sites.punch(world.project_id))
    day = await sites.own(world.client, str(called.workday_id))
    assert day["state"] == "incomplete"
    sites.stop(at(str(clock.today()), "18:05"))
    await sites.taken(world.client, "zhang", sites.punch(world.project_id))
    day = await sites.own(world.client, str(called.workday_id))
    assert (day["state"], day["found_units"], day["hours"]) == ("pending", "1.0", "9.8")
    assert "roll_call" not in {each["code"] for each in day["reasons"]}


async def test_nobody_is_gone_before_he_goes(world: Books) -> None:
    morning("07:40")
    assert fine(await world.call())["registered"] == 1
    [punch] = await Punch.all()
    assert (punch.direction, punch.at) == ("in", clock.now())
    evening()
    assert fine(await world.call())["registered"] == 1
    assert await Punch.filter(direction="out").count() == 1


async def test_only_of_today_and_the_three_days_before(world: Books) -> None:
    evening()
    today = clock.today()
    for back, status in ((0, 200), (3, 200), (4, 409), (-1, 409)):
        day = str(today - timedelta(days=back))
        answer = await world.call(day=day)
        assert answer.status_code == status, back
    assert refusal(await world.call(day=str(today - timedelta(days=4))))[1] == (
        "attendance.call_too_far"
    )
    # Long past days go into the book alone, and nobody is registered.
    before = await Punch.all().count()
    books.made(await world.write_of(units="1", day=str(today - timedelta(days=10))))
    assert await Punch.all().count() == before


async def test_only_the_leader_and_only_his_own(world: Books) -> None:
    evening()
    assert (await world.call(by="zhang")).status_code == 403
    assert (await world.call(by="li")).status_code == 404
    other = await people.team(world.client, leader="li", name="样例木工班")
    [stranger] = await people.members(world.client, other["id"], by="li")
    answer = await world.call({"member_id": stranger["id"]})
    assert refusal(answer) == (422, "worklog.not_member_then")
    assert not await Punch.exists() and not await LogEntry.exists()


async def test_who_came_later_or_is_not_on_the_site_is_not_registered(world: Books) -> None:
    second = await sites.second_site(world.client)
    evening()
    await Member.filter(id=world.member_id).update(joined_on=clock.today() + timedelta(days=1))
    assert refusal(await world.call())[1] == "worklog.not_member_then"
    await Member.filter(id=world.member_id).update(joined_on="2020-01-01")
    await sites.enter(world.leader, second, team_id=UUID(world.team_id))
    done = fine(await world.call(project_id=second))
    assert (done["written"], done["registered"]) == (1, 0)


async def test_the_leader_marks_himself_in_his_book_alone(world: Books) -> None:
    evening()
    own = next(
        each["id"] for each in await people.members(world.client, world.team_id) if each["leader"]
    )
    done = fine(await world.call({"member_id": own}))
    assert (done["written"], done["registered"]) == (1, 0)


async def test_the_roll_shows_who_is_recorded_and_what_was_said_last(world: Books) -> None:
    evening()
    roll = fine(await world.client.get(f"{world.team}/roll", as_="leader"))
    assert roll["project_id"] == world.project_id
    row = next(each for each in roll["rows"] if each["member_id"] == world.member_id)
    assert (row["recorded"], row["last_units"], row["punched"]) == (False, "1", False)
    await world.call({"member_id": world.member_id, "units": "1.5", "overtime_hours": "1"})
    roll = fine(await world.client.get(f"{world.team}/roll", as_="leader"))
    row = next(each for each in roll["rows"] if each["member_id"] == world.member_id)
    assert (row["recorded"], row["recorded_units"]) == (True, "1.5")
    assert (row["last_units"], row["last_overtime_hours"]) == ("1.5", "1")
    assert not row["punched"], "called is not punched"


async def test_the_office_sees_who_called(world: Books) -> None:
    evening()
    await world.call()
    await sites.log_in_again(world.client, "officer_a")
    [day] = fine(await world.client.get(sites.OFFICE, as_="officer_a"))["items"]
    assert day["evidence"][0]["note"] == "班长点名"
    assert len(day["roll_calls"]) == 2
    assert "device_shared" not in {o["code"] for e in day["evidence"] for o in e["oddities"]}


def evidence(time: str, direction: str | None = None, n: int = 0) -> Evidence:
    way = Direction(direction) if direction else None
    return Evidence(at(D1, time), UUID(int=n), way)


CALL = [evidence("08:00", "in", 1), evidence("18:00", "out", 2)]


@pytest.mark.parametrize(
    ("own", "called", "units", "complete"),
    [
        ([], CALL, "1.0", True),
        ([], CALL[:1], "0.0", False),
        ([evidence("08:10"), evidence("12:00")], CALL, "0.5", True),
        ([evidence("08:10")], CALL[:1], "0.0", False),
        ([evidence("18:05", "out")], CALL[:1], "1.0", True),
        ([evidence("17:58")], CALL[:1], "1.0", True),
        ([evidence("08:05", "in")], [], "0.0", False),
    ],
)
def test_the_call_stands_in_for_what_is_missing(
    own: list[Evidence], called: list[Evidence], units: str, complete: bool
) -> None:
    draft = derive_with_call(own, called, DAY)
    assert (draft.units, draft.is_complete) == (Decimal(units), complete)


def test_a_call_that_is_not_needed_leaves_no_mark() -> None:
    marked = [Evidence(e.at, e.client_id, e.direction, frozenset({Reason.ROLL_CALL})) for e in CALL]
    own = [evidence("07:55"), evidence("18:10")]
    assert derive_with_call(own, marked, DAY) == derive(own, DAY)
    assert derive_with_call([], marked, DAY).reasons == {Reason.ROLL_CALL}


@pytest.mark.parametrize(
    ("part", "now", "expected"),
    [
        (Part.WHOLE, "19:00", [("in", "08:00"), ("out", "18:00")]),
        (Part.WHOLE, "07:30", [("in", "07:30")]),
        (Part.WHOLE, "12:00", [("in", "08:00")]),
        (Part.MORNING, "14:00", [("in", "08:00"), ("out", "13:00")]),
        (Part.AFTERNOON, "12:30", [("in", "12:30")]),
        (Part.AFTERNOON, "18:00", [("in", "13:00"), ("out", "18:00")]),
        (Part.WHOLE, "03:00", []),
    ],
)
def test_when_somebody_who_is_called_came_and_went(
    part: Part, now: str, expected: list[tuple[str, str]]
) -> None:
    found = called_at(date.fromisoformat(D1), SHIFTS, part, at(D1, now))
    assert found == [(Direction(way), at(D1, time)) for way, time in expected]
