"""考试: answers are marked here alone, so many times a day."""

from datetime import date
from uuid import UUID

from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.transaction import transaction
from api.training import completion, learning, marking, records
from api.training.errors import AnswersMissing, NotAQuiz, TriesUsed
from api.training.learning_schemas import AnswersIn, AttemptOut
from api.training.models import Lesson, LessonKind, QuizAttempt


async def answer(actor: Actor, lesson_id: UUID, given: AnswersIn) -> AttemptOut:
    """What the answers are worth; a passed quiz is done for good.

    NoSuchCourse, NoSuchLesson, NotAQuiz, AnswersMissing, TriesUsed.
    """
    worker = await learning.learner(actor)
    found = await learning.opened(worker.id, lesson_id)
    lesson, version = found.lesson, found.version
    _require_fit(lesson, given)
    async with transaction():
        await learning.lock(worker.id)
        used = await tries_used(worker.id, [lesson.content_id], clock.today())
        left = version.tries - used.get(lesson.content_id, 0)
        if left <= 0:
            raise TriesUsed
        mark = marking.mark(lesson.questions or [], given.answers)
        row = await QuizAttempt.create(
            worker_id=worker.id, content_id=lesson.content_id, lesson_id=lesson.id,
            day=clock.today(), answers=given.answers, wrong=list(mark.wrong), score=mark.score,
            passed=mark.score >= version.pass_mark,
        )  # fmt: skip
        finished = await _passed(actor, found) if row.passed else False
    return AttemptOut(
        id=row.id, score=row.score, pass_mark=version.pass_mark, passed=row.passed,
        wrong=row.wrong, tries_left=left - 1, course_done=finished,
    )  # fmt: skip


async def latest(actor: Actor, lesson_id: UUID) -> AttemptOut:
    """The actor's last answers to the quiz. NoSuchCourse, NoSuchLesson, NotAQuiz before any."""
    worker = await learning.learner(actor)
    found = await learning.opened(worker.id, lesson_id)
    own = QuizAttempt.filter(worker_id=worker.id, content_id=found.lesson.content_id)
    row = await own.order_by("-id").first()
    if row is None:
        raise NotAQuiz
    used = await tries_used(worker.id, [row.content_id], clock.today())
    return AttemptOut(
        id=row.id, score=row.score, pass_mark=found.version.pass_mark, passed=row.passed,
        wrong=row.wrong, tries_left=max(0, found.version.tries - used.get(row.content_id, 0)),
        course_done=await records.has_finished(worker.id, [found.version.id]),
    )  # fmt: skip


async def _passed(actor: Actor, found: learning.Opened) -> bool:
    row = await learning.progress_of(found.worker_id, found.lesson.content_id)
    if row.done_at is None:
        row.done_at = clock.now()
        await row.save(update_fields=["done_at"])
    return await completion.settle(actor, found)


def _require_fit(lesson: Lesson, given: AnswersIn) -> None:
    if lesson.kind is not LessonKind.QUIZ or not lesson.questions:
        raise NotAQuiz
    asked = lesson.questions
    fits = len(asked) == len(given.answers) and all(
        max(chosen) < len(each["options"])
        for each, chosen in zip(asked, given.answers, strict=True)
    )
    if not fits:
        fault = FieldError("answers", AnswersMissing.code, AnswersMissing.detail)
        raise AnswersMissing(errors=(fault,))


async def tries_used(worker_id: UUID, content_ids: list[UUID], day: date) -> dict[UUID, int]:
    """How often the worker tried each quiz on that day."""
    rows = QuizAttempt.filter(worker_id=worker_id, content_id__in=content_ids, day=day)
    found: dict[UUID, int] = {}
    for content_id in await rows.values_list("content_id", flat=True):
        key = UUID(str(content_id))
        found[key] = found.get(key, 0) + 1
    return found
