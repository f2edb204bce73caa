"""One clock: instants in UTC, days in Asia/Shanghai, ids in the order of making."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from api.kit import clock
from api.kit.ids import new_digits, new_id, new_token


@pytest.fixture(autouse=True)
def right_again() -> Iterator[None]:
    yield
    clock.set_clock()


def test_the_day_changes_at_midnight_in_beijing() -> None:
    before = datetime(2026, 11, 1, 15, 59, 59, tzinfo=UTC)
    assert clock.day_of(before) == date(2026, 11, 1)
    assert clock.day_of(before + timedelta(seconds=1)) == date(2026, 11, 2)


def test_a_moved_clock_is_read_everywhere() -> None:
    moment = datetime(2030, 1, 1, 2, tzinfo=clock.BEIJING)
    clock.set_clock(lambda: moment)
    assert clock.now() == moment
    assert clock.now().utcoffset() == timedelta(0)
    assert clock.today() == date(2030, 1, 1)
    assert clock.in_seconds(60) - moment == timedelta(minutes=1)


def test_a_naive_instant_has_no_day() -> None:
    with pytest.raises(ValueError, match="naive"):
        clock.day_of(datetime(2026, 11, 1))


def test_ids_grow_and_are_version_seven() -> None:
    made = [new_id() for _ in range(10_000)]
    assert made == sorted(set(made))
    assert {each.version for each in made} == {7}
    assert {each.variant for each in made} == {"specified in RFC 4122"}


def test_an_id_tells_when_it_was_made() -> None:
    first, moment = new_id(), datetime.now(UTC)
    assert abs((first.int >> 80) / 1000 - moment.timestamp()) < 60


def test_tokens_and_digits_are_long_enough() -> None:
    assert len({new_token() for _ in range(1000)}) == 1000
    assert len(new_token()) == 43
    assert {len(new_digits(6)) for _ in range(2000)} == {6}
