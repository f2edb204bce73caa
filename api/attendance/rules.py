"""Which day a punch belongs to, and what a day's punches amount to. Pure.

Nothing here asks in which order punches arrived: the same punches give the same day.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum, unique
from functools import lru_cache
from uuid import UUID

from api.kit.clock import BEIJING, day_of

EARLIEST = timedelta(hours=4)
"""How long before his shift somebody may come so that the punch still counts for that day."""
AGAIN = timedelta(minutes=2)
"""A punch without a direction so soon after another is the same act: a finger tapped twice."""
RETRY = timedelta(minutes=30)
"""The same direction so soon again is a second try at one act, from a better spot."""
LONGEST = timedelta(hours=16)
"""A longer stretch of work means that somebody forgot a punch in between."""
DAY = timedelta(days=1)
DAY_WORK = timedelta(hours=8)
HOUR_S = Decimal(3600)
HALF = Decimal("0.5")
NO_UNITS = Decimal("0.0")
CONFIRMS_ITSELF = timedelta(days=3)
"""A day that the enterprise leaves lying this long is confirmed in the worker's favour (BY-10)."""
CONTESTABLE = timedelta(days=7)
ANSWERED_WITHIN = timedelta(days=3)
"""How long the enterprise may contest that."""


@unique
class Direction(StrEnum):
    """In or out."""

    IN = "in"
    OUT = "out"


@unique
class Reason(StrEnum):
    """What is odd about a day; people who decide on it read it in words."""

    CORRECTED = "corrected"
    LATE_UPLOAD = "late_upload"
    MANUAL = "manual"
    MISSING_IN = "missing_in"
    MISSING_OUT = "missing_out"
    NO_WORK = "no_work"
    OUTSIDE = "outside"
    ROLL_CALL = "roll_call"
    TOO_LONG = "too_long"
    UNCERTAIN = "uncertain"

    @property
    def sentence(self) -> str:
        """The reason in plain words."""
        return SENTENCES[self]


SENTENCES = {
    Reason.CORRECTED: "有补卡，请核对。",
    Reason.LATE_UPLOAD: "没信号时打的卡，后来才传上来。",
    Reason.MANUAL: "有手工登记的打卡，要人确认。",
    Reason.MISSING_IN: "少一次上班卡。可以补卡。",
    Reason.MISSING_OUT: "少一次下班卡。可以补卡。",
    Reason.NO_WORK: "上下班隔得太短，不够半天。",
    Reason.OUTSIDE: "有打卡不在工地范围内。",
    Reason.ROLL_CALL: "有班组长点名登记的，请核对人在不在。",
    Reason.TOO_LONG: "上下班隔得太久，中间可能漏了卡。可以补卡。",
    Reason.UNCERTAIN: "有打卡的位置不准，看不出在不在工地。",
}
INCOMPLETE = frozenset({Reason.MISSING_IN, Reason.MISSING_OUT, Reason.TOO_LONG})


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift: minutes after midnight in Asia/Shanghai; an end past midnight is over 1440."""

    start_min: int
    end_min: int

    @property
    def length(self) -> timedelta:
        """From its beginning to its end."""
        return timedelta(minutes=self.end_min - self.start_min)

    def begins_after(self, before: "Shift") -> timedelta:
        """When its work day begins: up to 4 h before it, at least midway from the one before.

        Relative to the midnight of its day, so it may be negative. before: the shift of the day
        before; no day begins later than it would if that one went on.
        """
        return min(self._lead(before), before._lead(before))

    def _lead(self, before: "Shift") -> timedelta:
        start = timedelta(minutes=self.start_min)
        idle = start + DAY - timedelta(minutes=before.end_min)
        return start - min(EARLIEST, idle / 2)


@unique
class Part(StrEnum):
    """Which part of a day somebody is there."""

    WHOLE = "whole"
    MORNING = "morning"
    AFTERNOON = "afternoon"


Shifts = tuple[Shift, Shift, Shift]
"""Of three days that follow each other."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One punch or correction, as far as the day depends on it. `at`: when it counts."""

    at: datetime
    client_id: UUID
    direction: Direction | None = None
    reasons: frozenset[Reason] = frozenset()

    @property
    def order(self) -> tuple[datetime, int]:
        """Its place in time, the same however it came."""
        return self.at, self.client_id.int


@dataclass(frozen=True, slots=True)
class DayDraft:
    """What a day's evidence amounts to: work units, hours, and what to look at."""

    units: Decimal
    hours: Decimal
    reasons: frozenset[Reason]
    first_at: datetime | None
    last_at: datetime | None

    @property
    def is_complete(self) -> bool:
        """Whether every way in has its way out."""
        return not self.reasons & INCOMPLETE


def acts_of(evidence: Iterable[Evidence]) -> list[Evidence]:
    """The acts that the evidence of one day amounts to, oldest first, each with its direction."""
    return _acts(sorted(evidence, key=lambda each: each.order))


@lru_cache(maxsize=4096)
def span_of(day: date, shifts: Shifts) -> tuple[datetime, datetime]:
    """The instants, in UTC, from which and before which a punch belongs to `day`.

    shifts: of the day before it, of the day, and of the next one.
    """
    before, own, after = shifts
    midnight = datetime.combine(day, time(), tzinfo=BEIJING).astimezone(UTC)
    return midnight + own.begins_after(before), midnight + DAY + after.begins_after(own)


def worked_between(day: date, shift: Shift) -> tuple[datetime, datetime]:
    """The instants, in UTC, at which the shift of `day` begins and ends."""
    midnight = datetime.combine(day, time(), tzinfo=BEIJING).astimezone(UTC)
    start, end = timedelta(minutes=shift.start_min), timedelta(minutes=shift.end_min)
    return midnight + start, midnight + end


