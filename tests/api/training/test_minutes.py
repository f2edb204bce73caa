"""The rules of minutes alone, as properties: whatever devices, silences, winding and repeats."""

import contextlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from api.training.minutes import SILENCE, SLACK_MS, Beat, Heard, earned_ms, is_repeat

START = datetime(2026, 3, 2, tzinfo=UTC)
DEVICES = st.integers(0, 2)


class Learning(RuleBasedStateMachine):
    """A worker with three devices; the model is the set of seconds that he truly learned."""

    count: Callable[[Heard, Beat, datetime | None], int] = staticmethod(earned_ms)

    @initialize()
    def begin(self) -> None:
        self.now = START
        self.heard: dict[int, Heard] = {}
        self.sent: dict[int, list[Beat]] = {}
        self.until: datetime | None = None
        self.earned = 0
        self.learned: set[int] = set()
        """Seconds since the start in which at least one device truly played."""

    @rule(device=DEVICES)
    def open(self, device: int) -> None:
        """The page is opened, perhaps again: it goes on where it was."""
        before = self.heard.get(device)
        self.heard[device] = Heard(0, self.now, before.position_ms if before else 0)
        self.sent[device] = []

    @rule(seconds=st.integers(1, 200))
    def leave(self, seconds: int) -> None:
        """Nothing is open for a while."""
        self.now += timedelta(seconds=seconds)

    @rule(device=DEVICES, seconds=st.integers(1, 200), film=st.booleans())
    def play(self, device: int, seconds: int, film: bool) -> None:
        """One device plays on and tells so."""
        if device not in self.heard:
            return
        heard = self.heard[device]
        first = int((heard.at - START).total_seconds())
        self.now += timedelta(seconds=seconds)
        passed = self.now - heard.at
        position = heard.position_ms + int(passed.total_seconds()) * 1000 if film else None
        gained = self._beat(device, position)
        if passed <= SILENCE:
            last = int((self.now - START).total_seconds())
            self.learned |= set(range(first, last))
        else:
            assert gained == 0

    @rule(device=DEVICES, seconds=st.integers(1, 80), ahead_ms=st.integers(SLACK_MS + 1, 10**7))
    def wind_forward(self, device: int, seconds: int, ahead_ms: int) -> None:
        if device in self.heard:
            heard = self.heard[device]
            self.now += timedelta(seconds=seconds)
            passed_ms = int((self.now - heard.at) / timedelta(milliseconds=1))
            assert self._beat(device, heard.position_ms + passed_ms + ahead_ms) == 0

    @rule(device=DEVICES, seconds=st.integers(1, 80), back_ms=st.integers(0, 10**6))
    def stand_still_or_wind_back(self, device: int, seconds: int, back_ms: int) -> None:
        if device in self.heard:
            self.now += timedelta(seconds=seconds)
            assert self._beat(device, max(0, self.heard[device].position_ms - back_ms)) == 0

    @rule(device=DEVICES, seconds=st.integers(0, 80), at=st.integers(0, 99))
    def send_again(self, device: int, seconds: int, at: int) -> None:
        """A beat arrives twice, perhaps late."""
        if sent := self.sent.get(device):
            self.now += timedelta(seconds=seconds)
            old = sent[at % len(sent)]
            again = Beat(old.sequence, self.now, old.position_ms)
            assert is_repeat(self.heard[device], again)
            assert earned_ms(self.heard[device], again, self.until) == 0

    def _beat(self, device: int, position_ms: int | None) -> int:
        heard = self.heard[device]
        beat = Beat(heard.beats + 1, self.now, position_ms)
        gained = self.count(heard, beat, self.until)
        self.heard[device] = Heard(beat.sequence, beat.at, position_ms or 0)
        self.sent[device].append(beat)
        if gained:
            self.until = self.now
        self.earned += gained
        return gained

    @invariant()
    def counts_no_more_than_was_learned(self) -> None:
        if hasattr(self, "learned"):
            assert 0 <= self.earned <= 1000 * len(self.learned)

    @invariant()
    def counts_no_more_than_the_clock(self) -> None:
        if hasattr(self, "now"):
            assert self.earned <= (self.now - START) / timedelta(milliseconds=1)


Learning.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestLearning = Learning.TestCase


def test_one_device_counts_every_second() -> None:
    heard, total, until = Heard(0, START, 0), 0, None
    for number in range(1, 41):
        beat = Beat(number, heard.at + timedelta(seconds=15), heard.position_ms + 15_000)
        total += earned_ms(heard, beat, until)
        heard, until = Heard(number, beat.at, beat.position_ms or 0), beat.at
    assert total == 40 * 15_000


class Doubling(Learning):
    """A seeded fault: each device counts as if it were alone."""

    count = staticmethod(lambda heard, beat, _: earned_ms(heard, beat, None))


class Trusting(Learning):
    """A seeded fault: where a film stands is not looked at."""

    count = staticmethod(
        lambda heard, beat, until: earned_ms(heard, Beat(beat.sequence, beat.at, None), until)
    )


def broken(machine: Learning) -> bool:
    """Whether the machine's own invariant notices."""
    with contextlib.suppress(AssertionError):
        machine.counts_no_more_than_was_learned()
        return False
    return True


def two_at_once(machine: Learning) -> Learning:
    machine.begin()
    for device in (0, 1):
        machine.open(device)
    for _ in range(4):
        for device in (0, 1):
            machine.play(device, 10, film=True)
    return machine


def test_a_wrong_rule_is_found() -> None:
    assert not broken(two_at_once(Learning()))
    assert broken(two_at_once(Doubling()))
    trusting = Trusting()
    trusting.begin()
    trusting.open(0)
    with pytest.raises(AssertionError):
        trusting.stand_still_or_wind_back(0, 20, 0)
