"""What a phone says about where it is: a place, how sure it is, and when it was taken."""

from dataclasses import dataclass, field
from datetime import datetime

from geofence.points import Bd09, Gcj02, Point, Wgs84


class FixRefused(ValueError):
    """A part of a fix is not what it must be. Names the part, never the value.

    part: `"point"`, `"accuracy_m"` or `"taken_at"`.
    """

    def __init__(self, part: str) -> None:
        """Refuses the fix because of `part`."""
        super().__init__(f"{part} is not usable")
        self.part = part


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """One position of a phone. Prints without the place: it is where somebody was.

    accuracy_m: radius of the circle the phone is in, finite, not negative; None when the device
    did not say (iOS marks that with a negative number: hand it over as None).
    taken_at: aware; the instant the device measured, by its own clock.
    Raises FixRefused naming the part.

    Examples:
        >>> from datetime import UTC
        >>> noon = datetime(2026, 6, 3, 12, tzinfo=UTC)
        >>> Fix(point=Gcj02(lon=104.0683, lat=30.655), accuracy_m=18, taken_at=noon).accuracy_m
        18.0
        >>> Fix(point=Gcj02(lon=104.0683, lat=30.655), accuracy_m=float("inf"), taken_at=noon)
        Traceback (most recent call last):
        geofence.fix.FixRefused: accuracy_m is not usable
    """

    point: Point = field(repr=False)
    accuracy_m: float | None
    taken_at: datetime

    def __post_init__(self) -> None:
        """Refuses what is not a typed point, a usable radius and an aware instant."""
        if not isinstance(self.point, Wgs84 | Gcj02 | Bd09):
            raise FixRefused("point")
        if self.accuracy_m is not None:
            object.__setattr__(self, "accuracy_m", _radius(self.accuracy_m))
        _refuse_naive(self.taken_at)


def _refuse_naive(instant: object) -> None:
    if not isinstance(instant, datetime) or instant.utcoffset() is None:
        raise FixRefused("taken_at")


def _radius(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FixRefused("accuracy_m")
    # NaN compares false; longer than the way around the earth is no radius.
    if not 0 <= value <= 1e9:
        raise FixRefused("accuracy_m")
    return float(value)
