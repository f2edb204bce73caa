"""A sheet from days to release: who may do what, what is refused, and what everybody is told."""

from datetime import date
from uuid import UUID

import pytest

from api.audit.models import AuditLine
from api.engagements.models import Contract, ContractState
from api.kit.personal import Kind as Secret
from api.kit.personal import Personal
from api.wages.models import WageItem, WageLine, WageLineVersion, WageSheet
from api.worklog.rules import Kind
from tests.api.wages import paid
from tests.api.wages.paid import REGION, SHEETS, Paid, days, fine, refusal, told
from tests.cast import FIRM_A, FIRM_B, Client


@pytest.fixture
async def world(client: Client) -> Paid:
    return await paid.opened(client)


async def test_a_sheet_is_drawn_from_days_books_and_terms(world: Paid) -> None:
    await world.terms(overtime_percent=150)
    await world.work(world.zhang, days("2026-10-09", 20))
    await world.book(world.zhang, "2026-10-09", Kind.TIME, units="1", overtime="2")
    await world.book(
        world.zhang, "2026-10-10", Kind.PIECE, unit="平方米", quantity="12.5", amount_fen=25000
    )
    advance = await world.book(world.zhang, "2026-10-12", Kind.ADVANCE, amount_fen=50000)
    sheet = await world.make()
    assert sheet["number"].startswith("GZD") and sheet["number"].endswith("202610001")
    assert (sheet["state"], sheet["kind"], sheet["drawing"]) == ("draft", "monthly", False)
    assert (sheet["from_on"], sheet["to_on"], sheet["pay_on"]) == (
        "2026-10-01", "2026-10-31", "2026-11-20",
    )  # fmt: skip
    line = await world.line(sheet["id"])
    amounts = {each["kind"]: each["amount_fen"] for each in line["items"]}
    # 20 工 × 300, 300 / 8 × 1.5 × 2, what both books say of the piece work, the advance back.
    assert amounts == {"basic": 600000, "piece": 25000, "overtime": 11250, "advance": -50000}
    assert (line["gross_fen"], line["deducted_fen"], line["net_fen"]) == (636250, 50000, 586250)
    assert (sheet["persons"], sheet["total_fen"], sheet["pending_fen"]) == (1, 586250, 586250)
    assert await WageItem.filter(source_id=advance.id).count() == 1
    assert await AuditLine.filter(tag="wage_sheet.made").count() == 1


async def test_an_advance_is_taken_back_once(world: Paid) -> None:
    await world.terms()
    await world.work(world.zhang, ["2026-10-09"])
    for day, amount in (("2026-09-30", 20000), ("2026-10-11", 20000)):
        await world.book(world.zhang, day, Kind.ADVANCE, amount_fen=amount)
    first = await world.make()
    line = await world.line(first["id"])
    # The second would leave less than nothing: it waits.
    assert line["net_fen"] == 10000 and line["hints"] == ["advance_left"]
    second = await world.make(kind="settlement", from_on="2026-10-09", to_on="2026-10-12")
    line = await world.line(second["id"])
    assert line["net_fen"] == 10000 and line["overlaps"]
    fine(await world.act(first["id"], "voiding", reason="做错了"))
    third = await world.make()
    assert (await world.line(third["id"]))["deducted_fen"] == 20000


async def test_what_books_do_not_agree_on_is_shown_and_not_paid(world: Paid) -> None:
    await world.terms()
    await world.work(world.zhang, ["2026-10-09"])
    await world.book(
        world.zhang, "2026-10-09", Kind.TIME, "work", worker_units="1", leader_units="0.5",
        worker_overtime="3", leader_overtime="0",
    )  # fmt: skip
    sheet = await world.make()
    line = await world.line(sheet["id"])
    assert line["differs"] and line["overtime_hours"] == "0" and line["net_fen"] == 30000
    [day] = line["days"]
    assert (day["punched_units"], day["worker_units"], day["leader_units"], day["sheet_units"]) == (
        "1", "1", "0.5", "1",
    )  # fmt: skip
    assert day["worker_overtime"] == "3" and day["differs"]
    assert [each["id"] for each in await world.lines(sheet["id"], flagged="true")] == [line["id"]]
    assert sheet["differing"] == 1


