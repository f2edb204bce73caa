"""诚信 on pages, without scripts: the worker's, the enterprise's, the authority's, the public's."""

from typing import Any

import pytest

from api.conduct.models import ConductRecord, Evaluation
from api.kit import jobs, memo
from tests.api.attendance import sites
from tests.api.conduct import held
from tests.api.conduct.held import Held
from tests.cast import FIRM_A, Client
from tests.h5.counting import counted
from tests.h5.visiting import Visitor

LIST, OFFICE, REGION = "/h5/conduct", "/enterprise/conduct", "/regulator/conduct"
MOST = 10
PHOTO = {"photo_1": ("a.jpg", sites.photo(), "image/jpeg")}


@pytest.fixture
async def world(client: Client) -> Held:
    return await held.opened(client)


async def as_(world: Held, visitor: Visitor, name: str) -> Visitor:
    await held.entered(world.client, name)
    return await visitor.enter(name)


async def test_from_the_site_to_the_public_list(world: Held, visitor: Visitor) -> None:
    firm = await as_(world, visitor, "manager_a")
    assert f"{OFFICE}/new" in (await firm.get(OFFICE)).links
    chosen = f"{OFFICE}/new?project_id={world.project_id}&subject=worker"
    page = await firm.get(chosen)
    action = next(form.action for form in page.forms if "project_id" in form.action)
    said: dict[str, Any] = {
        "subject_id": str(world.zhang),
        "kind": "WB02",
        "happened_on": held.MONDAY,
    }
    empty = await firm.send(page, action, **said, text=None)
    assert empty.status == 422 and empty.form(action).values["kind"] == ["WB02"]
    sent = await firm.send(empty, action, PHOTO, **said, text=held.TEXT)
    row = await ConductRecord.get()
    assert sent.path == f"{OFFICE}/{row.id}" and "报上去了" in sent.text

    zhang = await as_(world, visitor, "zhang")
    assert f"{LIST}/{row.id}" in (await zhang.get(LIST)).links
    one = await zhang.get(f"{LIST}/{row.id}")
    assert held.TEXT in one.text and "12月7日" in one.text
    photo = next(link for link in one.links if link.startswith("/h5/files/"))
    assert (await zhang.http.get(photo)).headers["content-type"] == "image/jpeg"
    said_it = await zhang.send(one, f"{LIST}/{row.id}/statements", PHOTO, text="那天我请假。")
    assert "交上去了" in said_it.text and "那天我请假。" in said_it.text

    county = await as_(world, visitor, "county")
    assert f"{REGION}/{row.id}" in (await county.get(f"{REGION}?state=to_decide")).links
    page = await county.get(f"{REGION}/{row.id}")
    assert "那天我请假。" in page.text
    decide: dict[str, Any] = {
        "decision": "uphold",
        "level": "general",
        "months": "6",
        "reason": "有照片为证。",
    }
    bad = await county.send(page, f"{REGION}/{row.id}/decide", **{**decide, "months": "24"})
    assert bad.status == 422 and "期限对不上" in bad.text
    done = await county.send(bad, f"{REGION}/{row.id}/decide", **decide)
    assert "认定了" in done.text
    assert "替别人打卡" not in (await visitor.get("/conduct")).text
    await world.go("2026-12-15")
    public = await visitor.get("/conduct?subject=worker")
    assert "替别人打卡" in public.text and "张*例" in public.text
    assert held.TEXT not in public.html and str(world.zhang) not in public.html


async def test_an_appeal_and_a_repair_by_forms(world: Held, visitor: Visitor) -> None:
    one = await world.upheld()
    zhang = await as_(world, visitor, "zhang")
    page = await zhang.get(f"{LIST}/{one}")
    gone = await zhang.send(page, f"{LIST}/{one}/statements", text="我没有替别人打卡。")
    assert "先不公布" in gone.text and all("statements" not in form.action for form in gone.forms)
    city = await as_(world, visitor, "city")
    assert f"{REGION}/{one}" in (await city.get(f"{REGION}?appeals=true")).links
    page = await city.get(f"{REGION}/{one}")
    ruled = await city.send(
        page, f"{REGION}/{one}/rule-appeal", granted="false", reason="看过材料。"
    )
    assert "有结果了" in ruled.text
    await world.go("2027-03-01")
    zhang = await as_(world, visitor, "zhang")
    page = await zhang.get(f"{LIST}/{one}")
    asked = await zhang.send(page, f"{LIST}/{one}/statements", text="参加了培训。")
    assert "修复申请交上去了" in asked.text
    county = await as_(world, visitor, "county")
    page = await county.get(f"{REGION}/{one}")
    await county.send(page, f"{REGION}/{one}/rule-repair", granted="true", reason="看过材料。")
    assert (await world.row(one)).outcome.value == "repaired"


async def test_an_appeal_or_a_repair_by_one_form(world: Held, visitor: Visitor) -> None:
    one = await world.upheld(level="light", months=3)
    await world.go("2027-01-20")
    zhang = await as_(world, visitor, "zhang")
    seen = await zhang.get(f"{LIST}/{one}")
    assert "申诉或者申请修复" in seen.text and seen.html.count('id="photo_1"') == 1
    assert 'value="appeal"' in seen.html and 'value="repair"' in seen.html
    assert (await world.own(one))["may"] == ["appeal", "repair"]


