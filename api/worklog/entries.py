"""记一笔: entries of one's own book, one at a time or for many people at once."""

from uuid import UUID

from api.kit.actor import Actor
from api.kit.transaction import transaction
from api.worklog import access, counting, templates
from api.worklog.errors import AlreadyRemoved, NotYourBook
from api.worklog.models import LogEntry
from api.worklog.rules import Book
from api.worklog.schemas import (
    LogEntryIn,
    ManyEntriesIn,
    OwnEntryIn,
)
from api.worklog.writing import Pen


async def add_own(actor: Actor, given: OwnEntryIn) -> LogEntry:
    """A new entry of the worker's book. NoSuchTeamHere, UnknownProject, DayOutOfSpan."""
    access.require_day(given.day)
    async with transaction():
        worker_id = await access.own_pair(actor, given.team_id)
        places = await access.places(given.team_id, [worker_id], given.project_id, given.day)
        pay = await templates.pays(Book.WORKER, given.team_id, [worker_id])
        pen = Pen(actor, Book.WORKER, given.team_id)
        figures = counting.figures(given, pay(worker_id, given.day))
        [row] = await pen.add(worker_id, places, [figures])
        await pen.finish()
    return row


async def add_many(actor: Actor, team_id: UUID, given: ManyEntriesIn) -> list[LogEntry]:
    """The same entry for some members, in the leader's book.

    Work of a day is written of those who were in the team that day, money of all who ever were.
    NoSuchTeam, NotLeader, NotMemberThen, UnknownProject, DayOutOfSpan.
    """
    said = given.entry
    access.require_day(said.day)
    async with transaction():
        members = await access.led_members(
            actor, team_id, given.member_ids, on=said.day if said.kind.is_work else None
        )
        worker_ids = list(dict.fromkeys(each.worker_id for each in members))
        places = await access.places(team_id, worker_ids, said.project_id, said.day)
        pay = await templates.pays(Book.LEADER, team_id, worker_ids)
        pen = Pen(actor, Book.LEADER, team_id)
        rows = []
        for each in worker_ids:
            figures = counting.figures(said, pay(each, said.day))
            rows += await pen.add(each, places, [figures])
        await pen.finish()
    return rows


async def change(actor: Actor, entry_id: UUID, given: LogEntryIn) -> LogEntry:
    """The entry says so from now on; what it said before stays in its history.

    NoSuchEntry, NotYourBook, AlreadyRemoved, UnknownProject, DayOutOfSpan.
    """
    access.require_day(given.day)
    async with transaction():
        row = await _own(actor, entry_id)
        places = await access.places(row.team_id, [row.worker_id], given.project_id, given.day)
        pay = await templates.pays(row.book, row.team_id, [row.worker_id])
        figures = counting.figures(given, pay(row.worker_id, given.day))
        place = places[row.worker_id]
        moved = {"enterprise_id": place.enterprise_id, "contractor_id": place.contractor_id}
        if any(getattr(row, name) != value for name, value in figures.items()):
            pen = Pen(actor, row.book, row.team_id)
            # Mended by hand it is no longer what the roll-call said.
            await pen.rewrite([(row, {**figures, **moved, "roll_call": False})])
            await pen.finish()
    return row


async def remove(actor: Actor, entry_id: UUID) -> None:
    """The entry is struck out, its history stays. NoSuchEntry, NotYourBook, AlreadyRemoved."""
    async with transaction():
        row = await _own(actor, entry_id)
        pen = Pen(actor, row.book, row.team_id)
        await pen.strike([row])
        await pen.finish()


async def _own(actor: Actor, entry_id: UUID) -> LogEntry:
    row, books = await access.entry(actor, entry_id, lock=True)
    if row.book not in books:
        raise NotYourBook
    if row.removed_at is not None:
        raise AlreadyRemoved
    return row
