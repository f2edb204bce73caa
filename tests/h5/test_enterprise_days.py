"""The work list: days with their evidence, one or many decided at once, without scripts."""

import pytest

from api.attendance import decisions
from api.attendance.models import State, Workday
from api.kit.jobs import drain
from tests.api.attendance import sites
from tests.cast import Client
from tests.h5 import offices
from tests.h5.counting import counted
from tests.h5.visiting import Visitor

CONFIRM = "/enterprise/days/confirm"


@pytest.fixture
async def project_id(client: Client) -> str:
    return await offices.site(client)


@pytest.fixture
async def day_id(client: Client, project_id: str) -> str:
    return await offices.worked(client, project_id)


async def state_of(day_id: str) -> State:
    return (await Workday.get(id=day_id)).state


async def test_what_waits_is_listed_with_its_evidence(
    visitor: Visitor, client: Client, day_id: str
) -> None:
    await offices.enter(visitor, client, "officer_a")
    seen = await visitor.get("/enterprise/")
    assert "待确认 1" in seen.text
    assert "张*例" in seen.text
    for word in ("08:00", "上班", "18:00", "下班", "在工地"):
        assert word in seen.text
    assert f"/enterprise/days/{day_id}" in seen.links
    assert "104.0" not in seen.html


async def test_ticked_days_are_confirmed_and_told(
    visitor: Visitor, client: Client, project_id: str, day_id: str
) -> None:
    other = await offices.worked(client, project_id, days=2)
    await offices.enter(visitor, client, "officer_a")
    seen = await visitor.get("/enterprise/")
    after = await visitor.send(seen, CONFIRM, id=[day_id, other])
    assert "已确认 2 天" in after.text
    assert "待确认 0" in after.text
    assert await state_of(day_id) is State.CONFIRMED
    again = await visitor.get("/enterprise/?state=confirmed")
    assert f"/enterprise/days/{other}" in again.links


async def test_two_taps_are_one(visitor: Visitor, client: Client, day_id: str) -> None:
    await offices.enter(visitor, client, "officer_a")
    seen = await visitor.get("/enterprise/")
    for _ in range(2):
        await visitor.send(seen, CONFIRM, id=[day_id])
    day = await sites.own(client, day_id)
    assert [step["act"] for step in day["steps"]].count("confirm") == 1


async def test_nothing_ticked_is_said_and_filters_stay(
    visitor: Visitor, client: Client, project_id: str, day_id: str
) -> None:
    await offices.enter(visitor, client, "officer_a")
    seen = await visitor.get(f"/enterprise/?project_id={project_id}")
    action = f"{CONFIRM}?project_id={project_id}"
    again = await visitor.send(seen, action, reason="写了一半")
    assert again.status == 422
    assert "要处理的天：一天都没勾" in again.text
    assert again.form(action).values["reason"] == ["写了一半"]


async def test_many_are_rejected_with_a_reason_that_the_worker_reads(
    visitor: Visitor, client: Client, day_id: str
) -> None:
    await offices.enter(visitor, client, "officer_a")
    seen = await visitor.get("/enterprise/")
    seen.form(CONFIRM).action = "/enterprise/days/reject"
    again = await visitor.send(seen, "/enterprise/days/reject", id=[day_id])
    assert again.status == 422
    assert "要写明原因" in again.text
    assert again.form(f"{CONFIRM}").values["id"] == [day_id], "what was ticked stays so"
    assert '<details class="confirm" open>' in again.html
    assert await state_of(day_id) is State.PENDING
    after = await visitor.send(
        seen, "/enterprise/days/reject", id=[day_id], reason="当天没来工地", once="other-one"
    )
    assert "1 天已记为不同意" in after.text
    day = await sites.own(client, day_id)
    assert day["steps"][-1]["reason"] == "当天没来工地"


async def test_what_cannot_be_decided_is_told_beside_what_was(
    visitor: Visitor, client: Client, project_id: str, day_id: str
) -> None:
    await sites.entered(client, "wang", project_id)
    sites.stop(sites.at(offices.tomorrow(), "08:00"))
    half = await sites.taken(client, "wang", sites.punch(project_id, direction="in"))
    await offices.enter(visitor, client, "officer_a")
    seen = await visitor.get("/enterprise/")
    after = await visitor.send(seen, CONFIRM, id=[day_id, half["workday_id"]])
    assert "已确认 1 天" in after.text
    assert "还有 1 天没办成" in after.text
    assert "打卡不全" in after.text


async def test_one_day_is_confirmed_with_other_units(
    visitor: Visitor, client: Client, day_id: str
) -> None:
    await offices.enter(visitor, client, "officer_a")
    seen = await visitor.get(f"/enterprise/days/{day_id}")
    action = f"/enterprise/days/{day_id}/confirm"
    assert seen.form(action).values["units"] == ["1.0"]
    again = await visitor.send(seen, action, units="0.5")
    assert again.status == 422
    assert again.form(action).values["units"] == ["0.5"]
    assert "要写明原因" in again.text
    after = await visitor.send(again, action, units="0.5", reason="下午请假")
    assert "已确认" in after.text
    assert str((await Workday.get(id=day_id)).units) == "0.5"


