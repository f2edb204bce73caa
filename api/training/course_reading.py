"""Courses as those read them who write them; a fixed number of statements a list."""

from collections import defaultdict
from uuid import UUID

from tortoise.functions import Count

from api.kit.actor import Actor
from api.kit.pagination import page
from api.kit.schemas import Page
from api.permissions import Permission
from api.projects import service as projects
from api.training import courses, queries
from api.training.course_schemas import (
    CourseLineOut,
    CourseOut,
    CourseQuery,
    VersionOut,
    state_of,
)
from api.training.models import Course, CourseVersion, Lesson, Training

READ = Permission.ENTERPRISE_COURSES_READ


async def whole(row: Course) -> CourseOut:
    """The course with what is taught and what is being written."""
    ids = [each for each in (row.current_id, row.draft_id) if each]
    versions = {each.id: each for each in await CourseVersion.filter(id__in=ids)}
    lessons: dict[UUID, list[Lesson]] = defaultdict(list)
    for lesson in await Lesson.filter(version_id__in=ids).order_by("position"):
        lessons[lesson.version_id].append(lesson)

    def shown(version_id: UUID | None) -> VersionOut | None:
        version = versions.get(version_id) if version_id else None
        return VersionOut.of(version, lessons[version.id]) if version else None

    return CourseOut(
        id=row.id,
        enterprise_id=row.enterprise_id,
        project_id=row.project_id,
        withdrawn=row.withdrawn_at is not None,
        current=shown(row.current_id),
        draft=shown(row.draft_id),
    )


async def one(actor: Actor, course_id: UUID) -> CourseOut:
    """One course. NoSuchCourse."""
    return await whole(await courses.one(actor, READ, course_id))


async def listed(actor: Actor, query: CourseQuery) -> Page[CourseLineOut]:
    """The enterprise's courses, newest first."""
    rows = queries.courses(actor, READ)
    if query.project_id:
        rows = rows.filter(project_id=query.project_id)
    found, cursor = await page(rows, query)
    ids = {each for row in found for each in (row.current_id, row.draft_id) if each}
    versions = {each.id: each for each in await CourseVersion.filter(id__in=list(ids))}
    names = await projects.names({row.project_id for row in found if row.project_id})
    done = await _finished({row.id for row in found})
    items = [
        _line(row, versions, names.get(row.project_id, "") if row.project_id else "", done)
        for row in found
    ]
    return Page(items=items, next_cursor=cursor)


def _line(
    row: Course, versions: dict[UUID, CourseVersion], project: str, done: dict[UUID, int]
) -> CourseLineOut:
    version = versions[row.current_id or row.draft_id or row.id]
    return CourseLineOut(
        id=row.id,
        title=version.title,
        kind=version.kind,
        state=state_of(row),
        number=version.number,
        minutes=version.minutes,
        project_id=row.project_id,
        project=project,
        has_draft=row.draft_id is not None,
        finished=done.get(row.id, 0),
    )


async def _finished(course_ids: set[UUID]) -> dict[UUID, int]:
    """How many workers finished each course, in whatever version."""
    versions = await CourseVersion.filter(course_id__in=list(course_ids)).values_list(
        "id", "course_id"
    )
    course_of = {UUID(str(version)): UUID(str(course)) for version, course in versions}
    rows = Training.filter(version_id__in=list(course_of)).annotate(n=Count("id"))
    found: dict[UUID, int] = defaultdict(int)
    for version_id, number in await rows.group_by("version_id").values_list("version_id", "n"):
        found[course_of[UUID(str(version_id))]] += number
    return found
