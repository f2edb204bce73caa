"""Projects as they come in and go out."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from api.codes import service as codes
from api.codes.service import Dictionary
from api.kit.pagination import PageQuery
from api.kit.schemas import DECIMAL_TEXT, Body, Line, Note, Out, Query, RegionCode
from api.projects.models import Project, Status, StatusChange
from api.projects.rules import Item
from verification import region
from verification.code import VerificationCode


def known_region(code: str) -> str:
    """The region's code. ValueError for one that is not, or no longer, in force."""
    found = region.find(code)
    if found is None or found.retired:
        raise ValueError("没有这个地区。请重新选择地区。")
    return code


def _county(code: str) -> str:
    if known_region(code).endswith("00"):
        raise ValueError("请选到区县。")
    return code


def _printable(text: str) -> str:
    if any(not c.isprintable() for c in text):
        raise ValueError("有看不见的字符。请重新输入。")
    return text


def _category(code: str) -> str:
    if not codes.is_known(Dictionary.PROJECT_CATEGORIES, code):
        raise ValueError("没有这个项目分类。请重新选择。")
    return code


def name_of(dictionary: Dictionary, code: str) -> str:
    """What a code is called, the code itself when the dictionary lost it."""
    entry = codes.lookup(dictionary, code)
    return entry.name if entry else code


LineOrEmpty = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=100), AfterValidator(_printable)
]
"""A line that may stay empty."""
County = Annotated[RegionCode, AfterValidator(_county)]
Category = Annotated[str, StringConstraints(max_length=2), AfterValidator(_category)]
Day = Annotated[date, Field(ge=date(1990, 1, 1), le=date(2100, 12, 31))]
Area = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2), DECIMAL_TEXT]
Fen = Annotated[int, Field(ge=0, le=10**15)]
Platform = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,31}$")]
OuterCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._/-]{1,50}$")]


class ExternalCodeIn(Body):
    """The project's code on another platform."""

    platform: Platform
    code: OuterCode


class PermitIn(Body):
    """One construction permit, its number as printed."""

    number: Annotated[Line, Field(max_length=50)]
    issued_by: LineOrEmpty = ""
    issued_on: Day | None = None


def _unique(found: list[str], words: str) -> None:
    if len(set(found)) != len(found):
        raise ValueError(words)


class PermitsIn(Body):
    """All construction permits of the project."""

    items: Annotated[list[PermitIn], Field(max_length=50)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        _unique([item.number for item in self.items], "同一个施工许可证填了两次。请删掉一个。")
        return self


class DetailsIn(Body):
    """What a project is; everything but name and category may follow later."""

    name: Annotated[Line, Field(min_length=2)]
    category: Category
    address: LineOrEmpty = ""
    description: Annotated[
        str,
        StringConstraints(strip_whitespace=True, max_length=500),
        AfterValidator(_printable),
    ] = ""
    area_m2: Area | None = None
    investment_fen: Fen | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    pay_day: Annotated[int, Field(ge=1, le=31)] | None = None
    external_codes: list[ExternalCodeIn] = Field(default=[], max_length=20)

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValueError("竣工日期不能早于开工日期。请改日期。")
        platforms = [each.platform for each in self.external_codes]
        _unique(platforms, "同一个平台的编码填了两次。请删掉一个。")
        return self


class ProjectIn(DetailsIn):
    """A new project; its region is for good.

    enterprise_id: for which enterprise, when one works for several.
    """

    region: County
    enterprise_id: UUID | None = None


class StatusIn(Body):
    """The step a project takes, and the day it took it."""

    status: Status
    on: Day
    reason: Note | None = None


class ProjectQuery(PageQuery):
    """Projects in one status, or with a part of the name."""

    status: Status | None = None
    name: Annotated[str, StringConstraints(min_length=1, max_length=100)] | None = None


class CountQuery(Query):
    """Counted for a region; one's own when left out."""

    region: RegionCode | None = None


class MissingOut(Out):
    """One piece of key information that is not there yet."""

    item: Item
    name: str


class ExternalCodeOut(Out):
    """The project's code on another platform."""

    platform: str
    code: str


class PermitOut(Out):
    """One construction permit."""

    id: UUID
    number: str
    issued_by: str
    issued_on: date | None


class BriefOut(Out):
    """A project in a list. `missing` is the key information it lacks."""

    id: UUID
    name: str
    code: str
    enterprise_id: UUID
    contractor: str
    region: str
    region_name: str
    status: Status
    status_name: str
    missing: list[MissingOut]


class ProjectOut(BriefOut):
    """A project with everything about itself."""

    status_on: date
    category: str
    category_name: str
    address: str
    description: str
    area_m2: Decimal | None
    investment_fen: int | None
    starts_on: date | None
    ends_on: date | None
    pay_day: int | None
    external_codes: list[ExternalCodeOut]
    permits: list[PermitOut]
    created_at: datetime


def brief_of(row: Project, contractor: str, missing: list[Item]) -> BriefOut:
    """The project as a list shows it."""
    place = region.find(row.region)
    return BriefOut(
        id=row.id,
        name=row.name,
        code=str(VerificationCode(row.code)),
        enterprise_id=row.enterprise_id,
        contractor=contractor,
        region=row.region,
        region_name=place.full_name if place else "",
        status=Status(row.status),
        status_name=name_of(Dictionary.PROJECT_STATUS, row.status),
        missing=[MissingOut(item=item, name=item.label) for item in missing],
    )


def project_of(row: Project, contractor: str, missing: list[Item]) -> ProjectOut:
    """The project as its own page shows it; its permits and codes are loaded."""
    return ProjectOut(
        **dict(brief_of(row, contractor, missing)),
        status_on=row.status_on,
        category=row.category,
        category_name=name_of(Dictionary.PROJECT_CATEGORIES, row.category),
        address=row.address,
        description=row.description,
        area_m2=row.area_m2,
        investment_fen=row.investment_fen,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        pay_day=row.pay_day,
        external_codes=[ExternalCodeOut(platform=c.platform, code=c.code) for c in row.codes],
        permits=[PermitOut.model_validate(p, from_attributes=True) for p in row.permits],
        created_at=row.created_at,
    )


class StatusChangeOut(Out):
    """One step of a project: from, to, when, by whom, why."""

    id: UUID
    before: str
    after: str
    on: date
    reason: str
    account_id: UUID | None
    created_at: datetime

    @classmethod
    def of(cls, row: StatusChange) -> "StatusChangeOut":
        """The step as shown."""
        return cls.model_validate(row, from_attributes=True)


class RegionCount(Out):
    """How many projects lie in a region, by status code."""

    region: str
    name: str
    total: int
    by_status: dict[str, int]


class CountsOut(RegionCount):
    """The same for the regions one level below; they add up to the whole."""

    parts: list[RegionCount]
