"""工资单 and 专户 on pages, without scripts: made, corrected, looked at by three, read."""

from typing import Any

import pytest

from api.funds import balancing
from api.funds.models import AccountEntry, Guarantee, SpecialAccount
from api.kit import memo
from api.projects.models import Project
from api.wages import contesting
from api.wages.models import LineContest, WageLine, WageSheet, WageTerms
from api.wages.rules import ContestState, SheetState
from tests.api.projects.sites import unit
from tests.api.teams import people
from tests.api.wages import paid, test_sheets
from tests.api.wages.paid import FUNDS, PHOTO, Paid, days, fine
from tests.cast import FIRM_B, Client
from tests.h5.counting import counted
from tests.h5.visiting import Visitor

LIST, CONTESTS = "/enterprise/wages", "/enterprise/wages/contests"
TERMS = "/enterprise/wages/terms"
REGION = "/regulator/wages"
MOST = 10
Said = dict[str, Any]


@pytest.fixture
async def world(client: Client) -> Paid:
    world = await paid.opened(client)
    await world.terms()
    await world.work(world.zhang, days("2026-10-09", 3))
    return world


async def test_a_sheet_goes_its_way_on_pages(world: Paid, visitor: Visitor) -> None:
    await world.ready()
    await visitor.enter("officer_a")
    form = f"{LIST}/new"
    seen = await visitor.send(
        await visitor.get(form), form, project_id=world.project_id, kind="monthly", month="2026-10"
    )
    row = await WageSheet.get()
    home = f"{LIST}/{row.id}"
    assert seen.path == home and row.number in seen.text and "¥900.00" in seen.text
    seen = await visitor.send(seen, f"{home}/submit")
    assert "待审核" in seen.text and "已提交" in seen.text
    assert f"{home}/audit" not in [each.action for each in seen.forms], "by somebody else"
    assert "等总包的另一位同事审核" in seen.text and "还有 1 人没签字" in seen.text
    assert "officer_a · 合计 ¥900.00" in seen.text, "who took each step"
    for who, what, says in (
        ("auditor_a", "audit", "已审待复核"), ("checker_a", "recheck", "已复核"),
    ):  # fmt: skip
        await visitor.enter(who)
        seen = await visitor.send(await visitor.get(home), f"{home}/{what}")
        assert says in seen.text
    await visitor.enter("officer_a")
    seen = await visitor.get(home)
    assert f"{home}/release" not in [each.action for each in seen.forms], "not by the maker"
    assert "做单和改过金额的人不能自己办" in seen.text
    await world.sign(str(row.id))
    await world.client.cast.sudo("auditor_a")
    await visitor.enter("auditor_a")
    seen = await visitor.send(await visitor.get(home), f"{home}/release")
    assert "待发" in seen.text and "已准予发放" in seen.text
    assert (await WageSheet.get()).state is SheetState.RELEASED


async def test_what_is_refused_is_said_where_it_was_asked(world: Paid, visitor: Visitor) -> None:
    sheet = await world.make()
    line = await WageLine.get()
    home = f"{LIST}/{sheet['id']}"
    await visitor.enter("officer_a")
    here = f"{home}/lines/{line.id}"
    seen = await visitor.send(
        await visitor.get(here),
        f"{here}/add",
        kind="deduction",
        amount_yuan="5000",
        reason="丢工具",
    )
    assert "负数" in seen.text and (await WageLine.get()).net_fen == 90000
    seen = await visitor.send(
        seen, f"{here}/add", kind="bonus", amount_yuan="100.50", reason="高温补贴"
    )
    assert "¥1,000.50" in seen.text and "高温补贴" in seen.text
    seen = await visitor.send(seen, f"{here}/remove")
    assert (await WageLine.get()).net_fen == 90000
    seen = await visitor.send(
        seen, f"{here}/terms", pay_kind="day", rate_yuan="320", unit_hours="9",
        effective_from="2026-11-01",
    )  # fmt: skip
    assert "¥320.00" in seen.text and await WageTerms.filter(rate_fen=32000).count() == 1
    seen = await visitor.send(await visitor.get(home), f"{home}/void", reason="重做")
    assert "作废" in seen.text


