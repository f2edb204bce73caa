"""An entry's figures: 工, hours and amount, as the pay template of its side counts them. Pure."""

from decimal import Decimal
from typing import Any

from api.worklog import rules
from api.worklog.models import LogEntry
from api.worklog.rules import ZERO, Given, Kind, Pay
from api.worklog.schemas import (
    LogEntryIn,
    MarkIn,
)

FULL = {"whole": Decimal(1), "morning": Decimal("0.5"), "afternoon": Decimal("0.5")}
"""The 工 of a part of a day when nothing else is said."""
FIGURES = (
    "project_id", "day", "kind", "part", "given", "hours", "overtime_hours", "units", "unit",
    "quantity", "price_fen", "amount_fen", "note",
)  # fmt: skip
"""What of an entry its writer decides, and what follows from it."""


def figures(given: LogEntryIn, pay: Pay) -> dict[str, Any]:
    """The columns of what was sent."""
    kind = given.kind
    quantity = Decimal(given.quantity or 0)
    found: dict[str, Any] = {
        "project_id": given.project_id,
        "day": given.day,
        "kind": kind,
        "part": given.part or "",
        "given": Given.NONE,
        "hours": ZERO,
        "overtime_hours": Decimal(given.overtime_hours or 0),
        "units": Decimal(given.units or 0),
        "unit": given.unit or "",
        "quantity": quantity,
        "price_fen": given.price_fen,
        "amount_fen": given.amount_fen,
        "note": given.note or "",
    }
    if kind is Kind.TIME:
        how = Given.HOURS if given.hours is not None else Given.UNITS
        found |= {"given": how, "hours": Decimal(given.hours or 0)}
        found |= time_figures(how, found, pay)
    if kind is Kind.PIECE:
        found["amount_fen"] = rules.piece_fen(given.price_fen, quantity)
    return found


def time_figures(how: Given, figures: dict[str, Any], pay: Pay) -> dict[str, Any]:
    """工, hours and amount of time, from whichever of them was written down."""
    overtime = figures["overtime_hours"]
    if how is Given.HOURS:
        hours = figures["hours"]
        units, exact = rules.units_of(pay, hours), rules.worked(pay, hours=hours)
    else:
        units = figures["units"]
        hours, exact = rules.hours_of(pay, units), rules.as_given(units)
    return {
        "units": units,
        "hours": hours,
        "amount_fen": rules.earned_fen(pay, exact, overtime),
    }


def marked(mark: MarkIn, kind: Kind, pay: Pay) -> dict[str, Any]:
    """The figures of a mark on the roll: the part's 工 when nothing else is said."""
    hours = Decimal(mark.hours) if mark.hours is not None else ZERO
    units = Decimal(mark.units) if mark.units is not None else FULL[mark.part]
    overtime = Decimal(mark.overtime_hours or 0)
    if kind is Kind.PIECE_DAYS:
        return {"given": Given.NONE, "units": units, "hours": ZERO, "overtime_hours": ZERO,
                "amount_fen": None}  # fmt: skip
    how = Given.HOURS if mark.hours is not None else Given.UNITS
    found: dict[str, Any] = {"units": units, "hours": hours, "overtime_hours": overtime}
    return {**found, "given": how, **time_figures(how, found, pay)}


def recounted(row: LogEntry, pay: Pay) -> dict[str, Any]:
    """The figures of an entry of time under another template."""
    found = {"units": row.units, "hours": row.hours, "overtime_hours": row.overtime_hours}
    return time_figures(row.given, found, pay)


def said(row: LogEntry) -> dict[str, Any]:
    """What the entry says, for its history: texts and numbers alone."""
    return {
        "kind": row.kind.value,
        "day": row.day.isoformat(),
        "units": f"{row.units.normalize():f}",
        "hours": f"{row.hours.normalize():f}",
        "overtime_hours": f"{row.overtime_hours.normalize():f}",
        "quantity": f"{row.quantity.normalize():f}",
        "amount_fen": row.amount_fen,
        "note": row.note,
    }
