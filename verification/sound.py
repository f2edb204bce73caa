"""Recorded speech: whether a file is a sound alone, of which kind, and how long it lasts.

Browsers record as WebM (RFC 9559, Opus), Ogg (RFC 3533, Opus) or MP4 (ISO/IEC 14496-12, whole or
in fragments). Nothing is decoded and no name or declared type is believed: the file must be built
of the parts of its kind from its first byte to its last, and hold sound tracks alone.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum, unique

from verification.media import TOP_BOXES, boxes, number_at
from verification.reasons import Reason, Refused

LONGEST_S = 60
SLACK_S = 2
"""A recorder stops a moment after it is told to."""
LARGEST = 2 * 1024 * 1024


@unique
class SoundKind(StrEnum):
    """What a file is, as the media type that it is served with."""

    WEBM = "audio/webm"
    OGG = "audio/ogg"
    MP4 = "audio/mp4"


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound: its kind and how long it lasts, in seconds, at least one."""

    kind: SoundKind
    seconds: int


def sound_of(content: bytes) -> Sound:
    """The sound in a file. Refused when it is none, not whole, too long or too large."""
    if len(content) > LARGEST:
        raise Refused(Reason.SOUND_TOO_LARGE)
    try:
        kind, seconds = _read(content)
    except (struct.error, IndexError, OverflowError, StopIteration):
        raise Refused(Reason.SOUND_BROKEN) from None
    except Refused as refused:
        own = refused.code.value.startswith("sound.")
        raise refused if own else Refused(Reason.SOUND_BROKEN) from None
    if seconds > LONGEST_S + SLACK_S:
        raise Refused(Reason.SOUND_TOO_LONG)
    return Sound(kind, max(1, min(LONGEST_S, round(seconds))))


def _read(content: bytes) -> tuple[SoundKind, float]:
    if content.startswith(b"\x1a\x45\xdf\xa3"):
        return SoundKind.WEBM, _webm(content)
    if content.startswith(b"OggS"):
        return SoundKind.OGG, _ogg(content)
    if content[4:8] == b"ftyp":
        return SoundKind.MP4, _mp4(content)
    raise Refused(Reason.SOUND_FORMAT)


EBML, DOC_TYPE, SEGMENT, INFO, SCALE, TRACKS, TRACK, TRACK_TYPE, CODEC = (
    0x1A45DFA3, 0x4282, 0x18538067, 0x1549A966, 0x2AD7B1, 0x1654AE6B, 0xAE, 0x83, 0x86,
)  # fmt: skip
CLUSTER, TIME, SIMPLE_BLOCK, GROUP, BLOCK = 0x1F43B675, 0xE7, 0xA3, 0xA0, 0xA1
MASTERS = frozenset({EBML, SEGMENT, INFO, TRACKS, TRACK, CLUSTER, GROUP})
SOUND_TRACK = 2
CODECS = frozenset({b"A_OPUS", b"A_VORBIS"})
DEFAULT_SCALE_NS = 1_000_000


def _webm(content: bytes) -> float:
    found: dict[int, list[bytes]] = {}
    cluster, last, blocks = 0, 0, 0
    for name, data in _flat(content):
        if name == TIME:
            cluster = int.from_bytes(data, "big")
        elif name in (SIMPLE_BLOCK, BLOCK):
            _, after = number_at(data, 0, keep_marker=False)
            last = max(last, cluster + struct.unpack_from(">h", data, after)[0])
            blocks += 1
        elif name in (DOC_TYPE, SCALE, TRACK_TYPE, CODEC):
            found.setdefault(name, []).append(data)
    types = {int.from_bytes(each, "big") for each in found.get(TRACK_TYPE, [])}
    codecs = {each.rstrip(b"\x00") for each in found.get(CODEC, [])}
    kinds = {each.rstrip(b"\x00") for each in found.get(DOC_TYPE, [])}
    if kinds != {b"webm"} or types != {SOUND_TRACK} or not codecs or not codecs <= CODECS:
        raise Refused(Reason.SOUND_FORMAT)
    if not blocks:
        raise Refused(Reason.SOUND_BROKEN)
    scale = int.from_bytes(found[SCALE][0], "big") if SCALE in found else DEFAULT_SCALE_NS
    return last * scale / 1e9


