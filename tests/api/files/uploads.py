"""Uploads that are no photos, and photos that carry more than a picture."""

import io
import struct
import zlib

from PIL import Image, PngImagePlugin

from tests.specimens import card_front, person, spoil

SECRET = b"104.065800,30.657400 phone of somebody"
CARD = spoil.jpeg(card_front(person(11)))


def _chunk(kind: bytes, body: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + body))
    return struct.pack(">I", len(body)) + kind + body + check


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and has no pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IEND", b"")


def bomb() -> bytes:
    """A few kilobytes that unfold to 400 megapixels."""
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    return out.getvalue()


def heif() -> bytes:
    """A photo as an iPhone takes it, with place and phone in EXIF."""
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    out = io.BytesIO()
    card_front(person(11)).convert("RGB").save(out, "HEIF", exif=exif.tobytes())
    return out.getvalue()


def with_secrets() -> bytes:
    """A JPEG with place and phone in EXIF, XMP and a comment."""
    picture = card_front(person(11)).convert("RGB")
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x0110] = SECRET.decode()
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, xmp=b"<x>" + SECRET + b"</x>", comment=SECRET)
    return out.getvalue()


def png_with_text() -> bytes:
    """A PNG with a text chunk."""
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", SECRET.decode())
    out = io.BytesIO()
    card_front(person(11)).save(out, "PNG", pnginfo=text)
    return out.getvalue()


REFUSED = {
    "empty": b"",
    "text": b"not a picture at all",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "html": b"<!doctype html><script>alert(1)</script>",
    "pdf": b"%PDF-1.7\n1 0 obj\n",
    "gif": b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00"
    b"\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;",
    "bomb": bomb(),
    "huge_header": png_header(50_000, 50_000),
    "no_pixels": png_header(800, 600),
    "truncated": CARD[: len(CARD) // 2],
    "html_then_jpeg": b"<script>alert(1)</script>" + CARD,
}
