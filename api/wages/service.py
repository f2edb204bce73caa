"""What other features ask of wages."""

from uuid import UUID

from api.wages.contesting import contest
from api.wages.models import LineContest, LineSignature, WageItem, WageLine, WageSheet, WageStep
from api.wages.paying import Mark, mark, mark_all, payable
from api.wages.queries import own_lines
from api.wages.sheets import owed, submit
from api.wages.showing import items_of, shown
from api.wages.signing import sign

__all__ = [
    "LineContest",
    "LineSignature",
    "Mark",
    "WageItem",
    "WageLine",
    "WageSheet",
    "WageStep",
    "contest",
    "find",
    "items_of",
    "mark",
    "mark_all",
    "owed",
    "own_lines",
    "payable",
    "shown",
    "sign",
    "submit",
]


async def find(sheet_id: UUID) -> WageSheet | None:
    """The sheet, without asking who wants it; for what follows from it by itself."""
    return await WageSheet.get_or_none(id=sheet_id)