@pytest.mark.parametrize("kind", ["settlement", "back_pay"])
@pytest.mark.parametrize(
    ("days_said", "code", "places"),
    [
        ({}, "period_missing", ["from_on", "to_on"]),
        ({"from_on": "2026-10-09"}, "period_missing", ["to_on"]),
        ({"from_on": "2026-10-09", "to_on": "2026-10-08"}, "wrong_period", ["to_on"]),
        ({"from_on": "2026-11-04", "to_on": "2026-11-05"}, "wrong_period", ["from_on"]),
        (
            {"from_on": "2026-10-01", "to_on": "2026-10-09", "pay_on": "2026-10-08"},
            "pay_too_early", ["pay_on"],
        ),
    ],
)  # fmt: skip
async def test_days_are_said_and_faulted_where_they_stand(
    world: Paid, kind: str, days_said: dict[str, str], code: str, places: list[str]
) -> None:
    answer = await world.ask(kind=kind, **days_said)
    assert refusal(answer) == (422, f"wages.{code}")
    assert [each["path"] for each in answer.json()["errors"]] == places
    assert not await WageSheet.exists()


async def test_a_month_is_whole_and_paid_after_it(world: Paid) -> None:
    await world.terms()
    early = await world.ask(pay_on="2026-10-30")
    assert [each["path"] for each in early.json()["errors"]] == ["pay_on"]
    later = await world.ask(month="2026-12")
    assert [each["path"] for each in later.json()["errors"]] == ["month"]
    # The last day is a Saturday on which banks rest: it is due on the day before.
    assert (await world.make(pay_on="2026-10-31"))["pay_on"] == "2026-10-30"


async def test_a_release_needs_a_fresh_proof_and_an_agreement(world: Paid) -> None:
    await world.terms()
    await world.work(world.zhang, ["2026-10-09"])
    sheet = await world.to("rechecked")
    await world.signed(sheet["id"])
    bare = await world.client.post(f"{SHEETS}/{sheet['id']}/release", as_="auditor_a")
    assert bare.status_code == 403
    assert refusal(await world.act(sheet["id"], "release", "auditor_a")) == (
        409, "funds.not_ready",
    )  # fmt: skip
    account = await world.ready()
    await world.go("2027-02-01")
    assert fine(await world.act(sheet["id"], "release", "auditor_a"))["state"] == "released"
    assert account


async def test_an_expired_agreement_holds_a_release(world: Paid) -> None:
    await world.terms()
    await world.work(world.zhang, ["2026-10-09"])
    body = {"bank_code": "105", "number": "510501234567890123", "opened_on": "2026-01-05"}
    path = f"/api/v1/enterprise/projects/{world.project_id}/special-account"
    account = paid.made(await world.client.post(path, as_="officer_a", json=body))
    paid.made(await world.agreed(account["id"], ends_on="2026-11-02"))
    sheet = await world.to("rechecked")
    await world.signed(sheet["id"])
    assert refusal(await world.act(sheet["id"], "release", "auditor_a")) == (
        409, "funds.not_ready",
    )  # fmt: skip


async def test_a_correction_voids_the_signature_of_its_line_alone(world: Paid) -> None:
    await world.terms()
    await world.terms(world.li)
    for worker_id in (world.zhang, world.li):
        await world.work(worker_id, ["2026-10-09", "2026-10-10"])
    sheet = await world.to("submitted")
    await world.signed(sheet["id"])
    before = await world.line(sheet["id"])
    line = await world.bonus(before)
    assert (line["version"], line["state"], line["net_fen"]) == (2, "waiting", 70000)
    assert line["digest"] != before["digest"]
    other = await world.line(sheet["id"], world.li)
    assert (other["state"], other["version"]) == ("confirmed", 1)
    assert (await told(world.client, "zhang"))[-1] == "wages.line_changed"
    assert "wages.line_changed" not in await told(world.client, "li")
    kept = await WageLineVersion.get(line_id=line["id"])
    assert (kept.version, kept.digest) == (1, before["digest"])
    now = await world.sheet(sheet["id"])
    assert (now["total_fen"], now["pending_fen"], now["version"]) == (130000, 130000, 2)
    # What was added may be taken away again, what follows from work may not.
    [added] = [each for each in line["items"] if each["by_hand"]]
    basic = next(each for each in line["items"] if each["kind"] == "basic")
    assert refusal(await world.correct(line, remove=[basic["id"]])) == (422, "wages.wrong_item")
    line = fine(await world.correct(line, remove=[added["id"]]))
    assert (line["version"], line["net_fen"]) == (3, 60000)


