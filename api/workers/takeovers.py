"""找回账号: a record goes to another account of its person, at once or after a time to object.

A face that an authority compared moves it at once. Where people alone said that it is he (two
officers, or those who know him), the account that holds the record is told first and may object
with one tap; then the lead of the officers decides.
"""

from datetime import timedelta
from uuid import UUID

from tortoise.queryset import QuerySet

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import clock, jobs
from api.kit.actor import SYSTEM, Actor
from api.kit.transaction import transaction
from api.notices import service as notices
from api.settings import settings
from api.workers import endings, issuing
from api.workers.errors import NoSuchTakeover
from api.workers.models import (
    Review,
    Seat,
    Stage,
    Takeover,
    TakeoverState,
    Verification,
    Worker,
)
from verification.reasons import Reason


async def pass_by_people(actor: Actor, row: Verification) -> None:
    """The locked attempt passed by people's word, within the running transaction.

    Where another account holds the record, that one has its time to object, once; while the record
    is on its way to a third account the attempt is refused.
    """
    worker = await issuing.locked(row.id_kind, row.number_index)
    before = worker.account_id if worker else None
    waited = await Takeover.exists(verification_id=row.id)
    if worker is None or before in (None, row.account_id) or waited:
        await endings.verify(actor, row, ())
    elif await Takeover.exists(open_worker_id=worker.id):
        await endings.refuse(actor, row, (Reason.TAKEOVER_UNDER_WAY,))
    else:
        await _wait(actor, row, worker, worker.account_id)  # type: ignore[arg-type]


async def _wait(actor: Actor, attempt: Verification, worker: Worker, before_id: UUID) -> None:
    attempt.stage, attempt.seat, attempt.reasons = Stage.WAITING, None, []
    await attempt.save(update_fields=["stage", "seat", "reasons"])
    row = await Takeover.create(
        verification_id=attempt.id,
        worker_id=worker.id,
        open_worker_id=worker.id,
        account_id=attempt.account_id,
        before_id=before_id,
        due_at=clock.now() + timedelta(hours=settings().takeover_hours),
    )
    audit.record(actor, Tag.TAKEOVER_BEGUN, ("takeover", row.id))
    notices.tell(actor, before_id, "takeover.begun", about=("takeover", row.id))
    notices.tell(actor, row.account_id, "takeover.waits", about=("verification", attempt.id))
    jobs.enqueue("workers.complete_takeover", takeover_id=row.id, run_at=row.due_at)


async def complete(takeover_id: UUID) -> None:
    """Nobody objected in time: the record is the new account's. Nothing happens a second time."""
    async with transaction():
        due = Takeover.filter(state=TakeoverState.WAITING, due_at__lte=clock.now())
        row = await due.filter(id=takeover_id).select_for_update().first()
        if row is None:
            return
        attempt = await _attempt(row)
        worker = await issuing.locked(attempt.id_kind, attempt.number_index)
        if attempt.stage is not Stage.WAITING:
            await _end(row, TakeoverState.ENDED)
        elif worker is None or worker.account_id != row.before_id:
            # Its person has proved himself by another way meanwhile.
            await endings.refuse(SYSTEM, attempt, (Reason.TAKEOVER_UNDER_WAY,))
            await _end(row, TakeoverState.ENDED)
        else:
            await endings.verify(SYSTEM, attempt, ())
            await _end(row, TakeoverState.DONE)


async def object_to(actor: Actor, takeover_id: UUID) -> None:
    """The account that holds the record says no: the lead of the officers decides.

    Of an objection and the end of the time one counts. NoSuchTakeover for another's, or too late.
    """
    async with transaction():
        row = await _waiting(actor).filter(id=takeover_id).select_for_update().first()
        if row is None:
            raise NoSuchTakeover
        await _end(row, TakeoverState.OBJECTED)
        audit.record(actor, Tag.TAKEOVER_OBJECTED, ("takeover", row.id))
        attempt = await _attempt(row)
        if attempt.stage is Stage.WAITING:
            await _to_lead(actor, attempt)


async def _to_lead(actor: Actor, attempt: Verification) -> None:
    if await Review.exists(verification_id=attempt.id, seat=Seat.LEAD):
        await endings.refuse(actor, attempt, (Reason.TAKEOVER_OBJECTED,))
        return
    attempt.stage, attempt.seat = Stage.NEEDS_REVIEW, Seat.LEAD
    attempt.reasons = [Reason.TAKEOVER_OBJECTED.value]
    await attempt.save(update_fields=["stage", "seat", "reasons"])
    about = ("verification", attempt.id)
    notices.tell(actor, attempt.account_id, "takeover.objected", about=about)


async def own_waiting(actor: Actor) -> list[Takeover]:
    """The ways on which the actor's own record is to another account; there is one at most."""
    return await _waiting(actor).order_by("-id")


async def own_coming(actor: Actor) -> Takeover | None:
    """The way on which a record is to the actor's account."""
    rows = Takeover.filter(account_id=actor.id, state=TakeoverState.WAITING)
    return await rows.order_by("-id").first()


def _waiting(actor: Actor) -> QuerySet[Takeover]:
    return Takeover.filter(before_id=actor.id, state=TakeoverState.WAITING)


async def _attempt(row: Takeover) -> Verification:
    return await Verification.filter(id=row.verification_id).select_for_update().get()


async def _end(row: Takeover, state: TakeoverState) -> None:
    row.state, row.open_worker_id, row.ended_at = state, None, clock.now()
    await row.save(update_fields=["state", "open_worker_id", "ended_at"])
