"""Photos: safe decoding, whether a card or selfie is fit to be read, and a clean copy to store.

Judgements are cheap and lenient: they spare the worker a refused call to the reader when a picture
is plainly no good, and leave doubtful ones to it. All of it is CPU work of some 10 to 150 ms that
releases the GIL in parts: callers run it in a thread. HEIF is understood once the caller has
registered pillow-heif's opener.
"""

import io
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter, ImageOps, ImageStat, UnidentifiedImageError

from verification.reasons import Reason, Refused

# Pillow loads its readers with the first picture: that one would find none of them known.
Image.init()

MAX_PIXELS = 24_000_000
MIN_CARD_EDGE = 480  # shorter edge, px; below it the small print is a few pixels high
MIN_SELFIE_EDGE = 320
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")

WORK_EDGE = 800  # longer edge everything is measured at, so that figures do not depend on the phone
TILES = 8  # per side, for sharpness
CARD_SHARPNESS = 100.0  # variance of the Laplacian in the sharpest tiles
SELFIE_SHARPNESS = 20.0
DARK_LIGHTS = 70  # nineteen pixels in twenty are darker than this: too dark
PALE_SHADOWS = 190  # forty-nine pixels in fifty are brighter than this: too bright
CARD_RATIO = 85.6 / 53.98  # ISO/IEC 7810 ID-1
RATIO_SLACK = 0.28
MIN_CARD_SHARE = 0.45  # the card's longer edge, of the frame's
UNLIKE_GROUND = 24  # grey levels

_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, MemoryError)
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_LAPLACIAN = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)


