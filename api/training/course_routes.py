"""Courses for those who write them: drafts, lessons, versions, their files."""

from uuid import UUID

from sanic import Blueprint

from api.enterprises.errors import NoSuchEnterprise, WhichEnterprise
from api.files import pieces
from api.files.errors import NoSuchFile
from api.kit.actor import Actor
from api.kit.errors import NoSuchPart, TooMany
from api.kit.routes import COURSEWARE_LIMIT, Stored, route
from api.kit.schemas import Page
from api.permissions import Permission
from api.projects.errors import NoSuchProject
from api.training import course_reading, courses
from api.training.course_schemas import (
    CourseChangeIn,
    CourseIn,
    CourseLineOut,
    CourseOut,
    CourseQuery,
    FileLessonForm,
    QuizIn,
)
from api.training.errors import (
    BadCourseware,
    NoDraft,
    NoSuchCourse,
    NoSuchLesson,
    NothingToTeach,
    NotParticipating,
    TooManyLessons,
)

blueprint = Blueprint("courses", url_prefix="/api/v1/enterprise/courses")
READ, UPDATE = Permission.ENTERPRISE_COURSES_READ, Permission.ENTERPRISE_COURSES_UPDATE
ONE = "/<course_id:uuid>"
WRITING = (NoSuchCourse, NoDraft)


@route(
    blueprint, "POST", "", permission=UPDATE, status=201,
    errors=(NoSuchProject, NotParticipating, NoSuchEnterprise, WhichEnterprise),
)  # fmt: skip
async def create_course(actor: Actor, body: CourseIn) -> CourseOut:
    """A new course with an empty draft, for one project or for all sites."""
    return await course_reading.whole(await courses.create(actor, body))


@route(blueprint, "GET", "", permission=READ)
async def list_courses(actor: Actor, query: CourseQuery) -> Page[CourseLineOut]:
    """The courses of one's enterprises, and how many workers finished each."""
    return await course_reading.listed(actor, query)


@route(blueprint, "GET", ONE, permission=READ, errors=(NoSuchCourse,))
async def show_course(actor: Actor, course_id: UUID) -> CourseOut:
    """A course: the version that is taught, and the draft."""
    return await course_reading.one(actor, course_id)


@route(
    blueprint, "POST", f"{ONE}/draft", permission=UPDATE, status=201, errors=(NoSuchCourse,)
)  # fmt: skip
async def begin_draft(actor: Actor, course_id: UUID) -> CourseOut:
    """A draft of the next version, with the lessons of the one that is taught."""
    return await course_reading.whole(await courses.begin_draft(actor, course_id))


@route(blueprint, "PUT", f"{ONE}/draft", permission=UPDATE, errors=WRITING)
async def change_draft(actor: Actor, course_id: UUID, body: CourseChangeIn) -> CourseOut:
    """Say something else of the course in its draft."""
    return await course_reading.whole(await courses.change(actor, course_id, body))


@route(
    blueprint, "POST", f"{ONE}/files", permission=UPDATE, status=201,
    largest_body=COURSEWARE_LIMIT, errors=(*WRITING, TooManyLessons, BadCourseware, TooMany),
)  # fmt: skip
async def add_courseware(actor: Actor, course_id: UUID, form: FileLessonForm) -> CourseOut:
    """One more film (MP4, WebM) or document (PDF) at the end of the draft, up to 60 MB."""
    return await course_reading.whole(await courses.add_file(actor, course_id, form))


@route(
    blueprint, "POST", f"{ONE}/quizzes", permission=UPDATE, status=201,
    errors=(*WRITING, TooManyLessons),
)  # fmt: skip
async def add_quiz(actor: Actor, course_id: UUID, body: QuizIn) -> CourseOut:
    """A quiz at the end of the draft."""
    return await course_reading.whole(await courses.add_quiz(actor, course_id, body))


@route(
    blueprint, "DELETE", f"{ONE}/draft/lessons/<draft_lesson_id:uuid>", permission=UPDATE,
    errors=(*WRITING, NoSuchLesson),
)  # fmt: skip
async def remove_lesson(actor: Actor, course_id: UUID, draft_lesson_id: UUID) -> CourseOut:
    """The draft without this lesson."""
    return await course_reading.whole(
        await courses.remove_lesson(actor, course_id, draft_lesson_id)
    )


@route(
    blueprint, "POST", f"{ONE}/publication", permission=UPDATE, errors=(*WRITING, NothingToTeach)
)  # fmt: skip
async def publish_course(actor: Actor, course_id: UUID) -> CourseOut:
    """Teach the draft from now on; it never changes again. What was learned before stays."""
    return await course_reading.whole(await courses.publish(actor, course_id))


@route(blueprint, "POST", f"{ONE}/withdrawal", permission=UPDATE, errors=(NoSuchCourse,))
async def withdraw_course(actor: Actor, course_id: UUID) -> CourseOut:
    """Teach the course no more; the records stay."""
    return await course_reading.whole(await courses.withdraw(actor, course_id))


@route(
    blueprint, "GET", f"{ONE}/lessons/<lesson_id:uuid>/file", permission=READ, status=(200, 206),
    errors=(NoSuchCourse, NoSuchLesson, NoSuchFile, NoSuchPart),
)  # fmt: skip
async def show_courseware(actor: Actor, course_id: UUID, lesson_id: UUID) -> Stored:
    """The file of a lesson, whole or by Range."""
    return await pieces.opened(await courses.file_of(actor, course_id, lesson_id))