async def test_a_line_never_comes_to_less_than_nothing(world: Paid) -> None:
    await world.terms()
    await world.work(world.zhang, ["2026-10-09"])
    sheet = await world.make()
    line = await world.line(sheet["id"])
    cut = {"kind": "deduction", "amount_fen": 30001, "note": "丢了工具"}
    assert refusal(await world.correct(line, add=[cut])) == (422, "wages.below_nothing")
    line = fine(await world.correct(line, add=[{**cut, "amount_fen": 6001}]))
    assert (line["net_fen"], line["hints"]) == (23999, ["deduction_cap"])
    # A draft that nobody has seen leaves no version behind.
    assert not await WageLineVersion.exists()


async def test_nothing_is_changed_after_the_audit(world: Paid) -> None:
    await world.terms()
    await world.work(world.zhang, ["2026-10-09"])
    sheet = await world.to("audited")
    line = await world.line(sheet["id"])
    added = {"kind": "bonus", "amount_fen": 100, "note": "补"}
    assert refusal(await world.correct(line, add=[added])) == (409, "wages.wrong_step")
    with pytest.raises(Exception, match="append-only"):
        await WageLine.filter(id=line["id"]).update(net_fen=1, gross_fen=1)
    with pytest.raises(Exception, match="append-only"):
        await WageItem.filter(line_id=line["id"]).update(amount_fen=1)
    with pytest.raises(Exception, match="append-only"):
        await WageLine.filter(id=line["id"]).delete()
    back = fine(await world.act(sheet["id"], "return", "auditor_a", reason="少算一天"))
    assert (back["state"], back["steps"][-1]["reason"]) == ("draft", "少算一天")
    assert (await told(world.client, "officer_a"))[-1] == "wages.sheet_returned"
    await world.bonus(line)


async def test_an_overlap_is_flagged_and_must_be_seen(world: Paid) -> None:
    await world.terms()
    await world.work(world.zhang, days("2026-10-09", 5))
    await world.make()
    second = await world.make(kind="settlement", from_on="2026-10-10", to_on="2026-10-11")
    assert second["overlapping"] == 1
    fine(await world.act(second["id"], "submission"))
    answer = await world.act(second["id"], "audit", "auditor_a")
    assert refusal(answer) == (409, "wages.overlap_unseen")
    fine(await world.act(second["id"], "audit", "auditor_a", overlaps_seen=True))


async def test_who_has_no_terms_is_not_submitted(world: Paid) -> None:
    await world.work(world.zhang, ["2026-10-09"])
    sheet = await world.make()
    line = await world.line(sheet["id"])
    assert (line["hints"], line["net_fen"]) == (["no_terms"], 0)
    assert refusal(await world.act(sheet["id"], "submission")) == (409, "wages.no_terms")
    empty = await world.make(month="2026-09")
    assert refusal(await world.act(empty["id"], "submission")) == (409, "wages.empty_sheet")


async def test_an_unsigned_line_is_paid_with_a_reason(world: Paid) -> None:
    await world.terms()
    await world.work(world.zhang, ["2026-10-09"])
    await world.ready()
    sheet = await world.to("rechecked")
    line = await world.line(sheet["id"])
    path = f"{SHEETS}/{sheet['id']}/lines/{line['id']}/unsigned-reason"
    body = {"reason": "本人住院，电话里说同意"}
    line = fine(await world.client.put(path, as_="officer_a", json=body))
    assert line["unsigned_reason"] == body["reason"]
    assert fine(await world.act(sheet["id"], "release", "auditor_a"))["unsigned"] == 0
    answer = await world.client.put(path, as_="officer_a", json=body)
    assert refusal(answer) == (409, "wages.wrong_step")


async def test_strangers_see_no_sheet(world: Paid) -> None:
    await world.terms()
    await world.work(world.zhang, ["2026-10-09"])
    sheet = await world.make()
    assert (await world.client.get(f"{SHEETS}/{sheet['id']}", as_="officer_b")).status_code == 404
    assert fine(await world.client.get(SHEETS, as_="officer_b"))["items"] == []
    assert (await world.client.get(f"{REGION}/{sheet['id']}", as_="neighbour")).status_code == 404
    seen = fine(await world.client.get(REGION, as_="county"))
    assert [each["id"] for each in seen["items"]] == [sheet["id"]]
    assert (await world.client.get(SHEETS, as_="manager_a")).status_code == 403


