"""Work days: drawn from punches, confirmed, rejected, contested, disputed, corrected."""

from datetime import timedelta
from typing import Any

import pytest

from api.attendance import decisions, jobs
from api.attendance.models import Workday
from api.kit import clock
from api.kit.jobs import drain
from api.notices.models import Notice
from tests.api.attendance import sites
from tests.api.projects import sites as project_sites
from tests.cast import Client

CORRECTIONS = "/api/v1/corrections"


@pytest.fixture
async def project_id(client: Client) -> str:
    made = await sites.site(client)
    await sites.entered(client, "zhang", made)
    return made


def day_ahead(days: int = 1) -> str:
    """A day to work on: tomorrow, as the policy is in force from today."""
    return (clock.today() + timedelta(days=days)).isoformat()


async def told(client: Client, who: str) -> list[str]:
    account = await client.cast.id(who)
    rows = await Notice.filter(account_id=account).order_by("id")
    return [row.kind for row in rows if row.kind.startswith("workday.")]


def acts(day: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(step["act"], step["state"], step["side"]) for step in day["steps"]]


async def test_a_whole_day_waits_for_the_enterprise(client: Client, project_id: str) -> None:
    day = day_ahead()
    workday_id = await sites.worked(client, "zhang", project_id, day)
    found = await sites.own(client, workday_id)
    assert (found["state"], found["units"], found["hours"]) == ("pending", "1.0", "10.0")
    assert found["date"] == day
    assert found["confirms_itself_at"] is not None
    assert len(found["punches"]) == 2
    assert acts(found) == [("drawn", "pending", "system")]


async def test_a_forgotten_out_makes_the_day_incomplete_and_not_the_next(
    client: Client, project_id: str
) -> None:
    first, second = day_ahead(1), day_ahead(2)
    sites.stop(sites.at(first, "08:00"))
    taken = await sites.taken(client, "zhang", sites.punch(project_id))
    for time in ("08:00", "18:00"):
        sites.stop(sites.at(second, time))
        later = await sites.taken(client, "zhang", sites.punch(project_id))
    assert (await sites.own(client, taken["workday_id"]))["state"] == "incomplete"
    found = await sites.own(client, later["workday_id"])
    assert (found["state"], found["units"]) == ("pending", "1.0")


async def test_a_day_says_from_its_first_punch_on_how_it_was_drawn(
    client: Client, project_id: str
) -> None:
    day = day_ahead()
    sites.stop(sites.at(day, "08:00"))
    taken = await sites.taken(client, "zhang", sites.punch(project_id))
    for _ in range(2):
        await jobs.draw_days()
    found = await sites.own(client, taken["workday_id"])
    assert acts(found) == [("drawn", "incomplete", "system")]
    sites.stop(sites.at(day, "18:00"))
    await sites.taken(client, "zhang", sites.punch(project_id))
    found = await sites.own(client, taken["workday_id"])
    assert acts(found)[1:] == [("drawn", "pending", "system")]


async def test_a_night_shift_is_one_day(client: Client) -> None:
    made = await sites.site(client, shift_start="20:00", shift_end="06:00", shift_end_next_day=True)
    await sites.entered(client, "zhang", made)
    first, second = day_ahead(1), day_ahead(2)
    sites.stop(sites.at(first, "20:00"))
    came = await sites.taken(client, "zhang", sites.punch(made))
    sites.stop(sites.at(second, "06:10"))
    went = await sites.taken(client, "zhang", sites.punch(made))
    assert came["workday_id"] == went["workday_id"]
    found = await sites.own(client, came["workday_id"])
    assert (found["date"], found["state"], found["units"]) == (first, "pending", "1.0")


async def test_the_last_night_shift_is_one_day_though_day_shifts_follow(client: Client) -> None:
    made = await sites.site(client, shift_start="20:00", shift_end="06:00", shift_end_next_day=True)
    await sites.entered(client, "zhang", made)
    first, second = day_ahead(1), day_ahead(2)
    path = f"{project_sites.OWN}/{made}/attendance-policies"
    answer = await client.post(
        path, as_="officer_a", json={**sites.POLICY, "effective_from": second}
    )
    assert answer.status_code == 201, answer.text
    sites.stop(sites.at(first, "20:00"))
    came = await sites.taken(client, "zhang", sites.punch(made))
    sites.stop(sites.at(second, "06:10"))
    went = await sites.taken(client, "zhang", sites.punch(made))
    sites.stop(sites.at(second, "07:50"))
    again = await sites.taken(client, "zhang", sites.punch(made))
    assert (came["day"], went["day"], again["day"]) == (first, first, second)
    found = await sites.own(client, came["workday_id"])
    assert (found["state"], found["units"]) == ("pending", "1.0")


