"""逐日对账: each day of a payslip as punches, both books and the sheet have it (BY-09)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from api.attendance import service as attendance
from api.attendance.service import Workday
from api.payslips.schemas import DayOut
from api.wages.reckoning import plain
from api.wages.service import WageLine, WageSheet
from api.worklog import service as worklog
from api.worklog.service import LogLine

ZERO = Decimal(0)


@dataclass(slots=True)
class Said:
    """What each source says of a day, in 工; None where it says nothing."""

    punched: Decimal | None = None
    worker: Decimal | None = None
    leader: Decimal | None = None
    sheet: Decimal | None = None
    overtime: Decimal = ZERO

    @property
    def differs(self) -> bool:
        """Whether the sheet pays less or more than any source that says something."""
        others = [each for each in (self.punched, self.worker, self.leader) if each is not None]
        return any(each != (self.sheet or ZERO) for each in others)


async def days_of(line: WageLine, sheet: WageSheet) -> list[DayOut]:
    """Every day of which somebody says something, in its order. Three statements."""
    span = line.worker_id, line.project_id, sheet.from_on, sheet.to_on
    days = await attendance.days_between(*span)
    books = await worklog.lines_between(*span)
    found = compared(line.days, days, books)
    return [_out(day, said) for day, said in sorted(found.items())]


def compared(
    sheet: Iterable[list[str]], days: Iterable[Workday], books: Iterable[LogLine]
) -> dict[date, Said]:
    """What each source says, by day. sheet: as `WageLine.days` holds it."""
    found: dict[date, Said] = defaultdict(Said)
    for day, units, overtime in sheet:
        said = found[date.fromisoformat(day)]
        said.sheet, said.overtime = Decimal(units), Decimal(overtime)
    for row in days:
        if row.found_units or row.units:
            found[row.day].punched = row.found_units
    for each in books:
        if each.kind not in (worklog.Kind.TIME, worklog.Kind.PIECE_DAYS):
            continue
        said = found[each.day]
        if each.worker_entries:
            said.worker = (said.worker or ZERO) + each.worker_units
        if each.leader_entries:
            said.leader = (said.leader or ZERO) + each.leader_units
    return dict(found)


def _out(day: date, said: Said) -> DayOut:
    return DayOut(
        day=day,
        punched=_plain(said.punched),
        worker=_plain(said.worker),
        leader=_plain(said.leader),
        sheet=_plain(said.sheet),
        overtime=plain(said.overtime),
        differs=said.differs,
    )


def _plain(units: Decimal | None) -> str | None:
    return None if units is None else plain(units)
