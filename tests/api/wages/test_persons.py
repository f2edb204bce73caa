"""Who makes, corrects, audits and checks a sheet again, and who is said to have done it."""

import pytest

from api.wages.models import WageSheet
from api.wages.rules import SheetState
from tests.api.wages import paid
from tests.api.wages.paid import Paid, fine, refusal, told
from tests.cast import Client
from tests.h5.counting import counted


@pytest.fixture
async def world(client: Client) -> Paid:
    return await paid.opened(client)


async def test_three_people_look_at_a_sheet_before_it_is_released(world: Paid) -> None:
    await world.terms()
    await world.work(world.zhang, ["2026-10-09", "2026-10-10"])
    await world.ready()
    sheet = await world.make()
    path = sheet["id"]
    assert refusal(await world.act(path, "audit", "auditor_a")) == (409, "wages.wrong_step")
    sheet = fine(await world.act(path, "submission"))
    assert (sheet["state"], sheet["unsigned"]) == ("submitted", 1)
    assert await told(world.client, "zhang") == ["wages.terms_set", "wages.to_sign"]
    assert await told(world.client, "auditor_a") == ["wages.sheet_waiting"]
    assert refusal(await world.act(path, "audit")) == (409, "wages.same_person")
    assert fine(await world.act(path, "audit", "auditor_a"))["state"] == "audited"
    assert refusal(await world.act(path, "release", "auditor_a")) == (409, "wages.wrong_step")
    assert (await world.act(path, "recheck", "auditor_a")).status_code == 403
    assert fine(await world.act(path, "recheck", "checker_a"))["state"] == "rechecked"
    assert refusal(await world.act(path, "release")) == (409, "wages.same_person")
    answer = await world.act(path, "release", "auditor_a")
    assert refusal(answer) == (409, "wages.unsigned_lines")
    await world.sign(path)
    released = fine(await world.act(path, "release", "auditor_a"))
    assert released["state"] == "released"
    assert [each["act"] for each in released["steps"]] == [
        "made", "submitted", "audited", "rechecked", "released",
    ]  # fmt: skip


async def test_the_auditor_does_not_check_again(world: Paid) -> None:
    await world.terms()
    await world.work(world.zhang, ["2026-10-09"])
    sheet = await world.to("submitted")
    fine(await world.act(sheet["id"], "audit", "checker_a"))
    assert refusal(await world.act(sheet["id"], "recheck", "checker_a")) == (
        409, "wages.same_person",
    )  # fmt: skip
    fine(await world.act(sheet["id"], "recheck", "admin_a"))


async def test_who_corrected_a_sheet_counts_as_its_maker(world: Paid) -> None:
    await world.terms()
    await world.work(world.zhang, ["2026-10-09"])
    await world.ready()
    path = (await world.to("submitted"))["id"]
    await world.bonus(await world.line(path), who="auditor_a")
    mine = await world.sheet(path, "auditor_a")
    assert (mine["made_by_you"], mine["corrected_by_you"]) == (False, True)
    assert not (await world.sheet(path, "checker_a"))["corrected_by_you"]
    assert refusal(await world.act(path, "audit", "auditor_a")) == (409, "wages.same_person")
    # What was changed before it went back counts too.
    fine(await world.act(path, "return", "checker_a", reason="少算一天"))
    fine(await world.act(path, "submission"))
    await world.bonus(await world.line(path), who="checker_a")
    fine(await world.act(path, "audit", "admin_a"))
    assert refusal(await world.act(path, "recheck", "checker_a")) == (409, "wages.same_person")
    await WageSheet.filter(id=path).update(state=SheetState.RECHECKED)
    for who in ("auditor_a", "checker_a"):
        assert refusal(await world.act(path, "release", who)) == (409, "wages.same_person")


async def test_each_step_says_who_took_it_to_the_offices_alone(world: Paid) -> None:
    await world.terms()
    await world.work(world.zhang, ["2026-10-09"])
    await world.ready()
    sheet = await world.to("released")
    names = [(each["act"], each["by"]) for each in sheet["steps"]]
    assert names == [
        ("made", "officer_a"), ("submitted", "officer_a"), ("audited", "auditor_a"),
        ("rechecked", "checker_a"), ("released", "auditor_a"),
    ]  # fmt: skip
    [own] = fine(await world.client.get("/api/v1/me/payslips", as_="zhang"))["items"]
    whole = await world.client.get(f"/api/v1/me/payslips/{own['id']}", as_="zhang")
    assert whole.status_code == 200 and "auditor_a" not in whole.text


async def test_a_sheet_takes_the_same_statements_however_many_steps_it_has(world: Paid) -> None:
    await world.terms()
    await world.work(world.zhang, ["2026-10-09"])
    sheet = await world.make()
    found = []
    for _ in range(2):
        await world.bonus(await world.line(sheet["id"]))
        await world.bonus(await world.line(sheet["id"]), who="auditor_a")
        with counted() as seen:
            await world.sheet(sheet["id"])
        found.append(len(seen))
    assert found[0] == found[1], found
