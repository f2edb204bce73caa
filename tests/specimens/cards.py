"""Schematic ID cards, plainly marked as specimens, whose truth is in the grid at their foot."""

from datetime import date

from PIL import Image, ImageDraw

from tests.specimens import drawing, grid, people
from tests.specimens.drawing import Colour
from tests.specimens.people import Person

SIZE = (1200, 826)
CARD = (94, 94, 1106, 732)  # 1012 x 638 px, the proportion of ID-1
BAND = (94, 94, 1106, 156)
PORTRAIT = (780, 180, 1040, 540)
GRID = grid.Place(SIZE, 152, 606, 8, 112, 13)

DESK: Colour = (198, 188, 172)
FRONT: Colour = (70, 130, 190)
BACK: Colour = (190, 70, 90)
OTHER: Colour = (80, 160, 80)
LONG_TERM = "长期"
SEPARATOR = "\x1f"


def card_front(someone: Person, *, temporary: bool = False) -> Image.Image:
    """The side with the portrait on a plain desk. temporary: 临时居民身份证."""
    title = ("临时居民身份证", "TEMPORARY ID CARD") if temporary else ("居民身份证", "ID CARD")
    picture, pen = _sheet(FRONT, (214, 232, 242), *title)
    rows = (
        ("姓名", "Name", someone.name, someone.pinyin),
        ("性别", "Sex", f"{someone.sex}  民族 {someone.nation}", _sex(someone)),
        ("出生", "Born", f"{someone.birth:%Y年%m月%d日}", f"{someone.birth:%Y-%m-%d}"),
        ("住址", "Addr.", someone.address, someone.address_pinyin),
        ("号码", "No.", someone.number, someone.number),
    )
    _write(pen, rows)
    pen.rectangle(PORTRAIT, fill=(238, 244, 248), outline=(120, 150, 180), width=2)
    key = people.face_id(someone.number)
    drawing.face(picture, _inside(PORTRAIT), key, someone.sex == "女")
    birth = f"{someone.birth:%Y%m%d}"
    fields = (someone.name, someone.sex, someone.nation, birth, someone.address, someone.number)
    grid.put(picture, GRID, _packed("T" if temporary else "F", fields))
    return picture


def card_back(someone: Person) -> Image.Image:
    """The side with issuer and dates; where the emblem would be there is a plain circle."""
    picture, pen = _sheet(BACK, (246, 226, 226), "居民身份证 背面", "ID CARD, BACK")
    pen.ellipse((140, 180, 330, 370), fill=(214, 120, 120), outline=(150, 40, 50), width=4)
    pen.text((186, 256), "SPECIMEN", font=drawing.font(22), fill="white")
    start, end = _day(someone.valid_from), _day(someone.valid_to)
    rows = (
        ("签发机关", "Issued by", someone.issuer, someone.number[:6]),
        ("有效期限", "Valid", f"{start}-{end}", f"{start}-{end if someone.valid_to else 'long'}"),
    )
    _write(pen, rows, top=420)
    grid.put(picture, GRID, _packed("B", (someone.issuer, start, end)))
    return picture


def other_card() -> Image.Image:
    """A card that is not an ID card: no grid, another colour."""
    picture, pen = _sheet(OTHER, (226, 240, 222), "饭卡", "CANTEEN CARD")
    _write(pen, (("编号", "No.", "000123", "000123"), ("食堂", "Site", "一号工地", "Site 1")))
    pen.rectangle((780, 220, 1000, 440), fill=(150, 190, 150))
    return picture


def no_card() -> Image.Image:
    """The desk alone, with a pencil on it."""
    picture = Image.new("RGB", SIZE, DESK)
    ImageDraw.Draw(picture).line((200, 620, 900, 260), fill=(210, 140, 40), width=16)
    return picture


def _sheet(
    band: Colour, paper: Colour, title: str, latin: str
) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", SIZE, DESK)
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle(CARD, radius=34, fill=paper, outline=(90, 90, 100), width=3)
    for y in range(170, 600, 14):
        pen.arc((CARD[0] - 200, y, CARD[2] + 200, y + 120), 60, 120, fill=_tint(paper))
    left, top, right, bottom = BAND
    pen.rounded_rectangle((left, top, right, bottom), radius=34, fill=band)
    pen.rectangle((left, top + 34, right, bottom), fill=band)
    mark = drawing.words("样本 SPECIMEN 非真实证件", "SPECIMEN - NOT A REAL DOCUMENT")
    head = f"{drawing.words(title, latin)}  {mark}"
    pen.text((600, 126), head, font=drawing.font(34), fill="white", anchor="mm")
    return picture, pen


def _write(
    pen: ImageDraw.ImageDraw, rows: tuple[tuple[str, str, str, str], ...], top: int = 184
) -> None:
    for at, (label, latin, value, value_latin) in enumerate(rows):
        y = top + at * 82
        pen.text((140, y), drawing.words(label, latin), font=drawing.font(26), fill=(60, 100, 150))
        for line, text in enumerate(_lines(drawing.words(value, value_latin))):
            pen.text((270, y - 4 + 36 * line), text, font=drawing.font(30), fill=(24, 24, 28))


def _lines(text: str) -> list[str]:
    wide = 16 if drawing.chinese_font() and not text.isascii() else 30
    return [text[at : at + wide] for at in range(0, len(text), wide)]


def _packed(kind: str, fields: tuple[str, ...]) -> bytes:
    return SEPARATOR.join((kind, *fields)).encode("gb18030")


def _sex(someone: Person) -> str:
    return "male" if someone.sex == "男" else "female"


def _day(day: date | None) -> str:
    return f"{day:%Y%m%d}" if day else LONG_TERM


def _tint(paper: Colour) -> Colour:
    red, green, blue = paper
    return red - 14, green - 12, blue - 10


def _inside(box: drawing.Box) -> drawing.Box:
    left, top, right, bottom = box
    return left + 20, top + 20, right - 20, bottom
