"""Units that take part in a project, and its managers' posts."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from api.codes import service as codes
from api.codes.service import Dictionary
from api.kit.personal import Kind, Personal, PersonalIn, phone
from api.kit.schemas import Body, Line, Out
from api.projects.models import Participation, Post
from api.projects.schemas import Day, name_of
from verification import credit_code, names
from verification.reasons import Refused


def _credit_code(text: str) -> str:
    try:
        return credit_code.parse(text).number
    except Refused as refused:
        raise ValueError(refused.code.sentence) from None


def _person_name(text: str) -> str:
    try:
        return names.parse(text, latin=True)
    except Refused as refused:
        raise ValueError(refused.code.sentence) from None


def _kind(code: str) -> str:
    if not codes.is_known(Dictionary.PARTICIPANT_TYPES, code):
        raise ValueError("没有这个参建类型。请重新选择。")
    return code


def _post(code: str) -> str:
    if not codes.is_known(Dictionary.POSTS, code):
        raise ValueError("没有这个岗位。请重新选择。")
    return code


UnitKind = Annotated[str, StringConstraints(max_length=3), AfterValidator(_kind)]
PostCode = Annotated[str, StringConstraints(max_length=4), AfterValidator(_post)]
CreditCode = Annotated[str, StringConstraints(max_length=50), AfterValidator(_credit_code)]
PersonName = Annotated[Personal, PersonalIn(Kind.NAME, _person_name, max_length=80)]
PersonPhone = Annotated[Personal, PersonalIn(Kind.PHONE, phone)]


class UnitIn(Body):
    """A unit that takes part; its name is read from its registration when it has one."""

    credit_code: CreditCode
    name: Annotated[Line, Field(min_length=2)]
    kind: UnitKind
    entered_on: Day
    left_on: Day | None = None


class LeaveIn(Body):
    """The unit's last day."""

    left_on: Day


class PostIn(Body):
    """A manager's post; `enterprise_id` a unit in force, the contractor when left out."""

    post: PostCode
    name: PersonName
    phone: PersonPhone
    enterprise_id: UUID | None = None
    starts_on: Day
    ends_on: Day | None = None


class EndIn(Body):
    """The last day of a post."""

    ends_on: Day


class UnitOut(Out):
    """A unit with its entry and exit. `enterprise_id` None: not registered here."""

    id: UUID
    enterprise_id: UUID | None
    credit_code: str
    name: str
    kind: str
    kind_name: str
    entered_on: date
    left_on: date | None

    @classmethod
    def of(cls, row: Participation) -> "UnitOut":
        """The unit as shown."""
        return cls(
            id=row.id,
            enterprise_id=row.enterprise_id,
            credit_code=row.credit_code,
            name=row.name,
            kind=row.kind,
            kind_name=name_of(Dictionary.PARTICIPANT_TYPES, row.kind),
            entered_on=row.entered_on,
            left_on=row.left_on,
        )


class PostOut(Out):
    """A post and who holds it, masked."""

    id: UUID
    enterprise_id: UUID
    post: str
    post_name: str
    name: str
    phone: str
    starts_on: date
    ends_on: date | None

    @classmethod
    def of(cls, row: Post) -> "PostOut":
        """The post as shown."""
        return cls(
            id=row.id,
            enterprise_id=row.enterprise_id,
            post=row.post,
            post_name=name_of(Dictionary.POSTS, row.post),
            name=row.name.masked,
            phone=row.phone.masked,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
