"""Working days over weekends and holidays of two years, the published and the provisional one."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from api.codes import workdays
from api.codes.workdays import calendar, replaced


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2026-01-01", False), ("2026-01-02", False), ("2026-01-04", True), ("2026-01-05", True),
        ("2026-02-14", True), ("2026-02-15", False), ("2026-02-23", False), ("2026-02-24", True),
        ("2026-02-28", True), ("2026-04-06", False), ("2026-05-09", True), ("2026-06-19", False),
        ("2026-09-20", True), ("2026-09-25", False), ("2026-10-07", False), ("2026-10-08", True),
        ("2026-10-10", True), ("2026-11-28", False), ("2026-11-30", True), ("2027-01-01", False),
        ("2027-02-05", False), ("2027-02-10", False), ("2027-02-11", True), ("2027-04-05", False),
        ("2027-05-03", False), ("2027-05-05", True), ("2027-06-09", False), ("2027-09-15", False),
        ("2027-10-05", False), ("2027-10-06", True), ("2028-01-04", True),
    ],
)  # fmt: skip
def test_a_day_is_a_working_day(day: str, working: bool) -> None:
    assert calendar().is_working(date.fromisoformat(day)) is working


@pytest.mark.parametrize(
    ("day", "count", "last"),
    [
        # Five days over the National Day: eight days off, one Saturday at work.
        ("2026-09-30", 5, "2026-10-13"),
        ("2026-09-30", 2, "2026-10-09"),
        # Filed on a Friday, on a Saturday, on a Sunday.
        ("2026-11-27", 2, "2026-12-01"),
        ("2026-11-28", 2, "2026-12-01"),
        ("2026-11-29", 5, "2026-12-04"),
        # The Spring Festivals of both years.
        ("2026-02-13", 2, "2026-02-24"),
        ("2027-02-04", 2, "2027-02-12"),
        # Over the new year.
        ("2026-12-31", 5, "2027-01-08"),
    ],
)
def test_a_deadline_skips_what_is_off(day: str, count: int, last: str) -> None:
    found = calendar().after(date.fromisoformat(day), count)
    assert found.isoformat() == last
    assert calendar().left(date.fromisoformat(day), found) == count
    assert calendar().left(found, date.fromisoformat(day)) == -count


def test_the_statutory_days_are_off_in_both_years() -> None:
    for year, off in ((2026, 13), (2027, 13)):
        days = [each for each in workdays.calendar().off if each.year == year]
        assert len(days) >= off, year


def test_only_a_published_year_is_sure() -> None:
    assert not calendar().is_provisional(date(2026, 12, 31))
    assert calendar().is_provisional(date(2027, 1, 4))
    assert calendar().is_provisional(date(2028, 1, 4))


def test_a_file_replaces_a_year(tmp_path: Path) -> None:
    file = tmp_path / "holidays.json"
    file.write_text(json.dumps({"2027": {"off": ["2027-02-04"], "worked": ["2027-02-20"]}}))
    found = replaced(calendar(), file)
    assert not found.is_working(date(2027, 2, 4)) and found.is_working(date(2027, 2, 5))
    assert found.is_working(date(2027, 2, 20)) and not found.is_provisional(date(2027, 3, 1))
    assert not found.is_working(date(2026, 10, 1))


@pytest.mark.parametrize("text", ["", "[]", '{"2027": []}', '{"x": {"off": [], "worked": []}}'])
def test_a_bad_file_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "holidays.json"
    file.write_text(text)
    with pytest.raises(ValueError, match="not of its form"):
        replaced(calendar(), file)


def test_no_deadline_is_ever_on_a_day_off() -> None:
    day = date(2026, 1, 1)
    while day.year < 2028:
        for count in (1, 2, 5, 10, 60):
            assert calendar().is_working(calendar().after(day, count))
        day += timedelta(days=1)
