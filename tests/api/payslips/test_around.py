"""Around a payslip: calendar, ledger, links for relatives, the card, paper, evidence, figures."""

import hashlib
import io
import json
import zipfile
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from api.audit.models import AuditLine
from api.complaints import evidence
from api.complaints.models import ComplaintEvidence
from api.kit import clock, jobs
from api.kit.ids import new_id
from api.kit.transaction import transaction
from api.payslips.models import CardAnswer, PayslipShare
from api.wages.models import WageLine
from api.wages.paying import mark
from api.wages.rules import PayState
from api.worklog.rules import Kind
from tests.api.payslips import slips
from tests.api.payslips.slips import ME, OWN, banked, one, sign
from tests.api.wages.paid import Paid, entered, fine, made, refusal
from tests.cast import Client

STATISTICS = "/api/v1/enterprise/wage-statistics"
SHARED = "/api/v1/shared-payslips"


@pytest.fixture
async def world(client: Client) -> Paid:
    return await slips.opened(client)


async def got(world: Paid, path: str, who: str = "zhang", **query: Any) -> dict[str, Any]:
    return fine(await world.client.get(path, as_=who, params=query))


async def paid_out(world: Paid) -> dict[str, Any]:
    sheet = await slips.released(world)
    await banked(sheet)
    await entered(world.client, "zhang")
    return sheet


async def test_the_calendar_says_what_waits_for_a_sheet_and_who_is_late(world: Paid) -> None:
    found = await got(world, f"{ME}/pay-calendar")
    [waits] = found["awaited"]
    assert (waits["month"], waits["units"], found["items"]) == ("2026-10", "20", [])
    assert (waits["progress"]["stage"], waits["progress"]["who"]) == ("sheet", "employer")
    assert waits["progress"]["due"] == "2026-11-06" and waits["progress"]["who_name"]
    await world.go("2026-11-11")
    await entered(world.client, "zhang")
    assert (await got(world, f"{ME}/pay-calendar"))["awaited"][0]["progress"]["late_days"] == 3
    await world.to("submitted")
    found = await got(world, f"{ME}/pay-calendar")
    assert [each["month"] for each in found["awaited"]] == [] and found["items"][0]["progress"][
        "stage"
    ] == "signed"
    assert (await got(world, f"{ME}/pay-calendar", "wang")) == {"awaited": [], "items": []}


async def test_the_ledger_is_what_the_bank_said(world: Paid) -> None:
    await world.book(world.zhang, "2026-10-12", Kind.ADVANCE, amount_fen=50000)
    sheet = await slips.released(world)
    wallet = await got(world, f"{ME}/wallet")
    assert (wallet["paid_fen"], wallet["pending_fen"], wallet["items"]) == (0, 550000, [])
    await banked(sheet)
    wallet = await got(world, f"{ME}/wallet")
    assert (wallet["paid_fen"], wallet["pending_fen"], wallet["failed_fen"]) == (550000, 0, 0)
    [entry] = wallet["items"]
    assert (entry["paid_fen"], entry["advance_fen"], entry["paid_on"]) == (
        550000, 50000, "2026-11-18",
    )  # fmt: skip
    line = await WageLine.get(sheet_id=sheet["id"], worker_id=world.zhang)
    async with transaction():
        await mark(line.id, PayState.RETURNED, code="R01")
    wallet = await got(world, f"{ME}/wallet")
    assert (wallet["paid_fen"], wallet["failed_fen"], wallet["items"]) == (0, 550000, [])


async def test_a_link_shows_one_payslip_masked_until_it_ends(world: Paid) -> None:
    await world.to("submitted")
    slip = await one(world)
    body = {"days": 7}
    link = made(await world.client.post(f"{OWN}/{slip['id']}/shares", as_="zhang", json=body))
    token = link["url"].rpartition("/")[2]
    shown = fine(await world.client.get(f"{SHARED}/{token}"))
    assert shown["net_fen"] == slip["net_fen"] and "*" in shown["name"]
    assert "张样例" not in json.dumps(shown, ensure_ascii=False)
    assert not {"id", "days", "digest", "objections"} & set(shown)
    # The address is told once and kept nowhere.
    row = await PayslipShare.get()
    assert token not in row.key and (await got(world, f"{ME}/payslip-shares"))["items"] == [
        {**link, "url": None}
    ]
    wrong = token[:-1] + ("A" if token[-1] != "A" else "B")
    for word in (wrong, "x", f"{token}x", "%00"):
        assert (await world.client.get(f"{SHARED}/{word}")).status_code == 404
    stranger = await world.client.delete(f"{ME}/payslip-shares/{link['id']}", as_="li")
    assert refusal(stranger) == (404, "payslips.no_such_share")
    fine(await world.client.delete(f"{ME}/payslip-shares/{link['id']}", as_="zhang"))
    assert refusal(await world.client.get(f"{SHARED}/{token}")) == (404, "payslips.no_such_share")
    assert await AuditLine.filter(tag="payslip.share_revoked").count() == 1


async def test_a_link_is_good_for_seven_days_at_most(world: Paid) -> None:
    await world.to("submitted")
    path = f"{OWN}/{(await one(world))['id']}/shares"
    for days in (0, 8):
        answer = await world.client.post(path, as_="zhang", json={"days": days})
        assert answer.status_code == 422
    link = made(await world.client.post(path, as_="zhang", json={}))
    token = link["url"].rpartition("/")[2]
    moment = clock.now() + timedelta(days=7)
    clock.set_clock(lambda: moment - timedelta(seconds=1))
    fine(await world.client.get(f"{SHARED}/{token}"))
    clock.set_clock(lambda: moment)
    assert (await world.client.get(f"{SHARED}/{token}")).status_code == 404