def _flat(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Every element that holds data, in order. A recorder leaves lengths of masters open."""
    at, end = 0, len(content)
    while at < end:
        name, after = number_at(content, at, keep_marker=True)
        size, body = number_at(content, after, keep_marker=False)
        if name in MASTERS:
            at = body
            continue
        if name is None or size is None or body + size > end:
            raise Refused(Reason.SOUND_BROKEN)
        yield name, content[body : body + size]
        at = body + size


PAGE_HEAD = 27
OPUS_RATE = 48_000


def _ogg(content: bytes) -> float:
    rate, last, first, serials = 0, 0, True, set()
    for granule, serial, data in _pages(content):
        if first:
            rate = _ogg_rate(data)
        first = False
        serials.add(serial)
        last = max(last, granule)
    if len(serials) != 1 or not last:
        raise Refused(Reason.SOUND_BROKEN)
    return last / rate


def _ogg_rate(head: bytes) -> int:
    if head.startswith(b"OpusHead"):
        return OPUS_RATE
    if head.startswith(b"\x01vorbis"):
        rate = int(struct.unpack_from("<I", head, 12)[0])
        if rate:
            return rate
    raise Refused(Reason.SOUND_FORMAT)


def _pages(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Granule position, serial number and data of each page."""
    at = 0
    while at < len(content):
        if content[at : at + 4] != b"OggS":
            raise Refused(Reason.SOUND_BROKEN)
        granule, serial = struct.unpack_from("<qI", content, at + 6)
        table = content[at + PAGE_HEAD : at + PAGE_HEAD + content[at + 26]]
        body = at + PAGE_HEAD + len(table)
        at = body + sum(table)
        if len(table) != content[body - len(table) - 1] or at > len(content):
            raise Refused(Reason.SOUND_BROKEN)
        yield granule, serial, content[body:at]


BRANDS = frozenset(
    {b"M4A ", b"M4B ", b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"dash",
     b"MSNV"}
)  # fmt: skip
Box = tuple[bytes, int, int]


def _mp4(content: bytes) -> float:
    top = list(boxes(content, 0, len(content)))
    start = next(a for kind, a, _ in top if kind == b"ftyp")
    if content[start : start + 4] not in BRANDS:
        raise Refused(Reason.SOUND_FORMAT)
    names = {kind for kind, _, _ in top}
    if not names <= TOP_BOXES or not {b"moov", b"mdat"} <= names:
        raise Refused(Reason.SOUND_BROKEN)
    tracks = [box for box in _inside(content, top, b"moov") if box[0] == b"trak"]
    media = [list(_inside(content, [each], b"trak", b"mdia")) for each in tracks]
    handlers = {content[a + 8 : a + 12] for each in media for kind, a, _ in each if kind == b"hdlr"}
    if handlers != {b"soun"} or len(tracks) != 1:
        raise Refused(Reason.SOUND_FORMAT)
    scale, length = _media_head(content, next(box for box in media[0] if box[0] == b"mdhd"))
    # Chromium writes the film's milliseconds into the track's head: the longer of both counts.
    units = max(length, _fragments(content, top))
    if not scale or not units:
        raise Refused(Reason.SOUND_BROKEN)
    return units / scale


def _inside(content: bytes, found: list[Box], *path: bytes) -> Iterator[Box]:
    """The boxes that lie inside of the boxes of these names, one in another."""
    for kind, a, b in found:
        if kind == path[0]:
            inner = list(boxes(content, a, b))
            yield from _inside(content, inner, *path[1:]) if len(path) > 1 else inner


def _media_head(content: bytes, box: Box) -> tuple[int, int]:
    """Time scale and duration of a track."""
    _, a, _ = box
    if content[a] == 1:
        scale, length = struct.unpack_from(">IQ", content, a + 20)
        return scale, 0 if length == 2**64 - 1 else length
    scale, length = struct.unpack_from(">II", content, a + 12)
    return scale, 0 if length == 2**32 - 1 else length


def _fragments(content: bytes, top: list[Box]) -> int:
    """The duration of all fragments, in units of the time scale."""
    usual = 0
    for kind, a, _ in _inside(content, top, b"moov", b"mvex"):
        if kind == b"trex":
            usual = struct.unpack_from(">I", content, a + 12)[0]
    total = 0
    for part in _inside(content, top, b"moof"):
        for kind, a, _ in _inside(content, [part], b"traf"):
            if kind == b"tfhd":
                usual = _usual_length(content, a) or usual
            if kind == b"trun":
                total += _run_length(content, a, usual)
    return total


def _usual_length(content: bytes, a: int) -> int:
    """What each sample of the fragment lasts, as its head says; 0 when it does not."""
    flags = int.from_bytes(content[a + 1 : a + 4], "big")
    at = a + 8 + (8 if flags & 0x1 else 0) + (4 if flags & 0x2 else 0)
    return int(struct.unpack_from(">I", content, at)[0]) if flags & 0x8 else 0


def _run_length(content: bytes, a: int, usual: int) -> int:
    flags = int.from_bytes(content[a + 1 : a + 4], "big")
    count = struct.unpack_from(">I", content, a + 4)[0]
    if count > LARGEST:
        raise Refused(Reason.SOUND_BROKEN)
    if not flags & 0x100:
        return int(count * usual)
    at = a + 8 + (4 if flags & 0x1 else 0) + (4 if flags & 0x4 else 0)
    step = 4 * sum(bool(flags & each) for each in (0x100, 0x200, 0x400, 0x800))
    return sum(struct.unpack_from(">I", content, at + n * step)[0] for n in range(count))