async def test_an_enterprise_answers_for_itself(world: Held, visitor: Visitor) -> None:
    county = await as_(world, visitor, "county")
    chosen = f"{REGION}/new?project_id={world.project_id}&subject=enterprise"
    page = await county.get(chosen)
    action = next(form.action for form in page.forms if "project_id" in form.action)
    said: dict[str, Any] = {
        "subject_id": str(FIRM_A),
        "kind": "EB02",
        "happened_on": held.MONDAY,
        "text": "没发。",
    }
    await county.send(page, action, **said)
    row = await ConductRecord.get()
    assert "decide" not in (await county.get(f"{REGION}/{row.id}")).html
    firm = await as_(world, visitor, "admin_a")
    assert f"{OFFICE}/{row.id}" in (await firm.get(f"{OFFICE}?about=us")).links
    page = await firm.get(f"{OFFICE}/{row.id}")
    done = await firm.send(page, f"{OFFICE}/{row.id}/statements", text="已经补发。")
    assert "已经补发。" in done.text


async def test_what_was_reported_is_taken_back(world: Held, visitor: Visitor) -> None:
    one = await world.propose()
    firm = await as_(world, visitor, "admin_a")
    page = await firm.get(f"{OFFICE}/{one}")
    gone = await firm.send(page, f"{OFFICE}/{one}/withdraw", reason="认错人了。")
    assert "撤回了" in gone.text and "认错人了。" in gone.text


async def test_an_evaluation_is_given_contested_and_kept(world: Held, visitor: Visitor) -> None:
    firm = await as_(world, visitor, "manager_a")
    path = f"{OFFICE}/evaluations"
    page = await firm.get(f"{path}/new?project_id={world.project_id}&subject_id={world.zhang}")
    action = next(form.action for form in page.forms if "project_id" in form.action)
    marks: dict[str, Any] = {
        "quality": "2",
        "safety": "3",
        "teamwork": "2",
        "text": "绑扎返工三次。",
    }
    given = await firm.send(page, action, subject_id=str(world.zhang), month="2026-11", **marks)
    assert "评好了" in given.text and "绑扎返工三次。" in given.text
    row = await Evaluation.get()
    zhang = await as_(world, visitor, "zhang")
    page = await zhang.get(f"{LIST}/evaluations")
    contested = f"{LIST}/evaluations/{row.id}/contest"
    gone = await zhang.send(page, contested, text="图纸改了三次。")
    assert "先不算分" in gone.text and "图纸改了三次。" in gone.text
    firm = await as_(world, visitor, "manager_a")
    page = await firm.get(path)
    kept = await firm.send(page, f"{path}/{row.id}/settle", decision="keep", reason="核对过。")
    assert "保留了" in kept.text and "核对过。" in kept.text


async def test_a_person_looks_at_his_score(world: Held, visitor: Visitor) -> None:
    zhang = await as_(world, visitor, "zhang")
    page = await zhang.get(f"{LIST}/score")
    assert "80" in page.text
    asked = await zhang.send(page, f"{LIST}/score/reviews", text="请看看。")
    assert "等工作人员答复" in asked.text
    county = await as_(world, visitor, "county")
    page = await county.get(f"{REGION}/score-reviews")
    action = next(form.action for form in page.forms if form.action.endswith("/answer"))
    done = await county.send(page, action, answer="补记一次表扬。", points="5")
    assert "没有人申请复核" in done.text
    zhang = await as_(world, visitor, "zhang")
    assert "补记一次表扬。" in (await zhang.get(f"{LIST}/score")).text


async def page_of(visitor: Visitor, path: str) -> None:
    """The page, opened once before: what is kept for a minute is known."""
    await visitor.get(path)
    with counted() as statements:
        seen = await visitor.get(path)
    assert seen.status == 200
    assert len(statements) <= MOST, "\n".join(f"{path} {each[:110]}" for each in statements)


async def test_no_page_asks_more_than_ten_statements_however_many_rows(
    world: Held, visitor: Visitor
) -> None:
    memo.Channel.open = True  # as in a server that knows who is logged in
    for kind in ("WB01", "WB03", "WG01", "WB05", "WB06"):
        await world.propose(kind=kind)
    one = await world.upheld()
    await world.go("2026-12-15")
    await jobs.drain()
    zhang = await as_(world, visitor, "zhang")
    for path in (LIST, f"{LIST}/{one}", f"{LIST}/score", f"{LIST}/evaluations"):
        await page_of(zhang, path)
    firm = await as_(world, visitor, "admin_a")
    chosen = f"?project_id={world.project_id}"
    for path in ("", f"/{one}", "/evaluations", f"/new{chosen}", f"/evaluations/new{chosen}"):
        await page_of(firm, f"{OFFICE}{path}")
    county = await as_(world, visitor, "county")
    assert "满分 100" in (await county.get(f"{REGION}/{one}/score")).text
    for path in ("", "?appeals=true", "?listed=true", f"/{one}", f"/{one}/score", "/score-reviews"):
        await page_of(county, f"{REGION}{path}")
    await page_of(county, f"{REGION}/new{chosen}&subject=enterprise")
    await page_of(visitor, "/conduct")
