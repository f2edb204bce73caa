"""Intake, contracts, trainings, collecting, imports and staff on the office pages, no scripts."""

import pytest

from api.engagements.models import Engagement, State
from tests.api.collecting import crew
from tests.api.engagements import site
from tests.api.engagements.site import Period
from tests.api.enterprises.firms import both_firms
from tests.api.teams import people
from tests.cast import Client
from tests.h5.visiting import Visitor


@pytest.fixture
async def project_id(client: Client) -> str:
    return await site.project(client)


def page_of(row: Period) -> str:
    return f"/enterprise/projects/{row.project_id}/workers/{row.id}"


async def test_a_worker_is_registered_and_what_is_missing_is_listed(
    visitor: Visitor, client: Client, project_id: str
) -> None:
    worker = await people.worker(client, "zhang")
    await visitor.enter("officer_a")
    path = f"/enterprise/projects/{project_id}/register"
    seen = await visitor.get(path)
    refused = await visitor.send(seen, path, worker_code="W51000000000000000", trade="020")
    assert refused.status in {404, 409, 422}
    assert refused.form(path).values["trade"] == ["020"]
    seen = await visitor.send(refused, path, worker_code=worker.code, trade="020")
    assert "还缺 2 项" in seen.text
    for words in ("没有签好的劳动合同", "进场安全教育学时不够"):
        assert words in seen.text
    links = [each for each in seen.links if each.endswith(("/contract", "/training"))]
    assert len(links) >= 2


async def test_the_team_is_chosen_at_intake_and_changed_later(
    visitor: Visitor, client: Client, project_id: str
) -> None:
    team, members = await site.team_of(client, "li", "zhang")
    await site.period(client, project_id, "li", worker=members["li"], team_id=team)
    await visitor.enter("officer_a")
    path = f"/enterprise/projects/{project_id}/register"
    seen = await visitor.get(path)
    assert team in seen.html
    stranger = await people.worker(client, "wang")
    refused = await visitor.send(seen, path, worker_code=stranger.code, trade="020", team_id=team)
    assert refused.status == 409
    assert "还没有加入这个班组" in refused.text
    assert refused.form(path).values["team_id"] == [team]
    seen = await visitor.send(
        refused, path, worker_code=members["zhang"].code, trade="020", team_id=team
    )
    row = await Engagement.get(worker_id=members["zhang"].id)
    assert str(row.team_id) == team
    home = f"/enterprise/projects/{project_id}/workers/{row.id}"
    after = await visitor.send(seen, f"{home}/team", team_id=None)
    assert "班组已改好" in after.text
    assert (await Engagement.get(id=row.id)).team_id is None


async def test_the_missing_is_made_good_and_the_worker_enters(
    visitor: Visitor, client: Client, project_id: str
) -> None:
    row = await site.period(client, project_id)
    home = page_of(row)
    await visitor.enter("officer_a")
    form = await visitor.get(f"{home}/contract")
    again = await visitor.send(form, f"{home}/contract", pay_yuan="many")
    assert again.status == 422
    assert again.form(f"{home}/contract").values["pay_yuan"] == ["many"]
    seen = await visitor.send(again, f"{home}/contract", pay_yuan="320.50", kind="labour")
    assert "合同已发出" in seen.text
    assert "¥320.50" in seen.text
    form = await visitor.get(f"{home}/training")
    seen = await visitor.send(form, f"{home}/training", hours="15")
    assert "培训已登记" in seen.text
    refused = await visitor.send(seen, f"{home}/entry")
    assert refused.status == 409
    assert "没有签好的劳动合同" in refused.text
    [contract] = (await client.get("/api/v1/me/contracts", as_="zhang")).json()["items"]
    assert (await site.sign(client, contract["id"], "zhang")).status_code == 200
    seen = await visitor.get(home)
    assert "都齐了" in seen.text
    seen = await visitor.send(seen, f"{home}/entry")
    assert "已登记进场" in seen.text
    assert (await Engagement.get(id=row.id)).state == State.ON_SITE


async def test_who_is_in_charge_lets_in_for_a_reason_and_a_term(
    visitor: Visitor, client: Client, project_id: str
) -> None:
    row = await site.period(client, project_id)
    await visitor.enter("officer_a")
    assert "特批" not in (await visitor.get(page_of(row))).text
    await visitor.enter("manager_a")
    seen = await visitor.get(page_of(row))
    after = await visitor.send(
        seen, f"{page_of(row)}/entry", override_reason="合同纸质已签，明天补录"
    )
    assert "已登记进场" in after.text
    listed = await visitor.get("/enterprise/overrides")
    assert "合同纸质已签" in listed.text
    assert "项目经理" in listed.text


