"""Signals: what they see and what they leave alone."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from api.attendance import signals
from api.attendance.signals import Seen, Signal
from tests.api.attendance.sites import at

DAY = "2026-06-03"
TEAM = UUID(int=9)
DEGREE_M = 111_195


def seen(
    worker: int = 1,
    time: str = "08:00",
    north_m: float = 0,
    *,
    device: str = "a",
    day: int = 0,
    accuracy_m: float = 20,
) -> Seen:
    moment = at(DAY, time) + timedelta(days=day)
    return Seen(
        id=uuid4(),
        worker_id=UUID(int=worker),
        team_id=TEAM,
        device_id=device,
        day=date(2026, 6, 3) + timedelta(days=day),
        at=moment,
        lon=104.0658,
        lat=30.6574 + north_m / DEGREE_M,
        accuracy_m=accuracy_m,
    )


@pytest.mark.parametrize(("persons", "flagged"), [(1, 0), (3, 0), (4, 4)])
def test_more_than_three_persons_with_one_phone(persons: int, flagged: int) -> None:
    punches = [seen(worker) for worker in range(persons)]
    assert len(signals.device_shared(punches)) == flagged
    other_phones = [seen(worker, device=str(worker)) for worker in range(persons)]
    assert signals.device_shared(other_phones) == []
    other_days = [seen(worker, day=worker) for worker in range(persons)]
    assert signals.device_shared(other_days) == []


@pytest.mark.parametrize(
    ("minutes_later", "north_km", "flagged"),
    [("09:00", 100, False), ("09:00", 130, True), ("08:01", 1.5, False), ("08:01", 4, True)],
)
def test_nobody_travels_faster_than_120(minutes_later: str, north_km: float, flagged: bool) -> None:
    found = signals.impossible_travel([seen(), seen(time=minutes_later, north_m=north_km * 1000)])
    assert bool(found) is flagged


def test_poor_accuracy_excuses_a_jump() -> None:
    jump = [seen(accuracy_m=2000), seen(time="08:01", north_m=4000, accuracy_m=2000)]
    assert signals.impossible_travel(jump) == []


@pytest.mark.parametrize(("days", "flagged"), [(2, 0), (3, 3)])
def test_the_very_same_place_on_three_days(days: int, flagged: int) -> None:
    same = [seen(day=day) for day in range(days)]
    assert len(signals.repeated_coordinates(same)) == flagged
    scattered = [seen(day=day, north_m=day * 0.5) for day in range(days)]
    assert signals.repeated_coordinates(scattered) == []
    once = [seen(time=f"{hour:02}:00") for hour in range(8, 8 + days)]
    assert signals.repeated_coordinates(once) == []


@pytest.mark.parametrize(("north_m", "flagged"), [(400, False), (600, True)])
def test_far_from_the_rest_of_the_team(north_m: float, flagged: bool) -> None:
    team = [seen(worker, north_m=worker) for worker in range(2, 7)]
    found = signals.team_distance([*team, seen(1, north_m=north_m)])
    assert [each.code for each in found] == [Signal.TEAM_DISTANCE] * flagged
    assert signals.team_distance([*team[:3], seen(1, north_m=north_m)]) == []
    assert signals.team_distance([*team, seen(1, "12:00", north_m=north_m)]) == []


def test_each_signal_has_words() -> None:
    assert set(signals.SENTENCES) == set(Signal)