def workday_of(instant: datetime, shifts: Shifts) -> date:
    """The work day of an instant: a night shift belongs to the day it began on.

    shifts: of the calendar day before the instant's, of its own, and of the next one.
    """
    day = day_of(instant)
    start, end = span_of(day, shifts)
    if instant < start:
        return day - DAY
    return day + DAY if instant >= end else day


def derive(evidence: Iterable[Evidence], shift: Shift) -> DayDraft:
    """What the evidence of one day amounts to, whatever order it comes in.

    A punch without a direction is a way in when nobody is inside, else a way out; that ends with
    the day, so that a forgotten one never turns the next day around.
    """
    ordered = sorted(evidence, key=lambda each: each.order)
    pairs, reasons = _pairs(ordered)
    for each in ordered:
        reasons |= each.reasons
    if any(out.at - into.at > LONGEST for into, out in pairs):
        reasons.add(Reason.TOO_LONG)
    counted = [pair for pair in pairs if not _is_outside(pair)]
    worked = sum((out.at - into.at for into, out in counted), timedelta())
    units = units_of(worked, shift)
    if pairs and not units:
        reasons.add(Reason.NO_WORK)
    return DayDraft(
        units=units,
        hours=_hours(worked),
        reasons=frozenset(reasons),
        first_at=ordered[0].at if ordered else None,
        last_at=ordered[-1].at if ordered else None,
    )


def derive_with_call(own: Iterable[Evidence], called: Iterable[Evidence], shift: Shift) -> DayDraft:
    """What a day amounts to that was punched by the worker, called by his leader, or both.

    The call stands in for punches that are missing: it counts where the worker's own make no
    whole day, and then only if they do together with it.
    """
    punched, marked = list(own), _span(called)
    if not punched:
        return derive(marked, shift)
    alone = derive(punched, shift)
    if alone.is_complete or not marked:
        return alone
    together = derive([*punched, *marked], shift)
    return together if together.is_complete and together.units else alone


def _span(called: Iterable[Evidence]) -> list[Evidence]:
    """One coming and one going of all that was called: a day is called again when it is mended."""
    ordered = sorted(called, key=lambda each: each.order)
    into = [each for each in ordered if each.direction is Direction.IN][:1]
    return into + [each for each in ordered if each.direction is Direction.OUT][-1:]


def called_at(
    day: date, shifts: Shifts, part: Part, now: datetime
) -> list[tuple[Direction, datetime]]:
    """When somebody who is called for this part of `day` came, and went if that is over by now.

    Nobody is called ahead of time: who is there before the part begins came now. Empty before the
    day itself has begun. shifts: as of `span_of`.
    """
    begins, ends = worked_between(day, shifts[1])
    middle = begins + (ends - begins) / 2
    first = middle if part is Part.AFTERNOON else begins
    last = middle if part is Part.MORNING else ends
    if now < span_of(day, shifts)[0]:
        return []
    found = [(Direction.IN, min(first, now))]
    return [*found, (Direction.OUT, last)] if last <= now else found


def _pairs(ordered: list[Evidence]) -> tuple[list[tuple[Evidence, Evidence]], set[Reason]]:
    pairs: list[tuple[Evidence, Evidence]] = []
    reasons: set[Reason] = set()
    inside: Evidence | None = None
    for each in _acts(ordered):
        if each.direction is Direction.IN:
            if inside:
                reasons.add(Reason.MISSING_OUT)
            inside = each
        elif inside:
            pairs.append((inside, each))
            inside = None
        else:
            reasons.add(Reason.MISSING_IN)
    if inside:
        reasons.add(Reason.MISSING_OUT)
    return pairs, reasons


def _acts(ordered: list[Evidence]) -> list[Evidence]:
    acts: list[Evidence] = []
    for each in ordered:
        last = acts[-1] if acts else None
        if last is None:
            acts.append(replace(each, direction=each.direction or Direction.IN))
        elif _repeats(last, each):
            acts[-1] = _better(last, each)
        else:
            acts.append(replace(each, direction=each.direction or _other(last)))
    return acts


def _repeats(last: Evidence, each: Evidence) -> bool:
    if each.direction is None:
        return each.at - last.at <= AGAIN
    return each.direction is last.direction and each.at - last.at <= RETRY


def _other(act: Evidence) -> Direction:
    return Direction.OUT if act.direction is Direction.IN else Direction.IN


def _better(first: Evidence, again: Evidence) -> Evidence:
    """Of two tries at one act: the one on the site, else the longer stay."""
    outside = [Reason.OUTSIDE in each.reasons for each in (first, again)]
    later = first.direction is Direction.OUT
    if outside[0] != outside[1]:
        later = outside[0]
    return replace(again, direction=first.direction) if later else first


def _is_outside(pair: tuple[Evidence, Evidence]) -> bool:
    return all(Reason.OUTSIDE in each.reasons for each in pair)


def units_of(worked: timedelta, shift: Shift) -> Decimal:
    """Work units in halves: from a quarter of a day's work half a unit, from three quarters one.

    A day's work is the shift, or eight hours when that is longer (Labour Law, art. 36); what goes
    beyond shows in the hours.
    """
    full = min(shift.length, DAY_WORK)
    if worked * 4 >= full * 3:
        return Decimal("1.0")
    return HALF if worked * 4 >= full else NO_UNITS


def _hours(worked: timedelta) -> Decimal:
    return (Decimal(int(worked.total_seconds())) / HOUR_S).quantize(Decimal("0.1"))
