"""How much of a lesson's time counts, by what its page says from beat to beat. Pure.

The server's clock alone counts. A beat adds the time since the beat before it on the same device,
less what was counted already on another; nothing when the page was silent for too long, when the
beat is a repeat, or when a film stood still or was wound.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

BEAT_S = 15
"""How often a page tells that it is open."""

SILENCE = timedelta(seconds=90)
"""A longer silence counts nothing: nobody knows what went on. A page that is hidden behind the
document it opened is woken once a minute by its browser."""

SLACK_MS = 3_000
"""By how much a film may run ahead of the clock: a beat may come early or late."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was last heard of a lesson on one device: the number of the beat, when, how far."""

    beats: int
    at: datetime
    position_ms: int


@dataclass(frozen=True, slots=True)
class Beat:
    """A page says that it is open. position_ms: of a film; None for what is read."""

    sequence: int
    at: datetime
    position_ms: int | None


def is_repeat(heard: Heard, beat: Beat) -> bool:
    """Whether the beat, or a later one of the same device, was heard before."""
    return beat.sequence <= heard.beats


def earned_ms(heard: Heard, beat: Beat, counted_until: datetime | None) -> int:
    """How many milliseconds the beat adds; `counted_until`: by any device of the same person."""
    silence = beat.at - heard.at
    if is_repeat(heard, beat) or not timedelta() < silence <= SILENCE:
        return 0
    start = max(heard.at, counted_until) if counted_until else heard.at
    passed = max(0, int((beat.at - start) / timedelta(milliseconds=1)))
    if beat.position_ms is None:
        return passed
    watched = beat.position_ms - heard.position_ms
    wound = watched > int(silence / timedelta(milliseconds=1)) + SLACK_MS
    return 0 if watched <= 0 or wound else min(passed, watched)
