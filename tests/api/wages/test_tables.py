"""A sheet as a table: what leaves, what may come back, and that one wrong row changes nothing."""

import csv
import io
from decimal import Decimal
from typing import Any

import httpx
import pytest

from api.audit.models import AuditLine
from api.collecting import sheets as uploads
from api.wages import tables
from api.wages.models import WageItem, WageLineVersion
from tests.api.wages import paid
from tests.api.wages.paid import SHEETS, Paid, days, fine, told
from tests.cast import Client
from tests.h5.counting import counted


@pytest.fixture
async def world(client: Client) -> Paid:
    world = await paid.opened(client)
    await world.terms()
    await world.terms(world.li, rate_fen=28000)
    for worker_id in (world.zhang, world.li):
        await world.work(worker_id, days("2026-10-09", 3))
    return world


async def taken(world: Paid, sheet_id: str) -> list[list[str]]:
    """The table's rows, as a spreadsheet shows them."""
    answer = await world.client.get(f"{SHEETS}/{sheet_id}/file", as_="officer_a")
    assert answer.status_code == 200
    return uploads.read(answer.content)


async def brought(world: Paid, sheet_id: str, rows: list[list[str]]) -> httpx.Response:
    content = io.StringIO()
    csv.writer(content).writerows(rows)
    files = {"table": ("t.csv", content.getvalue().encode(), "text/csv")}
    return await world.client.post(f"{SHEETS}/{sheet_id}/file", as_="officer_a", files=files)


def put(rows: list[list[str]], place: int, **cells: str) -> None:
    """Write cells of a row under their columns' names."""
    for name, text in cells.items():
        column = next(at for at, each in enumerate(rows[1]) if each.startswith(name))
        rows[place][column] = text


async def test_a_table_leaves_with_its_sums(world: Paid) -> None:
    sheet = await world.make()
    rows = await taken(world, sheet["id"])
    assert rows[1] == list(tables.HEADER) and rows[1][-1] == "版本"
    assert rows[0][0] == f"工资单 {sheet['number']}　2026年10月1日至2026年10月31日"
    assert [row[-1] for row in rows[2:]] == ["1", "1", ""]
    sums = dict(zip(rows[1], rows[-1], strict=False))
    assert (sums["编号"], sums["姓名"]) == ("合计", "2 人")
    assert Decimal(sums["实发（元）"]) == Decimal(sheet["total_fen"]) / 100 == Decimal(1740)
    assert Decimal(sums["工"]) == 6
    assert await AuditLine.filter(tag="list.exported").count() == 1


async def test_amounts_come_back_once(world: Paid) -> None:
    sheet = await world.to("submitted")
    await world.signed(sheet["id"])
    rows = await taken(world, sheet["id"])
    put(rows, 2, 奖金="100.50", 扣款="20", 说明="高温补贴，扣水电")
    assert fine(await brought(world, sheet["id"], rows)) == {"changed": 1, "faults": []}
    total = sheet["total_fen"] + 8050
    assert (await world.sheet(sheet["id"]))["total_fen"] == total
    assert fine(await brought(world, sheet["id"], rows))["changed"] == 0
    assert (await world.sheet(sheet["id"]))["total_fen"] == total
    states = {each["state"] for each in await world.lines(sheet["id"])}
    assert states == {"waiting", "confirmed"}, "the other's signature holds"
    assert await WageLineVersion.all().count() == 1
    changed = [await told(world.client, who) for who in ("zhang", "li")]
    assert sum("wages.line_changed" in each for each in changed) == 1
    rows = await taken(world, sheet["id"])
    put(rows, 2, 奖金="0", 扣款="", 说明="弄错了")
    assert fine(await brought(world, sheet["id"], rows))["changed"] == 1
    assert (await world.sheet(sheet["id"]))["total_fen"] == sheet["total_fen"]


