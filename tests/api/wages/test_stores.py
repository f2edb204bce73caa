"""What sheets and their lines say is the same before they are stored and after, on either store."""

import random
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.kit.fields import Record
from api.kit.ids import new_id
from api.wages import reckoning, showing
from api.wages.models import WageItem, WageLine, WageSheet
from api.wages.reckoning import Terms, Work
from api.wages.rules import Bucket, PayState, SheetKind, Sums
from tests.api.wages.test_reckoning import FIRST, drawn, items_of

Kept = tuple[WageSheet, list[WageLine], list[WageItem]]
SHEETS = 1000
PLACE: dict[str, Any] = {
    "project_id": UUID(int=1), "enterprise_id": UUID(int=2), "contractor_id": UUID(int=3),
    "region": "510107", "month": "2026-10",
}  # fmt: skip


def line_of(sheet: WageSheet, terms: Terms, work: Work) -> tuple[WageLine, list[WageItem]]:
    """A line and its items, as `drawing` makes them."""
    found = items_of([(FIRST, terms)], work)
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


def made_of(serial: int, dice: random.Random) -> Kept:
    """A sheet of a few lines whose money is anywhere, with its sums."""
    sheet = WageSheet(
        id=new_id(), number=f"GZD000120261{serial:04d}", kind=SheetKind.MONTHLY, from_on=FIRST,
        to_on=FIRST, pay_on=FIRST, made_by=uuid4(), **PLACE,
    )  # fmt: skip
    made = [line_of(sheet, *drawn(dice)) for _ in range(dice.randint(1, 4))]
    sums = Sums(pending_fen=sum(line.net_fen for line, _ in made))
    for line, _ in made:
        then = dice.choice(list(PayState))
        sums = sums.moved(line.pay_state, then, line.net_fen)
        line.pay_state = then
        line.paid_fen = line.net_fen if then.bucket is Bucket.PAID else 0
    sheet.persons, sheet.total_fen = len(made), sums.total_fen
    sheet.pending_fen, sheet.paid_fen, sheet.failed_fen = (
        sums.pending_fen, sums.paid_fen, sums.failed_fen,
    )  # fmt: skip
    return sheet, [line for line, _ in made], [item for _, items in made for item in items]


def told(rows: Sequence[Record]) -> list[dict[str, Any]]:
    """Every column of rows but the instant at which they were made."""
    return [
        {name: getattr(row, name) for name in row._meta.db_fields if name != "created_at"}
        for row in rows
    ]


async def stored() -> dict[UUID, Kept]:
    """All sheets as the store has them."""
    found: dict[UUID, Kept] = {row.id: (row, [], []) for row in await WageSheet.all()}
    sheet_of_line = {}
    for line in await WageLine.all().order_by("id"):
        found[line.sheet_id][1].append(line)
        sheet_of_line[line.id] = line.sheet_id
    for item in await WageItem.all().order_by("id"):
        found[sheet_of_line[item.line_id]][2].append(item)
    return found


@pytest.mark.usefixtures("app")
async def test_a_thousand_sheets_read_back_as_they_were_made() -> None:
    dice = random.Random(20261031)
    made = [made_of(serial, dice) for serial in range(SHEETS)]
    await WageSheet.bulk_create([sheet for sheet, _, _ in made], batch_size=100)
    await WageLine.bulk_create([line for _, lines, _ in made for line in lines], batch_size=100)
    await WageItem.bulk_create([item for _, _, items in made for item in items], batch_size=100)
    found = await stored()
    assert len(found) == SHEETS
    for sheet, lines, items in made:
        kept, kept_lines, kept_items = found[sheet.id]
        assert told([kept]) == told([sheet])
        assert told(kept_lines) == told(lines)
        assert told(kept_items) == told(items)
        for line in kept_lines:
            of_line = [each for each in kept_items if each.line_id == line.id]
            shown = showing.shown(kept, line, of_line)
            assert reckoning.digest(shown) == line.digest, (shown, line.id)
            assert sum(each.amount_fen for each in of_line) == line.net_fen
        assert sum(line.net_fen for line in kept_lines) == kept.total_fen
        assert sum(line.paid_fen for line in kept_lines) == kept.paid_fen
        assert kept.paid_fen + kept.failed_fen + kept.pending_fen == kept.total_fen
