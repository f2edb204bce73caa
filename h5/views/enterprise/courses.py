"""课程: the list, and the editor: draft, films and documents, quizzes, publishing."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from api.files import pieces
from api.kit.actor import Actor
from api.kit.routes import COURSEWARE_LIMIT, Stored
from api.kit.schemas import Form, Line
from api.permissions import Permission
from api.training import course_reading, courses
from api.training.course_schemas import (
    CourseChangeIn,
    CourseIn,
    CourseLineOut,
    CourseOut,
    CourseQuery,
    FileLessonForm,
)
from api.training.service import TrainingKind
from h5 import quiz_text
from h5.areas import enterprise
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View, address
from h5.views.enterprise.projects import Options
from h5.views.enterprise.workers import project_options

READ, UPDATE = Permission.ENTERPRISE_COURSES_READ, Permission.ENTERPRISE_COURSES_UPDATE
LIST, ONE = "/enterprise/training", "/training/courses/<course_id:uuid>"
KINDS = tuple(kind.value for kind in TrainingKind)


class QuizForm(Form):
    """A quiz as it is typed."""

    title: Line
    text: Annotated[str, StringConstraints(min_length=1, max_length=20_000)]


class CourseForm(Form):
    """A course; without a project for all sites."""

    title: Line
    kind: TrainingKind
    pass_mark: Annotated[int, Field(ge=1, le=100)] = 80
    tries: Annotated[int, Field(ge=1, le=20)] = 3
    project_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class CoursesPage(View):
    """The courses of one's enterprises."""

    template = "enterprise/courses.html"
    title = "enterprise.courses.title"
    rows: tuple[CourseLineOut, ...]
    query: CourseQuery
    projects: Options
    older: str


@dataclass(frozen=True, slots=True)
class NewCoursePage(View):
    """The form of a new course."""

    template = "enterprise/course_form.html"
    title = "enterprise.courses.new"
    typed: Typed
    projects: Options
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoursePage(View):
    """A course: what is taught, and the draft to work on."""

    template = "enterprise/course.html"
    title = "enterprise.courses.one"
    typed: Typed
    course: CourseOut
    kinds: tuple[str, ...]


@page(enterprise, "GET", "/training", permission=READ)
async def course_list(actor: Actor, query: CourseQuery) -> CoursesPage:
    """The courses of one's enterprises."""
    found = await course_reading.listed(actor, query)
    older = address(LIST, query, cursor=found.next_cursor) if found.next_cursor else ""
    return CoursesPage(tuple(found.items), query, await project_options(actor), older)


@page(enterprise, "GET", "/training/courses/new", permission=UPDATE)
async def new_course(actor: Actor, typed: Typed) -> NewCoursePage:
    """The form of a new course."""
    return NewCoursePage(typed, await project_options(actor), KINDS)


@page(enterprise, "POST", "/training/courses/new", permission=UPDATE, again=new_course)
async def create_course(actor: Actor, form: CourseForm) -> See:
    """Begin a course."""
    row = await courses.create(actor, CourseIn(**dict(form)))
    return See(_course(row.id), says="enterprise.courses.begun")


def _course(course_id: UUID) -> str:
    return f"{LIST}/courses/{course_id}"


@page(enterprise, "GET", ONE, permission=READ)
async def course(actor: Actor, course_id: UUID, typed: Typed) -> CoursePage:
    """One course."""
    return CoursePage(typed, await course_reading.one(actor, course_id), KINDS)


@page(enterprise, "POST", f"{ONE}/draft", permission=UPDATE, again=course)
async def begin_draft(actor: Actor, course_id: UUID) -> See:
    """Work on the next version."""
    await courses.begin_draft(actor, course_id)
    return See(_course(course_id), says="enterprise.courses.draft_begun")


@page(enterprise, "POST", f"{ONE}/change", permission=UPDATE, again=course)
async def change_course(actor: Actor, course_id: UUID, form: CourseForm) -> See:
    """Say something else of it."""
    values = form.model_dump(exclude={"project_id"})
    await courses.change(actor, course_id, CourseChangeIn(**values))
    return See(_course(course_id), says="enterprise.courses.changed")


@page(
    enterprise, "POST", f"{ONE}/files", permission=UPDATE, again=course,
    largest_body=COURSEWARE_LIMIT,
)  # fmt: skip
async def add_courseware(actor: Actor, course_id: UUID, form: FileLessonForm) -> See:
    """Add a film or document."""
    await courses.add_file(actor, course_id, form)
    return See(_course(course_id), says="enterprise.courses.added")


@page(enterprise, "POST", f"{ONE}/quizzes", permission=UPDATE, again=course)
async def add_quiz(actor: Actor, course_id: UUID, form: QuizForm) -> See:
    """Add a quiz."""
    await courses.add_quiz(actor, course_id, quiz_text.quiz_of(form.title, form.text))
    return See(_course(course_id), says="enterprise.courses.added")


@page(
    enterprise, "POST", f"{ONE}/lessons/<lesson_id:uuid>/remove", permission=UPDATE, again=course
)  # fmt: skip
async def remove_lesson(actor: Actor, course_id: UUID, lesson_id: UUID) -> See:
    """Take a lesson out of the draft."""
    await courses.remove_lesson(actor, course_id, lesson_id)
    return See(_course(course_id), says="enterprise.courses.removed")


@page(enterprise, "POST", f"{ONE}/publication", permission=UPDATE, again=course)
async def publish(actor: Actor, course_id: UUID) -> See:
    """Teach it from now on."""
    await courses.publish(actor, course_id)
    return See(_course(course_id), says="enterprise.courses.published")


@page(enterprise, "POST", f"{ONE}/withdrawal", permission=UPDATE, again=course)
async def withdraw(actor: Actor, course_id: UUID) -> See:
    """Teach it no more."""
    await courses.withdraw(actor, course_id)
    return See(_course(course_id), says="enterprise.courses.withdrawn")


@page(enterprise, "GET", f"{ONE}/lessons/<lesson_id:uuid>/file", permission=READ)
async def courseware(actor: Actor, course_id: UUID, lesson_id: UUID) -> Stored:
    """The film or document, whole or by Range."""
    return await pieces.opened(await courses.file_of(actor, course_id, lesson_id))
