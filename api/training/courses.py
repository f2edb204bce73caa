"""课程: written as a draft, published as a version that never changes, withdrawn."""

import asyncio
from datetime import timedelta
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.enterprises import service as enterprises
from api.files import pieces
from api.files import service as files
from api.kit import clock, jobs
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.ids import new_id
from api.kit.rate_limit import Limit, spend
from api.kit.routes import Upload
from api.kit.transaction import transaction
from api.permissions import Permission
from api.projects import service as projects
from api.training import queries
from api.training.course_schemas import CourseChangeIn, CourseIn, FileLessonForm, QuizIn
from api.training.errors import (
    BadCourseware,
    NoDraft,
    NoSuchCourse,
    NoSuchLesson,
    NothingToTeach,
    TooManyLessons,
)
from api.training.models import Course, CourseVersion, Lesson, LessonKind
from api.training.units import employer
from verification import media
from verification.media import MediaKind
from verification.reasons import Refused

UPDATE = Permission.ENTERPRISE_COURSES_UPDATE
QUOTA = Limit("courseware", 60, 86_400)
UNCLAIMED = timedelta(hours=24)
MOST_LESSONS = 40


async def create(actor: Actor, given: CourseIn) -> Course:
    """A new course with an empty draft. NoSuchProject, NotParticipating, NoSuchEnterprise."""
    tenant = await _owner(actor, given)
    draft = CourseVersion(
        id=new_id(), course_id=new_id(), number=1, title=given.title, kind=given.kind,
        pass_mark=given.pass_mark, tries=given.tries,
    )  # fmt: skip
    async with transaction():
        row = await Course.create(
            id=draft.course_id, enterprise_id=tenant, project_id=given.project_id,
            draft_id=draft.id, made_by=actor.account_id,
        )  # fmt: skip
        await draft.save(force_create=True)
        _note(actor, Tag.COURSE_CREATED, row, draft)
    return row


async def _owner(actor: Actor, given: CourseIn) -> UUID:
    if given.project_id is None:
        return await enterprises.acting_for(actor, UPDATE, given.enterprise_id)
    project = await projects.require(actor, UPDATE, given.project_id)
    return await employer(actor, UPDATE, project, given.enterprise_id, clock.today())


def _note(actor: Actor, tag: Tag, row: Course, version: CourseVersion, **facts: str) -> None:
    audit.record(
        actor, tag, ("course", row.id), tenant_id=row.enterprise_id, number=version.number, **facts
    )


async def begin_draft(actor: Actor, course_id: UUID) -> Course:
    """The course with a draft: the one there is, else a copy of what is taught. NoSuchCourse."""
    async with transaction():
        row = await _locked(actor, course_id)
        if row.draft_id is not None or row.current_id is None:
            return row
        taught = await CourseVersion.get(id=row.current_id)
        draft = CourseVersion(
            id=new_id(), course_id=row.id, number=taught.number + 1, title=taught.title,
            kind=taught.kind, pass_mark=taught.pass_mark, tries=taught.tries,
        )  # fmt: skip
        await draft.save(force_create=True)
        lessons = await Lesson.filter(version_id=taught.id).order_by("position")
        await Lesson.bulk_create([_copy(each, draft.id) for each in lessons])
        row.draft_id = draft.id
        await row.save(update_fields=["draft_id"])
    return row


def _copy(row: Lesson, version_id: UUID) -> Lesson:
    return Lesson(
        version_id=version_id, content_id=row.content_id, position=row.position, kind=row.kind,
        title=row.title, minutes=row.minutes, file_id=row.file_id, questions=row.questions,
    )  # fmt: skip


async def change(actor: Actor, course_id: UUID, given: CourseChangeIn) -> Course:
    """The draft says so from now on. NoSuchCourse, NoDraft."""
    async with transaction():
        row = await _locked(actor, course_id)
        draft = await _draft(row)
        draft.update_from_dict(dict(given))
        await draft.save()
        _note(actor, Tag.COURSE_CHANGED, row, draft)
    return row


async def add_file(actor: Actor, course_id: UUID, given: FileLessonForm) -> Course:
    """The draft with one more film or document at its end.

    NoSuchCourse, NoDraft, TooManyLessons, BadCourseware when it is not what it claims to be.
    """
    await _draft(await one(actor, UPDATE, course_id))
    await spend(QUOTA, str(actor.id))
    kind = await asyncio.to_thread(_kind, given.file)
    file_id = await pieces.store(
        given.file.content, kind.value, account_id=actor.id, term=UNCLAIMED
    )
    lesson_kind = LessonKind.VIDEO if kind.is_film else LessonKind.DOCUMENT
    lesson = Lesson(
        content_id=new_id(), kind=lesson_kind, title=given.title, minutes=given.minutes,
        file_id=file_id,
    )  # fmt: skip
    return await _add(actor, course_id, lesson)


