"""Recordings: known by their bytes, timed by their structure, else refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.specimens import courseware, sounds
from verification.reasons import Reason, Refused
from verification.sound import LARGEST, SoundKind, sound_of


@pytest.mark.parametrize(
    ("content", "kind", "seconds"),
    [
        (sounds.voice(), SoundKind.WEBM, 3),
        (sounds.webm(3), SoundKind.WEBM, 3),
        (sounds.webm(42), SoundKind.WEBM, 42),
        (sounds.webm(5, open_ended=False), SoundKind.WEBM, 5),
        (sounds.ogg(7), SoundKind.OGG, 7),
        (sounds.mp4(9), SoundKind.MP4, 9),
        (sounds.mp4(4, fragments=True, brand=b"iso5"), SoundKind.MP4, 4),
    ],
)
def test_a_recording_is_known_and_timed(content: bytes, kind: SoundKind, seconds: int) -> None:
    found = sound_of(content)
    assert (found.kind, found.seconds) == (kind, seconds)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.SOUND_FORMAT),
        (b"RIFF....WAVEfmt ", Reason.SOUND_FORMAT),
        (b"<script>alert(1)</script>", Reason.SOUND_FORMAT),
        (courseware.film(), Reason.SOUND_FORMAT),
        (courseware.mp4(), Reason.SOUND_FORMAT),
        (sounds.webm(3, track_type=1), Reason.SOUND_FORMAT),
        (sounds.webm(3, codec=b"V_VP8"), Reason.SOUND_FORMAT),
        (sounds.mp4(3, brand=b"qt  "), Reason.SOUND_FORMAT),
        (sounds.ogg(3, head=b"\x80theora----------"), Reason.SOUND_FORMAT),
        (sounds.webm(3)[:-2], Reason.SOUND_BROKEN),
        (sounds.ogg(3)[:-1], Reason.SOUND_BROKEN),
        (sounds.mp4(3)[:-3], Reason.SOUND_BROKEN),
        (sounds.mp4(0), Reason.SOUND_BROKEN),
        (sounds.ogg(3) + b"<html>", Reason.SOUND_BROKEN),
        (sounds.mp4(3) + b"<html>....", Reason.SOUND_BROKEN),
        (sounds.webm(75), Reason.SOUND_TOO_LONG),
        (sounds.ogg(63), Reason.SOUND_TOO_LONG),
        (sounds.mp4(3600), Reason.SOUND_TOO_LONG),
        (sounds.webm(3) + b"\xec" + b"\x00" * LARGEST, Reason.SOUND_TOO_LARGE),
    ],
)
def test_anything_else_is_refused(content: bytes, reason: Reason) -> None:
    with pytest.raises(Refused) as refused:
        sound_of(content)
    assert refused.value.code is reason


@given(
    some.sampled_from([sounds.webm(3), sounds.ogg(3), sounds.mp4(3, fragments=True)]),
    some.integers(0, 2**16),
    some.binary(min_size=1, max_size=8),
)
def test_no_bytes_make_it_fail_otherwise(whole: bytes, at: int, put: bytes) -> None:
    place = at % len(whole)
    try:
        sound_of(whole[:place] + put + whole[place + len(put) :])
    except Refused as refused:
        assert refused.code.value.startswith("sound.")
