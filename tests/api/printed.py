"""What a printed sheet shows, read from the file itself."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def glyphs(sheet: bytes) -> set[str]:
    """The characters that the embedded font of a PDF can show, by its map to Unicode."""
    found = set()
    for stream in STREAM.findall(sheet):
        for code in re.findall(rb"<[0-9A-Fa-f]{4}> <([0-9A-Fa-f]{4})>", _plain(stream)):
            found.add(chr(int(code, 16)))
    return found


def pictures(sheet: bytes) -> int:
    """How many pictures a PDF draws."""
    return len(re.findall(rb"/Subtype /Image", sheet))


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that a sheet draws at one place: millimetres from the left, points from below."""

    page: int
    x: float
    y: float
    size: float
    text: str


PIECE = re.compile(
    rb"BT /F\d+ (?P<size>[\d.]+) Tf ET|BT (?P<x>[\d.]+) (?P<y>[\d.]+) Td (?:[\d. ]+ (?:g|rg) )?"
    rb"\((?P<text>(?:\\.|[^\\)])*)\) Tj",
    re.DOTALL,
)
ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
POINT_MM = 25.4 / 72


def pieces(sheet: bytes) -> list[Piece]:
    """Everything that is written on a PDF of ours, in the order in which it was drawn."""
    streams = [_plain(each) for each in STREAM.findall(sheet)]
    known = {
        int(glyph, 16): chr(int(code, 16))
        for text in streams
        for glyph, code in re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4})>", text)
    }
    pages = [text for text in streams if b" Tj" in text]
    return [piece for at, page in enumerate(pages) for piece in _pieces(at, page, known)]


def words(sheet: bytes) -> str:
    """What is written on a PDF of ours, one piece on a line."""
    return "\n".join(piece.text for piece in pieces(sheet))


def _pieces(at: int, page: bytes, known: dict[int, str]) -> Iterator[Piece]:
    size = 0.0
    for found in PIECE.finditer(page):
        if found["size"]:
            size = float(found["size"])
            continue
        raw = ESCAPED.sub(lambda each: b"\r" if each[1] == b"r" else each[1], found["text"])
        glyphs = (int.from_bytes(raw[i : i + 2]) for i in range(0, len(raw), 2))
        text = "".join(known[each] for each in glyphs)
        yield Piece(at, float(found["x"]) * POINT_MM, float(found["y"]), size, text)


def _plain(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream
