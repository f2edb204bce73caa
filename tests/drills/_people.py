"""Honest people and cheats, simulated: their punches, labelled, as the pure rules see them.

A site lies within 150 m of its middle, in the middle of a city. Honest people err as their phones
say they do: 68 of 100 fixes lie within the stated accuracy. A phone takes the best of three fixes,
as the mini-program does. Everything is drawn from one seed.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from math import cos, pi, radians, sin, sqrt
from uuid import UUID

from geofence.fences import Fence
from geofence.fix import Fix
from geofence.points import Datum, Wgs84

LON, LAT, DEGREE_M = 104.0658, 30.6574, 111_195.0
SITE_M = 150.0
FENCE = Fence.from_geojson(
    {"type": "Point", "coordinates": [LON, LAT]},
    id="site", datum=Datum.WGS84, radius_m=SITE_M, buffer_m=20,
)  # fmt: skip
# Of a circular error, 68 of 100 lie within this many standard deviations.
SIGMAS = 1.51
FIRST = datetime(2026, 6, 1, 0, 0, tzinfo=UTC)
"""Eight in the morning on a Monday, on the site."""
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LARGEST_TEAM = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One punch as it reaches the server; `code_at`: when the code it shows was on the screen.

    label: which recipe it follows, or which kind of honest person took it.
    """

    label: str
    is_honest: bool
    worker: UUID
    team: UUID
    device: str
    at: datetime
    received_at: datetime
    claimed_at: datetime | None = None
    place: tuple[float, float] | None = None
    accuracy_m: float | None = None
    taken_at: datetime | None = None
    code_at: datetime | None = None

    @property
    def fix(self) -> Fix | None:
        """The position, as the fence sees it."""
        if self.place is None or self.taken_at is None:
            return None
        point = Wgs84(lon=self.place[0], lat=self.place[1])
        return Fix(point=point, accuracy_m=self.accuracy_m, taken_at=self.taken_at)


class People:
    """Draws teams, days and punches."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def id(self) -> UUID:
        """A new id."""
        return UUID(int=self.random.getrandbits(128))

    def away(self, distance_m: float) -> tuple[float, float]:
        """A place so far from the middle of the site, in any direction."""
        return self._off((LON, LAT), distance_m)

    def on_site(self) -> tuple[float, float]:
        """A place on the site, anywhere alike."""
        return self.away(SITE_M * sqrt(self.random.random()))

    def _off(self, place: tuple[float, float], distance_m: float) -> tuple[float, float]:
        turn = self.random.uniform(0, 2 * pi)
        east = distance_m * cos(turn) / (DEGREE_M * cos(radians(place[1])))
        return place[0] + east, place[1] + distance_m * sin(turn) / DEGREE_M

    def measured(
        self, place: tuple[float, float], least_m: float, most_m: float, tries: int = 3
    ) -> tuple[tuple[float, float], float]:
        """What a phone there says: the fix of the best stated accuracy of so many, and that."""
        accuracy_m = min(self.random.uniform(least_m, most_m) for _ in range(tries))
        sigma = accuracy_m / SIGMAS
        error = sqrt(self.random.gauss(0, sigma) ** 2 + self.random.gauss(0, sigma) ** 2)
        lon, lat = self._off(place, error)
        return (round(lon, 7), round(lat, 7)), round(accuracy_m, 1)

    def honest(
        self, *, label: str = "open", worker: UUID, team: UUID, at: datetime, tries: int = 3,
        device: str | None = None,
    ) -> Act:  # fmt: skip
        """A punch on the site, taken and received then."""
        bounds = (50, 300) if label == "tower" else (20, 60) if label == "tunnel" else (5, 30)
        place, accuracy_m = self.measured(self.on_site(), *bounds, tries)
        ago = timedelta(seconds=self.random.uniform(0, 60))
        clock = self.clock_error()
        return Act(
            label=label, is_honest=True, worker=worker, team=team, device=device or str(worker),
            at=at, received_at=at, claimed_at=at + clock, place=place, accuracy_m=accuracy_m,
            taken_at=at - ago + clock,
        )  # fmt: skip

    def clock_error(self) -> timedelta:
        """How far a phone's clock is off: seconds, and one in 500, set by hand, ten minutes."""
        spread_s = 600 if self.random.random() < 1 / 500 else 20
        return timedelta(seconds=self.random.gauss(0, spread_s))

    def late(self, act: Act) -> Act:
        """The same, uploaded up to eight hours later: then the claim is what counts."""
        claimed_at = act.claimed_at or act.at
        received = claimed_at + timedelta(hours=self.random.uniform(0.2, 8))
        return replace(act, at=claimed_at, received_at=received, claimed_at=claimed_at)

    def morning(self, day: int) -> datetime:
        """When somebody comes on that day."""
        return FIRST + day * DAY + timedelta(minutes=self.random.gauss(-10, 8))

    def crew(self, team: UUID, day: int, label: str = "open") -> list[Act]:
        """The colleagues who come on a morning, beside whom something happens."""
        size = self.random.randint(8, LARGEST_TEAM)
        return [
            self.honest(label=label, worker=self.id(), team=team, at=self.morning(day))
            for _ in range(size)
        ]

    def honest_team(self, days: int, tries: int = 3) -> Iterator[Act]:
        """A team's punches in and out on so many days, of everybody the kind of people he is."""
        team, kinds = self.id(), ("open", "tower", "tunnel", "shared", "offline")
        size = self.random.randint(6, LARGEST_TEAM)
        people = [
            (self.id(), self.random.choices(kinds, (50, 20, 10, 10, 10))[0]) for _ in range(size)
        ]
        sharers = [worker for worker, kind in people if kind == "shared"]
        # Two or three friends or relatives have one phone between them.
        phones = {worker: f"shared-{team}-{place // 3}" for place, worker in enumerate(sharers)}
        for day in range(days):
            for worker, kind in people:
                for at in (self.morning(day), self.morning(day) + 10 * HOUR):
                    act = self.honest(
                        label=kind, worker=worker, team=team, at=at, tries=tries,
                        device=phones.get(worker),
                    )  # fmt: skip
                    yield self.late(act) if kind in ("tunnel", "offline") else act
