"""What proves work and wages is read by people: every word of the paper, and where it stands."""

import io
import json
import re
import zipfile
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
from tortoise import fields

from api.attendance.models import Correction
from api.kit import clock
from api.kit.fields import InstantField
from api.kit.holdings import Holding
from api.kit.ids import new_id
from api.kit.sheets import FONT, Sheet
from api.privacy import blocks, evidence, export_print, exporting, rendering
from api.privacy.exporting import Part
from api.privacy.register import HELD
from api.wages import showing
from api.wages.models import (
    LineSignature,
    WageItem,
    WageLine,
    WageLineVersion,
    WageSheet,
)
from api.wages.reckoning import ItemKind
from api.wages.rules import SheetState, Way
from api.worklog.models import LogEntry
from tests.api import printed
from tests.api.matrix_world import World
from tests.api.privacy import held
from tests.api.privacy.test_evidence import pack
from tests.cast import Client

RAW = re.compile(r"[\[\]{}]|'|\d{4}-\d{2}|\d{2}T\d{2}|None|True|False|\d\.\d{7}")
"""Brackets, days and numbers as machines write them."""
CODE = re.compile(r"\b[a-z]+(?:_[a-z]+)*\b")
NO_CODE = re.compile(r"README\.txt|[0-9a-f]{64}|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
"""A file's name, a digest, and the number in the contract's own words."""
UNHEARD = "unheard_of"
SAID = {"kind": "time", "day": "2026-10-09", "units": "1", "hours": "8", "overtime_hours": "2",
        "quantity": "0", "amount_fen": 32000, "note": ""}  # fmt: skip
DAYS = [["2026-10-31", "1", "0"], ["2026-11-01", "0.5", "2"]]
SHOWN = {
    "sheet": "GZD0001202610901", "kind": "monthly", "version": 1, "engagement": str(uuid4()),
    "project": str(uuid4()), "enterprise": str(uuid4()), "month": "2026-10", "from": "2026-10-01",
    "to": "2026-10-31", "pay_on": "2026-11-15",
    "terms": {"pay_kind": "day", "rate_fen": 32000, "unit_hours": "8", "overtime_percent": 150,
              "overtime_fen": None},
    "days": DAYS, "units": "1.5", "hours": "12", "overtime_hours": "2", "gross_fen": 48000,
    "items": [
        {"kind": "basic", "amount_fen": 48000, "quantity": "1.5", "unit": "工", "price_fen": 32000,
         "note": ""},
        {"kind": "advance", "amount_fen": -10000, "quantity": None, "unit": "", "price_fen": None,
         "note": "2026-10-05"},
    ],
    "deducted_fen": 10000, "net_fen": 38000,
}  # fmt: skip
JSONS: dict[tuple[str, str], Any] = {
    ("log_change", "said"): SAID,
    ("wage_line", "days"): DAYS,
    ("wage_line_version", "shown"): SHOWN,
}
OWN_WORDS = {
    ("worker", "nation"), ("worker", "code"), ("engagement", "left_reason"), ("punch", "note"),
    ("workday_step", "reason"), ("punch_correction", "reason"), ("log_entry", "unit"),
    ("log_entry", "note"), ("wage_line", "unsigned_reason"), ("wage_item", "unit"),
    ("wage_item", "note"),
    ("wage_line_version", "reason"), ("line_signature", "digest"), ("batch_line", "reference"),
}  # fmt: skip
"""Columns of text that people wrote, or that is a number: said as they stand."""


@pytest.fixture
async def world(client: Client) -> World:
    return await held.opened(client)


def faults(text: str) -> set[str]:
    """What of a text people do not write."""
    text = NO_CODE.sub("", text)
    return set(RAW.findall(text)) | set(CODE.findall(text))


def specimens(holding: Holding, column: str) -> list[Any]:
    """Values as rows hold them for machines, among them one that nobody has heard of."""
    kind = type(holding.model._meta.fields_map[column])
    if kind is fields.JSONField:
        return [JSONS[holding.table, column]]
    if column in rendering.NAMED:
        return [str(uuid4())]
    if column == "month":
        return ["2026-10"]
    by_kind: dict[type, list[Any]] = {
        fields.BooleanField: [True, False],
        fields.DateField: ["2026-10-09"],
        InstantField: ["2026-10-09T20:10:00+08:00"],
        fields.FloatField: [122.45678912345, -3.0, 104.06581234567],
        fields.DecimalField: ["1.5"],
        fields.BigIntField: [401000],
        fields.IntField: [12],
        fields.SmallIntField: [15],
    }
    if kind in by_kind:
        return by_kind[kind]
    if "PersonalField" in kind.__name__:
        return ["1990-01-02" if column == "birth" else "样例"]
    return ["样例"] if (holding.table, column) in OWN_WORDS else codes_of(holding, column)


def codes_of(holding: Holding, column: str) -> list[Any]:
    """Its codes, and one of next year's."""
    return [*(code for code in holding.words.get(column, {}) if code), UNHEARD]


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("holding", evidence.PROVES, ids=lambda each: each.table)
def test_every_column_of_what_proves_is_said_in_words(holding: Holding) -> None:
    for column, name in holding.shown.items():
        assert not faults(rendering.called(name)) and "（分）" not in rendering.called(name)
        for value in specimens(holding, column):
            said = rendering.said(holding, column, value, {})
            assert not faults(said), (column, value, said)


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("holding", HELD, ids=lambda each: each.table)
def test_nothing_that_is_held_is_said_as_machines_write_it(holding: Holding) -> None:
    for column in holding.shown:
        kind = type(holding.model._meta.fields_map[column])
        assert kind is not fields.JSONField or column in holding.spoken, column
        if kind in (fields.DateField, InstantField, fields.FloatField, fields.BooleanField):
            for value in specimens(holding, column):
                assert not faults(rendering.said(holding, column, value, {})), column


@pytest.mark.parametrize(
    ("table", "column", "value", "said"),
    [
        ("punch", "day", "2026-10-09", "2026年10月9日"),
        ("punch", "at", "2026-10-09T20:10:59+08:00", "2026年10月9日 20:10"),
        ("punch", "distance_m", 122.4567, "122 米"),
        ("punch", "distance_m", -169.96, "在工地里，离边 170 米"),
        ("punch", "lon", 104.06581234567, "104.065812"),
        ("engagement", "trade", "020", "钢筋工"),
        ("engagement", "trade", "9999", "其他"),
        ("wage_line", "month", "2026-10", "2026年10月"),
        ("wage_line", "net_fen", 401000, "4,010.00 元"),
        ("wage_line", "units", "22.5", "22.5"),
        ("wage_line", "days", DAYS, "10月31日：1 个工，11月1日：0.5 个工（加班 2 小时）"),
        ("wage_item", "note", "2026-10-05", "2026年10月5日"),
        ("log_change", "act", "recounted", "按新工价重算"),
        ("log_change", "said", SAID, "点工，2026年10月9日，1 个工，8 小时，加班 2 小时，320.00 元"),
        ("wage_terms", "pay_day", 20, "每月 20 日"),
    ],
)
@pytest.mark.usefixtures("app")
def test_a_value_is_said_as_people_say_it(table: str, column: str, value: Any, said: str) -> None:
    holding = next(each for each in evidence.PROVES if each.table == table)
    assert rendering.said(holding, column, value, {}) == said


def test_a_version_is_told_without_ids() -> None:
    holding = next(each for each in evidence.PROVES if each.table == "wage_line_version")
    said = rendering.said(holding, "shown", SHOWN, {})
    assert "借支扣回 -100.00 元，2026年10月5日" in said
    assert "基本工资 480.00 元（1.5 工 × 320.00 元）" in said
    assert "应发 480.00 元，应扣 100.00 元，实发 380.00 元" in said
    assert not any(str(SHOWN[name]) in said for name in ("engagement", "project", "enterprise"))


async def _rich(world: World, state: SheetState) -> None:
    """Zhang's sheet in that state: corrected and signed, with an advance; more in his books."""
    line = await WageLine.get(id=world.ids["wage_line_id"])
    sheet = await WageSheet.get(id=line.sheet_id)
    day = line.days[0][0]
    whose: dict[str, Any] = {"worker_id": line.worker_id, "project_id": line.project_id}
    await WageLine.filter(id=line.id).update(days=[[day, "1", "2"]], unsigned_reason="人不在" * 66)
    await WageItem.create(
        line_id=line.id, kind=ItemKind.ADVANCE, amount_fen=-10000, note=day, source_id=new_id()
    )
    items = await WageItem.filter(line_id=line.id)
    await WageLineVersion.create(
        line_id=line.id, version=1, shown=showing.shown(sheet, line, items), digest="0" * 64,
        reason="少算了一天，补上", **whose,
    )  # fmt: skip
    await LineSignature.create(
        line_id=line.id, line_version=1, digest=line.digest, way=Way.CONFIRM, at=clock.now(),
        **whose,
    )  # fmt: skip
    await Correction.create(
        workday_id=world.ids["workday_id"], worker_id=line.worker_id, direction="in",
        at=clock.now(), reason="手机没电了，班长可以作证" * 10,
    )  # fmt: skip
    await WageSheet.filter(id=sheet.id).update(state=state)
    await LogEntry.filter(id=world.ids["entry_id"]).update(amount_fen=32000, note="备注" * 90)


def _opened(content: bytes) -> tuple[dict[str, list[dict[str, Any]]], bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        whole = json.loads(archive.read("evidence.json"))
        return {part["table"]: part["rows"] for part in whole["held"]}, archive.read("evidence.pdf")


async def test_the_paper_of_a_whole_life_reads_in_words(client: Client, world: World) -> None:
    await _rich(world, SheetState.SUBMITTED)
    rows, paper = _opened(await pack(client))
    assert not [table for table, found in rows.items() if not found], "each has a row to read"
    said = printed.words(paper)
    assert not faults(said), said
    for words in ("砌筑工", f"{clock.today():%Y}年", "点工", "300.00 元"):
        assert words in said, words
    assert not any(row["id"] in said for found in rows.values() for row in found
                   if f"编号 {row['id']}" not in said)  # fmt: skip
    assert "没有您的" not in said, "everything is there"
    assert_nothing_lies_on_anything(paper)


@pytest.mark.parametrize(
    ("state", "given"),
    [(SheetState.DRAFT, False), (SheetState.VOID, False), (SheetState.SUBMITTED, True)],
)
async def test_a_sheet_that_he_was_not_given_proves_nothing(
    client: Client, world: World, state: SheetState, *, given: bool
) -> None:
    await _rich(world, state)
    rows, paper = _opened(await pack(client))
    for table in ("wage_line", "wage_item", "wage_line_version"):
        assert bool(rows[table]) is given, table
    assert ("少算了一天" in printed.words(paper)) is given
    assert rows["line_signature"] and rows["line_contest"], "what he did himself stays his"
    whole = {part["table"]: part["rows"] for part in (await held.export(client))["held"]}
    assert whole["wage_line"] and whole["wage_item"] and whole["wage_line_version"]


def assert_nothing_lies_on_anything(paper: bytes) -> None:
    """Everything on a line ends before the next begins, and before the margin."""
    drawn = printed.pieces(paper)
    sheet, wide = _ruler({char for piece in drawn for char in piece.text})
    lines: dict[tuple[int, float], list[printed.Piece]] = {}
    for piece in drawn:
        lines.setdefault((piece.page, piece.y), []).append(piece)
    for line in lines.values():
        line.sort(key=lambda piece: piece.x)
        ends = [*(piece.x for piece in line[1:]), sheet.w - sheet.r_margin]
        for piece, end in zip(line, ends, strict=True):
            needed = piece.size * sum(map(wide.__getitem__, piece.text))
            assert piece.x + needed <= end + 0.1, piece
    heights = {page: sorted({y for at, y in lines if at == page}) for page, _ in lines}
    for found in heights.values():
        assert all(b - a > 6 for a, b in pairwise(found)), "lines have room"


def _ruler(chars: set[str]) -> tuple[Sheet, dict[str, float]]:
    """A sheet, and how wide each character is in a size of one point."""
    sheet = Sheet("尺", form="A4", margin_mm=12)
    sheet.set_font(FONT, size=100)
    wide = {char: sheet.get_string_width(char) / 100 for char in chars}
    sheet.pdf()
    return sheet, wide


@pytest.mark.parametrize("columns", [1, 3, 6, 12, 24])
@pytest.mark.parametrize("length", [1, 30, 200, 3000])
def test_nothing_is_cut_and_nothing_printed_over(columns: int, length: int) -> None:
    head = tuple(f"栏目{at}" for at in range(columns))
    rows = [
        tuple(("工" if (at + row) % 3 else "W8") * (length if at % 4 == 1 else 3) + f"完{row}"
              for at in range(columns))
        for row in range(4)
    ]  # fmt: skip
    sheet = Sheet("表", form="A4", margin_mm=12)
    blocks.draw(sheet, head, rows)
    paper = sheet.pdf()
    assert_nothing_lies_on_anything(paper)
    drawn = printed.words(paper).replace("\n", "")
    assert drawn.count("工") + drawn.count("W") == sum(
        text.count("工") + text.count("W") for row in rows for text in row
    )


def test_many_columns_are_blocks_with_their_labels() -> None:
    head = tuple(f"栏目{at}" for at in range(12))
    rows = [tuple("内容" * 5 for _ in head), tuple("—" for _ in head)]
    chapter = export_print.Chapter("样例", "说明", head, rows)
    paper = export_print.pdf(export_print.EVIDENCE, [chapter])
    drawn = [each.text for each in printed.pieces(paper)]
    assert drawn.count("栏目3：") == 1, "what says nothing is left out"
    assert drawn.count("内容" * 5) == 12 and {"1.", "2."} <= set(drawn)


def test_words_break_where_they_may() -> None:
    sheet = Sheet("表", form="A4", margin_mm=12)
    paper = blocks.Paper(sheet)
    text = "一共发了 4,010.00 元，2026年10月9日到账。"
    for width in range(16, 60):
        lines = paper.wrapped(text, width)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert any("4,010.00" in line for line in lines)
        assert not any(line[0] in "，。" for line in lines)
    sheet.pdf()


@pytest.mark.usefixtures("app")
def test_what_machines_read_stays_as_it_was() -> None:
    holding = next(each for each in evidence.PROVES if each.table == "wage_line")
    row = {column: specimens(holding, column)[0] for column in holding.shown}
    told = exporting.machine(Part(holding, [row], {}))
    assert told["rows"] == [row] and told["columns"]["net_fen"] == "实发（分）"
    assert told["words"]["pay_kind"]["day"] == "按天"
    assert set(told) == {
        "table", "called", "purpose", "ground", "kept", "seen_by", "on_erasure", "columns",
        "words", "names", "rows",
    }  # fmt: skip
