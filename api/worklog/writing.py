"""How entries come into a book: each change is kept, the lines are drawn anew, both sides are told.

Everything here runs within the transaction of the service that calls it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import clock, jobs
from api.kit.actor import Actor
from api.kit.ids import new_id
from api.worklog import counting, drawing
from api.worklog.drawing import Key
from api.worklog.models import LogChange, LogEntry
from api.worklog.rules import Book

WAIT_S = 600
"""What is written within ten minutes, the other side is told in one message."""
SOME = 50


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry belongs, beside its project: who reads along."""

    enterprise_id: UUID | None
    contractor_id: UUID


@dataclass(slots=True)
class Pen:
    """One act of writing in one book of a team; `finish` it."""

    actor: Actor
    book: Book
    team_id: UUID
    keys: set[Key] = field(default_factory=set)
    changes: list[LogChange] = field(default_factory=list)

    async def add(
        self,
        worker_id: UUID,
        places: Mapping[UUID, Place],
        figures: Iterable[Mapping[str, Any]],
        *,
        roll_call: bool = False,
    ) -> list[LogEntry]:
        """New entries about a worker, one for each of `figures`."""
        place = places[worker_id]
        rows = [
            LogEntry(
                **each,
                id=new_id(),
                book=self.book,
                team_id=self.team_id,
                worker_id=worker_id,
                enterprise_id=place.enterprise_id,
                contractor_id=place.contractor_id,
                roll_call=roll_call,
                written_by=self.actor.id,
            )
            for each in figures
        ]
        return await self.put(rows)

    async def put(self, rows: Sequence[LogEntry]) -> list[LogEntry]:
        """These entries are in the book."""
        await LogEntry.bulk_create(rows)
        for row in rows:
            self._note(row, "added")
        return list(rows)

    async def rewrite(
        self, found: Sequence[tuple[LogEntry, Mapping[str, Any]]], act: str = "changed"
    ) -> None:
        """Each entry says so from now on."""
        names: set[str] = {"version", "written_by"}
        for row, figures in found:
            self.keys.add(drawing.key_of(row))
            row.update_from_dict(dict(figures))
            row.version += 1
            row.written_by = self.actor.id
            names |= figures.keys()
            self._note(row, act)
        if found:
            rows = [row for row, _ in found]
            await LogEntry.bulk_update(rows, sorted(names), batch_size=SOME)

    async def strike(self, rows: Sequence[LogEntry]) -> None:
        """The entries are struck out; what they said stays."""
        for row in rows:
            row.removed_at = clock.now()
            row.version += 1
            self._note(row, "removed")
        if rows:
            await LogEntry.bulk_update(rows, ["removed_at", "version"], batch_size=SOME)

    def _note(self, row: LogEntry, act: str) -> None:
        self.keys.add(drawing.key_of(row))
        self.changes.append(
            LogChange(
                id=new_id(),
                entry_id=row.id,
                version=row.version,
                act=act,
                book=row.book,
                team_id=row.team_id,
                worker_id=row.worker_id,
                said=counting.said(row),
                account_id=self.actor.id,
            )
        )

    async def finish(self) -> None:
        """History, lines and audit are written, and the other side will be told."""
        if not self.changes:
            return
        await LogChange.bulk_create(self.changes, batch_size=SOME * 4)
        await drawing.draw(self.keys)
        acts = sorted({change.act for change in self.changes})
        audit.record(
            self.actor, Tag.WORKLOG_WRITTEN, ("team", self.team_id),
            book=self.book.value, changes=len(self.changes), acts=",".join(acts),
        )  # fmt: skip
        jobs.enqueue(
            "worklog.tell",
            run_at=clock.in_seconds(WAIT_S),
            once=f"worklog:{self.book}:{self.team_id}",
            book=self.book.value,
            team_id=self.team_id,
            first=self.changes[0].id,
        )
