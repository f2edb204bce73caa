"""Recordings for tests, built byte by byte: whole in structure, silent."""

import struct
from pathlib import Path

from tests.specimens.courseware import box, element

VOICE = Path(__file__).with_name("voice.webm")


def voice() -> bytes:
    """Three seconds that play: the beeps of Chromium's false microphone, as it recorded them."""
    return VOICE.read_bytes()


def webm(
    seconds: int = 3, *, track_type: int = 2, codec: bytes = b"A_OPUS", open_ended: bool = True
) -> bytes:
    """As Chromium records: masters of unknown length, a cluster each ten seconds."""
    head = element("1a45dfa3", element("4282", b"webm"))
    info = element("1549a966", element("2ad7b1", (1_000_000).to_bytes(4, "big")))
    track = element("ae", element("83", bytes([track_type])) + element("86", codec))
    tracks = element("1654ae6b", track)
    clusters = b""
    for start in range(0, seconds + 1, 10):
        blocks = element("e7", (start * 1000).to_bytes(4, "big"))
        for second in range(min(10, seconds - start) + 1):
            data = b"\x81" + struct.pack(">h", second * 1000) + b"\x80" + b"\xfc\xff\xfe"
            blocks += element("a3", data)
        clusters += element("1f43b675", blocks, open_ended=open_ended)
    return head + element("18538067", info + tracks + clusters, open_ended=open_ended)


def ogg(seconds: int = 3, head: bytes = b"OpusHead\x01\x01\x38\x01\x80\xbb\x00\x00") -> bytes:
    """As Firefox records: Opus in pages of one stream."""
    pages = page(0, 0, head) + page(0, 1, b"OpusTags" + b"\x00" * 8)
    for second in range(1, seconds + 1):
        pages += page(second * 48_000, second + 1, b"\xfc\xff\xfe")
    return pages


def page(granule: int, number: int, data: bytes, serial: int = 7) -> bytes:
    """A page of Ogg."""
    head = struct.pack("<4sBBqIII", b"OggS", 0, 0, granule, serial, number, 0)
    return head + bytes([1, len(data)]) + data


def mp4(
    seconds: int = 3, *, brand: bytes = b"M4A ", handler: bytes = b"soun", fragments: bool = False
) -> bytes:
    """As Safari records: one sound track, whole or in fragments."""
    length = 0 if fragments else seconds * 1000
    mdhd = box(b"mdhd", b"\x00" * 12 + struct.pack(">IIHH", 1000, length, 0, 0))
    hdlr = box(b"hdlr", b"\x00" * 8 + handler + b"\x00" * 13)
    movie = box(b"mvhd", b"\x00" * 100) + box(b"trak", box(b"mdia", mdhd + hdlr))
    if fragments:
        movie += box(b"mvex", box(b"trex", b"\x00" * 12 + struct.pack(">I", 500) + b"\x00" * 8))
    out = box(b"ftyp", brand + b"\x00\x00\x02\x00isom") + box(b"moov", movie)
    if fragments:
        tfhd = box(b"tfhd", b"\x00\x02\x00\x00" + b"\x00\x00\x00\x01")
        trun = box(b"trun", b"\x00\x00\x00\x00" + struct.pack(">I", 2))
        fragment = box(b"moof", box(b"mfhd", b"\x00" * 8) + box(b"traf", tfhd + trun))
        return out + (fragment + box(b"mdat", b"\x00" * 20)) * seconds
    return out + box(b"mdat", b"\x00" * 200)