def _kind(upload: Upload) -> MediaKind:
    try:
        return media.kind_of(upload.content)
    except Refused as refused:
        fault = FieldError("file", refused.code, refused.code.sentence)
        raise BadCourseware(refused.code.sentence, errors=(fault,)) from None


async def add_quiz(actor: Actor, course_id: UUID, given: QuizIn) -> Course:
    """The draft with a quiz at its end. NoSuchCourse, NoDraft, TooManyLessons."""
    questions = [each.model_dump() for each in given.questions]
    lesson = Lesson(
        content_id=new_id(), kind=LessonKind.QUIZ, title=given.title, questions=questions
    )
    return await _add(actor, course_id, lesson)


async def _add(actor: Actor, course_id: UUID, lesson: Lesson) -> Course:
    async with transaction():
        row = await _locked(actor, course_id)
        draft = await _draft(row)
        places = await Lesson.filter(version_id=draft.id).values_list("position", flat=True)
        if len(places) >= MOST_LESSONS:
            raise TooManyLessons
        lesson.version_id = draft.id
        lesson.position = max((int(str(each)) for each in places), default=0) + 1
        await lesson.save(force_create=True)
        if lesson.file_id:
            await files.keep([lesson.file_id])
        _note(actor, Tag.COURSE_CHANGED, row, draft, added=str(lesson.id))
    return row


async def remove_lesson(actor: Actor, course_id: UUID, lesson_id: UUID) -> Course:
    """The draft without the lesson; a file that no version uses goes. NoSuchLesson, NoDraft."""
    async with transaction():
        row = await _locked(actor, course_id)
        draft = await _draft(row)
        lesson = await Lesson.get_or_none(id=lesson_id, version_id=draft.id)
        if lesson is None:
            raise NoSuchLesson
        await lesson.delete()
        if lesson.file_id and not await Lesson.exists(file_id=lesson.file_id):
            await files.delete(actor, [lesson.file_id])
        _note(actor, Tag.COURSE_CHANGED, row, draft, removed=str(lesson.id))
    return row


async def publish(actor: Actor, course_id: UUID) -> Course:
    """The draft is taught from now on and never changes again. NoDraft, NothingToTeach."""
    async with transaction():
        row = await _locked(actor, course_id)
        draft = await _draft(row)
        lessons = await Lesson.filter(version_id=draft.id)
        if not lessons:
            raise NothingToTeach
        await Lesson.filter(version_id=draft.id).update(fixed=True)
        draft.minutes = sum(each.minutes for each in lessons)
        draft.published_at, draft.published_by = clock.now(), actor.account_id
        await draft.save()
        row.current_id, row.draft_id, row.withdrawn_at = draft.id, None, None
        await row.save(update_fields=["current_id", "draft_id", "withdrawn_at"])
        _note(actor, Tag.COURSE_PUBLISHED, row, draft)
        if draft.number == 1:
            jobs.enqueue("training.tell_learners", course_id=row.id)
    return row


async def withdraw(actor: Actor, course_id: UUID) -> Course:
    """The course is taught no more; what was learned stays. NoSuchCourse."""
    async with transaction():
        row = await _locked(actor, course_id)
        if row.withdrawn_at is None:
            row.withdrawn_at = clock.now()
            await row.save(update_fields=["withdrawn_at"])
            audit.record(
                actor, Tag.COURSE_WITHDRAWN, ("course", row.id), tenant_id=row.enterprise_id
            )
    return row


async def one(actor: Actor, permission: Permission, course_id: UUID) -> Course:
    """A course within the actor's scope. NoSuchCourse otherwise."""
    row = await queries.courses(actor, permission).filter(id=course_id).first()
    if row is None:
        raise NoSuchCourse
    return row


async def file_of(actor: Actor, course_id: UUID, lesson_id: UUID) -> UUID:
    """The file of a lesson, for those who write it. NoSuchCourse, NoSuchLesson."""
    row = await one(actor, Permission.ENTERPRISE_COURSES_READ, course_id)
    versions = [each for each in (row.current_id, row.draft_id) if each]
    lesson = await Lesson.filter(id=lesson_id, version_id__in=versions).first()
    if lesson is None or lesson.file_id is None:
        raise NoSuchLesson
    return lesson.file_id


async def _locked(actor: Actor, course_id: UUID) -> Course:
    rows = queries.courses(actor, UPDATE).filter(id=course_id)
    row = await rows.select_for_update().first()
    if row is None:
        raise NoSuchCourse
    return row


async def _draft(row: Course) -> CourseVersion:
    if row.draft_id is None:
        raise NoDraft
    return await CourseVersion.get(id=row.draft_id)
