"""培训: what is open, what is done, the hours; a lesson; a quiz, one question after another."""

from dataclasses import dataclass
from uuid import UUID

from api.engagements import hours
from api.engagements.hours import Hours
from api.files import pieces
from api.kit.actor import Actor
from api.kit.routes import Stored
from api.kit.schemas import Body, Form, Query
from api.permissions import Permission
from api.training import learning, learning_reading, quizzes
from api.training.course_schemas import QuestionOut
from api.training.errors import AnswersMissing
from api.training.learning_schemas import (
    AnswersIn,
    BeatIn,
    BeatOut,
    OwnCourseLineOut,
    OwnCourseOut,
    OwnLessonOut,
    VisitOut,
)
from h5.areas import worker
from h5.forms import Typed, filled
from h5.pages import See, page
from h5.rendering import View

READ, LEARN = Permission.WORKER_TRAININGS_READ, Permission.WORKER_TRAININGS_UPDATE
TRAINING, LESSON = "/h5/training", "/training/lessons/<lesson_id:uuid>"


class GivenQuery(Query):
    """The answers given so far, a question each, as `0.1_2`."""

    given: str = ""


class AnswerForm(Form):
    """The options chosen for one question, after those given before."""

    given: str = ""
    chosen: list[int] = []  # noqa: RUF012 - pydantic copies it


class OpenIn(Body):
    """Which lesson is open."""

    lesson_id: UUID


class VisitBeatIn(BeatIn):
    """A beat of a lesson that is open."""

    visit_id: UUID


@dataclass(frozen=True, slots=True)
class TrainingPage(View):
    """Courses that are open and done, and the way to what one has."""

    template = "worker/training.html"
    title = "worker.training.title"
    waiting: tuple[OwnCourseLineOut, ...]
    done: tuple[OwnCourseLineOut, ...]


@dataclass(frozen=True, slots=True)
class HoursPage(View):
    """The hours of this year, beside what the region asks for."""

    template = "worker/training_hours.html"
    title = "worker.training.hours_title"
    year: int
    hours: tuple[Hours, ...]


@dataclass(frozen=True, slots=True)
class CoursePage(View):
    """A course with its lessons."""

    template = "worker/course.html"
    title = "worker.training.course.title"
    course: OwnCourseOut


@dataclass(frozen=True, slots=True)
class LessonPage(View):
    """A film or document."""

    template = "worker/lesson.html"
    title = "worker.training.lesson.title"
    course: OwnCourseOut
    lesson: OwnLessonOut
    next_id: str
    """The lesson after it; empty after the last."""


@dataclass(frozen=True, slots=True)
class QuizPage(View):
    """One question of a quiz, or before the first what awaits one."""

    template = "worker/quiz.html"
    title = "worker.training.quiz.title"
    typed: Typed
    course: OwnCourseOut
    lesson: OwnLessonOut
    number: int
    """From 1; 0 before the first."""
    question: QuestionOut | None
    given: str


@dataclass(frozen=True, slots=True)
class QuizResultPage(View):
    """What the answers were worth."""

    template = "worker/quiz_result.html"
    title = "worker.training.quiz.title"
    course: OwnCourseOut
    lesson: OwnLessonOut
    score: int
    passed: bool
    wrong: tuple[str, ...]
    """The wrong questions in words."""
    finished: bool


@page(worker, "GET", "/training", permission=READ, back="/h5/more")
async def training(actor: Actor) -> TrainingPage:
    """What is open, what is done."""
    courses = (await learning_reading.own(actor)).items
    return TrainingPage(
        waiting=tuple(each for each in courses if not each.done),
        done=tuple(each for each in courses if each.done),
    )


@page(worker, "GET", "/training/hours", permission=READ, back=TRAINING)
async def own_hours(actor: Actor) -> HoursPage:
    """The hours of this year."""
    year, found = await hours.own(actor, None)
    return HoursPage(year, tuple(found))


