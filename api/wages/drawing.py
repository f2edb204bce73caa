"""生成工资单: lines are drawn from days, books and terms, five hundred workers at a time.

Each batch is a transaction of its own with a constant number of statements, so that a sheet of ten
thousand holds nobody up; the sheet says that it is still being drawn until the last is done.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from tortoise.expressions import Q, Subquery

from api.attendance import service as attendance
from api.codes import workdays
from api.engagements import service as engagements
from api.engagements.service import Engagement
from api.kit import jobs
from api.kit.actor import SYSTEM, Actor
from api.kit.ids import new_id
from api.kit.rows import add_all, plan_each
from api.kit.transaction import transaction
from api.projects import service as projects
from api.wages import reckoning, showing, steps, terms
from api.wages.models import WageItem, WageLine, WageSheet
from api.wages.reckoning import Advance, Day, Item, Part, Piece, Work
from api.wages.rules import Act, SheetKind, SheetState
from api.wages.terms import Agreed
from api.worklog import service as worklog
from api.worklog.service import LogLine

BATCH = 500
SAME = "same"
ZERO = Decimal(0)


@dataclass(slots=True)
class Found:
    """What the rooms below say of one worker's period."""

    days: dict[date, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    overtime: dict[date, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    pieces: list[Piece] = field(default_factory=list)
    advances: list[Advance] = field(default_factory=list)
    differs: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to pay or to take back."""
        return not (self.days or self.overtime or self.pieces or self.advances)


async def draw(
    sheet_id: UUID, only: Collection[UUID] | None = None, *, actor: Actor = SYSTEM
) -> bool:
    """Draw the next batch of the sheet's lines, `only` of these workers; whether more are left."""
    async with transaction():
        await plan_each()
        sheet = await WageSheet.filter(id=sheet_id).select_for_update().first()
        if sheet is None or not sheet.drawing or sheet.state is not SheetState.DRAFT:
            return False
        people = await engagements.employed(
            sheet.project_id, sheet.enterprise_id, sheet.from_on, sheet.to_on,
            team_id=sheet.team_id, after=sheet.drawn_to, many=BATCH, only=only,
        )  # fmt: skip
        if people:
            await _draw(sheet, people)
            sheet.drawn_to = people[-1].worker_id
        sheet.drawing = only is None and len(people) == BATCH
        await sheet.save()
        if not sheet.drawing:
            await steps.step(actor, sheet, Act.MADE)
        else:
            jobs.enqueue("wages.draw", sheet_id=sheet.id)
    return sheet.drawing


async def _draw(sheet: WageSheet, people: Sequence[Engagement]) -> None:
    ids = [each.worker_id for each in people]
    found = await _found(sheet, ids)
    agreed = await terms.until(ids, sheet.project_id, sheet.to_on)
    overlaps = await overlapping(sheet, ids)
    minimum = await projects.minimum_month_fen(sheet.region)
    months = _month_days(sheet.from_on, sheet.to_on)
    lines: list[WageLine] = []
    rows: list[WageItem] = []
    for period in people:
        work = found[period.worker_id]
        if work.empty and sheet.kind is not SheetKind.BACK_PAY:
            continue
        line, items = _line(sheet, period, work, agreed.get(period.worker_id, []), months, minimum)
        line.overlaps_id = overlaps.get(period.worker_id)
        lines.append(line)
        rows += items
    await add_all(lines)
    await add_all(rows)
    sheet.persons += len(lines)
    sheet.total_fen += sum(each.net_fen for each in lines)
    sheet.pending_fen = sheet.total_fen


async def _found(sheet: WageSheet, ids: Sequence[UUID]) -> dict[UUID, Found]:
    found: dict[UUID, Found] = defaultdict(Found)
    if sheet.kind is SheetKind.BACK_PAY:
        return found
    span = sheet.project_id, sheet.from_on, sheet.to_on
    for day in await attendance.counted_days(ids, *span):
        if day.enterprise_id == sheet.enterprise_id:
            found[day.worker_id].days[day.day] += day.units
    books = await worklog.lines_of_many(ids, *span)
    advances = [each.id for each in books if each.kind is worklog.Kind.ADVANCE]
    taken = set(await WageItem.filter(source_id__in=advances).values_list("source_id", flat=True))
    for line in books:
        if line.enterprise_id in (None, sheet.enterprise_id) and line.id not in taken:
            _read(found[line.worker_id], line)
    return found


def _read(found: Found, line: LogLine) -> None:
    """Take in what both books agree on; that they differ is marked, and shown day by day."""
    if line.difference != SAME:
        found.differs = found.differs or line.kind.is_work
        return
    if line.kind is worklog.Kind.TIME:
        if line.worker_overtime:
            found.overtime[line.day] += line.worker_overtime
        found.differs = found.differs or line.worker_units != found.days.get(line.day, ZERO)
    elif line.kind is worklog.Kind.PIECE:
        found.pieces.append(
            Piece(line.unit, line.worker_quantity, line.worker_amount_fen, line.day)
        )
    elif line.kind is worklog.Kind.ADVANCE and line.worker_amount_fen:
        found.advances.append(Advance(str(line.id), line.day, line.worker_amount_fen))


def _line(
    sheet: WageSheet,
    period: Engagement,
    found: Found,
    agreed: Sequence[Agreed],
    months: dict[tuple[int, int], int],
    minimum_month_fen: int | None,
) -> tuple[WageLine, list[WageItem]]:
    work = _work(found, months)
    schedule = [(each.effective_from, each.terms) for each in agreed]
    parts = reckoning.parts_of(schedule, work)
    items = reckoning.items_of(parts, work.advances)
    sums = reckoning.totals(each.amount_fen for each in items)
    last = _last(agreed, parts)
    how = last.terms if last else None
    hints = reckoning.hints(
        how, items, units=work.units, advances=len(found.advances),
        minimum_month_fen=minimum_month_fen,
    )  # fmt: skip
    line = WageLine(
        id=new_id(),
        sheet_id=sheet.id,
        worker_id=period.worker_id,
        engagement_id=period.id,
        enterprise_id=sheet.enterprise_id,
        project_id=sheet.project_id,
        contractor_id=sheet.contractor_id,
        region=sheet.region,
        team_id=period.team_id,
        trade=period.trade,
        month=sheet.month,
        **_as_agreed(last),
        days=[
            [each.on.isoformat(), reckoning.plain(each.units), reckoning.plain(each.overtime)]
            for each in work.days
        ],
        units=work.units,
        hours=_hours(parts, work),
        overtime_hours=work.overtime,
        gross_fen=sums.gross_fen,
        deducted_fen=sums.deducted_fen,
        net_fen=sums.net_fen,
        hints=[each.value for each in hints],
        differs=found.differs,
    )
    rows = [_item(line.id, each) for each in items]
    showing.seal(sheet, line, rows)
    return line, rows


def _work(found: Found, months: dict[tuple[int, int], int]) -> Work:
    days = [
        Day(day, found.days.get(day, ZERO), found.overtime.get(day, ZERO))
        for day in sorted(found.days.keys() | found.overtime.keys())
    ]
    return Work(days, found.pieces, found.advances, months)


def _last(agreed: Sequence[Agreed], parts: Sequence[Part]) -> Agreed | None:
    """Of all that is agreed the line keeps the last that pays something; its items say the rest."""
    if parts:
        return agreed[parts[-1].at]
    return agreed[-1] if agreed else None


def _hours(parts: Sequence[Part], work: Work) -> Decimal:
    if not parts:
        return reckoning.hours_of(work.units, None)
    return sum((reckoning.hours_of(each.work.units, each.terms) for each in parts), ZERO)


def _as_agreed(agreed: Agreed | None) -> dict[str, Any]:
    """The columns that keep the terms as they were; eight hours a 工 while there are none."""
    if agreed is None:
        return {"unit_hours": reckoning.EIGHT}
    how = agreed.terms
    return {
        "terms_id": agreed.id,
        "pay_kind": how.pay_kind,
        "rate_fen": how.rate_fen,
        "unit_hours": how.unit_hours,
        "overtime_percent": how.overtime_percent,
        "overtime_fen": how.overtime_fen,
    }


def _item(line_id: UUID, item: Item) -> WageItem:
    return WageItem(
        line_id=line_id,
        kind=item.kind,
        amount_fen=item.amount_fen,
        quantity=item.quantity,
        unit=item.unit,
        price_fen=item.price_fen,
        note=item.note,
        source_id=UUID(item.source) if item.source else None,
    )


def _month_days(first: date, last: date) -> dict[tuple[int, int], int]:
    """How many working days each month of a period has."""
    calendar, found = workdays.calendar(), {}
    day = first.replace(day=1)
    while day <= last:
        after = (day + timedelta(days=32)).replace(day=1)
        span = (day + timedelta(days=n) for n in range((after - day).days))
        found[day.year, day.month] = sum(calendar.is_working(each) for each in span)
        day = after
    return found


async def overlapping(sheet: WageSheet, ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Another sheet that pays a worker for some of the same days, on the project or by the same
    employer, by worker. One statement."""
    others = WageSheet.filter(
        Q(project_id=sheet.project_id) | Q(enterprise_id=sheet.enterprise_id),
        from_on__lte=sheet.to_on, to_on__gte=sheet.from_on,
    ).exclude(id=sheet.id).exclude(state=SheetState.VOID)  # fmt: skip
    others = others.exclude(kind=SheetKind.BACK_PAY)
    rows = WageLine.filter(worker_id__in=list(ids), sheet_id__in=Subquery(others.values("id")))
    found = await rows.order_by("id").values_list("worker_id", "sheet_id")
    return {} if sheet.kind is SheetKind.BACK_PAY else dict(found)


async def flag_overlaps(sheet: WageSheet) -> int:
    """Mark the lines of workers who are on another sheet for the same days by now; how many."""
    ids = (
        await WageLine.filter(sheet_id=sheet.id).order_by("id").values_list("worker_id", flat=True)
    )
    flagged, workers_left = 0, [UUID(str(each)) for each in ids]
    while batch := workers_left[:BATCH]:
        workers_left = workers_left[BATCH:]
        for other, them in _by_sheet(await overlapping(sheet, batch)).items():
            rows = WageLine.filter(sheet_id=sheet.id, worker_id__in=them)
            flagged += await rows.update(overlaps_id=other)
    return flagged


def _by_sheet(found: dict[UUID, UUID]) -> dict[UUID, list[UUID]]:
    sheets: dict[UUID, list[UUID]] = defaultdict(list)
    for worker_id, sheet_id in found.items():
        sheets[sheet_id].append(worker_id)
    return sheets


async def let_go(sheet_id: UUID) -> None:
    """Advances that a void sheet took back may be taken back by another."""
    lines = Subquery(WageLine.filter(sheet_id=sheet_id).values("id"))
    await WageItem.filter(line_id__in=lines, source_id__isnull=False).update(source_id=None)


async def bump(sheet: WageSheet, change_fen: int) -> None:
    """Move the sheet's total after a correction; what is changed was not paid. In a transaction."""
    sheet.total_fen += change_fen
    sheet.pending_fen += change_fen
    sheet.version += 1
    await sheet.save(update_fields=["total_fen", "pending_fen", "version"])
