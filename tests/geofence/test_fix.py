"""A fix holds a typed point, a usable radius and an aware instant; and hides the place."""

from datetime import datetime

import pytest

from geofence.fix import Fix, FixRefused
from geofence.points import Gcj02
from tests.geofence.places import CHENGDU, NOON

UNUSABLE = [
    ({"point": None}, "point"),
    ({"point": (104.0658, 30.6574)}, "point"),
    ({"accuracy_m": float("nan")}, "accuracy_m"),
    ({"accuracy_m": float("inf")}, "accuracy_m"),
    ({"accuracy_m": -1}, "accuracy_m"),
    ({"accuracy_m": 10**400}, "accuracy_m"),
    ({"accuracy_m": "18"}, "accuracy_m"),
    ({"accuracy_m": True}, "accuracy_m"),
    ({"taken_at": datetime(2026, 6, 3, 12)}, "taken_at"),
    ({"taken_at": None}, "taken_at"),
    ({"taken_at": 1780459200}, "taken_at"),
]


@pytest.mark.parametrize(("part", "name"), UNUSABLE)
def test_refuses_and_names_the_part(part: dict[str, object], name: str) -> None:
    whole: dict[str, object] = {"point": CHENGDU, "accuracy_m": 18, "taken_at": NOON}
    with pytest.raises(FixRefused) as refused:
        Fix(**(whole | part))  # type: ignore[arg-type]
    assert refused.value.part == name


@pytest.mark.parametrize("accuracy_m", [None, 0, 18, 5000.5])
def test_takes_any_radius_and_none(accuracy_m: float | None) -> None:
    assert Fix(point=CHENGDU, accuracy_m=accuracy_m, taken_at=NOON).accuracy_m == accuracy_m


def test_prints_without_the_place() -> None:
    fix = Fix(point=Gcj02(lon=104.068307, lat=30.654978), accuracy_m=18, taken_at=NOON)
    assert "104" not in repr(fix) and "30.65" not in repr(fix)
