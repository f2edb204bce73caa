"""The authority: its queue by region, transfers, answers, held words, dismissed complainants."""

import pytest

from api.complaints import retaliation
from api.complaints.models import Complaint
from api.engagements.models import Engagement
from api.kit import jobs
from tests.api.attendance import sites
from tests.api.complaints import filed
from tests.api.complaints.filed import Filed, acts, fine, kinds_told, refusal
from tests.cast import Client
from tests.specimens import sounds

TRANSFER = {
    "region": "510104",
    "office": "区人社局劳动监察大队",
    "reason": "工资的事由人社部门管。",
}


@pytest.fixture
async def world(client: Client) -> Filed:
    return await filed.opened(client)


async def test_straight_to_the_authority_the_enterprise_never_sees_it(world: Filed) -> None:
    one = (await world.file(addressee="authority", anonymous="true"))["id"]
    assert await world.inbox() == []
    assert await kinds_told(world.client, "admin_a") == []
    for path in ("", "/voice"):
        answer = await world.client.get(f"{filed.OFFICE}/{one}{path}", as_="admin_a")
        assert refusal(answer) == (404, "complaints.no_such_complaint")
    seen = await world.region(one)
    assert seen["complainant"] == "张*例" and seen["text"] == filed.TEXT
    assert fine(await world.act(one, "acceptance"))["may"] == [
        "transfer", "handle", "extend", "answer",
    ]  # fmt: skip
    fine(await world.act(one, "steps", note="已到工地核对。"))
    fine(await world.act(one, "answer", answer="企业已补发。"))
    over = fine(await world.act(one, "closing", note="办结。"))
    assert (over["state"], over["outcome"]) == ("closed", "done")
    assert acts(await world.own(one)) == [
        "filed", "seen", "accepted", "handled", "answered", "closed",
    ]  # fmt: skip
    assert await world.inbox() == []
    assert await kinds_told(world.client, "zhang") == [
        "complaint.accepted_region", "complaint.handled", "complaint.answered_region",
        "complaint.closed",
    ]  # fmt: skip


async def test_who_is_not_in_charge_transfers_it_and_the_clock_runs_on(world: Filed) -> None:
    one = (await world.file(addressee="authority"))["id"]
    fine(await world.act(one, "acceptance"))
    before = await world.own(one)
    answer = await world.act(one, "transfer", **TRANSFER)
    assert answer.status_code == 204, answer.text
    row = await world.own(one)
    assert (row["state"], row["answer_by"], row["due_on"]) == (
        "received", before["answer_by"], before["answer_by"],
    )  # fmt: skip
    assert row["office"] == "四川省成都市锦江区 区人社局劳动监察大队"
    assert row["steps"][-1]["to"] == row["office"] and row["steps"][-1]["note"]
    assert "complaint.transferred" in await kinds_told(world.client, "zhang")
    assert "complaint.transferred_region" in await kinds_told(world.client, "neighbour")
    # It is the neighbour's now; the city sees both.
    assert refusal(await world.act(one, "acceptance"))[0] == 404
    assert [each["id"] for each in await world.queue("neighbour")] == [one]
    assert [each["id"] for each in await world.queue("city")] == [one]
    assert await world.queue("county") == []
    await world.go("2026-12-09")
    accepted = fine(await world.act(one, "acceptance", who="neighbour"))
    assert accepted["answer_by"] == before["answer_by"]


@pytest.mark.parametrize("region", ["999999", "110101", "510107"])
async def test_nobody_there_to_take_it(world: Filed, region: str) -> None:
    one = (await world.file(addressee="authority"))["id"]
    answer = await world.act(one, "transfer", region=region, reason="不归我们管")
    assert refusal(answer) == (422, "complaints.no_office_there")


async def test_the_queue_is_the_regions(world: Filed) -> None:
    at_firm = (await world.file())["id"]
    direct = (await world.file(addressee="authority", topic="safety"))["id"]
    assert {each["id"] for each in await world.queue()} == {at_firm, direct}
    assert {each["id"] for each in await world.queue("city", region="510107")} == {at_firm, direct}
    assert await world.queue("neighbour") == []
    [waiting] = await world.queue(holder="authority", state="received")
    assert (waiting["id"], waiting["days_left"]) == (direct, 5)
    assert [each["id"] for each in await world.queue(topic="safety")] == [direct]
    # Before it is escalated the authority looks on and does not act.
    assert refusal(await world.act(at_firm, "acceptance")) == (409, "complaints.wrong_step")
    assert refusal(await world.act(at_firm, "answer", answer="x"))[1] == "complaints.wrong_step"