async def test_two_projects_on_a_day_are_two_half_days(client: Client, project_id: str) -> None:
    other = await sites.second_site(client)
    await sites.enter(await sites.worker_id(client, "zhang"), other)
    day = day_ahead()
    morning = await sites.worked(client, "zhang", project_id, day, "08:00", "12:00")
    afternoon = await sites.worked(client, "zhang", other, day, "14:00", "18:00")
    assert morning != afternoon
    for workday_id in (morning, afternoon):
        assert (await sites.own(client, workday_id))["units"] == "0.5"


async def test_an_officer_confirms_and_the_worker_hears_of_it(
    client: Client, project_id: str
) -> None:
    workday_id = await sites.worked(client, "zhang", project_id, day_ahead())
    item = await sites.decided(client, workday_id, "confirm")
    assert item == {"workday_id": workday_id, "status": "confirmed", "problem": None}
    again = await sites.decided(client, workday_id, "confirm")
    assert again["status"] == "confirmed"
    found = await sites.own(client, workday_id)
    assert acts(found)[1:] == [("confirm", "confirmed", "enterprise")]
    assert found["steps"][1]["account_id"] == str(await client.cast.id("officer_a"))
    assert await told(client, "zhang") == ["workday.confirmed"]


async def test_a_rejection_says_why_and_is_disputed_and_settled(
    client: Client, project_id: str
) -> None:
    workday_id = await sites.worked(client, "zhang", project_id, day_ahead())
    item = await sites.decided(client, workday_id, "reject")
    assert item["problem"]["code"] == "attendance.reason_missing"
    item = await sites.decided(client, workday_id, "reject", reason="当天没有看到人")
    assert item["status"] == "rejected"
    found = await sites.own(client, workday_id)
    assert (found["units"], found["steps"][-1]["reason"]) == ("0.0", "当天没有看到人")
    path = f"{sites.DAYS}/{workday_id}/dispute"
    answer = await client.post(path, as_="zhang", json={"reason": "我在地下室干活"})
    assert answer.json()["state"] == "disputed"
    again = await client.post(path, as_="zhang", json={"reason": "我在地下室干活"})
    assert again.json()["steps"] == answer.json()["steps"]
    assert await told(client, "officer_a") == ["workday.disputed"]
    item = await sites.decided(client, workday_id, "confirm", units="1")
    assert item["status"] == "settled"
    found = await sites.own(client, workday_id)
    assert (found["state"], found["units"]) == ("settled", "1.0")
    assert await told(client, "zhang") == ["workday.rejected", "workday.settled"]
    assert (await client.post(path, as_="zhang", json={"reason": "x"})).status_code == 409
    assert (await sites.decided(client, workday_id, "reject", reason="x"))["status"] == "refused"


async def test_fewer_units_than_found_need_a_reason(client: Client, project_id: str) -> None:
    workday_id = await sites.worked(client, "zhang", project_id, day_ahead())
    item = await sites.decided(client, workday_id, "confirm", units="0.5")
    assert item["problem"]["code"] == "attendance.reason_missing"
    item = await sites.decided(client, workday_id, "confirm", units="0.5", reason="下午请假")
    assert item["status"] == "confirmed"
    assert (await sites.own(client, workday_id))["units"] == "0.5"


async def test_an_incomplete_day_is_confirmed_with_units(client: Client, project_id: str) -> None:
    sites.stop(sites.at(day_ahead(), "08:00"))
    taken = await sites.taken(client, "zhang", sites.punch(project_id))
    item = await sites.decided(client, taken["workday_id"], "confirm")
    assert item["problem"]["code"] == "attendance.units_missing"
    item = await sites.decided(client, taken["workday_id"], "confirm", units="1")
    assert item["status"] == "confirmed"


@pytest.mark.parametrize("units", ["0.3", "4", "-1", "1e1", "NaN", "", 1])
async def test_units_are_halves(client: Client, project_id: str, units: object) -> None:
    workday_id = await sites.worked(client, "zhang", project_id, day_ahead())
    await sites.log_in_again(client, "officer_a")
    body = {"decisions": [{"workday_id": workday_id, "decision": "confirm", "units": units}]}
    answer = await client.post(f"{sites.OFFICE}/decisions", as_="officer_a", json=body)
    assert answer.status_code == 422


async def test_silence_confirms_after_three_days_and_not_before(
    client: Client, project_id: str
) -> None:
    workday_id = await sites.worked(client, "zhang", project_id, day_ahead())
    await jobs.confirm_overdue()
    began = clock.now()
    sites.stop(began + timedelta(days=3, seconds=-1))
    await jobs.confirm_overdue()
    assert (await sites.own(client, workday_id))["state"] == "pending"
    sites.stop(began + timedelta(days=3))
    await jobs.confirm_overdue()
    await jobs.confirm_overdue()
    found = await sites.own(client, workday_id)
    assert (found["state"], found["units"]) == ("auto_confirmed", "1.0")
    assert acts(found)[-1] == ("auto_confirm", "auto_confirmed", "system")
    assert await told(client, "zhang") == ["workday.auto_confirmed"]
    assert await told(client, "officer_a") == ["workday.auto_confirmed_unasked"]