@dataclass(frozen=True, slots=True)
class PhotoVerdict:
    """What is wrong with a photo, the most useful first; nothing means fit to be read."""

    problems: tuple[Reason, ...] = ()

    @property
    def good(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


def judge_card_photo(photo: bytes) -> PhotoVerdict:
    """Whether a photo of an ID card (85.6 x 54 mm) is fit to be read; never raises.

    Looked at: format, size, exposure (nothing bright, or nothing dark, in it), sharpness (variance
    of the Laplacian in the sharpest tenth of the tiles, at 800 px), and whether what stands out
    from a plain ground has the shape of the card and is large enough. On a patterned ground, or
    when the card fills the frame, its outline cannot be told and shape and size are not judged.
    Limits: glare on one spot, cut corners and fingers are not seen; a strongly noisy picture
    looks sharp; a tilt over about 15 degrees looks like another shape.
    """
    try:
        grey = _grey(photo, MIN_CARD_EDGE)
    except Refused as refused:
        return PhotoVerdict((refused.code,))
    light = _exposure(grey)  # where it is wrong, nothing else can be measured
    return PhotoVerdict(light or (*_sharpness(grey, CARD_SHARPNESS), *_outline(grey)))


def judge_selfie(photo: bytes) -> PhotoVerdict:
    """Whether a selfie is fit to be sent to a face check; never raises.

    Format, size, exposure and gross blur only, in the words for faces; whether there is a face is
    the provider's to say.
    """
    try:
        grey = _grey(photo, MIN_SELFIE_EDGE)
    except Refused as refused:
        return PhotoVerdict((refused.code,))
    light = (Reason.FACE_LIGHT,) if _exposure(grey) else ()
    blur = (Reason.FACE_BLURRED,) if _sharpness(grey, SELFIE_SHARPNESS) else ()
    return PhotoVerdict(light + blur)


def clean(photo: bytes, max_edge: int = 1600, quality: int = 85) -> bytes:
    """The picture alone as a JPEG of at most `max_edge` px: upright, opaque, without metadata.

    EXIF (place, phone), XMP, ICC profile and comments are gone, because only pixels are copied; the
    first frame of an animation stays. Raises `Refused`: PHOTO_FORMAT, PHOTO_TOO_LARGE (over 24
    megapixels, found before decoding) or PHOTO_BROKEN.
    """
    pixels = _opaque(_decode(photo, max_edge))
    bare = Image.frombytes("RGB", pixels.size, pixels.tobytes())
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def _decode(photo: bytes, max_edge: int, min_edge: int = 1) -> Image.Image:
    """The picture upright and scaled down to `max_edge`; raises `Refused`."""
    try:
        image = _open(photo)
        if min(image.size) < min_edge:
            raise Refused(Reason.PHOTO_TOO_SMALL)
        scale = min(1.0, max_edge / max(image.size))
        target = (max(1, int(image.width * scale)), max(1, int(image.height * scale)))
        # JPEG decodes at 1/2, 1/4 or 1/8 for a fraction of the time when told so beforehand.
        image.draft("RGB", target)
        image.load()
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((max_edge, max_edge))
    except Refused:
        raise
    except _BOMB:
        raise Refused(Reason.PHOTO_TOO_LARGE) from None
    except _BROKEN:
        raise Refused(Reason.PHOTO_BROKEN) from None
    return upright


def _open(photo: bytes) -> Image.Image:
    known = [name for name in FORMATS if name in Image.OPEN]
    try:
        image = Image.open(io.BytesIO(photo), formats=known)
    except UnidentifiedImageError:
        raise Refused(Reason.PHOTO_FORMAT) from None
    if image.width * image.height > MAX_PIXELS:
        raise Refused(Reason.PHOTO_TOO_LARGE)
    return image


def _opaque(image: Image.Image) -> Image.Image:
    """In RGB, with white behind what is transparent."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")


def _grey(photo: bytes, min_edge: int) -> Image.Image:
    return _opaque(_decode(photo, WORK_EDGE, min_edge)).convert("L")


def _exposure(grey: Image.Image) -> tuple[Reason, ...]:
    if _percentile(grey, 0.95) < DARK_LIGHTS:
        return (Reason.PHOTO_TOO_DARK,)
    if _percentile(grey, 0.02) > PALE_SHADOWS:
        return (Reason.PHOTO_TOO_BRIGHT,)
    return ()


def _percentile(grey: Image.Image, share: float) -> int:
    """The grey level below or at which this share of the pixels lies."""
    left = share * grey.width * grey.height
    for level, count in enumerate(grey.histogram()):
        left -= count
        if left <= 0:
            return level
    return 255


def _sharpness(grey: Image.Image, least: float) -> tuple[Reason, ...]:
    # The stretch makes light and dark pictures alike; the slight blur takes out noise and the steps
    # that stretching makes of single grey levels.
    even = ImageOps.autocontrast(grey, cutoff=1).filter(ImageFilter.GaussianBlur(0.8))
    edges = even.filter(_LAPLACIAN)
    variances = sorted(ImageStat.Stat(tile).var[0] for tile in _tiles(edges))
    sharpest = variances[-max(1, len(variances) // 10)]
    return () if sharpest >= least else (Reason.PHOTO_BLURRED,)


def _tiles(image: Image.Image) -> list[Image.Image]:
    """Equal tiles without the outermost pixels, which the filter leaves unfiltered."""
    width, height = (image.width - 2) // TILES, (image.height - 2) // TILES
    corners = ((1 + x * width, 1 + y * height) for x in range(TILES) for y in range(TILES))
    return [image.crop((x, y, x + width, y + height)) for x, y in corners]


def _outline(grey: Image.Image) -> tuple[Reason, ...]:
    """Shape and size of what stands out from the ground; nothing when it fills the frame."""
    coarse = grey.reduce(2).filter(ImageFilter.MedianFilter(3))
    box = _standing_out(coarse)
    if box is None:
        return (Reason.PHOTO_NO_CARD,)
    width, height = box[2] - box[0], box[3] - box[1]
    if width >= 0.94 * coarse.width or height >= 0.94 * coarse.height:
        return ()
    ratio = max(width, height) / max(1, min(width, height))
    if abs(ratio / CARD_RATIO - 1) > RATIO_SLACK:
        return (Reason.PHOTO_NO_CARD,)
    small = max(width, height) / max(coarse.size) < MIN_CARD_SHARE
    return (Reason.PHOTO_CARD_SMALL,) if small else ()


def _standing_out(coarse: Image.Image) -> tuple[int, int, int, int] | None:
    """The box around what differs from the colour of the frame's edge; None when nothing does."""
    ground = ImageStat.Stat(_rim(coarse)).median[0]
    differs = ImageChops.difference(coarse, Image.new("L", coarse.size, int(ground)))
    mask = differs.point([255 if level > UNLIKE_GROUND else 0 for level in range(256)])
    # Specks of dust go, the card's own edge stays.
    return mask.filter(ImageFilter.MinFilter(3)).filter(ImageFilter.MaxFilter(3)).getbbox()


def _rim(image: Image.Image) -> Image.Image:
    """A strip of the frame's four edges, one after the other."""
    depth = max(2, min(image.size) // 50)
    strip = Image.new("L", (2 * (image.width + image.height), depth))
    top = image.crop((0, 0, image.width, depth))
    bottom = image.crop((0, image.height - depth, image.width, image.height))
    left = image.crop((0, 0, depth, image.height)).transpose(Image.Transpose.ROTATE_90)
    right = image.crop((image.width - depth, 0, *image.size)).transpose(Image.Transpose.ROTATE_90)
    at = 0
    for side in (top, bottom, left, right):
        strip.paste(side, (at, 0))
        at += side.width
    return strip
