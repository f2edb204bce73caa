"""个人信息, 安康卡, 保险, 资料更正, 履历 and 事故 on pages, without scripts."""

from typing import Any

import pytest

from api.accidents.models import Accident, EmergencyContact
from api.cards.models import WorkerCard
from api.engagements.models import Engagement
from api.insurance.models import InsurancePolicy
from api.profiles.models import ProfileCorrection
from api.workers.models import Worker
from tests.api.attendance import sites
from tests.api.profiles import world as worlds
from tests.api.profiles.profiled import RELATIVE
from tests.api.profiles.world import Site
from tests.cast import Client
from tests.h5.counting import counted
from tests.h5.visiting import Seen, Visitor
from tests.specimens import person

ME, CARD, RESUME = "/h5/profile", "/h5/profile/card", "/h5/resume"
FIX, HELP, HURT = "/h5/profile/corrections", "/h5/emergency", "/h5/accidents"
INSURANCE, CARDS, ACCIDENTS = (
    "/enterprise/insurance", "/enterprise/cards", "/enterprise/accidents",
)  # fmt: skip
PHOTO = ("p.jpg", sites.photo(), "image/jpeg")
NUMBERS = [person(seed).bank_card for seed in (60, 61)]
MOST = 12


@pytest.fixture
async def site(client: Client) -> Site:
    return await worlds.opened(client)


async def become(visitor: Visitor, name: str) -> Visitor:
    visitor.http.cookies.clear()
    return await visitor.enter(name)


async def test_more_leads_to_the_record_and_to_help_in_two_taps(
    site: Site, visitor: Visitor
) -> None:
    await visitor.enter("zhang")
    home = await visitor.get("/h5/")
    assert "/h5/more" in home.links
    more = await visitor.get("/h5/more")
    assert {ME, HELP} <= set(more.links)
    seen = await visitor.get(ME)
    worker = await Worker.get(id=site.zhang)
    assert worker.number.masked in seen.text and "还没有工伤保险" in seen.text
    for group in ("基本信息", "资格和培训", "干过的活"):
        assert group in seen.text
    assert {CARD, RESUME, FIX, f"{ME}/insurance", f"{ME}/identity"} <= set(seen.links)


async def test_a_newcomer_is_led_to_the_registration(site: Site, visitor: Visitor) -> None:
    await visitor.enter("li")
    assert "/h5/register" in (await visitor.get(ME)).links
    assert "还没有安康卡" in (await visitor.get(CARD)).text
    assert "还没有登记保险" in (await visitor.get(f"{ME}/insurance")).text
    assert "平安就好" in (await visitor.get(HURT)).text
    assert "您还没有进过工地" in (await visitor.get(f"{HURT}/new")).text


async def test_the_whole_number_is_behind_a_proof(site: Site, visitor: Visitor) -> None:
    await visitor.enter("zhang")
    assert (await visitor.get(f"{ME}/identity")).path.startswith("/h5/prove")
    await site.client.cast.sudo("zhang")
    seen = await (await become(visitor, "zhang")).get(f"{ME}/identity")
    assert "张样例" in seen.text and "遮一下" in seen.text


async def test_a_card_is_handed_out_lost_and_replaced(site: Site, visitor: Visitor) -> None:
    office = await visitor.enter("officer_a")
    code = (await Worker.get(id=site.zhang)).code
    given: dict[str, Any] = {"worker_code": code, "number": NUMBERS[0], "bank_name": "样例银行"}
    issue = f"{CARDS}/issue"
    seen = await office.send(await office.get(CARDS), issue, **given)
    assert "登记好了" in seen.text, seen.text
    row = await WorkerCard.get()
    assert seen.path == f"{CARDS}/{row.id}" and "登记好了" in seen.text
    again = await office.send(await office.get(CARDS), issue, **given)
    assert "有一张在用的卡" in again.text and NUMBERS[0] in again.form(issue).values["number"]
    zhang = await become(visitor, "zhang")
    seen = await zhang.get(CARD)
    assert f"尾号 {NUMBERS[0][-4:]}" in seen.text
    seen = await zhang.send(seen, f"{CARD}/{row.id}/loss")
    assert "已经挂失" in seen.text and "还没有安康卡" in seen.text
    office = await become(visitor, "officer_a")
    seen = await office.get(f"{CARDS}/{row.id}")
    new_card: dict[str, Any] = {"number": NUMBERS[1], "reason": "丢了换新"}
    seen = await office.send(seen, f"{CARDS}/{row.id}/replace", **new_card)
    assert "换好了" in seen.text and await WorkerCard.all().count() == 2
    seen = await office.send(seen, f"{seen.path}/return", reason="退场交回")
    assert "已经登记交回" in seen.text


