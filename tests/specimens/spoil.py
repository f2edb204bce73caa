"""What goes wrong when a picture is taken: each function gives a new picture."""

import io

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter


def jpeg(picture: Image.Image, quality: int = 85) -> bytes:
    """The picture as JPEG bytes."""
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=quality)
    return out.getvalue()


def blurred(picture: Image.Image, radius: float = 8) -> Image.Image:
    """Out of focus."""
    return picture.filter(ImageFilter.GaussianBlur(radius))


def photocopy(picture: Image.Image) -> Image.Image:
    """A black-and-white copy."""
    return picture.convert("L").convert("RGB")


def screen(picture: Image.Image) -> Image.Image:
    """Taken from another screen: a black frame around it and stripes over it."""
    shown = picture.copy()
    pen = ImageDraw.Draw(shown, "RGBA")
    for y in range(0, shown.height, 6):
        pen.line((0, y, shown.width, y), fill=(40, 60, 120, 40), width=2)
    pen.rectangle((0, 0, shown.width - 1, shown.height - 1), outline=(8, 8, 10), width=36)
    return shown


def brightness(picture: Image.Image, factor: float) -> Image.Image:
    """Darker (below 1) or lighter (above 1)."""
    return ImageEnhance.Brightness(picture).enhance(factor)


def cropped(picture: Image.Image, share: float = 0.12) -> Image.Image:
    """Without `share` of its width and height at the lower right."""
    keep = (round(picture.width * (1 - share)), round(picture.height * (1 - share)))
    return picture.crop((0, 0, *keep))


def resized(picture: Image.Image, longest: int) -> Image.Image:
    """The same with `longest` px on its longer edge."""
    factor = longest / max(picture.size)
    size = (round(picture.width * factor), round(picture.height * factor))
    return picture.resize(size, Image.Resampling.LANCZOS)
