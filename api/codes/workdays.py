"""Working days: which days count for a deadline, by the State Council's arrangement of holidays.

The days lie in the dictionaries `holidays` (days off) and `worked_weekends` (weekends at work). A
year whose arrangement is not published yet stands there by the holiday regulation alone, its names
say so, and `HOLIDAYS_FILE` replaces any year before the next release:
`{"2027": {"off": ["2027-02-05", …], "worked": ["2027-02-20", …]}}`.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from api.codes.service import Dictionary, entries

PROVISIONAL = "暂定"
SATURDAY = 5
ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days off beside weekends, the weekends at work, and the years that are published."""

    off: frozenset[date]
    worked: frozenset[date]
    published: frozenset[int]

    def is_working(self, day: date) -> bool:
        """Whether offices work on that day."""
        return day in self.worked or (day.weekday() < SATURDAY and day not in self.off)

    def after(self, day: date, count: int) -> date:
        """The `count`th working day after `day`, which itself does not count."""
        while count > 0:
            day += ONE
            count -= self.is_working(day)
        return day

    def left(self, today: date, until: date) -> int:
        """How many working days are left after `today` up to `until`; below 0 when it is over."""
        if until < today:
            return -self.left(until, today)
        days = (until - today).days
        return sum(self.is_working(today + ONE * n) for n in range(1, days + 1))

    def is_provisional(self, day: date) -> bool:
        """Whether the arrangement of that day's year is not published yet."""
        return day.year not in self.published


@cache
def _built_in() -> Calendar:
    rows = entries(Dictionary.HOLIDAYS)
    guessed = {row.code[:4] for row in rows if PROVISIONAL in row.name}
    return Calendar(
        off=_days(row.code for row in rows),
        worked=_days(row.code for row in entries(Dictionary.WORKED_WEEKENDS)),
        published=frozenset(int(row.code[:4]) for row in rows if row.code[:4] not in guessed),
    )


def _days(texts: Iterable[str]) -> frozenset[date]:
    return frozenset(date.fromisoformat(text) for text in texts)


def replaced(calendar: Calendar, file: Path) -> Calendar:
    """The calendar with the years of a file instead of its own. ValueError for a bad file."""
    try:
        years = {int(year): days for year, days in json.loads(file.read_text("utf-8")).items()}
        off = _days(each for days in years.values() for each in days["off"])
        worked = _days(each for days in years.values() for each in days["worked"])
    except (OSError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError("the holidays file is not of its form") from error
    return Calendar(
        off=off | {day for day in calendar.off if day.year not in years},
        worked=worked | {day for day in calendar.worked if day.year not in years},
        published=calendar.published | years.keys(),
    )


_calendar: Calendar | None = None


def use(file: str) -> None:
    """Let this process count by the years of `file`, where it names one. ValueError."""
    global _calendar
    _calendar = replaced(_built_in(), Path(file)) if file else None


def calendar() -> Calendar:
    """The calendar of this process."""
    return _calendar or _built_in()