async def test_insurance_is_entered_and_who_lacks_it_is_seen(site: Site, visitor: Visitor) -> None:
    office = await visitor.enter("officer_a")
    assert "没有保险" in (await office.get("/enterprise/workers")).text
    listed = await office.get(f"{INSURANCE}?project_id={site.project_id}")
    new = f"/enterprise/projects/{site.project_id}/insurance/new"
    assert new in listed.links
    given: dict[str, Any] = {
        "kind": "accident", "insurer": "样例保险", "number": "PA-1", "starts_on": "2026-11-01",
        "ends_on": "2027-10-31",
    }  # fmt: skip
    nobody = await office.send(await office.get(new), new, **given, whom="ticked")
    assert "没有选到工人" in nobody.text and nobody.form(new).values["number"] == ["PA-1"]
    seen = await office.send(nobody, new, **given, whom="everybody")
    assert "登记好了" in seen.text and "1 人" in seen.text
    assert "没有保险" not in (await office.get("/enterprise/workers")).text
    assert "没有这样的人" in (await office.get(f"{INSURANCE}/uninsured")).text
    policy = await InsurancePolicy.get()
    seen = await office.send(seen, f"{INSURANCE}/{policy.id}/everybody")
    assert "加好了" in seen.text
    ended = await office.send(seen, f"{INSURANCE}/{policy.id}/end", ends_on="2026-11-29")
    assert "已经改好止期" in ended.text
    county = await become(visitor, "county")
    assert "张*例" in (await county.get("/regulator/uninsured")).text
    zhang = await become(visitor, "zhang")
    assert "没生效或过期" in (await zhang.get(f"{ME}/insurance")).text


async def test_a_correction_goes_its_whole_way(site: Site, visitor: Visitor) -> None:
    zhang = await visitor.enter("zhang")
    new = f"{FIX}/new"
    seen = await zhang.get(f"{new}?field=nation")
    same = await zhang.send(seen, new, {"proof": PHOTO}, nation="汉")
    assert "一样" in same.text and same.form(new).values["nation"] == ["汉"]
    seen = await zhang.send(same, new, {"proof": PHOTO}, nation="藏")
    row = await ProfileCorrection.get()
    assert seen.path == f"{FIX}/{row.id}" and "正在等工作人员核对" in seen.text
    county = await become(visitor, "county")
    queue = await county.get("/regulator/corrections?state=pending")
    assert f"/regulator/corrections/{row.id}" in queue.links
    one = await county.get(f"/regulator/corrections/{row.id}")
    photo = next(link for link in one.links if link.startswith("/regulator/files/"))
    assert (await county.http.get(photo)).headers["content-type"] == "image/jpeg"
    decide = f"/regulator/corrections/{row.id}/decide"
    silent = await county.send(one, decide, decision="refuse", reason=None)
    assert "不同意要写原因" in silent.text
    done = await county.send(silent, decide, decision="accept")
    assert "已经改好" in done.text
    person_page = await county.get(f"/regulator/workers/{site.zhang}")
    assert "本人申请更正" in person_page.text
    zhang = await become(visitor, "zhang")
    assert "已经改好" in (await zhang.get(f"{FIX}/{row.id}")).text


@pytest.mark.parametrize(
    ("field", "typed"),
    [("address", {"address": "样例省新家路8号"}), ("education", {"education": "02"}),
     ("skill", {"skill": "senior"}), ("name", {"name": "张新样"}), ("issuer", {"issuer": "样例局"}),
     ("validity", {"valid_from": "2026-01-02", "valid_to": None, "for_good": "true"})],
)  # fmt: skip
async def test_each_field_has_its_form_and_can_be_withdrawn(
    site: Site, visitor: Visitor, field: str, typed: dict[str, Any]
) -> None:
    zhang = await visitor.enter("zhang")
    seen = await zhang.get(f"{FIX}/new?field={field}")
    seen = await zhang.send(seen, f"{FIX}/new", {"proof": PHOTO}, **typed)
    row = await ProfileCorrection.get()
    assert "提交好了" in seen.text
    seen = await zhang.send(seen, f"{FIX}/{row.id}/withdraw")
    assert seen.path == FIX and "已经撤回" in seen.text


async def test_a_certificate_has_its_form(site: Site, visitor: Visitor) -> None:
    zhang = await visitor.enter("zhang")
    assert "还没有登记特种作业证" in (await zhang.get(f"{FIX}/new?field=certificate")).text
    certificate = await site.certify(until="2026-12-31")
    seen = await zhang.get(f"{FIX}/new?field=certificate")
    typed: dict[str, Any] = {
        "certificate_id": certificate,
        "valid_from": "2025-01-01",
        "valid_to": "2028-12-31",
    }
    seen = await zhang.send(seen, f"{FIX}/new", {"proof": PHOTO}, **typed)
    assert "2028-12-31" in seen.text


async def test_a_resume_is_shown_read_printed_and_hidden(site: Site, visitor: Visitor) -> None:
    zhang = await visitor.enter("zhang")
    seen = await zhang.get(RESUME)
    assert "谁也看不了" in seen.text
    none = await zhang.send(seen, RESUME, parts=None)
    assert none.path == RESUME and "至少要有一项" in none.text
    shown = await zhang.send(seen, RESUME, parts=["projects", "days"], days="7")
    assert "好了" in shown.text and f"{RESUME}/pdf" in shown.links
    sheet = await zhang.http.get(f"{RESUME}/pdf")
    assert sheet.content[:5] == b"%PDF-"
    url = (await site.client.get("/api/v1/me/resume", as_="zhang")).json()["url"]
    address = f"/resumes/{url.rpartition('/')[2]}"
    visitor.http.cookies.clear()
    read = await visitor.get(address)
    assert "张*例" in read.text and "天" in read.text and "身份已核验" in read.text
    zhang = await become(visitor, "zhang")
    hidden = await zhang.send(await zhang.get(RESUME), f"{RESUME}/hide")
    assert "已经收回" in hidden.text
    gone = await visitor.get(address)
    assert gone.status == 404 and "看不了" in gone.text