async def test_whose_hand_the_card_is_in_is_asked_after_a_pay(world: Paid) -> None:
    sheet = await slips.released(world)
    path = f"{OWN}/{(await one(world))['id']}/card"
    early = await world.client.put(path, as_="zhang", json={"in_hand": False})
    assert refusal(early) == (409, "payslips.not_paid")
    await banked(sheet)
    said = fine(await world.client.put(path, as_="zhang", json={"in_hand": False}))
    assert said["card_in_hand"] is False and "card" not in said["may"]
    fine(await world.client.put(path, as_="zhang", json={"in_hand": True}))
    assert [row.in_hand for row in await CardAnswer.all()] == [True]
    # An enterprise looks up its own lines of the audit: these are none of it.
    assert await AuditLine.filter(tag="wage_card.said", tenant_id=None).count() == 2


async def test_a_payslip_on_paper(world: Paid) -> None:
    await world.to("submitted")
    slip = await one(world)
    answer = await world.client.get(f"{OWN}/{slip['id']}/pdf", as_="zhang")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF") and len(answer.content) > 5000


async def test_a_complaint_freezes_the_payslip(world: Paid) -> None:
    await world.to("submitted")
    slip = await one(world)
    made(await sign(world, slip))
    form = {"topic": "wages", "project_id": world.project_id, "addressee": "authority",
            "text": "工资没有到账。"}  # fmt: skip
    row = made(
        await world.client.post(
            f"{ME}/complaints", as_="zhang", files={k: (None, v) for k, v in form.items()}
        )
    )
    kept = await got(world, f"{ME}/complaints/{row['id']}/evidence")
    [frozen] = kept["slips"]
    assert kept["intact"] and frozen["digest"] == slip["digest"] and frozen["signed_at"]
    assert frozen["shown"]["net_fen"] == slip["net_fen"]
    stored = await ComplaintEvidence.get(complaint_id=UUID(row["id"]))
    stored.frozen["slips"][0]["shown"]["net_fen"] += 1
    assert evidence.digest_of(stored.frozen) != stored.digest


async def test_the_pack_holds_each_payslip_as_it_was_signed(world: Paid) -> None:
    await paid_out(world)
    slip = await one(world)
    await world.client.cast.sudo("zhang")
    asked = made(await world.client.post(f"{ME}/data/evidence-packs", as_="zhang"))
    await jobs.drain()
    answer = await world.client.post(f"{ME}/data/exports/{asked['id']}/file", as_="zhang")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        [name] = [n for n in archive.namelist() if n.startswith("payslips/") and "json" in n]
        assert hashlib.sha256(archive.read(name)).hexdigest() == slip["digest"]
        assert archive.read("payslips/payslips.pdf").startswith(b"%PDF")
        held = {p["table"]: p["rows"] for p in json.loads(archive.read("evidence.json"))["held"]}
    assert held["line_signature"][0]["digest"] == slip["digest"]
    assert held["wage_line"][0]["pay_state"] == "succeeded" and held["wage_item"]


async def test_the_contractor_sees_averages_of_what_arrived(world: Paid) -> None:
    sheet = await slips.released(world)
    before = await got(world, STATISTICS, "officer_a")
    assert before["whole"] == {
        "key": "", "name": "", "person_months": 0, "paid_fen": 0, "average_fen": None,
    }  # fmt: skip
    await banked(sheet)
    found = await got(world, STATISTICS, "officer_a")
    # 20 工 at 300 and at 280 yuan.
    assert (found["whole"]["person_months"], found["whole"]["average_fen"]) == (2, 580000)
    assert found["definition"] and (found["from_month"], found["to_month"]) == (
        "2025-11", "2026-10",
    )  # fmt: skip
    for by, key in (("project", world.project_id), ("month", "2026-10"), ("trade", "010")):
        [group] = found[f"by_{by}"]
        assert (group["key"], group["average_fen"]) == (key, 580000)
    narrow = await got(world, STATISTICS, "officer_a", project_id=world.project_id)
    assert narrow["whole"] == found["whole"]
    assert (await got(world, STATISTICS, "officer_b"))["by_project"] == []
    assert (await world.client.get(STATISTICS, as_="zhang")).status_code == 403
    turned = {"from_month": "2026-10", "to_month": "2026-09"}
    answer = await world.client.get(STATISTICS, as_="officer_a", params=turned)
    assert answer.status_code == 422


async def test_a_person_on_two_sheets_of_a_month_is_one_person_month(world: Paid) -> None:
    sheet = await paid_out(world)
    line = await WageLine.get(sheet_id=sheet["id"], worker_id=world.zhang)
    fields = {name: getattr(line, name) for name in line._meta.db_fields}
    await WageLine.create(
        **fields | {"id": new_id(), "sheet_id": await slips.copied(sheet, "2026-09")}
    )
    whole = (await got(world, STATISTICS, "officer_a"))["whole"]
    assert (whole["person_months"], whole["paid_fen"]) == (2, 2 * 600000 + 560000)


async def test_only_days_that_stand_on_no_sheet_wait_for_one(world: Paid) -> None:
    await world.work(world.zhang, ["2026-11-01", "2026-11-02"])
    await world.to("submitted", kind="settlement", from_on="2026-10-09", to_on="2026-11-01")
    found = await got(world, f"{ME}/pay-calendar")
    assert [(each["month"], each["units"]) for each in found["awaited"]] == [("2026-11", "1")]
