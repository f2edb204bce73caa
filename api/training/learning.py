"""学习: the courses that are open to a worker, and the minutes he spends on their lessons."""

from dataclasses import dataclass
from uuid import UUID

from api.kit import clock
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.transaction import transaction
from api.training import completion, minutes, queries
from api.training.errors import NoSuchCourse, NoSuchLesson, NoSuchVisit, OnlyAQuiz
from api.training.learning_schemas import BeatIn, BeatOut, VisitOut
from api.training.minutes import BEAT_S, Beat, Heard
from api.training.models import (
    Course,
    CourseVersion,
    Lesson,
    LessonKind,
    Progress,
    StudyClock,
    Visit,
)
from api.training.sites import Place, sites
from api.workers import service as workers
from api.workers.models import Worker

BEATS = Limit("lesson_beats", 60, 60)
"""Several devices of one person, each four times a minute, by API and page together."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A lesson that is open to a worker, by the place where he works or is expected."""

    worker_id: UUID
    place: Place
    course: Course
    version: CourseVersion
    lesson: Lesson

    @property
    def needed_ms(self) -> int:
        """How long the lesson takes at least."""
        return int(self.lesson.minutes) * 60_000


def place_for(course: Course, places: list[Place]) -> Place | None:
    """The first place at which the course is taught: of its own enterprise or its contract."""
    for place in places:
        here = course.project_id in (None, place.project_id)
        if here and course.enterprise_id in (place.enterprise_id, place.contractor_id):
            return place
    return None


async def learner(actor: Actor) -> Worker:
    """The actor's worker. NoSuchCourse without one: nothing is open to him."""
    worker = await workers.of_account(actor.id)
    if worker is None:
        raise NoSuchCourse
    return worker


async def opened(worker_id: UUID, lesson_id: UUID) -> Opened:
    """The lesson, if it is open to the worker: also of an older version. NoSuchLesson."""
    lesson = await Lesson.get_or_none(id=lesson_id, fixed=True)
    if lesson is None:
        raise NoSuchLesson
    version = await CourseVersion.get(id=lesson.version_id)
    course = await Course.get(id=version.course_id)
    place = place_for(course, await sites().of_worker(worker_id))
    if place is None or course.withdrawn_at is not None:
        raise NoSuchLesson
    return Opened(worker_id, place, course, version, lesson)


async def file_of(actor: Actor, lesson_id: UUID) -> UUID:
    """The file of a lesson that is open to the actor. NoSuchLesson, NoSuchCourse."""
    found = await opened((await learner(actor)).id, lesson_id)
    if found.lesson.file_id is None:
        raise NoSuchLesson
    return found.lesson.file_id


async def open_lesson(actor: Actor, lesson_id: UUID) -> VisitOut:
    """The lesson is open on one more device. NoSuchCourse, NoSuchLesson, OnlyAQuiz."""
    worker = await learner(actor)
    found = await opened(worker.id, lesson_id)
    if found.lesson.kind is LessonKind.QUIZ:
        raise OnlyAQuiz
    async with transaction():
        await _locked_clock(worker.id)
        row = await progress_of(worker.id, found.lesson.content_id)
        visit = await Visit.create(
            worker_id=worker.id, lesson_id=lesson_id, beaten_at=clock.now(),
            position_ms=row.position_ms,
        )  # fmt: skip
    return VisitOut(
        id=visit.id, beat_s=BEAT_S, earned_seconds=row.earned_ms // 1000,
        position_ms=row.position_ms,
    )  # fmt: skip


async def beat(actor: Actor, visit_id: UUID, given: BeatIn) -> BeatOut:
    """What counts after the beat; of all of a person's devices only one moves his time at once.

    NoSuchVisit, NoSuchLesson once the course is closed to him.
    """
    worker = await learner(actor)
    async with transaction():
        watch = await _locked_clock(worker.id)
        visit = await queries.visits(worker.id).filter(id=visit_id).first()
        if visit is None:
            raise NoSuchVisit
        found = await opened(worker.id, visit.lesson_id)
        row = await progress_of(worker.id, found.lesson.content_id)
        earned = await _count(watch, visit, row, found, given)
        finished = row.done_at is not None and await completion.settle(actor, found)
    return BeatOut(
        earned_seconds=row.earned_ms // 1000,
        needed_seconds=found.needed_ms // 1000,
        counted=earned > 0,
        lesson_done=row.done_at is not None,
        course_done=finished,
    )


async def _count(
    watch: StudyClock, visit: Visit, row: Progress, found: Opened, given: BeatIn
) -> int:
    """The milliseconds that the beat adds, written down."""
    is_film = found.lesson.kind is LessonKind.VIDEO
    position = (given.position_ms or 0) if is_film else None
    heard = Heard(visit.beats, visit.beaten_at, visit.position_ms)
    taken = Beat(given.sequence, clock.now(), position)
    if minutes.is_repeat(heard, taken):
        return 0
    earned = 0
    if row.done_at is None:
        earned = minutes.earned_ms(heard, taken, watch.counted_until)
    visit.beats, visit.beaten_at = taken.sequence, taken.at
    visit.position_ms = position or 0
    await visit.save(update_fields=["beats", "beaten_at", "position_ms"])
    row.position_ms = position or 0
    row.earned_ms = min(found.needed_ms, row.earned_ms + earned)
    if row.done_at is None and row.earned_ms >= found.needed_ms:
        row.done_at = taken.at
    await row.save(update_fields=["earned_ms", "position_ms", "done_at"])
    if earned:
        watch.counted_until = taken.at
        await watch.save(update_fields=["counted_until"])
    return earned


async def _locked_clock(worker_id: UUID) -> StudyClock:
    """The worker's clock, locked: beats of his devices come one after another."""
    await StudyClock.bulk_create([StudyClock(worker_id=worker_id)], ignore_conflicts=True)
    return await StudyClock.filter(worker_id=worker_id).select_for_update().get()


async def progress_of(worker_id: UUID, content_id: UUID) -> Progress:
    """How far the worker is, from now on. Inside a transaction."""
    fresh = Progress(worker_id=worker_id, content_id=content_id)
    await Progress.bulk_create([fresh], ignore_conflicts=True)
    return await Progress.get(worker_id=worker_id, content_id=content_id)


lock = _locked_clock