async def test_terms_of_pay_are_read_and_set_on_their_page(world: Paid, visitor: Visitor) -> None:
    await visitor.enter("officer_a")
    seen = await visitor.get(LIST)
    assert TERMS in seen.links
    seen = await visitor.get(TERMS)
    here = f"{TERMS}/{world.project_id}/{world.zhang}"
    assert here in seen.links and "¥300.00" in seen.text
    assert "没有约定" in seen.text, "Li's"
    seen = await visitor.get(here)
    said: Said = {"pay_kind": "hour", "unit_hours": "9", "effective_from": "2026-11-01"}
    refused = await visitor.send(seen, here, **said, rate_yuan="35", pay_day="32")
    assert "每月几日发" in refused.text and await WageTerms.all().count() == 1
    seen = await visitor.send(
        refused, here, **said, rate_yuan="35", overtime_percent="200", pay_day="15"
    )
    row = await WageTerms.get(rate_fen=3500)
    assert (row.overtime_percent, row.pay_day, int(row.unit_hours)) == (200, 15, 9)
    assert "¥35.00" in seen.text and "200%" in seen.text and "每月 15 日发" in seen.text
    assert "现在用" in seen.text and "以前的" in seen.text and "officer_a" in seen.text
    assert "¥300.00" in seen.text, "what held before stays to be read"
    await visitor.enter("officer_b")
    assert (await visitor.get(here)).status == 404


async def test_the_form_of_terms_holds_what_is_in_force(world: Paid, visitor: Visitor) -> None:
    await world.terms(rate_fen=30050, overtime_fen=4500, pay_day=15, unit_hours="9")
    sheet = await world.make()
    line = await WageLine.get()
    await visitor.enter("officer_a")
    here = f"{TERMS}/{world.project_id}/{world.zhang}"
    of_line = f"{LIST}/{sheet['id']}/lines/{line.id}"
    for page, action in ((here, here), (of_line, f"{of_line}/terms")):
        seen = await visitor.get(page)
        assert "加班每小时 ¥45.00" in seen.text and "没用上" not in seen.text
        held = {name: given[0] for name, given in seen.form(action).values.items()}
        assert held["rate_yuan"] == "300.50" and held["unit_hours"] == "9"
        assert (held["overtime_percent"], held["overtime_yuan"]) == ("", "45.00")
        assert held["pay_day"] == "15"
    await visitor.send(await visitor.get(here), here, rate_yuan="310")
    row = await WageTerms.get(rate_fen=31000)
    assert (row.overtime_fen, row.overtime_percent, row.pay_day) == (4500, None, 15)


async def test_a_line_shows_the_contract_that_says_the_wage(world: Paid, visitor: Visitor) -> None:
    await test_sheets.contract(world, pay_fen=28000)
    sheet = await world.make()
    await visitor.enter("officer_a")
    seen = await visitor.get(f"{LIST}/{sheet['id']}/lines/{(await WageLine.get()).id}")
    assert "¥280.00" in seen.text and "以前的" in seen.text and "现在用" in seen.text


async def test_what_overlaps_is_named_with_its_days(world: Paid, visitor: Visitor) -> None:
    first = await world.make()
    second = await world.make()
    line = await WageLine.get(sheet_id=second["id"])
    here = f"{LIST}/{second['id']}/lines/{line.id}"
    await visitor.enter("officer_a")
    assert f"{here}#overlap" in (await visitor.get(f"{LIST}/{second['id']}")).links
    seen = await visitor.get(here)
    assert f"{LIST}/{first['id']}" in seen.links and first["number"] in seen.text
    assert "10月9日" in seen.text and "核对有没有重复发" in seen.text
    await WageSheet.filter(id=first["id"]).update(enterprise_id=FIRM_B, contractor_id=FIRM_B)
    seen = await visitor.get(here)
    assert f"{LIST}/{first['id']}" not in seen.links and first["number"] not in seen.text
    assert "别的单位做的" in seen.text and "核对有没有重复发" in seen.text


async def test_a_table_that_is_refused_opens_no_other_box(world: Paid, visitor: Visitor) -> None:
    sheet = await world.make()
    home = f"{LIST}/{sheet['id']}"
    await visitor.enter("officer_a")
    bad = {"table": ("t.csv", b"a,b\n1,2\n", "text/csv")}
    seen = await visitor.send(await visitor.get(home), f"{home}/table", bad)
    assert "表格" in seen.text and '<details class="confirm" open' not in seen.html
    seen = await visitor.send(seen, f"{home}/void")
    assert '<details class="confirm" open' in seen.html, "its own fault"


async def test_a_correction_says_what_it_did_to_a_signature(world: Paid, visitor: Visitor) -> None:
    sheet = await world.make()
    line = await WageLine.get()
    here = f"{LIST}/{sheet['id']}/lines/{line.id}"
    await visitor.enter("officer_a")

    async def corrected() -> str:
        seen = await visitor.send(
            await visitor.get(here), f"{here}/add", kind="bonus", amount_yuan="1", reason="补"
        )
        return seen.text

    draft = await corrected()
    assert "改好了。" in draft and "通知" not in draft.split("改好了。")[1][:8]
    fine(await world.act(sheet["id"], "submission"))
    assert "改好了，已通知他重看。" in await corrected()
    await world.sign(sheet["id"])
    assert "他签的字不算了" in await corrected()


