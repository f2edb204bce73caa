"""Pens for specimens: a Chinese font if the machine has one, and a schematic face."""

import hashlib
import importlib.util
from functools import cache
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

MASK_BLUE: Colour = (96, 160, 232)
SKINS: tuple[Colour, ...] = ((236, 200, 170), (226, 184, 150), (212, 166, 130), (198, 150, 114))
HAIRS: tuple[Colour, ...] = ((34, 30, 30), (58, 46, 40), (92, 88, 86))
SHIRTS: tuple[Colour, ...] = ((70, 84, 110), (96, 74, 60), (64, 96, 72), (120, 60, 60))

FONT_FILES = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/System/Library/Fonts/PingFang.ttc",
)


class Part(NamedTuple):
    """A part of the face: its middle and half its size, in hundredths of the face's box."""

    x: int
    y: int
    half: int


PARTS = {
    "left_eye": Part(36, 44, 7), "right_eye": Part(64, 44, 7),
    "left_cheek": Part(30, 60, 6), "right_cheek": Part(70, 60, 6),
    "nose": Part(50, 57, 5), "mouth": Part(50, 72, 7), "chin_contour": Part(50, 84, 5),
}  # fmt: skip
"""Named as in the vendor's `occlusion` object."""


@cache
def chinese_font() -> str | None:
    """Path of a free Chinese font on this machine, from a package or the system; None without."""
    spec = importlib.util.find_spec("mplfonts")
    packaged = Path(spec.origin).parent / "fonts" if spec and spec.origin else Path("/nowhere")
    files = (str(packaged / "NotoSansCJKsc-Regular.otf"), *FONT_FILES)
    return next((file for file in files if Path(file).is_file()), None)


@cache
def font(size: int) -> Font:
    """A font of `size` px: Chinese where there is one, else Pillow's own Latin."""
    file = chinese_font()
    return ImageFont.truetype(file, size) if file else ImageFont.load_default(size)


def words(hanzi: str, latin: str) -> str:
    """What this machine can draw of the two."""
    return hanzi if chinese_font() else latin


def part_box(face: Box, part: Part) -> Box:
    """Where `part` lies when the face fills the box `face`."""
    left, top, right, bottom = face
    wide, high = (right - left) / 100, (bottom - top) / 100
    x, y = left + part.x * wide, top + part.y * high
    return (
        round(x - part.half * wide), round(y - part.half * wide),
        round(x + part.half * wide), round(y + part.half * wide),
    )  # fmt: skip


def face(picture: Image.Image, box: Box, key: bytes, female: bool, covered: str = "") -> None:
    """Draw a schematic face into `box`, its looks chosen by `key`; `covered` hides a part."""
    looks = hashlib.sha256(key).digest()
    pen = ImageDraw.Draw(picture)
    skin, hair = SKINS[looks[0] % len(SKINS)], HAIRS[looks[1] % len(HAIRS)]
    left, top, right, bottom = box
    wide, high = right - left, bottom - top

    def at(x1: float, y1: float, x2: float, y2: float) -> tuple[float, float, float, float]:
        return (
            left + x1 * wide / 100, top + y1 * high / 100,
            left + x2 * wide / 100, top + y2 * high / 100,
        )  # fmt: skip

    pen.ellipse(at(14, 4, 86, 84 if female else 56), fill=hair)
    pen.rectangle(at(40, 80, 60, 100), fill=skin)
    pen.ellipse(at(18, 12, 82, 96), fill=skin)
    pen.chord(at(16, 4, 84, 52), 190, 350, fill=hair)
    line = max(2, wide // 90)
    for x in (36, 64):
        pen.arc(at(x - 9, 32, x + 9, 44), 200, 340, fill=hair, width=line * 2)
        pen.ellipse(at(x - 6, 41, x + 6, 47), fill="white", outline=hair, width=line)
        pen.ellipse(at(x - 2, 41, x + 2, 47), fill=hair)
    pen.line(at(50, 46, 47, 60), fill=_darker(skin), width=line)
    pen.arc(at(45, 55, 55, 63), 20, 160, fill=_darker(skin), width=line)
    curve = 6 + looks[2] % 6
    pen.chord(at(40, 70 - curve / 2, 60, 70 + curve), 0, 180, fill=(178, 84, 84))
    if looks[3] % 3 == 0:
        pen.ellipse(at(26, 62, 29, 65), fill=_darker(skin))
    if covered:
        part = PARTS[covered]
        pen.rectangle(part_box(box, part._replace(half=part.half * 2)), fill=MASK_BLUE)


def _darker(colour: Colour) -> Colour:
    red, green, blue = colour
    return round(red * 0.75), round(green * 0.7), round(blue * 0.65)
