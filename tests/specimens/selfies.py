"""Schematic selfies; whose face it is stands in a grid on the work vest."""

from PIL import Image, ImageDraw

from tests.specimens import drawing, grid, people
from tests.specimens.people import Person

SIZE = (900, 1200)
FACE = (240, 170, 660, 730)
GRID = grid.Place(SIZE, 386, 960, 8, 16, 8)
SAME_FACE = 100


def selfie(
    someone: Person, *, covered: str = "", look_alike: int = SAME_FACE, no_face: bool = False
) -> Image.Image:
    """A person in front of a grey wall.

    covered: a part of the face (`drawing.PARTS`) hidden by a cloth.
    look_alike: 40–79 draws somebody who resembles the person to that degree.
    no_face: the wall alone.
    """
    picture = Image.new("RGB", SIZE, (206, 208, 204))
    pen = ImageDraw.Draw(picture)
    for y in range(0, SIZE[1], 90):
        pen.line((0, y, SIZE[0], y), fill=(190, 192, 188), width=3)
    mark = drawing.words("样本 SPECIMEN 非真人", "SPECIMEN - NOT A PERSON")
    pen.text((450, 60), mark, font=drawing.font(38), fill=(150, 60, 60), anchor="mm")
    if no_face:
        return picture
    _vest(pen)
    key = people.face_id(someone.number)
    looks = key if look_alike == SAME_FACE else bytes([look_alike]) + key[1:]
    drawing.face(picture, FACE, looks, someone.sex == "女", covered)
    grid.put(picture, GRID, b"S" + bytes([look_alike]) + key)
    return picture


def _vest(pen: ImageDraw.ImageDraw) -> None:
    pen.rounded_rectangle((390, 640, 510, 840), radius=30, fill=(220, 176, 142))
    pen.rounded_rectangle((130, 790, 770, 1300), radius=110, fill=(240, 140, 40))
    for x in (230, 620):
        pen.rectangle((x, 800, x + 44, 1200), fill=(232, 232, 120))
    pen.rectangle((370, 944, 530, 1040), fill=(250, 250, 250), outline=(90, 90, 90), width=2)
