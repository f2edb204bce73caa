"""The verdict on a fix: inside, near, outside or uncertain, with the distance and the reasons.

The phone is somewhere in a circle around its fix. The verdict goes by the fix's distance to the
nearest edge, and gives the worker the benefit of that circle: whoever may well be on the site is
"near". It never fails open: what is missing, stale, too coarse or no real position is
"uncertain", never "inside". No verdict refuses a punch; all are kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, unique

from geofence.datum import to_wgs84
from geofence.fences import Fence
from geofence.fix import Fix
from geofence.points import Point


@unique
class Verdict(StrEnum):
    """Where the phone is.

    `INSIDE`    the fix lies in a fence or on its line (`covers`)
    `NEAR`      not further off than the fix's own error and the policy's tolerance together
    `OUTSIDE`   further off
    `UNCERTAIN` nothing can be said; the reasons say why
    """

    INSIDE = "inside"
    NEAR = "near"
    OUTSIDE = "outside"
    UNCERTAIN = "uncertain"


@unique
class Reason(StrEnum):
    """Why the verdict is what it is. Codes are part of the outer interface.

    `COVERED`           inside
    `CROSSES_EDGE`      a note to inside: the phone's circle reaches over the edge
    `TOLERANCE`         near: within the tolerance alone
    `ACCURACY`          near: only because the phone's circle is that large
    `TOO_FAR`           outside
    `NO_FENCE`          the project has no fence in force
    `NO_FIX`            there is no fix
    `NO_POSITION`       numbers around 0, 0 or at a pole: what devices say when they know nothing
    `FROM_FUTURE`       the fix was taken later than `now`
    `STALE`             the fix is too old
    `ACCURACY_UNKNOWN`  the device did not say how sure it is
    `ACCURACY_POOR`     the circle is larger than the policy bears
    """

    COVERED = "covered"
    CROSSES_EDGE = "crosses_edge"
    TOLERANCE = "tolerance"
    ACCURACY = "accuracy"
    TOO_FAR = "too_far"
    NO_FENCE = "no_fence"
    NO_FIX = "no_fix"
    NO_POSITION = "no_position"
    FROM_FUTURE = "from_future"
    STALE = "stale"
    ACCURACY_UNKNOWN = "accuracy_unknown"
    ACCURACY_POOR = "accuracy_poor"


class PolicyRefused(ValueError):
    """A number of a policy is out of its range. Names the field."""

    def __init__(self, field: str) -> None:
        """Refuses the policy because of `field`."""
        super().__init__(f"{field} is out of range")
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How generous the verdict is: near is up to `accuracy * accuracy_factor + tolerance_m` off.

    tolerance_m: 0 to 500. accuracy_factor: 0 to 3. max_accuracy_m: 1 to 500; a circle of exactly
    this radius is still good. max_age: up to a day. max_ahead: how far the phone's clock may run
    ahead, up to an hour. Raises PolicyRefused naming the field.

    Examples:
        >>> Policy(tolerance_m=float("inf"))
        Traceback (most recent call last):
        geofence.decision.PolicyRefused: tolerance_m is out of range
    """

    tolerance_m: float = 30.0
    accuracy_factor: float = 1.0
    max_accuracy_m: float = 200.0
    max_age: timedelta = timedelta(minutes=5)
    max_ahead: timedelta = timedelta(minutes=1)

    def __post_init__(self) -> None:
        """Refuses numbers with which anybody anywhere would be near."""
        in_range = {
            "tolerance_m": 0 <= self.tolerance_m <= 500,
            "accuracy_factor": 0 <= self.accuracy_factor <= 3,
            "max_accuracy_m": 1 <= self.max_accuracy_m <= 500,
            "max_age": timedelta(0) < self.max_age <= timedelta(days=1),
            "max_ahead": timedelta(0) <= self.max_ahead <= timedelta(hours=1),
        }
        for name, good in in_range.items():
            if not good:
                raise PolicyRefused(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A verdict with what it rests on.

    distance_m: to the buffered edge of the nearest fence, negative inside; None without a usable
    position or a fence. fence_id: of that fence. reasons: the main one first, never empty.
    accuracy_m: as the phone said it.
    """

    verdict: Verdict
    reasons: tuple[Reason, ...]
    distance_m: float | None = None
    fence_id: str | None = None
    accuracy_m: float | None = None


def judge(fix: Fix | None, fences: Sequence[Fence], policy: Policy, now: datetime) -> Judgement:
    """The verdict on `fix` against the nearest of `fences`.

    fences: those in force; the first of equally near ones counts. now: aware; when the punch was
    made: the server's time for a live one, the claimed time for one from the offline queue.
    Raises ValueError when `now` is naive.

    Inside when the distance d to the edge is at most 0, near when d is at most
    accuracy * accuracy_factor + tolerance, else outside. A larger accuracy turns outside into
    near and then into uncertain, never into inside.

    Examples:
        >>> from datetime import UTC
        >>> from geofence.points import Datum, Wgs84
        >>> noon = datetime(2026, 6, 3, 12, tzinfo=UTC)
        >>> site = Fence.from_geojson({"type": "Point", "coordinates": [104.0658, 30.6574]},
        ...                           id="site", datum=Datum.WGS84, radius_m=100)
        >>> def verdict_at(lon, accuracy_m):
        ...     place = Wgs84(lon=lon, lat=30.6574)
        ...     fix = Fix(point=place, accuracy_m=accuracy_m, taken_at=noon)
        ...     return str(judge(fix, [site], Policy(), noon).verdict)
        >>> verdict_at(104.0660, 10), verdict_at(104.0671, 10), verdict_at(104.0710, 10)
        ('inside', 'near', 'outside')
        >>> verdict_at(104.0660, 800)
        'uncertain'
        >>> judge(None, [site], Policy(), noon).reasons
        (<Reason.NO_FIX: 'no_fix'>,)
    """
    if now.utcoffset() is None:
        raise ValueError("now must be aware")
    accuracy_m = fix.accuracy_m if fix else None
    doubts = _doubts(fix, fences, policy, now)
    if fix is None or not fences or Reason.NO_POSITION in doubts:
        return Judgement(verdict=Verdict.UNCERTAIN, reasons=doubts, accuracy_m=accuracy_m)
    distance_m, fence = _nearest(fix.point, fences)
    if doubts or accuracy_m is None:
        verdict, reasons = Verdict.UNCERTAIN, doubts
    else:
        verdict, reasons = _banded(distance_m, accuracy_m, policy)
    return Judgement(
        verdict=verdict,
        reasons=reasons,
        distance_m=distance_m,
        fence_id=fence.id,
        accuracy_m=accuracy_m,
    )


def _nearest(point: Point, fences: Sequence[Fence]) -> tuple[float, Fence]:
    place = to_wgs84(point)
    distances = [fence.signed_distance_m(place) for fence in fences]
    least = min(distances)
    return least, fences[distances.index(least)]


def _banded(
    distance_m: float, accuracy_m: float, policy: Policy
) -> tuple[Verdict, tuple[Reason, ...]]:
    """Each band is entered by a comparison that a NaN fails."""
    if distance_m <= 0:
        crosses = -distance_m < accuracy_m
        return Verdict.INSIDE, (Reason.COVERED, *((Reason.CROSSES_EDGE,) if crosses else ()))
    if distance_m <= policy.tolerance_m:
        return Verdict.NEAR, (Reason.TOLERANCE,)
    if distance_m <= accuracy_m * policy.accuracy_factor + policy.tolerance_m:
        return Verdict.NEAR, (Reason.ACCURACY,)
    return Verdict.OUTSIDE, (Reason.TOO_FAR,)


def _doubts(
    fix: Fix | None, fences: Sequence[Fence], policy: Policy, now: datetime
) -> tuple[Reason, ...]:
    """All reasons why nothing can be said, the one that helps the worker most first."""
    no_fence = () if fences else (Reason.NO_FENCE,)
    if fix is None:
        return (*no_fence, Reason.NO_FIX)
    age = now - fix.taken_at
    found = {
        Reason.NO_POSITION: _says_nothing(fix.point),
        Reason.FROM_FUTURE: -age > policy.max_ahead,
        Reason.STALE: age > policy.max_age,
        Reason.ACCURACY_UNKNOWN: fix.accuracy_m is None,
        Reason.ACCURACY_POOR: fix.accuracy_m is not None
        and not fix.accuracy_m <= policy.max_accuracy_m,
    }
    return (*no_fence, *(reason for reason, so in found.items() if so))


def _says_nothing(point: Point) -> bool:
    """True around 0, 0 and at the poles.

    Baidu's SDK answers 4.9e-324 when it failed, some phones 0, and either may come shifted.
    """
    return (abs(point.lon) < 0.1 and abs(point.lat) < 0.1) or abs(point.lat) > 89.9
