"""发薪进度: what of the last months waits for a sheet, and what is on its way (BY-13)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from api.attendance import service as attendance
from api.codes import workdays
from api.engagements import service as engagements
from api.engagements.service import Engagement
from api.kit import clock
from api.kit.actor import Actor
from api.payslips import reading, rules
from api.payslips.rules import Known
from api.payslips.schemas import AwaitedOut, CalendarOut
from api.projects import service as projects
from api.wages import service as wages
from api.wages.reckoning import plain
from api.wages.rules import due_on
from api.wages.service import WageLine

MONTHS = 3
"""This month and the two before it."""
ON_ITS_WAY = 12
DEFAULT_PAY_DAY = 20


@dataclass(frozen=True, slots=True)
class Awaited:
    """Counted days of a month on a project that stand on no sheet."""

    month: date
    period: Engagement
    units: Decimal


async def of(actor: Actor) -> CalendarOut:
    """The calendar of the actor's last months, the newest first."""
    first = _months_ago(clock.today(), MONTHS - 1)
    periods = await engagements.own(actor)
    if not periods:
        return CalendarOut(awaited=[], items=[])
    # A sheet bears the month of its first day, and may pay days of the next.
    lines = await wages.own_since(periods[0].worker_id, f"{_months_ago(first, 1):%Y-%m}")
    return CalendarOut(
        awaited=await _awaited(periods, first, lines),
        items=await reading.listed(list(reversed(lines))[:ON_ITS_WAY]),
    )


async def _awaited(
    periods: Sequence[Engagement], first: date, lines: Sequence[WageLine]
) -> list[AwaitedOut]:
    recent = [
        row for row in periods if row.entered_on and (row.left_on is None or row.left_on >= first)
    ]
    latest = {row.project_id: row for row in reversed(recent)}
    found: list[Awaited] = []
    for project_id, period in latest.items():
        span = project_id, first, clock.today()
        days = await attendance.counted_days([period.worker_id], *span)
        paid = {day for each in lines if each.project_id == project_id for day, *_ in each.days}
        found += _unpaid(period, ((row.day, row.units) for row in days), paid)
    found.sort(key=lambda each: each.month, reverse=True)
    return await _out(found)


def _unpaid(
    period: Engagement, days: Iterable[tuple[date, Decimal]], paid: Collection[str]
) -> list[Awaited]:
    by_month: dict[date, Decimal] = {}
    for day, units in days:
        if day.isoformat() not in paid:
            month = day.replace(day=1)
            by_month[month] = by_month.get(month, Decimal(0)) + units
    return [Awaited(month, period, units) for month, units in by_month.items()]


async def _out(found: Sequence[Awaited]) -> list[AwaitedOut]:
    if not found:
        return []
    names = await reading.names_of(
        (each.period.project_id, (each.period.enterprise_id, each.period.contractor_id))
        for each in found
    )
    pay_days = {
        project_id: await _pay_day(project_id)
        for project_id in {each.period.project_id for each in found}
    }
    return [_one(each, names, pay_days[each.period.project_id]) for each in found]


async def _pay_day(project_id: UUID) -> int:
    project = await projects.find(project_id)
    return (project.pay_day if project else None) or DEFAULT_PAY_DAY


def _one(each: Awaited, names: reading.Names, pay_day: int) -> AwaitedOut:
    period, last = each.period, _last_of(each.month)
    known = Known(worked_on=last, pay_on=due_on(workdays.calendar(), last, pay_day))
    found = rules.progress(workdays.calendar(), clock.today(), known)
    return AwaitedOut(
        month=f"{each.month:%Y-%m}",
        project=names.project(period.project_id),
        enterprise=names.enterprise(period.enterprise_id),
        units=plain(each.units),
        progress=reading.progress_out(found, names, period.enterprise_id, period.contractor_id),
    )


def _last_of(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _months_ago(day: date, count: int) -> date:
    """The first day of the month so many months before."""
    months = day.year * 12 + day.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)
