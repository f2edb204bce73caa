"""Courseware for tests: films and documents whose structure is whole, built byte by byte.

`film()` is one that a browser plays: twelve seconds, a number for each, drawn by script.
"""

from pathlib import Path

FILM = Path(__file__).with_name("film.webm")


def film() -> bytes:
    """A small film that plays and can be wound."""
    return FILM.read_bytes()


def box(kind: bytes, content: bytes) -> bytes:
    """A box of MP4."""
    return (len(content) + 8).to_bytes(4, "big") + kind + content


def mp4(brand: bytes = b"isom", handler: bytes = b"vide", data: bytes = b"\x00" * 300) -> bytes:
    """A film of the right boxes, with nothing to see in it."""
    media = box(b"mdhd", b"\x00" * 24) + box(b"hdlr", b"\x00" * 8 + handler + b"\x00" * 12)
    movie = box(b"mvhd", b"\x00" * 100) + box(b"trak", box(b"mdia", media))
    return box(b"ftyp", brand + b"\x00\x00\x02\x00isom") + box(b"moov", movie) + box(b"mdat", data)


def element(name: str, content: bytes, *, open_ended: bool = False) -> bytes:
    """An element of Matroska."""
    size = b"\x01" + b"\xff" * 7 if open_ended else (len(content) | 1 << 56).to_bytes(8, "big")
    return bytes.fromhex(name) + size + content


def webm(doc_type: bytes = b"webm", track_type: int = 1, *, open_ended: bool = False) -> bytes:
    """A film of the right elements, with nothing to see in it."""
    head = element("1a45dfa3", element("4282", doc_type))
    track = element("ae", element("83", bytes([track_type])) + element("86", b"V_VP8"))
    tracks = element("1654ae6b", track)
    block = element("e7", b"\x00") + b"\xa3\x84\x81\x00\x00\x80"
    cluster = element("1f43b675", block, open_ended=open_ended)
    return head + element("18538067", tracks + cluster, open_ended=open_ended)


def pdf(catalog: bytes = b"", extra: bytes = b"", pages: int = 1) -> bytes:
    """A document of blank pages; `catalog` stands in its root, `extra` is one more object."""
    kids = b" ".join(b"%d 0 R" % (at + 4) for at in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % pages,
        extra or b"<< >>",
        *[b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] >>"] * pages,
    ]
    out, places = b"%PDF-1.4\n", []
    for at, each in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % at + each + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return out + b"startxref\n%d\n%%%%EOF\n" % start