@page(worker, "GET", "/training/courses/<course_id:uuid>", permission=READ, back=TRAINING)
async def course(actor: Actor, course_id: UUID) -> CoursePage:
    """A course with its lessons."""
    return CoursePage(await learning_reading.one(actor, course_id))


@page(worker, "GET", LESSON, permission=READ, back=TRAINING)
async def lesson(actor: Actor, lesson_id: UUID) -> LessonPage:
    """A film or document; its minutes count while its script tells that it is open."""
    found, shown = await learning_reading.lesson(actor, lesson_id)
    ids = [each.id for each in found.lessons]
    after = ids[ids.index(shown.id) + 1 :]
    return LessonPage(found, shown, str(after[0]) if after else "")


@page(worker, "GET", LESSON + "/file", permission=READ)
async def lesson_file(actor: Actor, lesson_id: UUID) -> Stored:
    """The film or document, whole or by Range."""
    return await pieces.opened(await learning.file_of(actor, lesson_id))


@page(worker, "POST", "/training/visits", permission=LEARN, limits=(learning.BEATS,))
async def visit(actor: Actor, body: OpenIn) -> VisitOut:
    """The lesson is open on this phone."""
    return await learning.open_lesson(actor, body.lesson_id)


@page(worker, "POST", "/training/beats", permission=LEARN, limits=(learning.BEATS,))
async def beat(actor: Actor, body: VisitBeatIn) -> BeatOut:
    """It is still open."""
    given = BeatIn(sequence=body.sequence, position_ms=body.position_ms)
    return await learning.beat(actor, body.visit_id, given)


@page(worker, "GET", LESSON + "/quiz", permission=READ, back=TRAINING)
async def quiz(actor: Actor, lesson_id: UUID, query: GivenQuery, typed: Typed) -> QuizPage:
    """The next question; what was given before stands in the address, so that back works."""
    found, shown = await learning_reading.lesson(actor, lesson_id)
    given = typed.value("given") or query.given
    number = len(_read(given)) + 1
    fits = shown.questions and number <= len(shown.questions)
    return QuizPage(
        typed=typed,
        course=found,
        lesson=shown,
        number=number if fits else 1,
        question=shown.questions[number - 1 if fits else 0] if shown.questions else None,
        given=given if fits else "",
    )


@page(worker, "POST", LESSON + "/quiz", permission=LEARN, again=quiz)
async def answer(actor: Actor, lesson_id: UUID, form: AnswerForm) -> See:
    """Keep the answer and go on; after the last one all of them are marked."""
    _, shown = await learning_reading.lesson(actor, lesson_id)
    if not form.chosen:
        raise AnswersMissing
    answers = [*_read(form.given), form.chosen]
    if len(answers) < len(shown.questions):
        given = ".".join("_".join(str(place) for place in each) for each in answers)
        return See(f"{TRAINING}/lessons/{lesson_id}/quiz?given={given}")
    await quizzes.answer(actor, lesson_id, filled(AnswersIn, {"answers": answers}))
    return See(f"{TRAINING}/lessons/{lesson_id}/result")


@page(worker, "GET", LESSON + "/result", permission=READ, back=TRAINING)
async def result(actor: Actor, lesson_id: UUID) -> QuizResultPage:
    """What one's last answers were worth."""
    found, shown = await learning_reading.lesson(actor, lesson_id)
    marked = await quizzes.latest(actor, lesson_id)
    return QuizResultPage(
        course=found,
        lesson=shown,
        score=marked.score,
        passed=marked.passed,
        wrong=tuple(shown.questions[at].text for at in marked.wrong if at < len(shown.questions)),
        finished=marked.course_done,
    )


def _read(given: str) -> list[list[int]]:
    """The answers so far; none when the text is not ours."""
    try:
        return [[int(place) for place in each.split("_")] for each in given.split(".") if each]
    except ValueError:
        return []