async def test_a_void_sheet_has_nothing_to_pay(world: Paid, visitor: Visitor) -> None:
    sheet = await world.make()
    await visitor.enter("officer_a")
    assert "<span>待发</span>" in (await visitor.get(f"{LIST}/{sheet['id']}")).html
    fine(await world.act(sheet["id"], "voiding", reason="做错了"))
    assert "<span>待发</span>" not in (await visitor.get(f"{LIST}/{sheet['id']}")).html


async def test_an_objection_is_answered_on_its_page(world: Paid, visitor: Visitor) -> None:
    sheet = await world.to("submitted")
    line = await WageLine.get()
    zhang = await people.actor(world.client, "zhang")
    row = await contesting.contest(zhang, line.id, "十二号也干了")
    await visitor.enter("officer_a")
    of_line = await visitor.get(f"{LIST}/{sheet['id']}/lines/{line.id}")
    assert "十二号也干了" in of_line.text and f"{CONTESTS}/{row.id}" in of_line.links
    of_sheet = f"{CONTESTS}?state=open&sheet_id={sheet['id']}"
    assert of_sheet in (await visitor.get(f"{LIST}/{sheet['id']}")).links
    seen = await visitor.get(of_sheet)
    assert "十二号也干了" in seen.text
    assert seen.form(CONTESTS).values["sheet_id"] == [sheet["id"]], "another state, the same sheet"
    seen = await visitor.get(CONTESTS)
    assert "十二号也干了" in seen.text and "5 个工作日" in seen.text
    here = f"{CONTESTS}/{row.id}"
    seen = await visitor.send(
        await visitor.get(here), f"{here}/answer", outcome="upheld", answer="那天没有打卡"
    )
    assert "那天没有打卡" in seen.text
    assert (await LineContest.get()).state is ContestState.UPHELD
    assert f"{LIST}/{sheet['id']}/lines/{line.id}" in seen.links


async def test_an_account_is_kept_on_its_page(world: Paid, visitor: Visitor) -> None:
    await visitor.enter("officer_a")
    here = f"/enterprise/projects/{world.project_id}/account"
    seen = await visitor.get(here)
    assert "还没有登记专户" in seen.text
    seen = await visitor.send(
        seen, here, bank_code="105", number="510501234567890123", opened_on="2026-10-01"
    )
    account = await SpecialAccount.get()
    one = f"{here}/{account.id}"
    assert "尾号 0123" in seen.text and "不能发" in seen.text
    seen = await visitor.send(
        seen, f"{one}/agreements", {"scan": PHOTO}, number="DF-1", parties="样例总包、样例银行",
        starts_on="2026-10-01",
    )  # fmt: skip
    assert "能发" in seen.text and "有效" in seen.text
    seen = await visitor.send(
        seen, f"{one}/entries", {"scan": PHOTO}, kind="labour_cost_in", amount_yuan="120000.50",
        on="2026-11-02",
    )  # fmt: skip
    assert "¥120,000.50" in seen.text and (await AccountEntry.get()).amount_fen == 12000050
    seen = await visitor.send(
        seen, f"{here}/guarantees", kind="deposit", amount_yuan="30000", ratio="1.5",
        number="B-1", issued_by="样例银行",
    )  # fmt: skip
    assert (await Guarantee.get()).amount_fen == 3_000_000
    back = f"{here}/guarantees/{(await Guarantee.get()).id}/return"
    seen = await visitor.send(seen, back)
    assert "已登记退还" in seen.text and back not in [each.action for each in seen.forms]
    seen = await visitor.send(seen, f"{one}/closing")
    assert "公示销户" in seen.text and "2026年12月3日" in seen.text
    assert f"{one}/closure" not in [each.action for each in seen.forms]
    assert "2026年12月4日起才能销户" in seen.text
    board = await visitor.get(here.replace("account", "board"))
    code = (await Project.get()).code
    for page in (board, await visitor.get(f"/boards/{code}")):
        assert "2026年11月3日 至 2026年12月3日" in page.text and "有异议请找" in page.text
    await balancing.keep(account.id, 12000000)
    assert "银行比这里少 ¥0.50" in (await visitor.get(here)).text
    await visitor.enter("county")
    assert "和银行对不上" in (await visitor.get(f"{REGION}/accounts")).text
    seen = await visitor.get(f"{REGION}/accounts/{account.id}")
    assert "¥120,000.50" in seen.text and "银行比这里少 ¥0.50" in seen.text


