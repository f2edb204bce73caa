"""What a line says is the same before it is stored and after, on either store: so is its digest."""

import random
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.kit.ids import new_id
from api.wages import reckoning, showing
from api.wages.models import WageItem, WageLine, WageSheet
from api.wages.reckoning import Terms, Work
from api.wages.rules import SheetKind
from tests.api.wages.test_reckoning import FIRST, drawn

LINES = 1000
PLACE: dict[str, Any] = {
    "project_id": UUID(int=1), "enterprise_id": UUID(int=2), "contractor_id": UUID(int=3),
    "region": "510107", "month": "2026-10",
}  # fmt: skip


def line_of(sheet: WageSheet, terms: Terms, work: Work) -> tuple[WageLine, list[WageItem]]:
    """A line and its items, as `drawing` makes them."""
    found = reckoning.items_of(terms, work)
    sums = reckoning.totals(each.amount_fen for each in found)
    line = WageLine(
        id=new_id(), sheet_id=sheet.id, worker_id=uuid4(), engagement_id=uuid4(),
        pay_kind=terms.pay_kind, rate_fen=terms.rate_fen, unit_hours=terms.unit_hours,
        overtime_percent=terms.overtime_percent, overtime_fen=terms.overtime_fen,
        days=[
            [each.on.isoformat(), reckoning.plain(each.units), reckoning.plain(each.overtime)]
            for each in work.days
        ],
        units=work.units, hours=reckoning.hours_of(work.units, terms),
        overtime_hours=work.overtime, gross_fen=sums.gross_fen,
        deducted_fen=sums.deducted_fen, net_fen=sums.net_fen, hints=[], **PLACE,
    )  # fmt: skip
    items = [
        WageItem(
            line_id=line.id, kind=each.kind, amount_fen=each.amount_fen, quantity=each.quantity,
            unit=each.unit, price_fen=each.price_fen, note=each.note,
        )
        for each in found
    ]  # fmt: skip
    showing.seal(sheet, line, items)
    return line, items


@pytest.mark.usefixtures("app")
async def test_a_thousand_lines_read_back_as_they_were_sealed() -> None:
    dice = random.Random(20261031)
    sheet = await WageSheet.create(
        number="GZD0001202610001", kind=SheetKind.MONTHLY, from_on=FIRST, to_on=FIRST,
        pay_on=FIRST, made_by=uuid4(), **PLACE,
    )  # fmt: skip
    made = [line_of(sheet, *drawn(dice)) for _ in range(LINES)]
    await WageLine.bulk_create([line for line, _ in made], batch_size=100)
    await WageItem.bulk_create([item for _, items in made for item in items], batch_size=100)
    sheet = await WageSheet.get(id=sheet.id)
    lines = await WageLine.filter(sheet_id=sheet.id).order_by("id")
    items = await showing.items_of([line.id for line in lines])
    assert len(lines) == LINES
    for line in lines:
        shown = showing.shown(sheet, line, items[line.id])
        assert reckoning.digest(shown) == line.digest, (shown, line.id)
        assert line.units == Decimal(reckoning.plain(line.units))
