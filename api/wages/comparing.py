"""差异: a line's days by their four witnesses: punches, the worker's book, the leader's, the sheet.

Each figure stays as its own side wrote it (BY-09).
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from api.attendance import service as attendance
from api.wages import showing
from api.wages.answers import DifferenceOut
from api.wages.models import WageLine, WageSheet
from api.wages.reckoning import plain
from api.worklog import service as worklog
from api.worklog.service import Kind

Said = Decimal | None


@dataclass(slots=True)
class Witnesses:
    """What each says of a day: 工 and hours of overtime."""

    punched: Said = None
    worker: Said = None
    leader: Said = None
    sheet: Said = None
    overtime: dict[str, Said] = field(default_factory=dict)

    @property
    def differs(self) -> bool:
        """Whether two that say something say something else; a silent sheet says nothing is due."""
        units = {each for each in (self.punched, self.worker, self.leader) if each is not None}
        hours = {self.overtime.get(each) for each in ("worker", "leader")} - {None}
        sheet_hours = self.overtime.get("sheet") or Decimal(0)
        return bool(
            units - {self.sheet or Decimal(0)} or {each for each in hours if each != sheet_hours}
        )


async def days_of(sheet: WageSheet, line: WageLine) -> list[DifferenceOut]:
    """Every day of which any of the four says something, in order."""
    found: dict[date, Witnesses] = {}
    span = line.worker_id, line.project_id, sheet.from_on, sheet.to_on
    for workday in await attendance.days_between(*span):
        found.setdefault(workday.day, Witnesses()).punched = workday.found_units
    for each in await worklog.lines_between(*span):
        if each.kind is Kind.TIME:
            day = found.setdefault(each.day, Witnesses())
            if each.worker_entries:
                day.worker = (day.worker or Decimal(0)) + each.worker_units
                day.overtime["worker"] = each.worker_overtime
            if each.leader_entries:
                day.leader = (day.leader or Decimal(0)) + each.leader_units
                day.overtime["leader"] = each.leader_overtime
    for entry in line.days:
        on, units, overtime = showing.day_of(entry)
        day = found.setdefault(on, Witnesses())
        day.sheet, day.overtime["sheet"] = units, overtime
    return [_out(on, found[on]) for on in sorted(found)]


def _out(on: date, day: Witnesses) -> DifferenceOut:
    return DifferenceOut(
        day=on,
        punched_units=_text(day.punched),
        worker_units=_text(day.worker),
        leader_units=_text(day.leader),
        sheet_units=_text(day.sheet),
        worker_overtime=_text(day.overtime.get("worker")),
        leader_overtime=_text(day.overtime.get("leader")),
        sheet_overtime=_text(day.overtime.get("sheet")),
        differs=day.differs,
    )


def _text(said: Said) -> str | None:
    return None if said is None else plain(said)
