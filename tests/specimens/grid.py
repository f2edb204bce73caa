"""A grid of black and white cells that carries bytes in a picture.

It stands for what a reader's eye would find: it outlives JPEG, resizing and a change of brightness,
and is lost by blur and by cropping, as print would be. Its place is fixed in relation to the
picture, so there is nothing to search for.
"""

import random
import zlib
from typing import NamedTuple

from PIL import Image

INK, PAPER = 24, 244
WORST_CONTRAST = 60


class Place(NamedTuple):
    """Where a grid lies: picture size, upper left corner, edge of a cell (px), columns and rows."""

    size: tuple[int, int]
    left: int
    top: int
    cell: int
    columns: int
    rows: int

    @property
    def capacity(self) -> int:
        """The longest payload in bytes."""
        return self.columns * self.rows // 8 - 5

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom in px."""
        right, bottom = self.columns * self.cell, self.rows * self.cell
        return self.left, self.top, self.left + right, self.top + bottom


def put(picture: Image.Image, place: Place, payload: bytes) -> None:
    """Draw `payload` into `picture`. ValueError when it is too long."""
    if len(payload) > place.capacity:
        raise ValueError("too long for the grid")
    body = bytes([len(payload)]) + payload.ljust(place.capacity, b"\0")
    bits = _bits(_mixed(body + zlib.crc32(body).to_bytes(4, "big")), place)
    cells = Image.new("L", (place.columns, place.rows), PAPER)
    cells.putdata([INK if bit else PAPER for bit in bits])
    left, top, right, bottom = place.box
    enlarged = cells.resize((right - left, bottom - top), Image.Resampling.NEAREST)
    picture.paste(enlarged.convert(picture.mode), (left, top))


def read(picture: Image.Image, place: Place) -> bytes | None:
    """The payload in `picture`, which may have been resized; None when it cannot be read."""
    wide, high = picture.width / place.size[0], picture.height / place.size[1]
    if abs(wide / high - 1) > 0.01:
        return None
    left, top, right, bottom = place.box
    box = (left * wide, top * high, right * wide, bottom * high)
    size = (place.columns, place.rows)
    cells = picture.convert("L").resize(size, Image.Resampling.BOX, box=box).tobytes()
    darkest, lightest = min(cells), max(cells)
    if lightest - darkest < WORST_CONTRAST:
        return None
    middle = (darkest + lightest) / 2
    return _payload([cell < middle for cell in cells], place)


def _payload(bits: list[bool], place: Place) -> bytes | None:
    length = place.capacity + 5
    whole = sum(1 << (length * 8 - 1 - at) for at, bit in enumerate(bits[: length * 8]) if bit)
    plain = _mixed(whole.to_bytes(length, "big"))
    body, check = plain[:-4], plain[-4:]
    if zlib.crc32(body).to_bytes(4, "big") != check or body[0] > place.capacity:
        return None
    return body[1 : 1 + body[0]]


def _bits(content: bytes, place: Place) -> list[bool]:
    bits = [bool(byte >> shift & 1) for byte in content for shift in range(7, -1, -1)]
    return bits + [False] * (place.columns * place.rows - len(bits))


def _mixed(content: bytes) -> bytes:
    # Long rows of one colour would outlive blur; noise of its own does not.
    noise = random.Random("gongyou specimen grid").randbytes(len(content))
    return bytes(a ^ b for a, b in zip(content, noise, strict=True))
