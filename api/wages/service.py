"""What other features ask of wages."""

from uuid import UUID

from api.wages.comparing import days_of
from api.wages.contesting import contest
from api.wages.models import LineContest, LineSignature, WageItem, WageLine, WageSheet, WageStep
from api.wages.own import (
    advances_of,
    contests_of,
    of_workers,
    own_arrived,
    own_line,
    own_since,
    own_within,
    sheets_of,
    shown_line,
    signatures_of,
    sums_of,
    waiting_for,
)
from api.wages.paying import Mark, counts, mark, mark_all, payable
from api.wages.queries import own_lines
from api.wages.reading import item
from api.wages.sheets import owed, submit
from api.wages.showing import items_of, shown
from api.wages.signing import sign
from api.wages.standing import Standing, own_standings, standing_of

__all__ = [
    "LineContest",
    "LineSignature",
    "Mark",
    "Standing",
    "WageItem",
    "WageLine",
    "WageSheet",
    "WageStep",
    "advances_of",
    "contest",
    "contests_of",
    "counts",
    "days_of",
    "find",
    "item",
    "items_of",
    "lock",
    "mark",
    "mark_all",
    "of_workers",
    "owed",
    "own_arrived",
    "own_line",
    "own_lines",
    "own_since",
    "own_standings",
    "own_within",
    "payable",
    "sheets_of",
    "shown",
    "shown_line",
    "sign",
    "signatures_of",
    "standing_of",
    "submit",
    "sums_of",
    "waiting_for",
]


async def find(sheet_id: UUID) -> WageSheet | None:
    """The sheet, without asking who wants it; for what follows from it by itself."""
    return await WageSheet.get_or_none(id=sheet_id)


async def lock(sheet_id: UUID) -> None:
    """The sheet is locked until the running transaction ends. Before any of its lines."""
    await WageSheet.filter(id=sheet_id).select_for_update().only("id").get()
