"""The rights notice board, its photos, and what a region publishes for it."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from api.kit.pagination import PageQuery
from api.kit.routes import Upload
from api.kit.schemas import Body, Form, Line, Out, RegionCode
from api.projects.schemas import Day, Fen, known_region

Telephone = Annotated[str, StringConstraints(pattern=r"^[0-9][0-9-]{2,19}$")]
KnownRegion = Annotated[RegionCode, AfterValidator(known_region)]
Address = Annotated[Line, Field(max_length=100)]


class StandardIn(Body):
    """What a region publishes, since when, and the document it stands in."""

    region: KnownRegion
    effective_from: Day
    minimum_month_fen: Annotated[Fen, Field(gt=0)]
    minimum_hour_fen: Annotated[Fen, Field(gt=0)] | None = None
    authority: Line
    authority_phone: Telephone
    labour_phone: Telephone
    arbitration: Address
    legal_aid: Address
    source: Line


class StandardQuery(PageQuery):
    """The standards published for one region."""

    region: RegionCode | None = None


class StandardOut(Out):
    """What a region publishes."""

    id: UUID
    region: str
    effective_from: date
    minimum_month_fen: int
    minimum_hour_fen: int | None
    authority: str
    authority_phone: str
    labour_phone: str
    arbitration: str
    legal_aid: str
    source: str


class LineOut(Out):
    """One line of the board; `text` empty when it is missing."""

    label: str
    text: str


class BoardQrOut(Out):
    """The QR on the board: the address in it, and the picture as SVG."""

    text: str
    svg: str


class AnnouncementOut(Out):
    """A public notice that runs, its first and last day, and where to object to it."""

    title: str
    text: str
    first: date
    last: date
    object_to: str


class BoardOut(Out):
    """The board as it reads today, names and phones masked; the print shows them.

    missing: the labels of lines that have no text yet. qr: what leads from the board on site to
    this page. posted_at: when the last photo came in; proven: the board has said the same since.
    """

    title: str
    lines: list[LineOut]
    rights: list[str]
    announcements: list[AnnouncementOut]
    missing: list[str]
    as_of: date
    qr: BoardQrOut
    posted_at: datetime | None
    proven: bool


class PhotoForm(Form):
    """A photo of the board on site."""

    photo: Upload


class PhotoOut(Out):
    """A photo of the board; `url` is for the asker alone and for minutes."""

    id: UUID
    url: str
    account_id: UUID | None
    created_at: datetime
