"""What a printed sheet shows, read from the file itself."""

import re
import zlib


def glyphs(sheet: bytes) -> set[str]:
    """The characters that the embedded font of a PDF can show, by its map to Unicode."""
    found = set()
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", sheet, re.DOTALL):
        try:
            text = zlib.decompress(stream)
        except zlib.error:
            text = stream
        for code in re.findall(rb"<[0-9A-Fa-f]{4}> <([0-9A-Fa-f]{4})>", text):
            found.add(chr(int(code, 16)))
    return found


def pictures(sheet: bytes) -> int:
    """How many pictures a PDF draws."""
    return len(re.findall(rb"/Subtype /Image", sheet))
