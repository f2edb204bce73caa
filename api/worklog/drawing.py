"""The lines that show both books side by side, drawn anew from the entries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from api.kit.ids import new_id
from api.worklog import rules
from api.worklog.models import LogEntry, LogLine
from api.worklog.rules import Book, Kind, Sum

SOME = 50
SUMS = ("entries", "units", "hours", "overtime", "quantity", "amount_fen")
DRAWN = (
    "difference", "enterprise_id",
    *(f"{book}_{name}" for book in Book for name in (*SUMS, "kept_at")),
)  # fmt: skip


class Key(NamedTuple):
    """What makes two entries stand on one line."""

    team_id: UUID
    worker_id: UUID
    project_id: UUID
    day: date
    kind: Kind
    unit: str


def key_of(row: LogEntry | LogLine) -> Key:
    """The line on which the entry stands."""
    return Key(row.team_id, row.worker_id, row.project_id, row.day, row.kind, row.unit)


async def draw(keys: Iterable[Key]) -> None:
    """The lines say what the entries say. A line that changes is no longer stood by.

    The lines are held first, and only then the entries read: of two sides that write at the same
    moment the second sees what the first wrote.
    """
    by_team: dict[UUID, list[Key]] = defaultdict(list)
    for key in sorted(set(keys)):
        by_team[key.team_id].append(key)
    for team_id, wanted in by_team.items():
        for start in range(0, len(wanted), SOME):
            await _draw(team_id, wanted[start : start + SOME])


async def _draw(team_id: UUID, keys: Sequence[Key]) -> None:
    about: dict[str, Any] = {
        "team_id": team_id,
        "worker_id__in": list({key.worker_id for key in keys}),
        "project_id__in": list({key.project_id for key in keys}),
        "day__in": list({key.day for key in keys}),
    }
    await LogLine.bulk_create(await _blank(keys, about), ignore_conflicts=True)
    held = LogLine.filter(**about).order_by("id").select_for_update()
    lines = {key_of(row): row for row in await held}
    said: dict[tuple[Key, Book], list[LogEntry]] = defaultdict(list)
    for row in await LogEntry.filter(**about, removed_at=None):
        said[key_of(row), row.book].append(row)
    for key in keys:
        _fill(lines[key], {book: said[key, book] for book in Book})
    drawn = [lines[key] for key in keys]
    empty = [row.id for row in drawn if not (row.worker_entries or row.leader_entries)]
    await LogLine.bulk_update(drawn, DRAWN, batch_size=SOME)
    await LogLine.filter(id__in=empty).delete()


async def _blank(keys: Sequence[Key], about: Mapping[str, Any]) -> list[LogLine]:
    """Lines without sums, for those that there are none of."""
    places: dict[Key, LogEntry] = {}
    for row in await LogEntry.filter(**about).order_by("id"):
        places[key_of(row)] = row
    return [
        LogLine(
            **key._asdict(),
            id=new_id(),
            enterprise_id=places[key].enterprise_id,
            contractor_id=places[key].contractor_id,
        )
        for key in keys
    ]


def _fill(line: LogLine, said: Mapping[Book, Sequence[LogEntry]]) -> None:
    sums = {book: rules.sum_of(rows) for book, rows in said.items()}
    before = {book: sum_on(line, book) for book in Book}
    if before != sums:
        line.worker_kept_at = line.leader_kept_at = None
    for book, found in sums.items():
        for name in SUMS:
            setattr(line, f"{book}_{name}", getattr(found, name))
    employers = [row.enterprise_id for rows in said.values() for row in rows if row.enterprise_id]
    line.enterprise_id = employers[0] if employers else line.enterprise_id
    line.difference = rules.difference(
        not line.kind.is_work, sums[Book.WORKER], sums[Book.LEADER]
    ).value


def sum_on(line: LogLine, book: Book) -> Sum:
    """What the line holds of a book."""
    return Sum(**{name: getattr(line, f"{book}_{name}") for name in SUMS})
