"""工资 on pages, without scripts: the calendar, a payslip, signing, objecting, links, evidence."""

import pytest

from api.kit import jobs, memo
from api.wages.models import LineSignature
from api.worklog.rules import Kind
from tests.api.payslips import slips
from tests.api.payslips.slips import OWN, banked
from tests.api.wages.paid import Paid, fine
from tests.cast import Client
from tests.h5.counting import counted
from tests.h5.visiting import Visitor

WAGES, SLIPS = "/h5/wages", "/h5/wages/slips"
MOST = 10


@pytest.fixture
async def world(client: Client) -> Paid:
    return await slips.opened(client)


async def slip_of(world: Paid) -> str:
    """The address of Zhang's payslip."""
    [row] = fine(await world.client.get(OWN, as_="zhang"))["items"]
    return f"{SLIPS}/{row['id']}"


async def test_the_door_says_that_one_waits_and_the_way_leads_on(
    world: Paid, visitor: Visitor
) -> None:
    await visitor.enter("zhang")
    seen = await visitor.get(WAGES)
    assert "干了活，还没有工资单" in seen.text and "20 个工" in seen.text
    assert "最晚" in seen.text and "tel:12333" in seen.links
    await world.to("submitted")
    assert "张工资单等您看" in (await visitor.get("/h5/")).text
    seen = await visitor.get(WAGES)
    assert "¥6,000.00" in seen.text and "等您看、等您签字" in seen.text
    slip = await visitor.get(await slip_of(world))
    for words in ("20 工 × ¥300.00", "每个工 ¥300.00", "实发", "看清楚再签", "每天都对得上"):
        assert words in slip.text, words


async def test_a_stranger_reads_that_there_is_nothing(world: Paid, visitor: Visitor) -> None:
    await world.to("submitted")
    path = await slip_of(world)
    await visitor.enter("wang")
    assert "还没有工资单" in (await visitor.get(WAGES)).text
    assert (await visitor.get(path)).status == 404


async def test_without_a_script_he_confirms_with_a_fresh_proof(
    world: Paid, visitor: Visitor
) -> None:
    sheet = await world.to("submitted")
    await visitor.enter("zhang")
    seen = await visitor.get(await slip_of(world))
    asked = await visitor.send(seen, f"{seen.path}/confirmation")
    assert asked.path.startswith("/h5/prove")
    await world.client.cast.sudo("zhang")
    await visitor.enter("zhang")
    seen = await visitor.get(seen.path)
    await world.bonus(await world.line(sheet["id"]))
    # He read it before the bonus came.
    old = await visitor.send(seen, f"{seen.path}/confirmation")
    assert "您看过以后，这份工资又改了" in old.text and await LineSignature.all().count() == 0
    done = await visitor.send(await visitor.get(seen.path), f"{seen.path}/confirmation")
    assert "签好了" in done.text and "在手机上确认" in done.text
    assert "看清楚再签" not in done.text


async def test_a_day_is_objected_to_with_one_tap(world: Paid, visitor: Visitor) -> None:
    await world.book(
        world.zhang, "2026-10-11", Kind.TIME, "work", worker_units="1.5", leader_units="1"
    )
    await world.to("submitted")
    path = await slip_of(world)
    await visitor.enter("zhang")
    assert "有 1 天几本账不一样" in (await visitor.get(path)).text
    days = await visitor.get(f"{path}/days")
    claim = f"{path}/objection?day=2026-10-11"
    assert claim in days.links
    form = await visitor.get(claim)
    assert 'value="2026-10-11"' in form.html
    empty = await visitor.send(form, f"{path}/objection", words="")
    assert empty.path == f"{path}/objection"
    done = await visitor.send(form, f"{path}/objection", words="我干了一天半。", day="2026-10-11")
    assert done.path == path and "等答复" in done.text and "我干了一天半。" in done.text
    assert f"{path}/objection" not in done.links