async def test_doubtful_words_are_held_for_the_region(world: Filed) -> None:
    one = (await world.file(text="再不发工资我就砍人，电话 13900000001"))["id"]
    held = await world.office(one)
    assert (held["content"], held["text"]) == ("held", "")
    assert "complaint.held_region" in await kinds_told(world.client, "county")
    assert [each["id"] for each in await world.queue(content="held")] == [one]
    row = fine(await world.act(one, "content", decision="show"))
    assert "content" not in row["may"]
    assert (await world.office(one))["text"] == "再不发工资我就砍人，电话 ＊＊＊"
    again = await world.act(one, "content", decision="withhold")
    assert refusal(again) == (409, "complaints.wrong_step")
    # The filing itself was never hindered, and he sees his own words.
    assert "13900000001" in (await world.own(one))["text"]


async def test_a_voice_without_words_is_heard_by_the_region_first(world: Filed) -> None:
    files = {"voice": ("v.ogg", sounds.ogg(5), "audio/ogg")}
    one = (await world.file(text=None, files=files))["id"]
    assert (await world.office(one))["sealed"] == 1
    path = f"{filed.OFFICE}/{one}/voice"
    refused = await world.client.get(path, as_="admin_a")
    assert refusal(refused) == (404, "complaints.no_voice")
    heard = await world.client.get(f"{filed.REGION}/{one}/voice", as_="county")
    assert (heard.content, heard.headers["content-type"]) == (sounds.ogg(5), "audio/ogg")
    fine(await world.act(one, "content", decision="show"))
    assert (await world.office(one))["voice_seconds"] == 5
    assert (await world.client.get(path, as_="admin_a")).content == sounds.ogg(5)


async def test_until_the_check_the_enterprise_reads_nothing(world: Filed) -> None:
    one = filed.made(await world.send())["id"]
    before = await world.office(one)
    assert (before["content"], before["text"], before["photos"]) == ("waiting", "", [])
    await jobs.drain()
    assert (await world.office(one))["text"] == filed.TEXT


async def left(world: Filed, day: str, recorded: str) -> None:
    """The officer records that Zhang left on that day."""
    await world.go(recorded)
    period = await Engagement.get(worker_id=world.zhang)
    path = f"/api/v1/enterprise/projects/{world.project_id}/engagements/{period.id}/exit"
    body = {"left_on": day, "settled": True}
    fine(await world.client.post(path, as_="officer_a", json=body))
    await jobs.drain()


async def test_who_is_dismissed_within_thirty_days_is_flagged_to_the_region_alone(
    world: Filed,
) -> None:
    one = (await world.file(anonymous="true"))["id"]
    await world.night("2026-12-01")
    before = await world.office(one)
    await left(world, "2026-12-18", "2026-12-18")
    assert (await world.region(one))["flagged_on"] == "2026-12-18"
    assert [each["id"] for each in await world.queue(flagged="true")] == [one]
    assert "complaint.flagged_region" in await kinds_told(world.client, "county")
    after = await world.office(one)
    assert {**after, "days_left": 0} == {**before, "days_left": 0}
    assert "flagged" not in str(after) and "flagged" not in str(await world.own(one))
    assert "complaint.flagged_region" not in await kinds_told(world.client, "admin_a")


@pytest.mark.parametrize(("recorded", "flagged"), [("2026-12-30", True), ("2026-12-31", False)])
async def test_thirty_days_and_not_one_more(world: Filed, recorded: str, flagged: bool) -> None:
    one = (await world.file())["id"]
    await left(world, recorded, recorded)
    assert ((await world.region(one))["flagged_on"] is not None) is flagged


async def test_an_exit_put_back_before_the_complaint_is_flagged_too(world: Filed) -> None:
    one = (await world.file())["id"]
    await left(world, "2026-11-20", "2026-12-03")
    assert (await world.region(one))["flagged_on"] == "2026-12-03"
    period = await Engagement.get(worker_id=world.zhang)
    assert await retaliation.look(period.id, sites.at("2026-12-04", "12:00").date()) == 0
    assert await Complaint.filter(flagged_on=None).count() == 0
