"""Courses as they come in and go out."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from api.kit.pagination import PageQuery
from api.kit.routes import Upload
from api.kit.schemas import Body, Form, Line, Out
from api.training.models import Course, CourseVersion, Lesson, LessonKind, TrainingKind

Percent = Annotated[int, Field(ge=1, le=100)]
Tries = Annotated[int, Field(ge=1, le=20)]
Minutes = Annotated[int, Field(ge=1, le=600)]
Place = Annotated[int, Field(ge=0, le=5)]
Option = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Asked = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=300)]


class CourseIn(Body):
    """A new course. project_id: left out, for all sites of the enterprise.

    enterprise_id: whose; left out, the actor's own. tries: at its quiz, each day.
    """

    title: Line
    kind: TrainingKind
    pass_mark: Percent = 80
    tries: Tries = 3
    project_id: UUID | None = None
    enterprise_id: UUID | None = None


class CourseChangeIn(Body):
    """What a course says of itself, in its draft."""

    title: Line
    kind: TrainingKind
    pass_mark: Percent
    tries: Tries


class FileLessonForm(Form):
    """A film or document, and how many minutes it takes at least."""

    title: Line
    minutes: Minutes
    file: Upload


class QuestionIn(Body):
    """A question, its options, and the places of the right ones, from 0."""

    text: Asked
    options: Annotated[list[Option], Field(min_length=2, max_length=6)]
    right: Annotated[list[Place], Field(min_length=1, max_length=6)]

    @model_validator(mode="after")
    def _fits(self) -> "QuestionIn":
        if len(set(self.right)) != len(self.right) or max(self.right) >= len(self.options):
            raise ValueError("正确答案要从选项里选。请改好再提交。")
        if len(set(self.options)) != len(self.options):
            raise ValueError("有两个一样的选项。请改好再提交。")
        return self


class QuizIn(Body):
    """A quiz."""

    title: Line
    questions: Annotated[list[QuestionIn], Field(min_length=1, max_length=50)]


class CourseQuery(PageQuery):
    """The courses of one project."""

    project_id: UUID | None = None


class QuestionOut(Out):
    """A question. several: more than one option is right. right: for those who write it alone."""

    text: str
    options: list[str]
    several: bool
    right: list[int] | None = None

    @classmethod
    def of(cls, row: dict[str, Any], *, with_answers: bool) -> "QuestionOut":
        """The question as shown."""
        right = list(row["right"])
        return cls(
            text=row["text"],
            options=row["options"],
            several=len(right) > 1,
            right=right if with_answers else None,
        )


class LessonOut(Out):
    """A lesson. minutes: that it takes at least. media_type: of its file."""

    id: UUID
    kind: LessonKind
    title: str
    minutes: int
    questions: list[QuestionOut]

    @classmethod
    def of(cls, row: Lesson) -> "LessonOut":
        """The lesson as those see it who write it."""
        return cls(
            id=row.id,
            kind=row.kind,
            title=row.title,
            minutes=row.minutes,
            questions=[QuestionOut.of(each, with_answers=True) for each in row.questions or []],
        )


class VersionOut(Out):
    """One version with its lessons."""

    id: UUID
    number: int
    title: str
    kind: TrainingKind
    pass_mark: int
    tries: int
    minutes: int
    published_at: datetime | None
    lessons: list[LessonOut]

    @classmethod
    def of(cls, row: CourseVersion, lessons: list[Lesson]) -> "VersionOut":
        """The version as shown."""
        return cls(
            id=row.id,
            number=row.number,
            title=row.title,
            kind=row.kind,
            pass_mark=row.pass_mark,
            tries=row.tries,
            minutes=row.minutes or sum(each.minutes for each in lessons),
            published_at=row.published_at,
            lessons=[LessonOut.of(each) for each in lessons],
        )


class CourseOut(Out):
    """A course: what is taught, and the draft that is being written."""

    id: UUID
    enterprise_id: UUID
    project_id: UUID | None
    withdrawn: bool
    current: VersionOut | None
    draft: VersionOut | None


class CourseLineOut(Out):
    """A course in a list. state: draft, published or withdrawn. finished: by how many workers."""

    id: UUID
    title: str
    kind: TrainingKind
    state: str
    number: int
    minutes: int
    project_id: UUID | None
    project: str
    has_draft: bool
    finished: int


def state_of(row: Course) -> str:
    """Where a course stands."""
    if row.withdrawn_at is not None:
        return "withdrawn"
    return "published" if row.current_id else "draft"
