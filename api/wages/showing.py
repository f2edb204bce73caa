"""What a line says, in one form: to be shown, signed and kept. Names are resolved where it is read.

Everything that the worker sees is in it, and nothing that changes without his knowing: ids stand
for names, which may be corrected later, and his period for him, whose records may be merged.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from api.wages.models import WageItem, WageLine, WageSheet
from api.wages.reckoning import ItemKind, digest, plain


class Amount(Protocol):
    """An item, as far as it is shown."""

    kind: ItemKind
    amount_fen: int
    quantity: Decimal | None
    unit: str
    price_fen: int | None
    note: str


def shown(sheet: WageSheet, line: WageLine, items: Iterable[Amount]) -> dict[str, Any]:
    """The line as its worker sees it; `reckoning.digest` of it is what he signs."""
    return {
        "sheet": sheet.number,
        "kind": sheet.kind.value,
        "version": line.version,
        "engagement": str(line.engagement_id),
        "project": str(sheet.project_id),
        "enterprise": str(sheet.enterprise_id),
        "month": sheet.month,
        "from": sheet.from_on.isoformat(),
        "to": sheet.to_on.isoformat(),
        "pay_on": sheet.pay_on.isoformat(),
        "terms": _terms(line),
        "days": line.days,
        "units": plain(line.units),
        "hours": plain(line.hours),
        "overtime_hours": plain(line.overtime_hours),
        "items": [_item(each) for each in items],
        "gross_fen": line.gross_fen,
        "deducted_fen": line.deducted_fen,
        "net_fen": line.net_fen,
    }


def _terms(line: WageLine) -> dict[str, Any]:
    return {
        "pay_kind": line.pay_kind.value if line.pay_kind else None,
        "rate_fen": line.rate_fen,
        "unit_hours": plain(line.unit_hours),
        "overtime_percent": line.overtime_percent,
        "overtime_fen": line.overtime_fen,
    }


def _item(item: Amount) -> dict[str, Any]:
    return {
        "kind": item.kind.value,
        "amount_fen": item.amount_fen,
        "quantity": None if item.quantity is None else plain(item.quantity),
        "unit": item.unit,
        "price_fen": item.price_fen,
        "note": item.note,
    }


def seal(sheet: WageSheet, line: WageLine, items: Iterable[Amount]) -> None:
    """Set the digest of what the line says now."""
    line.digest = digest(shown(sheet, line, items))


async def items_of(line_ids: Sequence[UUID]) -> dict[UUID, list[WageItem]]:
    """The items of lines, in their order. One statement."""
    found: dict[UUID, list[WageItem]] = {line_id: [] for line_id in line_ids}
    for row in await WageItem.filter(line_id__in=list(line_ids)).order_by("id"):
        found[row.line_id].append(row)
    return found


def day_of(entry: list[Any]) -> tuple[date, Decimal, Decimal]:
    """A day of a line: the date, 工, hours of overtime."""
    return date.fromisoformat(entry[0]), Decimal(entry[1]), Decimal(entry[2])
