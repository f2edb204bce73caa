"""What a worker sees of his wages, signs and objects to, and that nobody else sees it."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from api.attendance.models import Workday
from api.audit.models import AuditLine
from api.files.models import StoredFile
from api.kit.ids import new_id
from api.kit.transaction import transaction
from api.wages.models import LineContest, LineSignature, WageLine
from api.wages.paying import mark
from api.wages.rules import PayState
from api.worklog.rules import Kind
from tests.api.payslips import slips
from tests.api.payslips.slips import OWN, banked, object_to, one, sign
from tests.api.wages.paid import CONTESTS, PHOTO, Paid, fine, made, refusal, told
from tests.cast import Client
from tests.h5.counting import counted


@pytest.fixture
async def world(client: Client) -> Paid:
    return await slips.opened(client)


async def listed(world: Paid, who: str = "zhang", **query: Any) -> list[dict[str, Any]]:
    return list(fine(await world.client.get(OWN, as_=who, params=query))["items"])


async def test_he_sees_days_rate_items_and_what_comes_out(world: Paid) -> None:
    await world.book(world.zhang, "2026-10-12", Kind.ADVANCE, amount_fen=50000)
    sheet = await world.make()
    assert await listed(world) == []
    fine(await world.act(sheet["id"], "submission"))
    slip = await one(world)
    assert (slip["month"], slip["sheet"], slip["state"]) == ("2026-10", sheet["number"], "waiting")
    assert (slip["terms"]["pay_kind"], slip["terms"]["rate_fen"]) == ("day", 30000)
    assert {each["kind"]: each["amount_fen"] for each in slip["items"]} == {
        "basic": 600000, "advance": -50000,
    }  # fmt: skip
    assert (slip["gross_fen"], slip["deducted_fen"], slip["net_fen"]) == (600000, 50000, 550000)
    assert sum(each["amount_fen"] for each in slip["items"]) == slip["net_fen"]
    assert slip["units"] == "20" and len(slip["days"]) == 20 and slip["intact"]
    assert slip["may"] == ["sign", "contest"] and slip["signed"] is None
    assert slip["progress"]["stage"] == "signed" and slip["progress"]["who"] == "worker"
    assert "wages.to_sign" in await told(world.client, "zhang")


async def test_a_drawn_signature_holds_for_exactly_what_he_read(world: Paid) -> None:
    sheet = await world.to("submitted")
    slip = await one(world)
    signed = made(await sign(world, slip))
    assert signed["state"] == "confirmed" and signed["signed"]["way"] == "drawn"
    row = await LineSignature.get(line_id=UUID(slip["id"]))
    assert row.digest == slip["digest"] == (await WageLine.get(id=slip["id"])).digest
    assert await StoredFile.filter(id=row.strokes_file_id, held_until__isnull=True).exists()
    assert await AuditLine.filter(tag="wage_line.signed").count() == 1
    # The same again changes nothing; what was corrected since is refused.
    made(await sign(world, slip))
    assert await LineSignature.all().count() == 1
    await world.bonus(await world.line(sheet["id"]))
    changed = await one(world)
    assert changed["state"] == "waiting" and changed["signed"] is None
    assert "wages.line_changed" in await told(world.client, "zhang")
    assert refusal(await sign(world, slip)) == (409, "wages.line_changed")
    made(await sign(world, changed))
    assert await LineSignature.all().count() == 2


async def test_a_confirmation_needs_fresh_proof(world: Paid) -> None:
    await world.to("submitted")
    slip = await one(world)
    path, body = f"{OWN}/{slip['id']}/confirmation", {"digest": slip["digest"]}
    assert (await world.client.post(path, as_="zhang", json=body)).status_code == 403
    await world.client.cast.sudo("zhang")
    other = {"digest": "0" * 64}
    answer = await world.client.post(path, as_="zhang", json=other)
    assert refusal(answer) == (409, "wages.line_changed")
    signed = made(await world.client.post(path, as_="zhang", json=body))
    assert signed["signed"]["way"] == "confirm"


async def test_an_objection_is_answered_and_then_he_may_sign(world: Paid) -> None:
    await world.to("submitted")
    slip = await one(world)
    put = made(await object_to(world, slip, day="2026-10-09", item="basic", photo=PHOTO))
    [objection] = put["objections"]
    assert (objection["day"], objection["item"], objection["state"]) == (
        "2026-10-09", "basic", "open",
    )  # fmt: skip
    # Five working days after Tuesday, the third of November.
    assert objection["due_on"] == "2026-11-10" and objection["words"].startswith("10 月")
    photo = await world.client.get(objection["photo"], as_="zhang")
    assert photo.headers["content-type"] == "image/jpeg"
    [seen] = fine(await world.client.get(CONTESTS, as_="officer_a"))["items"]
    assert (await world.client.get(seen["photo"], as_="officer_a")).status_code == 200
    assert (await world.client.get(seen["photo"], as_="officer_b")).status_code == 403
    assert put["progress"]["who"] == "employer" and put["progress"]["due"] == "2026-11-10"
    assert put["may"] == []
    assert refusal(await object_to(world, slip)) == (409, "wages.contest_open")
    assert refusal(await sign(world, slip)) == (409, "wages.contest_open")
    answer = {"outcome": "upheld", "answer": "当天打卡只有半天。"}
    path = f"{CONTESTS}/{objection['id']}/answer"
    fine(await world.client.post(path, as_="officer_a", json=answer))
    after = await one(world)
    assert (after["state"], after["objections"][0]["answer"]) == ("upheld", answer["answer"])
    assert after["may"] == ["sign", "contest"]
    made(await sign(world, after))
    stored = await LineContest.get(id=objection["id"])
    assert "10 月" not in str(stored.words) and stored.line_version == 1


async def test_days_stand_beside_each_other(world: Paid) -> None:
    await Workday.filter(worker_id=world.zhang, day="2026-10-10").update(found_units=Decimal("0.5"))
    await world.book(
        world.zhang, "2026-10-11", Kind.TIME, "work", worker_units="1.5", leader_units="1"
    )
    await world.to("submitted")
    days = {each["day"]: each for each in (await one(world))["days"]}
    assert [day for day, each in days.items() if each["differs"]] == ["2026-10-10", "2026-10-11"]
    assert (days["2026-10-11"]["worker_units"], days["2026-10-11"]["sheet_units"]) == ("1.5", "1")
    assert days["2026-10-10"]["punched_units"] == "0.5"


async def test_a_payslip_is_its_workers_alone(world: Paid) -> None:
    await slips.released(world)
    mine, his = await one(world), await one(world, "li")
    assert mine["id"] != his["id"]
    path = f"{OWN}/{his['id']}"
    body = {"words": (None, "不对")}
    for who in ("zhang", "wang"):
        answers = [
            await world.client.get(path, as_=who),
            await world.client.get(f"{path}/pdf", as_=who),
            await world.client.post(f"{path}/objections", as_=who, files=body),
            await world.client.post(f"{path}/shares", as_=who, json={"days": 1}),
            await world.client.put(f"{path}/card", as_=who, json={"in_hand": True}),
            await sign(world, his, who),
        ]
        assert {refusal(each) for each in answers} == {(404, "wages.no_such_line")}
    for who in ("officer_a", "officer_b", "county", "neighbour"):
        assert (await world.client.get(path, as_=who)).status_code == 403
    assert [each["id"] for each in await listed(world, "wang")] == []


async def test_the_amount_is_what_the_bank_said(world: Paid) -> None:
    sheet = await slips.released(world)
    slip = await one(world)
    assert slip["progress"]["stage"] == "bank" and slip["progress"]["due"] == "2026-11-20"
    await banked(sheet, PayState.SENT)
    assert (await one(world))["progress"]["who"] == "bank"
    await world.client.cast.sudo("zhang")
    for line in await WageLine.filter(sheet_id=sheet["id"]):
        async with transaction():
            await mark(line.id, PayState.SUCCEEDED, on=date(2026, 11, 18))
    paid = await one(world)
    assert (paid["pay_state"], paid["paid_fen"], paid["paid_on"]) == (
        "succeeded", paid["net_fen"], "2026-11-18",
    )  # fmt: skip
    assert paid["progress"]["stage"] is None and "card" in paid["may"]


async def test_a_void_sheet_is_gone_and_history_is_by_project_and_month(world: Paid) -> None:
    sheet = await world.to("submitted")
    assert len(await listed(world, month="2026-10", project_id=world.project_id)) == 1
    assert await listed(world, month="2026-09") == []
    slip = await one(world)
    fine(await world.act(sheet["id"], "voiding", reason="做错了"))
    assert await listed(world) == []
    assert (await world.client.get(f"{OWN}/{slip['id']}", as_="zhang")).status_code == 404


async def test_the_list_takes_as_few_statements_whatever_the_history(world: Paid) -> None:
    sheet = await world.to("submitted")
    with counted() as few:
        await listed(world)
    [line] = await WageLine.filter(sheet_id=sheet["id"], worker_id=world.zhang)
    months = [f"{year}-{month:02}" for year in range(2017, 2026) for month in range(1, 13)]
    for month in months:
        fields = {name: getattr(line, name) for name in line._meta.db_fields}
        fields |= {
            "id": new_id(),
            "month": month,
            "sheet_id": await slips.copied(sheet, month),
        }
        await WageLine.create(**fields)
    with counted() as many:
        assert len(await listed(world, limit=100)) == 100
    assert len(many) == len(few) <= 12
    assert [each["month"] for each in await listed(world, month="2020-02")] == ["2020-02"]
    his = WageLine.filter(worker_id=world.zhang).order_by("-id")
    assert await walked(world) == [str(row.id) for row in await his]


async def walked(world: Paid) -> list[str]:
    """The ids of all pages of his list."""
    found: list[str] = []
    query: dict[str, Any] = {"limit": 40}
    while "cursor" not in query or query["cursor"]:
        page = fine(await world.client.get(OWN, as_="zhang", params=query))
        found += [each["id"] for each in page["items"]]
        query["cursor"] = page["next_cursor"]
    return found
