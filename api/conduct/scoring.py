"""信用分: what records and evaluations add up to, with every reason; and a person's look at it.

The score is worked out when it is read, from what counts that day, by `rules` alone. Nobody sees it
but the subject himself and the officers of his region.
"""

from datetime import timedelta
from uuid import UUID

from api.accounts import service as accounts
from api.audit import service as audit
from api.audit.tags import Purpose, Tag
from api.conduct import queries, rules, subjects
from api.conduct.answers import OwnScoreOut, ReasonOut, ReviewOut, ScoreOut
from api.conduct.errors import AlreadyAsked, NoSuchReview
from api.conduct.models import ConductRecord, Evaluation, ScoreReview
from api.conduct.rules import Subject
from api.conduct.schemas import ReviewAnswerIn, ReviewIn, ReviewQuery
from api.kit import clock
from api.kit.actor import Actor
from api.kit.pagination import page
from api.kit.personal import Kind, Personal
from api.kit.rate_limit import Limit
from api.kit.schemas import Page
from api.kit.transaction import transaction
from api.notices import service as notices
from api.permissions import Permission
from api.workers import service as workers
from api.workers.errors import NoSuchWorker

READ, UPDATE = Permission.REGULATOR_CONDUCT_READ, Permission.REGULATOR_CONDUCT_UPDATE
ASKING = Limit("score_review", 5, 86_400)
GIVEN_FOR = timedelta(days=365)
"""How long what an officer added counts."""
MOST_REVIEWS = 5


async def of(subject: Subject, subject_id: UUID) -> ScoreOut:
    """The score with its reasons, the gravest first."""
    column = subjects.COLUMNS[subject]
    records = await queries.counting(column, subject_id).order_by("id")
    reasons = [_of_record(row) for row in records]
    if subject is not Subject.ENTERPRISE:
        reasons += _of_evaluations(await queries.evaluations_of(column, subject_id))
    if subject is Subject.WORKER:
        reasons += _of_reviews(await ScoreReview.filter(worker_id=subject_id))
    reasons.sort(key=lambda each: each.points)
    total = rules.score(each.points for each in reasons)
    return ScoreOut(score=total, base=rules.BASE, reasons=reasons)


def _of_record(row: ConductRecord) -> ReasonOut:
    kind = rules.kind_of(row.kind, row.version)
    name = kind.name if kind else row.kind
    points = rules.POINTS[row.level]
    return ReasonOut(why="record", name=name, count=1, record_id=row.id, points=points)


def _of_evaluations(rows: list[Evaluation]) -> list[ReasonOut]:
    counted = [row for row in rows if row.state.counts]
    marks = [mark for row in counted for mark in (row.quality, row.safety, row.teamwork)]
    points = rules.evaluation_points(marks)
    return [ReasonOut(why="evaluations", count=len(counted), points=points)] if counted else []


def _of_reviews(rows: list[ScoreReview]) -> list[ReasonOut]:
    since = clock.today() - GIVEN_FOR
    points = sum(row.points for row in rows if row.answered_on and row.answered_on > since)
    return [ReasonOut(why="review", count=1, points=points)] if points else []


async def own(actor: Actor) -> OwnScoreOut:
    """One's own score and what was asked of it. NoSuchWorker."""
    async with transaction():
        worker = await workers.of_account(actor.id)
        if worker is None:
            raise NoSuchWorker
        asked = ScoreReview.filter(worker_id=worker.id).order_by("-id").limit(MOST_REVIEWS)
        reviews = [_review(actor, row, "", Purpose.SHOW_OWNER) for row in await asked]
        found = await of(Subject.WORKER, worker.id)
    waiting = any(each.answered_on is None for each in reviews)
    return OwnScoreOut(**dict(found), reviews=reviews, may_ask=not waiting)


async def ask_review(actor: Actor, given: ReviewIn) -> None:
    """A person of his region will look at the score. NoSuchWorker, AlreadyAsked."""
    async with transaction():
        worker = await workers.hold_of_account(actor.id)
        if worker is None:
            raise NoSuchWorker
        if await ScoreReview.exists(worker_id=worker.id, answered_on=None):
            raise AlreadyAsked
        row = await ScoreReview.create(
            worker_id=worker.id, region=worker.region, text=Personal.of(Kind.TEXT, given.text)
        )
        for account_id in await accounts.overseers(worker.region):
            about = ("region_score_review", row.id)
            notices.tell(actor, account_id, "score.review_region", about=about)
        audit.record(actor, Tag.SCORE_REVIEW_ASKED, ("score_review", row.id))


async def reviews(actor: Actor, query: ReviewQuery) -> Page[ReviewOut]:
    """What workers of the region ask of their scores, newest first."""
    rows = queries.reviews(actor, READ)
    found, cursor = await page(
        rows.filter(answered_on__isnull=True) if query.waiting else rows, query
    )
    people = await workers.masked_names({row.worker_id for row in found}) if found else {}
    async with transaction():
        items = [
            _review(actor, row, people.get(row.worker_id, ""), Purpose.CONDUCT) for row in found
        ]
    return Page(items=items, next_cursor=cursor)


async def review(actor: Actor, review_id: UUID) -> tuple[ReviewOut, ScoreOut]:
    """One of them, with the score as it is today. NoSuchReview."""
    async with transaction():
        row = await queries.reviews(actor, READ).filter(id=review_id).first()
        if row is None:
            raise NoSuchReview
        people = await workers.masked_names({row.worker_id})
        shown = _review(actor, row, people.get(row.worker_id, ""), Purpose.CONDUCT)
        return shown, await of(Subject.WORKER, row.worker_id)


async def answer(actor: Actor, review_id: UUID, given: ReviewAnswerIn) -> None:
    """He reads what the officer found; what it adds counts from now on. NoSuchReview."""
    async with transaction():
        rows = queries.reviews(actor, UPDATE).filter(id=review_id, answered_on=None)
        row = await rows.select_for_update().first()
        if row is None:
            raise NoSuchReview
        row.answer, row.points = Personal.of(Kind.TEXT, given.answer), given.points
        row.answered_on, row.answered_by = clock.today(), actor.id
        await row.save(update_fields=["answer", "points", "answered_on", "answered_by"])
        told = await workers.accounts_of({row.worker_id})
        for account_id in told.values():
            notices.tell(actor, account_id, "score.reviewed", about=("score", row.id))
        audit.record(actor, Tag.SCORE_REVIEWED, ("score_review", row.id), points=given.points)


def _review(actor: Actor, row: ScoreReview, name: str, purpose: Purpose) -> ReviewOut:
    """In a running transaction."""
    subject = ("score_review", row.id)
    return ReviewOut(
        id=row.id,
        name=name,
        asked_on=clock.day_of(row.created_at),
        text=audit.reveal(actor, row.text, purpose, subject),
        answer=audit.reveal(actor, row.answer, purpose, subject) if row.answer else "",
        points=row.points,
        answered_on=row.answered_on,
    )