async def test_an_old_table_does_not_undo_what_was_corrected_after_it(world: Paid) -> None:
    sheet = await world.make()
    old = await taken(world, sheet["id"])
    line = await world.line(sheet["id"])
    place = next(at for at, row in enumerate(old) if row[0] == line["id"])
    other = next(at for at in (2, 3) if at != place)
    await world.bonus(line)
    put(old, other, 奖金="50", 说明="高温补贴")
    said = fine(await brought(world, sheet["id"], old))
    assert said["changed"] == 0
    [fault] = said["faults"]
    assert (fault["row"], fault["column"]) == (place + 1, "版本")
    assert fault["sentence"].startswith("这一行后来改过，请重新下载")
    assert (await world.line(sheet["id"]))["net_fen"] == line["net_fen"] + 10000
    fresh = await taken(world, sheet["id"])
    put(fresh, other, 奖金="50", 说明="高温补贴")
    assert fine(await brought(world, sheet["id"], fresh))["changed"] == 1


async def test_a_changed_amount_says_why(world: Paid) -> None:
    sheet = await world.make()
    rows = await taken(world, sheet["id"])
    put(rows, 2, 扣款="20")
    said = fine(await brought(world, sheet["id"], rows))
    assert said["changed"] == 0
    assert [(each["row"], each["column"]) for each in said["faults"]] == [(3, "说明")]
    put(rows, 2, 说明="水电费")
    assert fine(await brought(world, sheet["id"], rows))["changed"] == 1
    assert (await WageItem.get(kind="deduction")).note == "水电费"


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"编号": "不是编号"}, "编号"),
        ({"奖金": "一百"}, "奖金（元）"),
        ({"补发": "1e99"}, "补发（元）"),
        ({"扣款": "99999999999"}, "扣款（元）"),
    ],
)
async def test_one_wrong_row_changes_nothing(
    world: Paid, cells: dict[str, str], column: str
) -> None:
    sheet = await world.make()
    rows = await taken(world, sheet["id"])
    put(rows, 2, 奖金="100")
    put(rows, 3, **cells)
    said = fine(await brought(world, sheet["id"], rows))
    assert said["changed"] == 0
    assert [(each["row"], each["column"]) for each in said["faults"]] == [(4, column)]
    assert not await WageItem.filter(kind="bonus").exists()


async def test_a_deduction_below_nothing_refuses_the_whole_table(world: Paid) -> None:
    sheet = await world.make()
    rows = await taken(world, sheet["id"])
    put(rows, 2, 奖金="100")
    put(rows, 2, 说明="高温补贴")
    put(rows, 3, 扣款="5000", 说明="丢了工具")
    answer = await brought(world, sheet["id"], rows)
    assert paid.refusal(answer) == (422, "wages.below_nothing")
    assert not await WageItem.filter(kind="bonus").exists()


async def test_what_is_no_such_table_is_refused(world: Paid) -> None:
    sheet = await world.make()
    answer = await brought(world, sheet["id"], [["甲", "乙"], ["1", "2"]])
    assert paid.refusal(answer) == (422, "wages.bad_sheet_file")
    sheet = fine(await world.act(sheet["id"], "submission"))
    fine(await world.act(sheet["id"], "audit", "auditor_a"))
    rows = await taken(world, sheet["id"])
    assert paid.refusal(await brought(world, sheet["id"], rows)) == (409, "wages.wrong_step")


async def test_a_batch_takes_the_same_statements_however_many_it_is_of(world: Paid) -> None:
    found: list[int] = []
    for ids in ([str(world.zhang)], [str(world.zhang), str(world.li)]):
        await world.ask(worker_ids=ids)
        with counted() as seen:
            await world.ask(worker_ids=ids)
        found.append(len(seen))
    assert found[0] == found[1], found


async def test_back_pay_has_what_an_officer_adds(world: Paid) -> None:
    span = {"from_on": "2026-09-01", "to_on": "2026-09-30"}
    row = await world.make(kind="back_pay", worker_ids=[str(world.zhang)], **span)
    line: dict[str, Any] = await world.line(row["id"])
    assert (line["items"], line["overlaps"], row["persons"]) == ([], False, 1)
    added = {"kind": "back_pay", "amount_fen": 30000, "note": "九月少算一天"}
    line = fine(await world.correct(line, add=[added]))
    assert line["net_fen"] == 30000
    assert fine(await world.act(row["id"], "submission"))["total_fen"] == 30000