async def test_the_list_sums_everything_that_is_asked_for(world: Paid) -> None:
    await world.terms()
    await world.work(world.zhang, days("2026-10-09", 3))
    for _ in range(3):
        await world.make()
    page = fine(await world.client.get(SHEETS, as_="officer_a", params={"limit": 2}))
    assert len(page["items"]) == 2 and page["next_cursor"]
    assert (page["sheets"], page["persons"], page["total_fen"]) == (3, 3, 270000)
    numbers = await WageSheet.all().order_by("id").values_list("number", flat=True)
    assert [str(each)[-3:] for each in numbers] == ["001", "002", "003"]


async def test_sums_leave_out_what_does_not_count(world: Paid) -> None:
    await world.terms()
    await world.work(world.zhang, ["2026-10-09"])
    submitted = await world.to("submitted")
    await world.make()
    void = await world.make()
    fine(await world.act(void["id"], "voiding", reason="做错了"))

    async def sums(path: str, who: str, **query: str) -> tuple[int, int, int]:
        page = fine(await world.client.get(path, as_=who, params=query))
        return page["sheets"], page["persons"], page["total_fen"]

    assert await sums(REGION, "county") == (1, 1, 30000), submitted
    assert await sums(SHEETS, "officer_a") == (2, 2, 60000), "its drafts are its own"
    for who, path in (("county", REGION), ("officer_a", SHEETS)):
        assert await sums(path, who, state="void") == (1, 1, 30000)


async def test_who_had_not_signed_is_not_told_of_a_signature(world: Paid) -> None:
    await world.terms()
    await world.work(world.zhang, ["2026-10-09"])
    draft = await world.make()
    await world.bonus(await world.line(draft["id"]))
    assert await told(world.client, "zhang") == ["wages.terms_set"]
    sheet = fine(await world.act(draft["id"], "submission"))
    await world.bonus(await world.line(sheet["id"]))
    assert (await told(world.client, "zhang"))[-1] == "wages.line_revised"
    await world.sign(sheet["id"])
    await world.bonus(await world.line(sheet["id"]))
    assert (await told(world.client, "zhang"))[-1] == "wages.line_changed"


async def test_a_line_says_where_it_overlaps(world: Paid) -> None:
    await world.terms()
    await world.work(world.zhang, days("2026-10-09", 5))
    first = await world.make()
    assert (await world.line(first["id"]))["overlap"] is None
    second = await world.make(kind="settlement", from_on="2026-10-12", to_on="2026-10-20")
    assert (await world.line(second["id"]))["overlap"] == {
        "sheet_id": first["id"], "number": first["number"], "void": False,
        "days": ["2026-10-12", "2026-10-13"],
    }  # fmt: skip
    fine(await world.act(first["id"], "voiding", reason="做错了"))
    overlap = (await world.line(second["id"]))["overlap"]
    assert overlap["void"], "it will not be paid twice"


async def test_of_another_firms_sheet_the_days_alone_are_said(world: Paid) -> None:
    await world.terms()
    await world.work(world.zhang, ["2026-10-09", "2026-10-10"])
    first = await world.make()
    second = await world.make()
    # Another firm's sheet of his on the same project.
    await WageSheet.filter(id=first["id"]).update(enterprise_id=FIRM_B, contractor_id=FIRM_B)
    assert (await world.line(second["id"]))["overlap"] == {
        "sheet_id": None, "number": "", "void": False, "days": ["2026-10-09", "2026-10-10"],
    }  # fmt: skip


async def test_a_signed_contract_gives_the_terms_until_the_employer_sets_others(
    world: Paid,
) -> None:
    await world.work(world.zhang, ["2026-10-09", "2026-10-10"])
    await contract(world, pay_fen=28000)
    sheet = await world.make()
    assert (await world.line(sheet["id"]))["net_fen"] == 56000
    await world.terms(effective_from="2026-10-05", rate_fen=31000)
    again = await world.make()
    assert (await world.line(again["id"]))["net_fen"] == 62000


async def contract(world: Paid, pay_fen: int) -> None:
    await Contract.create(
        worker_id=world.zhang, project_id=UUID(world.project_id), enterprise_id=FIRM_A,
        contractor_id=FIRM_A, region="510107", kind="labour", template="t",
        text=Personal.of(Secret.TEXT, "合同"), digest="0" * 64, pay_kind="day", pay_fen=pay_fen,
        starts_on=date(2026, 9, 1), pay_day=20, state=ContractState.SIGNED,
    )  # fmt: skip