async def test_after_the_pay_he_is_asked_for_his_card(world: Paid, visitor: Visitor) -> None:
    sheet = await slips.released(world)
    await banked(sheet)
    path = await slip_of(world)
    await visitor.enter("zhang")
    seen = await visitor.get(path)
    assert "工资卡在您自己手里吗" in seen.text and "已到账" in seen.text
    said = await visitor.send(seen, f"{path}/card", in_hand="false")
    [way] = [link for link in said.links if link.startswith("/h5/complaints/new?about=card")]
    changed = await visitor.send(said, f"{path}/card", in_hand="true")
    assert "您说过卡在自己手里" in changed.text, "the last word counts"
    form = await visitor.get(way)
    assert "我的工资卡不在我自己手里。" in form.html
    sent = await visitor.send(form, "/h5/complaints/new", addressee="authority", topic="wages")
    assert sent.path.endswith("/receipt")
    [link] = [each for each in (await visitor.get(path)).links if "about=pay" in each]
    assert "工资到期了" in (await visitor.get(link)).html
    evidence = await visitor.get(sent.path.replace("/receipt", "/evidence"))
    assert sheet["number"] in evidence.text


async def test_a_relative_reads_it_by_a_link_that_he_takes_back(
    world: Paid, visitor: Visitor
) -> None:
    await world.to("submitted")
    await visitor.enter("zhang")
    seen = await visitor.get(await slip_of(world))
    made = await visitor.send(seen, f"{seen.path}/share")
    address = made.text.partition("发给家人：")[2].partition("。")[0].strip()
    path = "/payslips/" + address.rpartition("/")[2]
    visitor.http.cookies.clear()
    shown = await visitor.get(path)
    assert shown.status == 200 and "¥6,000.00" in shown.text and "张样例" not in shown.html
    await visitor.enter("zhang")
    shares = await visitor.get(f"{WAGES}/shares")
    assert address not in shares.text
    [form] = [each for each in shares.forms if each.action.endswith("/revoke")]
    assert "收回了" in (await visitor.send(shares, form.action)).text
    visitor.http.cookies.clear()
    gone = await visitor.get(path)
    assert gone.status == 404 and "这个链接过期了" in gone.text


async def test_paper_ledger_and_evidence(world: Paid, visitor: Visitor) -> None:
    await banked(await slips.released(world))
    path = await slip_of(world)
    await world.client.cast.sudo("zhang")
    await visitor.enter("zhang")
    paper = await visitor.http.get(f"{path}/pdf")
    assert paper.content.startswith(b"%PDF")
    assert "¥6,000.00" in (await visitor.get(f"{WAGES}/wallet")).text
    asked = await visitor.send(await visitor.get("/h5/me/evidence"), "/h5/me/evidence")
    assert "正在准备" in asked.text
    await jobs.drain()
    ready = await visitor.get("/h5/me/evidence")
    [form] = [each for each in ready.forms if each.action.endswith("/file")]
    answer = await visitor.http.post(form.action, data=form.values)
    assert answer.content.startswith(b"PK")
    key = await visitor.get("/evidence-key")
    published = fine(await world.client.get("/api/v1/evidence-key"))
    assert published["fingerprint"] in key.text


@pytest.mark.parametrize("path", [WAGES, SLIPS, f"{WAGES}/wallet", f"{WAGES}/shares"])
async def test_lists_take_few_statements(world: Paid, visitor: Visitor, path: str) -> None:
    await banked(await slips.released(world))
    await visitor.enter("zhang")
    memo.Channel.open = True  # as in a server that knows who is logged in
    await visitor.get(path)
    with counted() as statements:
        assert (await visitor.get(path)).status == 200
    assert len(statements) <= MOST, "\n".join(each[:110] for each in statements)


async def test_the_office_reads_averages_with_their_meaning(world: Paid, visitor: Visitor) -> None:
    await banked(await slips.released(world))
    await visitor.enter("officer_a")
    seen = await visitor.get("/enterprise/wage-statistics")
    assert "¥5,800.00" in seen.text and "人月：" in seen.text
    turned = await visitor.get("/enterprise/wage-statistics?from_month=2026-10&to_month=2026-09")
    assert turned.status == 422
