"""对账: accept what the other side says of a line, or stand by one's own."""

from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import clock
from api.kit.actor import Actor
from api.kit.ids import new_id
from api.kit.transaction import transaction
from api.worklog import access, counting, drawing, telling, templates
from api.worklog.errors import NothingToAccept, NotYourBook
from api.worklog.models import LogEntry, LogLine
from api.worklog.rules import Book, Difference, Kind
from api.worklog.templates import pay_of
from api.worklog.writing import Pen

COPIED = (
    "project_id", "enterprise_id", "contractor_id", "day", "kind", "part", "given", "hours",
    "overtime_hours", "units", "unit", "quantity", "price_fen", "amount_fen", "note",
)  # fmt: skip


async def keep(actor: Actor, line_id: UUID, book: Book) -> LogLine:
    """That side stands by its own; the other is told. NoSuchLine, NotYourBook, NothingToAccept."""
    async with transaction():
        row = await _differing(actor, line_id, book, lock=True)
        if getattr(row, f"{book}_kept_at") is None:
            setattr(row, f"{book}_kept_at", clock.now())
            await row.save(update_fields=[f"{book}_kept_at"])
            _record(actor, row, book, "keep")
            await telling.kept(actor, row, book)
    return row


async def accept(actor: Actor, line_id: UUID, book: Book) -> LogLine:
    """That side's book says what the other's says; what it said before stays in its history.

    Where the same work is paid otherwise, the other's template is taken over from its day on.
    NoSuchLine, NotYourBook, NothingToAccept.
    """
    async with transaction():
        # Entries are held before their line, as everywhere.
        row = await _differing(actor, line_id, book, lock=False)
        if not getattr(row, f"{book.other}_entries"):
            raise NothingToAccept
        pen = Pen(actor, book, row.team_id)
        if row.difference == Difference.RATE and row.kind is Kind.TIME:
            await _take_rate(pen, row)
        if not pen.changes:
            await _take_entries(pen, row)
        await pen.finish()
        _record(actor, row, book, "accept")
    return await LogLine.get(id=row.id)


async def _differing(actor: Actor, line_id: UUID, book: Book, *, lock: bool) -> LogLine:
    row, books = await access.line(actor, line_id, lock=lock)
    if book not in books:
        raise NotYourBook
    if row.difference == Difference.SAME:
        raise NothingToAccept
    return row


async def _take_rate(pen: Pen, row: LogLine) -> None:
    his = await templates.of_day(pen.book.other, row.team_id, row.worker_id, row.day)
    if his is not None:
        since = max(his.effective_from, clock.today() - templates.BACK)
        await templates.put(pen, {row.worker_id}, since, pay_of(his))


async def _take_entries(pen: Pen, row: LogLine) -> None:
    key = drawing.key_of(row)
    rows = LogEntry.filter(**key._asdict(), removed_at=None).order_by("id")
    found = await rows.select_for_update()
    await pen.strike([each for each in found if each.book is pen.book])
    pay = await templates.pays(pen.book, row.team_id, [row.worker_id])
    copies = []
    for each in found:
        if each.book is pen.book:
            continue
        values = {name: getattr(each, name) for name in COPIED}
        if each.kind is Kind.TIME:
            values |= counting.recounted(each, pay(row.worker_id, row.day))
        copies.append(
            LogEntry(
                **values, id=new_id(), book=pen.book, team_id=row.team_id,
                worker_id=row.worker_id, written_by=pen.actor.id,
            )
        )  # fmt: skip
    await pen.put(copies)


def _record(actor: Actor, row: LogLine, book: Book, decision: str) -> None:
    audit.record(
        actor, Tag.WORKLOG_DECIDED, ("log_line", row.id),
        book=book.value, decision=decision, difference=row.difference,
    )  # fmt: skip