async def test_who_changed_an_amount_is_not_offered_the_next_step(
    world: Paid, visitor: Visitor
) -> None:
    sheet = await world.to("submitted")
    await world.bonus(await world.line(sheet["id"]), who="auditor_a")
    home = f"{LIST}/{sheet['id']}"
    for who, offered in (("auditor_a", False), ("checker_a", True)):
        await visitor.enter(who)
        seen = await visitor.get(home)
        assert (f"{home}/audit" in [each.action for each in seen.forms]) is offered


async def test_days_are_faulted_at_their_fields(world: Paid, visitor: Visitor) -> None:
    await visitor.enter("officer_a")
    form = f"{LIST}/new"
    seen = await visitor.send(
        await visitor.get(form), form, project_id=world.project_id, kind="settlement",
        month="2026-10",
    )  # fmt: skip
    for place, label in (("from_on", "从哪天"), ("to_on", "到哪天")):
        assert f'id="{place}-fault"' in seen.html and f"{label}：结算和补发要写明" in seen.text
    seen = await visitor.send(seen, form, kind="monthly", pay_on="2026-10-20")
    assert 'id="pay_on-fault"' in seen.html and "哪天发：发放日期早于" in seen.text


async def test_an_account_closes_on_its_page_once_the_notice_is_over(
    world: Paid, visitor: Visitor
) -> None:
    account = await world.ready()
    here = f"/enterprise/projects/{world.project_id}/account"
    fine(await world.client.post(f"{FUNDS}/{account}/closing", as_="officer_a"))
    for day, offered in (("2026-12-03", False), ("2026-12-04", True)):
        await world.go(day)
        await visitor.enter("officer_a")
        seen = await visitor.get(here)
        assert (f"{here}/{account}/closure" in [each.action for each in seen.forms]) is offered
    assert "已经期满" in seen.text
    seen = await visitor.send(seen, f"{here}/{account}/closure")
    assert "已销户。" in seen.text


async def test_a_subcontractor_reads_whose_account_it_is(world: Paid, visitor: Visitor) -> None:
    units = f"/api/v1/enterprise/projects/{world.project_id}/units"
    paid.made(await world.client.post(units, as_="officer_a", json=unit()))
    here = f"/enterprise/projects/{world.project_id}/account"
    await visitor.enter("officer_b")
    seen = await visitor.get(here)
    assert "现在还没有登记" in seen.text and "由总包单位" in seen.text
    account = await world.ready()
    seen = await visitor.get(here)
    assert "已经登记了" in seen.text and "0123" not in seen.text and account not in seen.html
    assert not [each.action for each in seen.forms if each.action.startswith(here)]


async def test_what_is_missing_is_named_as_its_form_names_it(world: Paid, visitor: Visitor) -> None:
    account = await world.ready()
    here = f"/enterprise/projects/{world.project_id}/account"
    await visitor.enter("officer_a")
    seen = await visitor.send(await visitor.get(here), f"{here}/{account}/agreements")
    for label in ("协议编号", "协议各方", "扫描件"):
        assert f"{label}：必填" in seen.text
    assert "账号：" not in seen.text
    seen = await visitor.send(await visitor.get(here), f"{here}/guarantees")
    for label in ("金额（元）", "比例（%）", "编号", "出具单位"):
        assert f" {label}：必填" in seen.text
    assert "账号：" not in seen.text and "协议编号：" not in seen.text
    assert seen.html.count('id="number-fault"') == 1, "the other form stays as it was"


async def test_lists_take_few_statements_however_long(world: Paid, visitor: Visitor) -> None:
    for who, address in (
        ("officer_a", LIST), ("county", REGION), ("officer_a", CONTESTS), ("officer_a", TERMS),
    ):  # fmt: skip
        await visitor.enter(who)
        found = []
        for _ in range(2):
            await world.make()
            await visitor.get(address)
            for each in memo.MEMOS.values():
                each.drop_all()
            with counted() as seen:
                assert (await visitor.get(address)).status == 200
            found.append(len(seen))
        assert found[0] == found[1] <= MOST, (address, found)


async def test_a_stranger_sees_no_sheet_on_pages(world: Paid, visitor: Visitor) -> None:
    sheet = await world.make()
    await visitor.enter("officer_b")
    assert (await visitor.get(f"{LIST}/{sheet['id']}")).status == 404
    await visitor.enter("neighbour")
    assert (await visitor.get(f"{REGION}/{sheet['id']}")).status == 404
    assert fine(await world.client.get(paid.REGION, as_="neighbour"))["items"] == []
