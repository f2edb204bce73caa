"""A payslip on paper: days as people write them, and room for every word."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

from api.kit.ids import new_id
from api.payslips import printing
from api.payslips.printing import Paper
from api.wages.answers import ItemOut
from api.wages.reckoning import ItemKind
from api.wages.rules import SheetKind
from api.wages.service import WageLine, WageSheet
from tests.api import printed

DAY = date(2026, 11, 15)
LONG = "工具丢了照价赔" * 28


def item(kind: ItemKind, amount_fen: int, note: str) -> ItemOut:
    return ItemOut(
        id=new_id(), kind=kind, amount_fen=amount_fen, quantity=None, unit="", price_fen=None,
        note=note, by_hand=False,
    )  # fmt: skip


async def paper(*items: ItemOut) -> bytes:
    """The payslip of two days with these items."""
    line = WageLine(
        id=uuid4(), month="2026-11", units=Decimal(2), hours=Decimal(16), digest="0" * 64,
        overtime_hours=Decimal(2), days=[["2026-11-01", "1", "2"], ["2026-11-02", "1", "0"]],
        gross_fen=60000, deducted_fen=10000, net_fen=50000,
    )  # fmt: skip
    sheet = WageSheet(
        id=uuid4(), number="GZD0001202611901", kind=SheetKind.MONTHLY, from_on=date(2026, 11, 1),
        to_on=date(2026, 11, 30), pay_on=DAY,
    )  # fmt: skip
    return await printing.pdf([Paper("样例", "样例工地", "样例企业", line, sheet, items, None)])


async def test_an_advance_tells_its_day_as_people_do() -> None:
    said = printed.words(await paper(item(ItemKind.ADVANCE, -10000, "2026-11-10")))
    assert "扣借支　2026年11月10日借的" in said and "2026-11" not in said
    assert "2026年11月工资" in said
    assert "11月1日：1 个工（加班 2 小时），11月2日：1 个工" in said


async def test_a_long_note_leaves_room_for_the_amount() -> None:
    drawn = printed.pieces(await paper(item(ItemKind.DEDUCTION, -10000, LONG)))
    about = [each for each in drawn if set(each.text) <= {*"扣款　", *LONG}]
    amount = next(each for each in drawn if each.text == "-100.00")
    assert "".join(each.text for each in about) == f"扣款　{LONG}"
    assert len(about) > 1 and amount.y == about[0].y
    wide = max(map(len, (each.text for each in about))) * about[0].size * printed.POINT_MM
    assert about[0].x + wide <= amount.x
