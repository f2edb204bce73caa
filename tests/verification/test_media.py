"""Films and documents are what they are by their structure, whatever they are called."""

import contextlib
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.specimens import courseware
from verification.media import MediaKind, kind_of
from verification.reasons import Reason, Refused

WHOLE = {
    MediaKind.MP4: courseware.mp4(),
    MediaKind.WEBM: courseware.webm(),
    MediaKind.PDF: courseware.pdf(),
}


def refused(content: bytes) -> Reason:
    with pytest.raises(Refused) as caught:
        kind_of(content)
    return caught.value.code


@pytest.mark.parametrize("kind", WHOLE)
def test_each_kind_is_known(kind: MediaKind) -> None:
    assert kind_of(WHOLE[kind]) is kind
    assert kind.is_film is (kind is not MediaKind.PDF)


def test_a_recorder_leaves_lengths_open() -> None:
    assert kind_of(courseware.webm(open_ended=True)) is MediaKind.WEBM


@pytest.mark.parametrize(
    "content",
    [b"", b"MZ\x90\x00", b"<!DOCTYPE html><script>1</script>", b"PK\x03\x04" + b"\x00" * 80,
     b"\xff\xd8\xff\xe0" + b"\x00" * 80, b"GIF89a", b"\x00" * 4096,
     courseware.mp4(brand=b"qt  "), courseware.mp4(brand=b"heic"),
     courseware.webm(doc_type=b"matroska"), b"%PDF-9.9\n%%EOF"],
)  # fmt: skip
def test_what_is_something_else_is_refused(content: bytes) -> None:
    assert refused(content) is Reason.MEDIA_FORMAT


@pytest.mark.parametrize("kind", WHOLE)
def test_what_is_cut_off_or_longer_is_refused(kind: MediaKind) -> None:
    content = WHOLE[kind]
    assert refused(content[: len(content) // 2]) in {Reason.MEDIA_BROKEN, Reason.MEDIA_NO_PICTURE}
    if kind is not MediaKind.PDF:
        assert refused(content + b"<script>alert(1)</script>" * 9) is Reason.MEDIA_BROKEN


def test_a_film_without_pictures_is_refused() -> None:
    assert refused(courseware.mp4(handler=b"soun")) is Reason.MEDIA_NO_PICTURE
    assert refused(courseware.webm(track_type=2)) is Reason.MEDIA_NO_PICTURE


@pytest.mark.parametrize(
    "words",
    [b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>", b"/AA << /O << /S /Launch >> >>",
     b"/Names << /EmbeddedFiles 3 0 R >>", b"/AcroForm << /XFA 4 0 R >>",
     b"/S /J#61vaScript", b"/S /#4a#53 "],
)  # fmt: skip
def test_a_document_that_can_act_is_refused(words: bytes) -> None:
    assert refused(courseware.pdf(catalog=words)) is Reason.MEDIA_ACTIVE
    packed = b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >> stream\n" + zlib.compress(words)
    assert refused(courseware.pdf(extra=b"<< " + packed + b"\nendstream")) is Reason.MEDIA_ACTIVE


def test_letters_inside_of_packed_bytes_are_no_program() -> None:
    assert kind_of(courseware.pdf(extra=b"<< /Length 9 >> stream\n/JS /JS(\nendstream"))


def test_too_much_to_unpack_is_refused() -> None:
    bomb = zlib.compress(b"\x00" * 40_000_000)
    packed = b"<< /Type /ObjStm /Filter /FlateDecode >> stream\n" + bomb + b"\nendstream"
    assert refused(courseware.pdf(extra=packed)) is Reason.MEDIA_BROKEN


@given(
    st.sampled_from(sorted(WHOLE, key=str)), st.integers(0, 4000), st.binary(min_size=1, max_size=9)
)
def test_whatever_comes_is_known_or_refused(kind: MediaKind, at: int, noise: bytes) -> None:
    content = WHOLE[kind]
    at %= len(content)
    with contextlib.suppress(Refused):
        kind_of(content[:at] + noise + content[at + len(noise) :])