@pytest.mark.parametrize(
    ("passed", "status"),
    [(timedelta(days=7), "contested"), (timedelta(days=7, seconds=1), "refused")],
)
async def test_an_automatic_confirmation_is_contestable_for_seven_days(
    client: Client, project_id: str, passed: timedelta, status: str
) -> None:
    workday_id = await sites.worked(client, "zhang", project_id, day_ahead())
    await jobs.confirm_overdue()
    sites.stop(clock.now() + timedelta(days=3))
    await jobs.confirm_overdue()
    sites.stop(clock.now() + passed)
    item = await sites.decided(client, workday_id, "contest", reason="那天停工")
    assert item["status"] == status


async def test_a_contested_day_goes_on_to_its_end(client: Client, project_id: str) -> None:
    workday_id = await sites.worked(client, "zhang", project_id, day_ahead())
    assert (await sites.decided(client, workday_id, "contest", reason="x"))["status"] == "refused"
    await Workday.filter(id=workday_id).update(open_since=clock.now() - timedelta(days=4))
    assert await decisions.confirm_overdue() == 1
    assert (await sites.decided(client, workday_id, "contest"))["status"] == "refused"
    item = await sites.decided(client, workday_id, "contest", reason="那天停工")
    assert item["status"] == "contested"
    assert "workday.contested" in await told(client, "zhang")
    path = f"{sites.DAYS}/{workday_id}/dispute"
    answer = await client.post(path, as_="zhang", json={"reason": "没有停工"})
    assert answer.json()["state"] == "disputed"
    assert (await sites.decided(client, workday_id, "confirm"))["status"] == "settled"


async def test_a_day_outside_waits_for_a_person(client: Client, project_id: str) -> None:
    day = day_ahead()
    for time in ("08:00", "18:00"):
        sites.stop(sites.at(day, time))
        away = sites.punch(project_id, position=sites.position(sites.FAR_OFF))
        taken = await sites.taken(client, "zhang", away)
    found = await sites.own(client, taken["workday_id"])
    assert (found["state"], found["units"]) == ("pending", "0.0")
    assert {reason["code"] for reason in found["reasons"]} == {"no_work", "outside"}
    sites.stop(clock.now() + timedelta(days=4))
    assert await decisions.confirm_overdue() == 0


async def test_a_correction_makes_the_day_whole(client: Client, project_id: str) -> None:
    day = day_ahead()
    sites.stop(sites.at(day, "08:00"))
    taken = await sites.taken(client, "zhang", sites.punch(project_id))
    sites.stop(sites.at(day, "20:00"))
    body = {
        "project_id": project_id,
        "direction": "out",
        "at": sites.at(day, "18:00").isoformat(),
        "reason": "手机没电了",
    }
    answer = await client.post(CORRECTIONS, as_="zhang", json=body)
    assert answer.status_code == 201, answer.text
    assert answer.json()["state"] == "pending"
    again = await client.post(CORRECTIONS, as_="zhang", json=body)
    assert (again.status_code, again.json()["id"]) == (200, answer.json()["id"])
    found = await sites.own(client, taken["workday_id"])
    assert (found["state"], found["units"]) == ("pending", "1.0")
    assert [reason["code"] for reason in found["reasons"]] == ["corrected"]
    assert acts(found)[-1] == ("correct", "pending", "worker")
    assert await told(client, "officer_a") == ["workday.corrected"]
    await sites.decided(client, taken["workday_id"], "confirm")
    found = await sites.own(client, taken["workday_id"])
    assert found["corrections"][0]["state"] == "accepted"
    late = {**body, "direction": "in", "at": sites.at(day, "07:00").isoformat()}
    assert (await client.post(CORRECTIONS, as_="zhang", json=late)).status_code == 409


async def test_the_photo_of_a_correction_is_shown_to_who_decides(
    client: Client, project_id: str
) -> None:
    picture = {"photo": ("p.jpg", sites.photo(), "image/jpeg")}
    answer = await client.post("/api/v1/me/punch-photos", as_="zhang", files=picture)
    body = {
        "project_id": project_id,
        "direction": "out",
        "at": clock.now().isoformat(),
        "reason": "手机没电了",
        "photo_id": answer.json()["photo_id"],
    }
    answer = await client.post(CORRECTIONS, as_="zhang", json=body)
    assert answer.status_code == 201, answer.text
    path = f"{sites.OFFICE}/{answer.json()['workday_id']}"
    [proof] = (await client.get(path, as_="officer_a")).json()["proofs"]
    assert proof["correction_id"] == answer.json()["id"]
    shown = await client.get(proof["photo"], as_="officer_a")
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")


