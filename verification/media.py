"""Courseware: whether a film is MP4 or WebM and a document PDF, by its structure, not its name.

Nothing is decoded. A film must be built of the boxes (ISO/IEC 14496-12) or elements (Matroska,
RFC 9559) of its kind from its first byte to its last, with a picture track in it; a document must
begin and end as PDF (ISO 32000) and hold no program, no form that sends and no other file. What is
inside of a frame or a page is for the browser's sandbox: this says only what a file is.
"""

import re
import zlib
from collections.abc import Iterator
from enum import StrEnum, unique

from verification.reasons import Reason, Refused


@unique
class MediaKind(StrEnum):
    """What a file is, as the media type that it is served with."""

    MP4 = "video/mp4"
    WEBM = "video/webm"
    PDF = "application/pdf"

    @property
    def is_film(self) -> bool:
        """Whether it is watched, not read."""
        return self is not MediaKind.PDF


BRANDS = frozenset(
    {b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"dash",
     b"M4V ", b"mp71", b"MSNV"}
)  # fmt: skip
"""Major brands of MP4; QuickTime (`qt  `), audio and pictures have others."""
TOP_BOXES = frozenset(
    {b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"uuid", b"udta", b"meta", b"pdin",
     b"moof", b"mfra", b"sidx", b"ssix", b"styp", b"emsg", b"prft"}
)  # fmt: skip
ACTIVE = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|XFA|GoToE|GoToR"
    rb"|Movie|Sound|Encrypt)(?![A-Za-z0-9])"
)
"""Names in a PDF that stand for a program, a call elsewhere, a file inside, or a lock."""
INFLATED_MOST = 16 * 1024 * 1024
OBJECTS_MOST = 200


def kind_of(content: bytes) -> MediaKind:
    """What the file is. Refused when it is none of the three, or not whole."""
    if content[4:8] == b"ftyp":
        return _mp4(content)
    if content.startswith(b"\x1a\x45\xdf\xa3"):
        return _webm(content)
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    raise Refused(Reason.MEDIA_FORMAT)


def _mp4(content: bytes) -> MediaKind:
    found = {kind: (start, end) for kind, start, end in boxes(content, 0, len(content))}
    start, end = found[b"ftyp"]
    if content[start : start + 4] not in BRANDS or end - start < 8:
        raise Refused(Reason.MEDIA_FORMAT)
    if not found.keys() <= TOP_BOXES or not {b"moov", b"mdat"} <= found.keys():
        raise Refused(Reason.MEDIA_BROKEN)
    if not any(_is_picture_track(content, *span) for span in _tracks(content, *found[b"moov"])):
        raise Refused(Reason.MEDIA_NO_PICTURE)
    return MediaKind.MP4