async def test_an_exit_says_whether_the_wages_are_paid(
    visitor: Visitor, client: Client, project_id: str
) -> None:
    row = await site.entered(client, project_id)
    await visitor.enter("officer_a")
    seen = await visitor.get(page_of(row))
    unsaid = await visitor.send(seen, f"{page_of(row)}/exit", reason="回家收麦子")
    assert unsaid.status == 422
    assert unsaid.form(f"{page_of(row)}/exit").values["reason"] == ["回家收麦子"]
    seen = await visitor.send(unsaid, f"{page_of(row)}/exit", settled="false")
    assert "已登记离场" in seen.text
    assert "没结清" in seen.text
    seen = await visitor.send(seen, f"{page_of(row)}/settlement")
    assert "已结清" in seen.text
    ledger = await visitor.get("/enterprise/ledger")
    assert "进场" in ledger.text
    assert "离场" in ledger.text


async def test_a_stranger_finds_no_worker(
    visitor: Visitor, client: Client, project_id: str
) -> None:
    row = await site.period(client, project_id)
    await visitor.enter("officer_b")
    for end in ("", "/contract", "/training", "/certificate"):
        assert (await visitor.get(page_of(row) + end)).status == 404
    assert row.id not in (await visitor.get("/enterprise/workers")).html
    await visitor.enter("zhang")
    for path in ("/enterprise/workers", page_of(row), "/enterprise/imports", "/enterprise/staff"):
        assert (await visitor.get(path)).status == 403


async def test_a_worker_is_collected_with_his_card(visitor: Visitor, client: Client) -> None:
    await both_firms(client)
    await visitor.enter("officer_a")
    given = crew.body(3)
    seen = await visitor.get("/enterprise/collect")
    wrong = await visitor.send(
        seen, "/enterprise/collect", **{**given, "id_number": "510107199001010000"}
    )
    assert wrong.status == 422
    assert wrong.form("/enterprise/collect").values["name"] == [given["name"]]
    seen = await visitor.send(wrong, "/enterprise/collect", **given)
    assert "已登记" in seen.text
    assert given["id_number"] not in seen.html
    again = await visitor.get("/enterprise/collect")
    seen = await visitor.send(again, "/enterprise/collect", **given)
    assert "以前已经登记过" in seen.text


async def test_a_file_is_imported_and_reported_row_by_row(visitor: Visitor, client: Client) -> None:
    await both_firms(client)
    await visitor.enter("officer_a")
    table = [*crew.rows(2), ("王样例", "510107199001010000", "", "钢筋工")]
    seen = await visitor.get("/enterprise/imports")
    files = {"file": ("workers.xlsx", crew.as_xlsx(table))}
    report = await visitor.send(seen, "/enterprise/imports", files=files)
    assert "导入完成" in report.text
    assert "第 4 行" in report.text
    assert "有错" in report.text
    assert "证件号码：证件号码里有一位填错了" in report.text
    twice = await visitor.send(seen, "/enterprise/imports", files=files)
    assert twice.path == report.path
    assert "510107199001010000" not in report.html
    answer = await visitor.http.get(f"{report.path}/file")
    assert answer.content.startswith(b"PK")
    assert (await visitor.http.get("/enterprise/imports/template")).content.startswith(b"PK")
    bad = await visitor.send(
        await visitor.get("/enterprise/imports"), "/enterprise/imports",
        files={"file": ("workers.xlsx", b"PK nothing of the kind")},
    )  # fmt: skip
    assert bad.status == 415
    assert bad.path == "/enterprise/imports"
    await visitor.enter("officer_b")
    assert (await visitor.get(report.path)).status == 404


async def test_staff_is_added_after_a_fresh_proof_and_the_code_shown_once(
    visitor: Visitor, client: Client
) -> None:
    await both_firms(client)
    await visitor.enter("admin_a")
    seen = await visitor.get("/enterprise/staff")
    seen = await visitor.send(seen, "/enterprise/staff", username="fresh.one")
    assert seen.path.startswith("/enterprise/prove?next=/enterprise/staff")
    await visitor.cast.sudo("admin_a")
    await visitor.enter("admin_a")
    seen = await visitor.get("/enterprise/staff")
    wrong = await visitor.send(seen, "/enterprise/staff", username="No Such Name")
    assert wrong.status == 422
    assert wrong.form("/enterprise/staff").values["username"] == ["No Such Name"]
    made = await visitor.send(wrong, "/enterprise/staff", username="fresh.one")
    assert "fresh.one 的激活码" in made.text
    later = await visitor.get("/enterprise/staff")
    assert "激活码" not in later.text
    actions = [form.action for form in later.forms if form.action.endswith("/end")]
    ended = await visitor.send(later, actions[-1])
    assert "已停用" in ended.text
    assert "fresh.one" not in ended.text


async def test_the_last_administrator_stays(visitor: Visitor, client: Client) -> None:
    await both_firms(client)
    await visitor.cast.token("admin_a")
    await visitor.cast.sudo("admin_a")
    await visitor.enter("admin_a")
    seen = await visitor.get("/enterprise/staff")
    mine = [f for f in seen.forms if f.values.get("role") == ["enterprise_admin"]]
    takes = [f for f in mine if f.action.endswith("/take")]
    refused = await visitor.send(seen, takes[0].action, role="enterprise_admin")
    assert refused.status == 409