async def test_a_day_without_any_punch_is_corrected_too(client: Client, project_id: str) -> None:
    day = day_ahead()
    sites.stop(sites.at(day, "20:00"))
    for direction, time in (("in", "08:00"), ("out", "18:00")):
        body = {
            "project_id": project_id,
            "direction": direction,
            "at": sites.at(day, time).isoformat(),
            "reason": "手机坏了",
        }
        answer = await client.post(CORRECTIONS, as_="zhang", json=body)
        assert answer.status_code == 201, answer.text
    found = await sites.own(client, answer.json()["workday_id"])
    assert (found["state"], found["units"]) == ("pending", "1.0")


async def test_a_correction_reaches_neither_the_future_nor_the_far_past(
    client: Client, project_id: str
) -> None:
    for at, status in (
        (clock.now() + timedelta(minutes=1), 422),
        (clock.now() - timedelta(days=33), 409),
    ):
        body = {
            "project_id": project_id,
            "direction": "out",
            "at": at.isoformat(),
            "reason": "手机坏了",
        }
        assert (await client.post(CORRECTIONS, as_="zhang", json=body)).status_code == status
    stranger = {**body, "at": clock.now().isoformat()}
    await sites.verified(client, "li")
    assert (await client.post(CORRECTIONS, as_="li", json=stranger)).status_code == 403
    assert (await client.post(CORRECTIONS, json=stranger)).status_code == 401


async def test_a_late_punch_does_not_undo_a_decision(client: Client, project_id: str) -> None:
    day = day_ahead()
    workday_id = await sites.worked(client, "zhang", project_id, day, "08:00", "12:00")
    await sites.decided(client, workday_id, "confirm")
    sites.stop(sites.at(day, "19:00"))
    for time in ("13:00", "18:00"):
        claim = sites.at(day, time).isoformat()
        position = sites.position(taken_at=claim)
        body = sites.punch(project_id, claimed_at=claim, position=position)
        await sites.taken(client, "zhang", body)
    found = await sites.own(client, workday_id)
    assert (found["state"], found["units"], found["found_units"]) == ("confirmed", "0.5", "1.0")
    assert acts(found)[-1] == ("more_punches", "confirmed", "system")
    assert (await told(client, "zhang"))[-1] == "workday.more_punches"
    assert (await told(client, "officer_a"))[-1] == "workday.more_punches_taken"
    item = await sites.decided(client, workday_id, "confirm", units="0", reason="x")
    assert item["status"] == "refused"
    assert (await sites.decided(client, workday_id, "confirm", units="1"))["status"] == "confirmed"
    assert (await sites.own(client, workday_id))["units"] == "1.0"
    item = await sites.decided(client, workday_id, "confirm", units="0.5", reason="x")
    assert item["problem"]["code"] == "attendance.wrong_state"


async def test_another_workers_day_is_not_found(client: Client, project_id: str) -> None:
    workday_id = await sites.worked(client, "zhang", project_id, day_ahead())
    await sites.verified(client, "li")
    assert (await client.get(f"{sites.DAYS}/{workday_id}", as_="li")).status_code == 404
    path = f"{sites.DAYS}/{workday_id}/dispute"
    answer = await client.post(path, as_="li", json={"reason": "不对"})
    assert answer.status_code == 404
    assert (await client.get(sites.DAYS, as_="li")).json()["items"] == []
    assert (await client.get(sites.PUNCHES, as_="li")).json()["items"] == []


async def test_the_month_tells_its_days(client: Client, project_id: str) -> None:
    day = day_ahead()
    workday_id = await sites.worked(client, "zhang", project_id, day)
    listed = await client.get(f"{sites.DAYS}?month={day[:7]}", as_="zhang")
    assert [item["id"] for item in listed.json()["items"]] == [workday_id]
    punches = (await client.get(f"{sites.PUNCHES}?month={day[:7]}", as_="zhang")).json()["items"]
    assert len(punches) == 2
    one = await client.get(f"{sites.PUNCHES}/{punches[0]['id']}", as_="zhang")
    assert one.json() == punches[0]
    other = await client.get(f"{sites.DAYS}?month=2024-01", as_="zhang")
    assert other.json()["items"] == []
    for wrong in ("2026-13", "2026", "x"):
        assert (await client.get(f"{sites.DAYS}?month={wrong}", as_="zhang")).status_code == 422


async def test_the_timetable_draws_days_without_a_reader(client: Client, project_id: str) -> None:
    workday_id = await sites.worked(client, "zhang", project_id, day_ahead())
    await jobs.draw_days()
    assert (await Workday.get(id=workday_id)).state == "pending"
    assert await drain() >= 1