async def test_an_automatic_confirmation_is_contested_within_a_week(
    visitor: Visitor, client: Client, day_id: str
) -> None:
    await offices.enter(visitor, client, "officer_a")
    await visitor.get("/enterprise/")
    sites.stop(sites.at(offices.tomorrow(4), "20:00"))
    await decisions.confirm_overdue()
    await drain()
    await offices.enter(visitor, client, "officer_a")
    seen = await visitor.get(f"/enterprise/days/{day_id}")
    assert "自动确认" in seen.text
    seen.forms[-1].action = f"/enterprise/days/{day_id}/contest"
    after = await visitor.send(
        seen, f"/enterprise/days/{day_id}/contest", reason="工人下午不在", units=None
    )
    assert "已提出异议" in after.text
    assert await state_of(day_id) is State.CONTESTED
    argued = await visitor.get("/enterprise/corrections")
    assert "工人下午不在" in argued.text


async def test_too_late_to_contest(visitor: Visitor, client: Client, day_id: str) -> None:
    await offices.enter(visitor, client, "officer_a")
    await visitor.get("/enterprise/")
    sites.stop(sites.at(offices.tomorrow(4), "20:00"))
    await decisions.confirm_overdue()
    sites.stop(sites.at(offices.tomorrow(12), "20:00"))
    await offices.enter(visitor, client, "officer_a")
    seen = await visitor.get(f"/enterprise/days/{day_id}")
    assert "对自动确认提异议" not in seen.text


async def test_a_correction_waits_on_its_page(
    visitor: Visitor, client: Client, project_id: str
) -> None:
    sites.stop(sites.at(offices.tomorrow(), "08:00"))
    await sites.taken(client, "zhang", sites.punch(project_id, direction="in"))
    sites.stop(sites.at(offices.tomorrow(), "20:00"))
    body = {
        "project_id": project_id, "direction": "out", "reason": "手机没电了",
        "at": sites.at(offices.tomorrow(), "18:00").isoformat(),
    }  # fmt: skip
    answer = await client.post("/api/v1/corrections", as_="zhang", json=body)
    assert answer.status_code == 201, answer.text
    await offices.enter(visitor, client, "officer_a")
    seen = await visitor.get("/enterprise/corrections")
    assert "补 18:00 下班卡" in seen.text
    assert "手机没电了" in seen.text
    day = answer.json()["workday_id"]
    one = await visitor.get(f"/enterprise/days/{day}")
    after = await visitor.send(one, f"/enterprise/days/{day}/confirm")
    assert "已补上" in after.text


async def test_another_firm_sees_and_decides_nothing(
    visitor: Visitor, client: Client, day_id: str
) -> None:
    await offices.enter(visitor, client, "officer_b")
    seen = await visitor.get("/enterprise/")
    assert day_id not in seen.html
    assert (await visitor.get(f"/enterprise/days/{day_id}")).status == 404
    await offices.enter(visitor, client, "officer_a")
    mine = await visitor.get("/enterprise/")
    await offices.enter(visitor, client, "officer_b")
    theirs = await visitor.get("/enterprise/account")
    mine.form(CONFIRM).values["csrf"] = theirs.forms[0].values["csrf"]
    refused = await visitor.send(mine, CONFIRM, id=[day_id])
    assert refused.status == 404
    assert await state_of(day_id) is State.PENDING


@pytest.mark.parametrize("who", ["zhang", "county", "auditor"])
async def test_the_wrong_role_sees_nothing(visitor: Visitor, who: str) -> None:
    await visitor.enter(who)
    for path in ("/enterprise/", "/enterprise/corrections"):
        assert (await visitor.get(path)).status == 403


async def test_filters_stay_in_the_address(
    visitor: Visitor, client: Client, project_id: str, day_id: str
) -> None:
    await offices.enter(visitor, client, "officer_a")
    empty = await visitor.get("/enterprise/?date=2024-01-01")
    assert day_id not in empty.html
    found = await visitor.get(f"/enterprise/?date={offices.tomorrow()}&project_id={project_id}")
    assert day_id in found.html
    assert (await visitor.get("/enterprise/?state=nonsense")).status == 422


async def test_the_list_goes_on_page_by_page(
    visitor: Visitor, client: Client, project_id: str
) -> None:
    made = [await offices.worked(client, project_id, days=n) for n in (1, 2, 3)]
    await offices.enter(visitor, client, "officer_a")
    first = await visitor.get("/enterprise/?limit=2")
    older = next(link for link in first.links if "cursor=" in link)
    second = await visitor.get(older)
    shown = [day for day in made if day in first.html] + [d for d in made if d in second.html]
    assert sorted(shown) == sorted(made)


async def statements(visitor: Visitor, path: str) -> list[str]:
    """The SQL statements of a page, those of its login too: tests do not remember logins."""
    with counted() as seen:
        assert (await visitor.get(path)).status == 200
    return seen


async def test_the_list_takes_ten_statements_however_long(
    visitor: Visitor, client: Client, project_id: str
) -> None:
    found = {}
    for number in (5, 50):
        first = await Workday.all().count()
        for n in range(first, number):
            await offices.copied_day(project_id, n)
        await offices.enter(visitor, client, "officer_a")
        found[number] = len(await statements(visitor, "/enterprise/?limit=100"))
        shown = await visitor.get("/enterprise/?limit=100")
        assert f"待确认 {number}" in shown.text
    assert found[5] == found[50] <= 10, found
