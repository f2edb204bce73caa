"""Learning for workers: what is open, minutes by heartbeats, quizzes, one's record to show."""

from uuid import UUID

from sanic import Blueprint

from api.files import pieces
from api.files.errors import NoSuchFile
from api.kit.actor import Actor
from api.kit.errors import NoSuchPart
from api.kit.routes import Stored, route
from api.permissions import Permission
from api.training import cards, check_codes, learning, learning_reading, quizzes
from api.training.errors import (
    AnswersMissing,
    NoSuchCourse,
    NoSuchLesson,
    NoSuchVisit,
    NotAQuiz,
    OnlyAQuiz,
    TriesUsed,
)
from api.training.learning_schemas import (
    AnswersIn,
    AttemptOut,
    BeatIn,
    BeatOut,
    OwnCourseOut,
    OwnCoursesOut,
    VisitOut,
)
from api.training.schemas import RecordCardOut
from api.workers.errors import NotVerified

blueprint = Blueprint("learning", url_prefix="/api/v1/me")
READ, LEARN = Permission.WORKER_TRAININGS_READ, Permission.WORKER_TRAININGS_UPDATE
LESSON = "/lessons/<lesson_id:uuid>"


@route(blueprint, "GET", "/courses", permission=READ)
async def list_own_courses(actor: Actor) -> OwnCoursesOut:
    """The courses of one's projects, those to be learned first."""
    return await learning_reading.own(actor)


@route(blueprint, "GET", "/courses/<course_id:uuid>", permission=READ, errors=(NoSuchCourse,))
async def show_own_course(actor: Actor, course_id: UUID) -> OwnCourseOut:
    """A course of one's project, and how far one is with each lesson."""
    return await learning_reading.one(actor, course_id)


@route(
    blueprint, "POST", f"{LESSON}/visits", permission=LEARN, status=201, limits=(learning.BEATS,),
    errors=(NoSuchCourse, NoSuchLesson, OnlyAQuiz),
)  # fmt: skip
async def open_lesson(actor: Actor, lesson_id: UUID) -> VisitOut:
    """Open a lesson on this device: its heartbeats count from now on."""
    return await learning.open_lesson(actor, lesson_id)


@route(
    blueprint, "POST", "/visits/<visit_id:uuid>/heartbeats", permission=LEARN,
    limits=(learning.BEATS,), errors=(NoSuchCourse, NoSuchLesson, NoSuchVisit),
)  # fmt: skip
async def beat(actor: Actor, visit_id: UUID, body: BeatIn) -> BeatOut:
    """The lesson is still open; what counts so far. A repeat adds nothing."""
    return await learning.beat(actor, visit_id, body)


@route(
    blueprint, "POST", "/lessons/<quiz_id:uuid>/attempts", permission=LEARN, status=201,
    errors=(NoSuchCourse, NoSuchLesson, NotAQuiz, AnswersMissing, TriesUsed),
)  # fmt: skip
async def answer_quiz(actor: Actor, quiz_id: UUID, body: AnswersIn) -> AttemptOut:
    """Answer a quiz: the mark, the wrong questions, the tries that are left today."""
    return await quizzes.answer(actor, quiz_id, body)


@route(
    blueprint, "GET", f"{LESSON}/file", permission=READ, status=(200, 206),
    errors=(NoSuchCourse, NoSuchLesson, NoSuchFile, NoSuchPart),
)  # fmt: skip
async def show_own_courseware(actor: Actor, lesson_id: UUID) -> Stored:
    """The film or document of a lesson, whole or by Range."""
    return await pieces.opened(await learning.file_of(actor, lesson_id))


@route(blueprint, "PUT", "/training-card", permission=LEARN, errors=(NotVerified,))
async def put_training_card(actor: Actor) -> RecordCardOut:
    """Where the QR of one's training record leads; whoever is shown it reads it, name masked."""
    return RecordCardOut(url=check_codes.record_address(await cards.own_card(actor)))