async def test_help_is_one_press_away(site: Site, visitor: Visitor) -> None:
    zhang = await visitor.enter("zhang")
    seen = await zhang.get(HELP)
    assert "tel:120" in seen.links and "还没有紧急联系人" in seen.text
    path = f"{HELP}/contacts"
    seen = await zhang.get(path)
    bad = await zhang.send(seen, path, name="某某", phone="123", relation="spouse")
    assert "手机号要 11 位" in bad.text
    seen = await zhang.send(bad, path, name=RELATIVE.name, phone=RELATIVE.phone, relation="spouse")
    assert "保存好了" in seen.text and RELATIVE.phone not in seen.html
    assert f"tel:{RELATIVE.phone}" in (await zhang.get(HELP)).links
    seen = await zhang.send(seen, f"{path}/remove")
    assert "已经去掉" in seen.text and await EmergencyContact.all().count() == 0


async def _reported(zhang: Visitor) -> Seen:
    seen = await zhang.get(f"{HURT}/new")
    assert "tel:120" in seen.links
    typed: dict[str, Any] = {
        "harm": "light",
        "spot": "二层",
        "text": "脚扭了",
        "told_leader": "true",
    }
    return await zhang.send(seen, f"{HURT}/new", {"photo_1": PHOTO}, **typed)


async def test_an_accident_goes_its_whole_way(site: Site, visitor: Visitor) -> None:
    zhang = await visitor.enter("zhang")
    seen = await _reported(zhang)
    row = await Accident.get()
    assert seen.path == f"{HURT}/{row.id}" and "还有 30 天" in seen.text and "脚扭了" in seen.text
    office = await become(visitor, "officer_a")
    assert f"{ACCIDENTS}/{row.id}" in (await office.get(ACCIDENTS)).links
    one = await office.get(f"{ACCIDENTS}/{row.id}")
    answer = f"{ACCIDENTS}/{row.id}/answer"
    empty = await office.send(one, answer, act="handled", note=None)
    assert empty.path == f"{ACCIDENTS}/{row.id}" and "必填" in empty.text
    seen = await office.send(empty, answer, act="handled", note="已送医院")
    assert "保存好了" in seen.text and "已送医院" in seen.text
    opened = await office.send(seen, f"{ACCIDENTS}/{row.id}/contacts", reason="联系家属")
    assert "他没有填紧急联系人" in opened.text
    county = await become(visitor, "county")
    assert f"/regulator/accidents/{row.id}" in (await county.get("/regulator/accidents")).links
    assert "脚扭了" in (await county.get(f"/regulator/accidents/{row.id}")).text
    zhang = await become(visitor, "zhang")
    seen = await zhang.get(f"{HURT}/{row.id}")
    assert "查看了紧急联系人" in seen.text and "已送医院" in seen.text
    seen = await zhang.send(seen, f"{HURT}/{row.id}/claim", number="认1号")
    assert "记下了" in seen.text and "受理号 认1号" in seen.text


async def test_the_office_reports_from_a_workers_page(site: Site, visitor: Visitor) -> None:
    office = await visitor.enter("manager_a")
    period = await Engagement.get(worker_id=site.zhang)
    page = f"/enterprise/projects/{site.project_id}/workers/{period.id}"
    assert f"{page}/accident" in (await office.get(page)).links
    seen = await office.get(f"{page}/accident")
    typed: dict[str, Any] = {"harm": "serious", "spot": "塔吊下", "text": "被钢筋砸了脚"}
    future = await office.send(seen, f"{page}/accident", {"photo_1": PHOTO}, **typed,
                               happened_on="2099-01-01")  # fmt: skip
    assert "日期不能晚于今天" in future.text
    seen = await office.send(seen, f"{page}/accident", {"photo_1": PHOTO}, **typed)
    assert "报告好了" in seen.text and (await Accident.get()).side.value == "enterprise"


async def test_lists_cost_the_same_however_long(site: Site, visitor: Visitor) -> None:
    await visitor.enter("zhang")
    await _reported(visitor)
    for who, path in (
        ("officer_a", INSURANCE), ("officer_a", f"{INSURANCE}/uninsured"), ("officer_a", CARDS),
        ("officer_a", ACCIDENTS), ("county", "/regulator/uninsured"),
        ("county", "/regulator/accidents"), ("county", "/regulator/corrections"),
        ("zhang", HURT), ("zhang", FIX),
    ):  # fmt: skip
        await become(visitor, who)
        await visitor.get(path)
        with counted() as statements:
            assert (await visitor.get(path)).status == 200
        assert len(statements) <= MOST, (path, len(statements))
