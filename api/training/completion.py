"""When the last lesson of a course is done its record makes itself."""

from decimal import ROUND_DOWN, Decimal
from typing import Protocol
from uuid import UUID

from api.kit import clock
from api.kit.actor import Actor
from api.training import records
from api.training.models import CourseVersion, Lesson, LessonKind, Progress, QuizAttempt, Training
from api.training.sites import Place


class Learned(Protocol):
    """Whose course of which version, at which place."""

    @property
    def worker_id(self) -> UUID:
        """Who learns."""

    @property
    def place(self) -> Place:
        """Where he works or is expected."""

    @property
    def version(self) -> CourseVersion:
        """What he learns."""


def hours_of(minutes: int) -> Decimal:
    """Hours of a course, to a tenth, never more than its minutes."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.1"), rounding=ROUND_DOWN)


async def settle(actor: Actor, learned: Learned) -> bool:
    """Whether the course is finished; its record is written the first time. In a transaction.

    The worker's study clock is locked by the caller, so that it is written once.
    """
    version, worker_id = learned.version, learned.worker_id
    lessons = await Lesson.filter(version_id=version.id)
    done = await Progress.filter(
        worker_id=worker_id, content_id__in=[each.content_id for each in lessons]
    ).exclude(done_at=None)
    if len({each.content_id for each in done}) < len({each.content_id for each in lessons}):
        return False
    if not await records.has_finished(worker_id, [version.id]):
        row = _record(learned, await _score(worker_id, lessons))
        await records.write(actor, [row], "training.finished")
    return True


def _record(learned: Learned, score: int | None) -> Training:
    place, version = learned.place, learned.version
    return Training(
        worker_id=learned.worker_id,
        project_id=place.project_id,
        enterprise_id=place.enterprise_id,
        contractor_id=place.contractor_id,
        region=place.region,
        kind=version.kind.value,
        held_on=clock.today(),
        hours=hours_of(version.minutes),
        topic=version.title,
        trade=place.trade,
        version_id=version.id,
        score=score,
    )


async def _score(worker_id: UUID, lessons: list[Lesson]) -> int | None:
    """The lowest of the passed quizzes' best scores; None without a quiz."""
    quizzes = [each.content_id for each in lessons if each.kind is LessonKind.QUIZ]
    passed = await QuizAttempt.filter(
        worker_id=worker_id, content_id__in=quizzes, passed=True
    ).values_list("content_id", "score")
    best: dict[UUID, int] = {}
    for content_id, score in passed:
        best[content_id] = max(score, best.get(content_id, 0))
    return min(best.values(), default=None)
