"""Photos drawn here: which are fit to be read, and what a clean copy no longer holds."""

import io
import struct
import subprocess
import sys
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter
from PIL.PngImagePlugin import PngInfo

from verification.photo import MAX_PIXELS, clean, judge_card_photo, judge_selfie
from verification.reasons import Reason, Refused


def jpeg(image: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", **{"quality": 80, **options})
    return out.getvalue()


def card(
    frame: tuple[int, int] = (1200, 820), width: int = 1012, ground: object = (150, 150, 155)
) -> Image.Image:
    """A card of this width with lines of small print and a grid, in the middle of a frame."""
    image = Image.new("RGB", frame, ground)  # type: ignore[arg-type]
    height = round(width / 1.585)
    left, top = (frame[0] - width) // 2, (frame[1] - height) // 2
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((left, top, left + width, top + height), 30, (225, 232, 240))
    step = width // 60
    for line in range(8):
        for at in range(30):
            x, y = left + step * (2 + at), top + (4 + 4 * line) * step
            pen.rectangle((x, y, x + step // 2, y + step), (30, 30, 40))
    pen.rectangle(
        (left + 42 * step, top + 6 * step, left + 55 * step, top + 24 * step), (90, 90, 110)
    )
    return image


def face() -> Image.Image:
    image = Image.new("RGB", (720, 960), (180, 190, 200))
    pen = ImageDraw.Draw(image)
    pen.ellipse((200, 180, 520, 640), (205, 160, 130))
    for x in (290, 430):
        pen.ellipse((x - 30, 360, x + 30, 390), (250, 250, 250))
        pen.ellipse((x - 12, 362, x + 12, 388), (40, 30, 20))
    pen.line((300, 540, 420, 540), (150, 70, 70), 10)
    return image


def darker(image: Image.Image, factor: float) -> Image.Image:
    return ImageEnhance.Brightness(image).enhance(factor)


def blurred(image: Image.Image, radius: float) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(radius))


def washed_out(image: Image.Image) -> Image.Image:
    return image.point(lambda level: 205 + level // 6)


WHITE, DARK_TABLE = (255, 255, 255), (40, 38, 36)


@pytest.mark.parametrize(
    "photo",
    [
        pytest.param(card(), id="grey ground"),
        pytest.param(card(ground=WHITE), id="white ground"),
        pytest.param(card(ground=DARK_TABLE), id="dark ground"),
        pytest.param(card((3000, 2050), 2530), id="a large one"),
        pytest.param(card((800, 546), 674), id="a small one"),
        pytest.param(card((1012, 638), 1012), id="it fills the frame"),
        pytest.param(card((900, 1200), 800), id="upright phone"),
        pytest.param(card().rotate(90, expand=True), id="turned by a quarter"),
        pytest.param(card().rotate(6, fillcolor=(150, 150, 155)), id="tilted a little"),
        pytest.param(blurred(card(), 1), id="a soft lens"),
        pytest.param(darker(card(), 0.6), id="a dim room"),
        pytest.param(darker(card(), 1.15), id="a bright room"),
    ],
)
def test_good_card_photos(photo: Image.Image) -> None:
    assert judge_card_photo(jpeg(photo)).problems == ()


@pytest.mark.parametrize(
    ("photo", "problem"),
    [
        pytest.param(blurred(card(), 6), Reason.PHOTO_BLURRED, id="blurred"),
        pytest.param(blurred(card(), 12), Reason.PHOTO_BLURRED, id="very blurred"),
        pytest.param(darker(card(), 0.15), Reason.PHOTO_TOO_DARK, id="dark"),
        pytest.param(washed_out(card()), Reason.PHOTO_TOO_BRIGHT, id="bright"),
        pytest.param(card((640, 400), 560), Reason.PHOTO_TOO_SMALL, id="few pixels"),
        pytest.param(card((2400, 1640), 800), Reason.PHOTO_CARD_SMALL, id="far away"),
        pytest.param(face().crop((0, 0, 720, 700)), Reason.PHOTO_NO_CARD, id="a face"),
        pytest.param(Image.new("RGB", (1200, 800), (128,) * 3), Reason.PHOTO_NO_CARD, id="nothing"),
    ],
)
def test_bad_card_photos(photo: Image.Image, problem: Reason) -> None:
    assert problem in judge_card_photo(jpeg(photo)).problems


def test_blur_is_judged_alike_at_any_size() -> None:
    for edge in (900, 1200, 2400):
        photo = card().resize((edge, round(edge * 820 / 1200)))
        assert judge_card_photo(jpeg(photo)).good
        assert not judge_card_photo(jpeg(blurred(photo, edge / 180))).good


def test_selfies() -> None:
    assert judge_selfie(jpeg(face())).problems == ()
    assert judge_selfie(jpeg(darker(face(), 0.15))).problems == (Reason.FACE_LIGHT,)
    assert judge_selfie(jpeg(blurred(face(), 12))).problems == (Reason.FACE_BLURRED,)
    assert judge_selfie(jpeg(face().resize((200, 260)))).problems == (Reason.PHOTO_TOO_SMALL,)


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims this size and holds next to nothing."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(b"\0" * 64)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def gif() -> bytes:
    out = io.BytesIO()
    card().save(out, "GIF")
    return out.getvalue()


BAD_FILES = [
    pytest.param(b"", Reason.PHOTO_FORMAT, id="nothing"),
    pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", Reason.PHOTO_FORMAT, id="svg"),
    pytest.param(b"<html>", Reason.PHOTO_FORMAT, id="html"),
    pytest.param(gif(), Reason.PHOTO_FORMAT, id="gif"),
    pytest.param(b"\xff\xd8\xff\xe0" + b"\0" * 100, Reason.PHOTO_FORMAT, id="jpeg in name"),
    pytest.param(jpeg(card())[:20_000], Reason.PHOTO_BROKEN, id="cut off"),
    pytest.param(png_header(1000, 1000), Reason.PHOTO_BROKEN, id="empty png"),
    pytest.param(png_header(6000, 4001), Reason.PHOTO_TOO_LARGE, id="just over 24 megapixels"),
    pytest.param(png_header(12_000, 10_000), Reason.PHOTO_TOO_LARGE, id="120 megapixels"),
    pytest.param(png_header(50_000, 50_000), Reason.PHOTO_TOO_LARGE, id="a bomb"),
]


@pytest.mark.parametrize(("photo", "reason"), BAD_FILES)
def test_bad_files(photo: bytes, reason: Reason) -> None:
    with pytest.raises(Refused) as caught:
        clean(photo)
    assert caught.value.code is reason
    assert judge_card_photo(photo).problems == (reason,)
    assert judge_selfie(photo).problems == (reason,)


def test_twenty_four_megapixels_are_in() -> None:
    photo = jpeg(Image.new("RGB", (6000, 4000)))
    assert MAX_PIXELS == 6000 * 4000
    assert Image.open(io.BytesIO(clean(photo))).size == (1600, 1067)


SECRET = b"30.6574N secret"


def with_everything(kind: str) -> bytes:
    """A sideways picture with place, XMP, ICC profile and comment in it."""
    image = card()
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    text = PngInfo()
    text.add_text("Comment", SECRET.decode())
    extra: dict[str, object] = {"exif": exif, "icc_profile": SECRET * 20}
    if kind == "JPEG":
        extra |= {"comment": SECRET, "xmp": SECRET}
    if kind == "PNG":
        extra |= {"pnginfo": text}
    if kind == "WEBP":
        extra |= {"xmp": SECRET}
    out = io.BytesIO()
    image.save(out, kind, **extra)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_clean_copy_is_pixels_alone_and_upright(kind: str) -> None:
    photo = with_everything(kind)
    assert b"secret" in photo
    copy = clean(photo)
    assert SECRET not in copy
    assert b"Exif" not in copy
    assert b"ICC_PROFILE" not in copy
    image = Image.open(io.BytesIO(copy))
    assert image.format == "JPEG"
    assert image.size == (820, 1200)
    assert not set(image.info) & {"exif", "comment", "icc_profile", "xmp"}


@pytest.mark.parametrize(
    ("size", "copied"),
    [((4000, 3000), (1600, 1200)), ((800, 600), (800, 600)), ((5000, 10), (1600, 3))],
)
def test_a_clean_copy_is_no_larger_than_asked(
    size: tuple[int, int], copied: tuple[int, int]
) -> None:
    assert Image.open(io.BytesIO(clean(jpeg(Image.new("RGB", size))))).size == copied


def test_what_is_transparent_becomes_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (600, 600), (0, 0, 0, 0)).save(out, "PNG")
    pixel = Image.open(io.BytesIO(clean(out.getvalue()))).getpixel((5, 5))
    assert pixel == (255, 255, 255)


SMALL = jpeg(card().resize((300, 205)))


@given(st.binary(max_size=200), st.integers(0, len(SMALL) - 1))
def test_damaged_files_are_read_or_refused(noise: bytes, place: int) -> None:
    damaged = SMALL[:place] + noise + SMALL[place + len(noise) :]
    try:
        clean(damaged)
    except Refused as refused:
        assert refused.code.value.startswith("photo.")


def test_the_first_photo_of_a_process_is_read_like_every_other() -> None:
    photo = jpeg(Image.effect_noise((640, 640), 60))
    script = "import sys; from verification import photo; photo.clean(sys.stdin.buffer.read())"
    done = subprocess.run([sys.executable, "-c", script], input=photo, check=False)
    assert done.returncode == 0
