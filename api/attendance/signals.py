"""What is odd about a punch. Pure. A signal leads to a look, it never refuses or cuts anything.

Those of the fix and the claim are known at once. The others compare punches with each other, so
they are looked for after the commit, and staff alone see them. What a mini-program cannot see (a
mocked position, a rooted phone) is not among them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum, unique
from itertools import pairwise
from statistics import median
from uuid import UUID

from geofence.distance import metres_between

SKEW = timedelta(minutes=2)
STALE = timedelta(minutes=5)
COARSE_M = 200.0
SHARERS = 3
"""More persons than this with one phone on one day (BY-05)."""
SPEED_KMH = 120.0
SLACK_M = 300.0
"""What two positions may be off beyond their stated accuracy before a speed means anything."""
SAME_DAYS = 3
"""Real positions scatter: the very same six decimals on this many days do not."""
TEAM_M = 500.0
TEAM_LEAST = 4
TEAM_NEAR = timedelta(minutes=30)


@unique
class Signal(StrEnum):
    """Something odd."""

    CLOCK_SKEW = "clock_skew"
    DEVICE_SHARED = "device_shared"
    IMPOSSIBLE_TRAVEL = "impossible_travel"
    LATE_UPLOAD = "late_upload"
    LOW_ACCURACY = "low_accuracy"
    REPEATED_COORDINATES = "repeated_coordinates"
    STALE_FIX = "stale_fix"
    TEAM_DISTANCE = "team_distance"

    @property
    def sentence(self) -> str:
        """What staff read."""
        return SENTENCES[self]


SENTENCES = {
    Signal.CLOCK_SKEW: "手机的时间和实际差得多。",
    Signal.DEVICE_SHARED: "同一部手机当天有 3 人以上打卡。可能共用手机，请问一下班长。",
    Signal.IMPOSSIBLE_TRAVEL: "两次打卡隔得太远，按时间赶不到。请核对。",
    Signal.LATE_UPLOAD: "没信号时打的卡，后来才传上来。",
    Signal.LOW_ACCURACY: "手机定位不准。",
    Signal.REPEATED_COORDINATES: "好几天的位置一模一样，不像真的定位。请核对。",
    Signal.STALE_FIX: "用的是以前的位置。",
    Signal.TEAM_DISTANCE: "打卡位置离班组其他人远。请核对。",
}


def at_once(
    *,
    at: datetime,
    received_at: datetime,
    claimed_at: datetime | None,
    taken_at: datetime | None,
    accuracy_m: float | None,
    late: bool,
) -> tuple[Signal, ...]:
    """The signals of the fix and the claim. `taken_at` None: there is no position."""
    ahead = [each for each in (claimed_at, taken_at) if each and each > received_at + SKEW]
    found = {
        Signal.CLOCK_SKEW: bool(ahead),
        Signal.LATE_UPLOAD: late,
        Signal.LOW_ACCURACY: taken_at is not None
        and (accuracy_m is None or not accuracy_m <= COARSE_M),
        Signal.STALE_FIX: taken_at is not None and at - taken_at > STALE,
    }
    return tuple(signal for signal, so in found.items() if so)


@dataclass(frozen=True, slots=True)
class Seen:
    """A punch as far as signals compare it; WGS-84, None without a position."""

    id: UUID
    worker_id: UUID
    team_id: UUID | None
    device_id: str
    day: date
    at: datetime
    lon: float | None
    lat: float | None
    accuracy_m: float | None


@dataclass(frozen=True, slots=True)
class Found:
    """A signal about a punch, and what was measured: persons, km/h, days or metres."""

    punch_id: UUID
    code: Signal
    value: int


def device_shared(same_device: Sequence[Seen]) -> list[Found]:
    """More than three persons punched with one phone on one day: each of those punches."""
    by_day: dict[tuple[str, date], list[Seen]] = defaultdict(list)
    for each in same_device:
        by_day[each.device_id, each.day].append(each)
    found = []
    for punches in by_day.values():
        persons = len({each.worker_id for each in punches})
        if persons > SHARERS:
            found += [Found(each.id, Signal.DEVICE_SHARED, persons) for each in punches]
    return found


def impossible_travel(of_worker: Iterable[Seen]) -> list[Found]:
    """One worker's punches that he cannot have travelled between, whatever their accuracy."""
    placed = sorted(_placed(of_worker), key=lambda each: (each.at, each.id))
    found = []
    for before, after in pairwise(placed):
        speed = _speed_kmh(before, after)
        if speed > SPEED_KMH:
            found.append(Found(after.id, Signal.IMPOSSIBLE_TRAVEL, min(int(speed), 10**6)))
    return found


def _speed_kmh(before: Seen, after: Seen) -> float:
    way_m = _metres(before, after) - SLACK_M
    way_m -= (before.accuracy_m or 0) + (after.accuracy_m or 0)
    hours = max((after.at - before.at).total_seconds(), 1.0) / 3600
    return max(way_m, 0.0) / 1000 / hours


def repeated_coordinates(of_worker: Iterable[Seen]) -> list[Found]:
    """One worker's punches at the same place to six decimals on three days or more."""
    by_place: dict[tuple[float, float], list[Seen]] = defaultdict(list)
    for each in _placed(of_worker):
        by_place[round(each.lon or 0, 6), round(each.lat or 0, 6)].append(each)
    found = []
    for punches in by_place.values():
        days = len({each.day for each in punches})
        if days >= SAME_DAYS:
            found += [Found(each.id, Signal.REPEATED_COORDINATES, days) for each in punches]
    return found


def team_distance(of_team: Iterable[Seen]) -> list[Found]:
    """Punches far from the middle of what the others of the team punched around that time."""
    placed = _placed(of_team)
    found = []
    for each in placed:
        distance = _from_others(each, placed)
        if distance > TEAM_M + (each.accuracy_m or 0):
            found.append(Found(each.id, Signal.TEAM_DISTANCE, min(int(distance), 10**8)))
    return found


def _from_others(one: Seen, placed: list[Seen]) -> float:
    near = [
        each
        for each in placed
        if each.worker_id != one.worker_id and abs(each.at - one.at) <= TEAM_NEAR
    ]
    if len({each.worker_id for each in near}) < TEAM_LEAST:
        return 0.0
    lon = median(each.lon or 0 for each in near)
    lat = median(each.lat or 0 for each in near)
    return metres_between(one.lon or 0, one.lat or 0, lon, lat)


def _placed(punches: Iterable[Seen]) -> list[Seen]:
    return [each for each in punches if each.lon is not None and each.lat is not None]


def _metres(a: Seen, b: Seen) -> float:
    return metres_between(a.lon or 0, a.lat or 0, b.lon or 0, b.lat or 0)
