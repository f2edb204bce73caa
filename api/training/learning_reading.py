"""What is open to a worker and how far he is; a fixed number of statements."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from tortoise.expressions import Q

from api.enterprises import service as enterprises
from api.kit import clock
from api.kit.actor import Actor
from api.projects import service as projects
from api.training import learning, quizzes
from api.training.course_schemas import QuestionOut
from api.training.errors import NoSuchCourse
from api.training.learning_schemas import (
    OwnCourseLineOut,
    OwnCourseOut,
    OwnCoursesOut,
    OwnLessonOut,
)
from api.training.models import (
    Course,
    CourseVersion,
    Lesson,
    LessonKind,
    Progress,
    Training,
)
from api.training.sites import Place, sites
from api.workers import service as workers

MOST_COURSES = 100


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that a list of courses shows, read once."""

    versions: dict[UUID, CourseVersion]
    lessons: dict[UUID, list[Lesson]]
    progress: dict[UUID, Progress]
    finished: set[UUID]
    projects: dict[UUID, str]


async def own(actor: Actor) -> OwnCoursesOut:
    """The courses that are open to the actor: those to be learned first, newest first."""
    worker = await workers.of_account(actor.id)
    places = await sites().of_worker(worker.id) if worker else []
    if worker is None or not places:
        return OwnCoursesOut(items=[])
    taught = [
        (row, place)
        for row in await _courses(places)
        if (place := learning.place_for(row, places)) is not None
    ]
    known = await _known(worker.id, taught)
    items = [_line(row, place, known) for row, place in taught]
    return OwnCoursesOut(items=sorted(items, key=lambda each: each.done))


async def one(actor: Actor, course_id: UUID) -> OwnCourseOut:
    """One of them. NoSuchCourse."""
    worker = await learning.learner(actor)
    row = await Course.get_or_none(id=course_id, withdrawn_at=None, current_id__isnull=False)
    place = learning.place_for(row, await sites().of_worker(worker.id)) if row else None
    if row is None or place is None:
        raise NoSuchCourse
    known = await _known(worker.id, [(row, place)])
    return await _whole(worker.id, row, place, known, known.versions[row.current_id or row.id])


async def lesson(actor: Actor, lesson_id: UUID) -> tuple[OwnCourseOut, OwnLessonOut]:
    """A lesson that is open to the actor, with its course. NoSuchCourse, NoSuchLesson."""
    worker = await learning.learner(actor)
    found = await learning.opened(worker.id, lesson_id)
    known = await _known(worker.id, [(found.course, found.place)], found.version)
    shown = await _whole(worker.id, found.course, found.place, known, found.version)
    return shown, next(each for each in shown.lessons if each.id == lesson_id)


async def _courses(places: list[Place]) -> list[Course]:
    firms = {firm for each in places for firm in (each.enterprise_id, each.contractor_id)}
    here = Q(project_id__in=[each.project_id for each in places]) | Q(project_id=None)
    rows = Course.filter(
        here, enterprise_id__in=list(firms), withdrawn_at=None, current_id__isnull=False
    )
    return await rows.order_by("-id").limit(MOST_COURSES)


async def _known(
    worker_id: UUID, taught: list[tuple[Course, Place]], version: CourseVersion | None = None
) -> Known:
    ids = [version.id] if version else [row.current_id for row, _ in taught if row.current_id]
    lessons: dict[UUID, list[Lesson]] = defaultdict(list)
    for each in await Lesson.filter(version_id__in=ids).order_by("position"):
        lessons[each.version_id].append(each)
    every = [each for group in lessons.values() for each in group]
    contents = [each.content_id for each in every]
    progress = await Progress.filter(worker_id=worker_id, content_id__in=contents)
    # Every version of a course counts as the course: a new one asks nobody to begin again.
    versions = await CourseVersion.filter(course_id__in=[row.id for row, _ in taught])
    course_of = {each.id: each.course_id for each in versions}
    done = await Training.filter(
        worker_id=worker_id, version_id__in=list(course_of)
    ).values_list("version_id", flat=True)  # fmt: skip
    return Known(
        versions={each.id: each for each in versions},
        lessons=lessons,
        progress={each.content_id: each for each in progress},
        finished={course_of[UUID(str(each))] for each in done},
        projects=await projects.names({place.project_id for _, place in taught}),
    )


def _is_done(row: Lesson, known: Known) -> bool:
    progress = known.progress.get(row.content_id)
    return progress is not None and progress.done_at is not None


def _line(row: Course, place: Place, known: Known) -> OwnCourseLineOut:
    version = known.versions[row.current_id or row.id]
    lessons = known.lessons[version.id]
    return OwnCourseLineOut(
        id=row.id,
        title=version.title,
        kind=version.kind,
        project=known.projects.get(place.project_id, ""),
        minutes=version.minutes,
        lessons=len(lessons),
        lessons_done=sum(_is_done(each, known) for each in lessons),
        done=row.id in known.finished,
    )


async def _whole(
    worker_id: UUID, row: Course, place: Place, known: Known, version: CourseVersion
) -> OwnCourseOut:
    rows = known.lessons[version.id]
    asked = [each.content_id for each in rows if each.kind is LessonKind.QUIZ]
    tries = await quizzes.tries_used(worker_id, asked, clock.today())
    firms = await enterprises.names_of({row.enterprise_id})
    lessons = [_lesson(each, version, known, tries) for each in rows]
    return OwnCourseOut(
        id=row.id,
        title=version.title,
        kind=version.kind,
        project=known.projects.get(place.project_id, ""),
        enterprise=firms.get(row.enterprise_id, ""),
        minutes=version.minutes,
        pass_mark=version.pass_mark,
        lessons=lessons,
        lessons_done=sum(each.done for each in lessons),
        done=row.id in known.finished,
    )


def _lesson(
    row: Lesson, version: CourseVersion, known: Known, tries: dict[UUID, int]
) -> OwnLessonOut:
    progress = known.progress.get(row.content_id)
    quiz = row.kind is LessonKind.QUIZ
    return OwnLessonOut(
        id=row.id,
        kind=row.kind,
        title=row.title,
        minutes=row.minutes,
        earned_seconds=progress.earned_ms // 1000 if progress else 0,
        position_ms=progress.position_ms if progress else 0,
        done=_is_done(row, known),
        tries_left=max(0, version.tries - tries.get(row.content_id, 0)) if quiz else None,
        questions=[QuestionOut.of(each, with_answers=False) for each in row.questions or []],
    )