def boxes(content: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Type, first byte and end of the contents of each box; Refused when one does not fit."""
    while start < end:
        size, head = int.from_bytes(content[start : start + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(content[start + 8 : start + 16], "big"), 16
        elif size == 0:
            size = end - start
        if size < head or start + size > end:
            raise Refused(Reason.MEDIA_BROKEN)
        yield content[start + 4 : start + 8], start + head, start + size
        start += size


def _tracks(content: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    return ((a, b) for kind, a, b in boxes(content, start, end) if kind == b"trak")


def _is_picture_track(content: bytes, start: int, end: int) -> bool:
    for kind, a, b in boxes(content, start, end):
        if kind == b"mdia":
            return any(
                name == b"hdlr" and content[x + 8 : x + 12] == b"vide"
                for name, x, _ in boxes(content, a, b)
            )
    return False


EBML, DOC_TYPE, SEGMENT, TRACKS, TRACK, TRACK_TYPE, CLUSTER = (
    0x1A45DFA3, 0x4282, 0x18538067, 0x1654AE6B, 0xAE, 0x83, 0x1F43B675,
)  # fmt: skip
PICTURES = 1


def _webm(content: bytes) -> MediaKind:
    top = list(elements(content, 0, len(content)))
    heads = {name: content[a:b] for name, a, b in elements(content, *top[0][1:])}
    if heads.get(DOC_TYPE, b"").rstrip(b"\x00") != b"webm":
        raise Refused(Reason.MEDIA_FORMAT)
    if [name for name, _, _ in top] != [EBML, SEGMENT]:
        raise Refused(Reason.MEDIA_BROKEN)
    pictures, clusters = False, False
    for name, a, b in elements(content, *top[1][1:]):
        pictures |= name == TRACKS and _has_pictures(content, a, b)
        if name == CLUSTER:
            # A recorder writes clusters without a length: what follows is theirs.
            clusters = b > a
            break
    if not pictures:
        raise Refused(Reason.MEDIA_NO_PICTURE)
    if not clusters:
        raise Refused(Reason.MEDIA_BROKEN)
    return MediaKind.WEBM


def _has_pictures(content: bytes, start: int, end: int) -> bool:
    for name, a, b in elements(content, start, end):
        if name == TRACK:
            for part, x, y in elements(content, a, b):
                if part == TRACK_TYPE and int.from_bytes(content[x:y], "big") == PICTURES:
                    return True
    return False


def elements(content: bytes, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Id, first byte and end of the data of each element; one of unknown length reaches to the end.

    Refused when one does not fit.
    """
    while start < end:
        name, after = number_at(content, start, keep_marker=True)
        size, body = number_at(content, after, keep_marker=False)
        until = end if size is None else body + size
        if name is None or until > end:
            raise Refused(Reason.MEDIA_BROKEN)
        yield name, body, until
        start = until


def number_at(content: bytes, at: int, *, keep_marker: bool) -> tuple[int | None, int]:
    """A number of variable length and where it ends; None for one whose bits are all set."""
    first = content[at] if at < len(content) else 0
    length = 9 - first.bit_length()
    if not first or at + length > len(content):
        raise Refused(Reason.MEDIA_BROKEN)
    whole = int.from_bytes(content[at : at + length], "big")
    value = whole & ((1 << 7 * length) - 1)
    if value == (1 << 7 * length) - 1 and not keep_marker:
        return None, at + length
    return (whole if keep_marker else value), at + length


_STREAM = re.compile(rb"\bstream\r?\n.*?endstream", re.S)
_START = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF\s*\Z")
_OBJECT = re.compile(rb"\d+\s+\d+\s+obj\b")
_PACKED = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.S)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def _pdf(content: bytes) -> MediaKind:
    if not re.match(rb"%PDF-(1\.[0-7]|2\.0)[\r\n\s]", content):
        raise Refused(Reason.MEDIA_FORMAT)
    tail = _START.search(content[-2048:])
    place = int(tail[1]) if tail else 0
    if not tail or not (
        content[place : place + 4] == b"xref" or _OBJECT.match(content[place : place + 40])
    ):
        raise Refused(Reason.MEDIA_BROKEN)
    # Packed bytes may hold any letters by chance: names stand outside of them.
    for part in (_STREAM.sub(b"", content), *_unpacked(content)):
        if ACTIVE.search(_ESCAPED.sub(lambda each: bytes([int(each[1], 16)]), part)):
            raise Refused(Reason.MEDIA_ACTIVE)
    return MediaKind.PDF


def _unpacked(content: bytes) -> Iterator[bytes]:
    """The objects that lie packed in streams; Refused when they are more than we look through."""
    left = INFLATED_MOST
    for number, match in enumerate(_PACKED.finditer(content)):
        packer = zlib.decompressobj()
        try:
            plain = packer.decompress(content[match.end() : match.end() + INFLATED_MOST], left)
        except zlib.error:
            raise Refused(Reason.MEDIA_BROKEN) from None
        left -= len(plain)
        if left <= 0 or number >= OBJECTS_MOST or packer.unconsumed_tail:
            raise Refused(Reason.MEDIA_BROKEN)
        yield plain
