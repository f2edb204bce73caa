"""A worker's months and days, his word against a decision, and missing punches, without scripts."""

from uuid import uuid4

import pytest

from api.attendance.decisions import Decision
from h5.texts import texts
from tests.api.attendance import sites
from tests.cast import Client
from tests.h5.counting import counted
from tests.h5.visiting import Visitor

DAY = "2026-06-03"
MOST = 10
"""Statements of one page, the login's own among them."""
NEW = "/h5/corrections/new"


@pytest.fixture
async def project(client: Client) -> str:
    sites.stop(sites.at(DAY, "07:00"))
    project_id = await sites.site(client)
    await sites.entered(client, "zhang", project_id)
    return project_id


@pytest.fixture
async def zhang(visitor: Visitor, project: str) -> Visitor:
    return await visitor.enter("zhang")


async def test_a_month_shows_its_days_in_grid_and_list(
    zhang: Visitor, client: Client, project: str
) -> None:
    day = await sites.worked(client, "zhang", project, DAY)
    seen = await zhang.get("/h5/history")
    assert seen.status == 200
    assert seen.links.count(f"/h5/days/{day}") == 2
    assert "1 工" in seen.text
    assert "待确认" in seen.text
    assert "2026年6月" in seen.text


async def test_an_empty_month_says_what_to_do(zhang: Visitor) -> None:
    seen = await zhang.get("/h5/history?month=2026-05")
    assert "这个月没有考勤" in seen.text
    assert NEW in seen.links
    assert "/h5/history?month=2026-04" in seen.links
    assert "/h5/history?month=2026-06" in seen.links


async def test_a_month_that_is_none_is_refused(zhang: Visitor) -> None:
    assert (await zhang.get("/h5/history?month=2026-13")).status == 422


async def test_the_history_of_another_is_not_shown(
    zhang: Visitor, client: Client, project: str
) -> None:
    day = await sites.worked(client, "zhang", project, DAY)
    await sites.entered(client, "li", project)
    li = await zhang.enter("li")
    assert "这个月没有考勤" in (await li.get("/h5/history")).text
    assert (await li.get(f"/h5/days/{day}")).status == 404
    assert (await li.get(f"/h5/days/{uuid4()}")).status == 404


async def test_a_day_shows_its_punches_and_steps(
    zhang: Visitor, client: Client, project: str
) -> None:
    day = await sites.worked(client, "zhang", project, DAY, "07:05", "17:40")
    seen = await zhang.get(f"/h5/days/{day}")
    for words in ("07:05 上班", "17:40 下班", "在工地", "按打卡算出 1 工", "10.6 小时"):
        assert words in seen.text
    assert "提异议" not in seen.text


async def test_a_decision_can_be_disputed(zhang: Visitor, client: Client, project: str) -> None:
    day = await sites.worked(client, "zhang", project, DAY)
    await sites.decided(client, day, "reject", reason="那天没来")
    seen = await zhang.get(f"/h5/days/{day}")
    assert "企业没有通过" in seen.text
    assert "理由：那天没来" in seen.text
    action = f"/h5/days/{day}/dispute"
    again = await zhang.send(seen, action)
    assert again.status == 422
    assert "必填" in again.text
    done = await zhang.send(again, action, reason="我在，班长能证明")
    assert "异议已提交" in done.text
    assert "您提了异议" in done.text
    assert "我在，班长能证明" in done.text


async def test_what_a_worker_writes_is_inert(zhang: Visitor, client: Client, project: str) -> None:
    day = await sites.worked(client, "zhang", project, DAY)
    await sites.decided(client, day, "reject", reason="<script>alert(1)</script>")
    seen = await zhang.get(f"/h5/days/{day}")
    assert "<script>alert" not in seen.html
    assert "&lt;script&gt;" in seen.html


async def test_a_missing_punch_is_put_in(zhang: Visitor, client: Client, project: str) -> None:
    await sites.taken(client, "zhang", sites.punch(project, direction="in"))
    sites.stop(sites.at("2026-06-04", "08:00"))
    seen = await zhang.get(f"{NEW}?project={project}&day={DAY}")
    assert seen.form(NEW).values["day"] == [DAY]
    done = await zhang.send(seen, NEW, direction="out", at="18:00", reason="手机没电")
    assert "补卡已提交" in done.text
    assert "18:00 下班" in done.text
    assert "您申请补卡" in done.text
    own = await sites.own(client, done.path.rpartition("/")[2])
    assert own["corrections"][0]["at"] == f"{DAY}T10:00:00Z"


async def test_what_is_missing_in_a_correction_is_said_beside_it(zhang: Visitor) -> None:
    seen = await zhang.get(NEW)
    again = await zhang.send(seen, NEW, reason="手机没电")
    assert again.status == 422
    assert again.form(NEW).values["reason"] == ["手机没电"]
    assert 'href="#at"' in again.html
    assert 'href="#direction"' in again.html


async def test_the_future_cannot_be_corrected(zhang: Visitor) -> None:
    seen = await zhang.get(NEW)
    again = await zhang.send(seen, NEW, direction="in", at="23:00", reason="手机没电")
    assert again.status == 422
    assert "还没有到" in again.text
    assert again.form(NEW).values["at"] == ["23:00"]


async def test_the_correction_sent_twice_is_one(
    zhang: Visitor, client: Client, project: str
) -> None:
    seen = await zhang.get(NEW)
    first = await zhang.send(seen, NEW, direction="in", at="06:30", reason="手机没电")
    again = await zhang.send(seen, NEW, direction="in", at="06:30", reason="手机没电")
    assert first.path == again.path
    own = await sites.own(client, first.path.rpartition("/")[2])
    assert len(own["corrections"]) == 1


async def test_a_month_asks_the_database_the_same_however_full_it_is(
    zhang: Visitor, client: Client, project: str
) -> None:
    await sites.worked(client, "zhang", project, "2026-06-04")
    await zhang.get("/h5/history")
    with counted() as few:
        await zhang.get("/h5/history")
    for day in range(5, 15):
        await sites.worked(client, "zhang", project, f"2026-06-{day:02}")
    await zhang.get("/h5/history")
    with counted() as many:
        seen = await zhang.get("/h5/history")
    assert "11 个工" in seen.text
    assert len(many) == len(few) <= MOST, many


@pytest.mark.parametrize("path", ["/h5/history", NEW])
async def test_each_page_asks_little_of_the_database(
    zhang: Visitor, client: Client, project: str, path: str
) -> None:
    await sites.worked(client, "zhang", project, DAY)
    await zhang.get(path)
    with counted() as statements:
        await zhang.get(path)
    assert len(statements) <= MOST, statements


def test_every_step_has_its_words() -> None:
    # Beside the decisions: what the system and the worker do.
    acts = {*Decision, "drawn", "more_punches", "correct", "dispute", "auto_confirm", "remind"}
    for act in acts:
        assert texts()(f"worker.day.act.{act}", units="1 工")


async def test_offices_have_other_pages(visitor: Visitor) -> None:
    officer = await visitor.enter("officer_a")
    for path in ("/h5/history", NEW, f"/h5/days/{uuid4()}"):
        assert (await officer.get(path)).status == 403


async def test_nobody_is_asked_to_log_in(visitor: Visitor) -> None:
    for path in ("/h5/history", NEW):
        assert (await visitor.get(path)).path == f"/h5/login?next={path}"
