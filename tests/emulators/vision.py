"""Looks at specimen pictures as the vendor's models look at photographs: at the pixels alone."""

import colorsys
import io
from dataclasses import dataclass, field

from PIL import Image, ImageStat

from tests.specimens import cards, grid, people, selfies
from tests.specimens.drawing import PARTS, Box, Part, part_box

FRONT_FIELDS = ("姓名", "性别", "民族", "出生", "住址", "公民身份号码")
BACK_FIELDS = ("签发机关", "签发日期", "失效日期")
GREY = 0.03
"""Mean saturation under which a picture has no colour."""
DARK, DAZZLING = 45, 235
"""Mean lightness, 0–255, beyond which nothing can be made out."""
HUES = {"front": 210, "back": 350, "other": 120}
"""Hue of the coloured band at the head of each kind of card, degrees."""


@dataclass(frozen=True, slots=True)
class CardSeen:
    """A card in a picture. side: `front`, `back` or ""; status and risk in the vendor's words."""

    status: str
    side: str = ""
    risk: str = "normal"
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FaceSeen:
    """A face in a picture. identity: empty when too blurred to know; likeness: 0–100 to it."""

    box: Box
    identity: bytes
    likeness: int
    attack: bool
    blurred: bool
    brightness: float
    covered: tuple[str, ...]


def card_in(picture: Image.Image) -> CardSeen:
    """What an ID-card reader sees in `picture`."""
    upright, payload = _upright(picture)
    if payload is None or _light(picture) > DAZZLING:
        return CardSeen(_status_without_text(picture))
    kind, *words = payload.decode("gb18030").split(cards.SEPARATOR)
    names = BACK_FIELDS if kind == "B" else FRONT_FIELDS
    risk = "temporary" if kind == "T" else _risk(upright)
    side = "back" if kind == "B" else "front"
    return CardSeen("normal", side, risk, dict(zip(names, words, strict=True)))


def face_in(picture: Image.Image) -> FaceSeen | None:
    """The face in a selfie, or the portrait on a card; None without a face."""
    return _selfie_face(picture) or _portrait(picture)


def likeness(seen: FaceSeen, identity: bytes) -> float:
    """How alike the face and that of `identity` are, 0–100 with two places."""
    noise = (sum(seen.identity) + sum(identity)) % 100
    if seen.identity != identity:
        return 5 + noise * 0.3
    if seen.likeness >= selfies.SAME_FACE:
        return 90 + noise / 10
    return seen.likeness + noise / 200


def opened(content: bytes) -> Image.Image | None:
    """The picture, or None when it is none of JPEG, PNG and BMP."""
    try:
        picture = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "BMP"))
        return picture.convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError):
        return None


def _upright(picture: Image.Image) -> tuple[Image.Image, bytes | None]:
    for angle in (0, 180, 90, 270):
        turned = picture.rotate(angle, expand=True) if angle else picture
        if payload := grid.read(turned, cards.GRID):
            return turned, payload
    return picture, None


def _risk(picture: Image.Image) -> str:
    if _framed(picture):
        return "screen"
    return "copy" if _colourless(picture) else "normal"


def _status_without_text(picture: Image.Image) -> str:
    light = _light(picture)
    if light < DARK:
        return "over_dark"
    if light > DAZZLING:
        return "over_exposure"
    kind = _kind_by_band(picture)
    if kind == "other":
        return "other_type_card"
    return "blurred" if kind else "non_idcard"


def _kind_by_band(picture: Image.Image) -> str:
    wide, high = picture.width / cards.SIZE[0], picture.height / cards.SIZE[1]
    left, top, right, _ = cards.BAND
    strip = (left + 60) * wide, (top + 6) * high, (right - 60) * wide, (top + 56) * high
    red, green, blue = _mean(picture, strip)
    hue, saturation, _ = colorsys.rgb_to_hsv(red / 255, green / 255, blue / 255)
    if saturation < 0.25:
        return ""
    distance = {kind: abs((hue * 360 - at + 180) % 360 - 180) for kind, at in HUES.items()}
    nearest = min(distance, key=lambda kind: distance[kind])
    return nearest if distance[nearest] < 25 else ""


def _selfie_face(picture: Image.Image) -> FaceSeen | None:
    payload = grid.read(picture, selfies.GRID)
    box = _scaled(picture, selfies.FACE, selfies.SIZE)
    known = payload is not None and payload[:1] == b"S"
    if not known and not _skin(picture, box):
        return None
    identity, alike = (payload[2:], payload[1]) if payload and known else (b"", 0)
    return _face(picture, box, identity, alike)


def _portrait(picture: Image.Image) -> FaceSeen | None:
    seen = card_in(picture)
    if seen.side != "front":
        return None
    box = _scaled(picture, cards.PORTRAIT, cards.SIZE)
    return _face(picture, box, people.face_id(seen.fields["公民身份号码"]), selfies.SAME_FACE)


def _face(picture: Image.Image, box: Box, identity: bytes, alike: int) -> FaceSeen:
    covered = tuple(name for name, part in PARTS.items() if _cloth(picture, part_box(box, part)))
    return FaceSeen(
        box=box,
        identity=identity,
        likeness=alike,
        attack=_framed(picture) or _colourless(picture),
        blurred=not identity,
        brightness=_light(picture.crop(box)),
        covered=covered,
    )


def _skin(picture: Image.Image, box: Box) -> bool:
    cheeks = [_mean(picture, part_box(box, Part(x, 62, 5))) for x in (34, 50, 66)]
    return sum(r > 1.1 * g and g > 1.08 * b for r, g, b in cheeks) >= 2


def _cloth(picture: Image.Image, box: Box) -> bool:
    red, _, blue = _mean(picture, box)
    return blue > red + 30


def _framed(picture: Image.Image) -> bool:
    """Whether a black frame runs around the picture, as a screen's edge does."""
    wide, high = picture.width, picture.height
    edge = max(2, min(wide, high) // 60)
    sides = ((0, 0, wide, edge), (0, high - edge, wide, high), (0, 0, edge, high))
    return all(_light(picture.crop(side)) < 40 for side in sides) and _light(picture) > 60


def _scaled(picture: Image.Image, box: Box, size: tuple[int, int]) -> Box:
    wide, high = picture.width / size[0], picture.height / size[1]
    left, top, right, bottom = box
    return round(left * wide), round(top * high), round(right * wide), round(bottom * high)


def _mean(
    picture: Image.Image, box: tuple[float, float, float, float]
) -> tuple[float, float, float]:
    left, top, right, bottom = (round(edge) for edge in box)
    red, green, blue = ImageStat.Stat(picture.crop((left, top, right, bottom))).mean[:3]
    return red, green, blue


def _light(picture: Image.Image) -> float:
    return float(ImageStat.Stat(picture.convert("L")).mean[0])


def _colourless(picture: Image.Image) -> bool:
    saturation = ImageStat.Stat(picture.convert("HSV")).mean[1] / 255
    return saturation < GREY and _light(picture) < DAZZLING
