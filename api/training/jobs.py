"""What follows from acts in other rooms, and from days that pass."""

from datetime import date, time, timedelta
from uuid import UUID

from tortoise.expressions import Q, Subquery

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import clock, jobs
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction
from api.notices import service as notices
from api.training.models import Certificate, Course, CourseVersion, Progress, Training
from api.training.sites import sites
from api.workers import service as workers

MOST_REMINDED = 5_000


@jobs.job("training.worker_merged")
async def worker_merged(worker_id: str) -> None:
    """The trainings and certificates of a record that was merged count for the kept one."""
    gone = UUID(worker_id)
    kept = await workers.kept_of(gone)
    if kept is None:
        return
    async with transaction():
        moved = await _move_records(gone, kept.id)
        moved += await Certificate.filter(worker_id=gone).update(worker_id=kept.id)
        await _move_progress(gone, kept.id)
        if moved:
            audit.record(
                SYSTEM, Tag.WORKER_ROWS_MOVED, ("worker", kept.id), room="training", rows=moved
            )


async def _move_records(gone: UUID, kept: UUID) -> int:
    """How many records moved. A course that was finished under both counts once."""
    both = await Training.filter(worker_id=kept, version_id__isnull=False).values_list(
        "version_id", flat=True
    )
    rows = Training.filter(worker_id=gone)
    moving = rows.filter(Q(version_id=None) | ~Q(version_id__in=list(both))) if both else rows
    return await moving.update(worker_id=kept)


async def _move_progress(gone: UUID, kept: UUID) -> None:
    """What was learned under both goes on where it is further."""
    own = {each.content_id: each for each in await Progress.filter(worker_id=kept)}
    for row in await Progress.filter(worker_id=gone):
        other = own.get(row.content_id)
        if other is None:
            row.worker_id = kept
            await row.save(update_fields=["worker_id"])
            continue
        other.earned_ms = max(other.earned_ms, row.earned_ms)
        other.done_at = other.done_at or row.done_at
        await other.save(update_fields=["earned_ms", "done_at"])


@jobs.job("training.tell_learners")
async def tell_learners(course_id: str) -> None:
    """Everybody whom a new course is taught knows that it waits."""
    course = await Course.get_or_none(id=UUID(course_id), withdrawn_at=None)
    if course is None or course.current_id is None:
        return
    places = await sites().taught_by(course.enterprise_id, course.project_id)
    accounts = await workers.accounts_of({each.worker_id for each in places})
    params = {"enterprise": str(course.enterprise_id), "course": str(course.id)}
    async with transaction():
        for account_id in sorted(set(accounts.values())):
            notices.tell(SYSTEM, account_id, "training.open", params, about=("course", course.id))


@jobs.regular("training.remind_expiry", at=time(8, 10))
async def remind_expiry() -> None:
    """Tell the holders of certificates that end: a month before, and again a week before."""
    today = clock.today()
    month, week = today + timedelta(days=30), today + timedelta(days=7)
    first = Q(reminded_on=None) | Q(valid_to__lte=week, reminded_on__lt=today - timedelta(days=7))
    ending = Certificate.filter(first, valid_to__gte=today, valid_to__lte=month)
    for row in await ending.order_by("valid_to", "id").limit(MOST_REMINDED):
        async with transaction():
            await _remind(row, today)


async def _remind(row: Certificate, today: date) -> None:
    renewed = Certificate.filter(worker_id=row.worker_id, operation=row.operation)
    if not await renewed.filter(valid_to__gt=row.valid_to).exists():
        for account_id in (await workers.accounts_of({row.worker_id})).values():
            notices.tell(
                SYSTEM, account_id, "certificate.ending", {"date": row.valid_to.isoformat()},
                about=("certificate", row.id),
            )  # fmt: skip
    await Certificate.filter(id=row.id).update(reminded_on=today)


async def titles(ids: set[UUID]) -> dict[UUID, str]:
    """What courses are called as they are taught; one statement."""
    taught = Course.filter(id__in=list(ids)).values("current_id")
    rows = CourseVersion.filter(id__in=Subquery(taught)).only("id", "course_id", "title")
    return {row.course_id: row.title for row in await rows}


notices.resolve("course", titles)
