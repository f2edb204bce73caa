"""Learning as it comes in and goes out."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.kit.schemas import Body, Out
from api.training.course_schemas import Place, QuestionOut
from api.training.models import LessonKind, TrainingKind

Sequence = Annotated[int, Field(ge=1, le=1_000_000)]
Position = Annotated[int, Field(ge=0, le=86_400_000)]


class BeatIn(Body):
    """A page tells that a lesson is open. position_ms: how far a film is."""

    sequence: Sequence
    position_ms: Position | None = None


class AnswersIn(Body):
    """The places of the chosen options, from 0, for each question in order."""

    answers: Annotated[
        list[Annotated[list[Place], Field(min_length=1, max_length=6)]],
        Field(min_length=1, max_length=50),
    ]


class OwnLessonOut(Out):
    """A lesson and how far one is. tries_left: today, of a quiz."""

    id: UUID
    kind: LessonKind
    title: str
    minutes: int
    earned_seconds: int
    position_ms: int
    done: bool
    tries_left: int | None
    questions: list[QuestionOut]


class OwnCourseOut(Out):
    """A course that is open to one, and how far one is."""

    id: UUID
    title: str
    kind: TrainingKind
    project: str
    enterprise: str
    minutes: int
    pass_mark: int
    lessons: list[OwnLessonOut]
    lessons_done: int
    done: bool


class OwnCourseLineOut(Out):
    """A course that is open to one, in a list: how many lessons it has, how many are done."""

    id: UUID
    title: str
    kind: TrainingKind
    project: str
    minutes: int
    lessons: int
    lessons_done: int
    done: bool


class OwnCoursesOut(Out):
    """The courses that are open to one, those to be learned first."""

    items: list[OwnCourseLineOut]


class VisitOut(Out):
    """A lesson that was opened. beat_s: how often its page is to tell so."""

    id: UUID
    beat_s: int
    earned_seconds: int
    position_ms: int


class BeatOut(Out):
    """What counts so far. counted: whether this beat added something."""

    earned_seconds: int
    needed_seconds: int
    counted: bool
    lesson_done: bool
    course_done: bool


class AttemptOut(Out):
    """What the answers were worth. wrong: the places of the questions, from 0."""

    id: UUID
    score: int
    pass_mark: int
    passed: bool
    wrong: list[int]
    tries_left: int
    course_done: bool


class KindHoursOut(Out):
    """Hours of one kind."""

    kind: TrainingKind
    hours: Decimal
