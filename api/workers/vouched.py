"""What the room of recoveries asks of attempts: whose they say they are, and to let one pass."""

from collections.abc import Iterable
from uuid import UUID

from api.kit.actor import Actor
from api.kit.personal import Personal
from api.workers import takeovers
from api.workers.models import Seat, Stage, Verification, Worker
from verification.reasons import Reason

BY_ACQUAINTANCES = frozenset(
    {
        Reason.FACE_DECLINED,
        Reason.FACE_TRIES_USED,
        Reason.FACE_NONE,
        Reason.FACE_SEVERAL,
        Reason.FACE_TOO_SMALL,
        Reason.FACE_COVERED,
        Reason.FACE_BLURRED,
        Reason.FACE_LIGHT,
        Reason.FACE_INCOMPLETE,
        Reason.FACE_TURNED,
        Reason.FACE_RETAKE,
        Reason.FACE_NOT_LIVE,
        Reason.FACE_DOUBTFUL,
        Reason.IDENTITY_NOT_ASKED,
        Reason.IDENTITY_NO_PHOTO,
        Reason.IDENTITY_DOUBTFUL,
        Reason.IDENTITY_MATCH,
        Reason.PROVIDER_BUSY,
        Reason.PROVIDER_UNAVAILABLE,
        Reason.PROVIDER_MISCONFIGURED,
        Reason.REVIEW_MANUAL,
        Reason.FIELD_CHECK,
        Reason.FIELD_MISSING,
        Reason.FIELD_OTHER_DIFFERS,
    }
)
"""What is still open about an attempt that people who know the person may settle: that it is he.

Whether his card is good, or a restriction is on him, officers of the authority decide.
"""


async def own_attempt(actor: Actor) -> Verification | None:
    """The actor's attempt that waits for officers and may be settled by who knows him, or None."""
    rows = Verification.filter(open_account_id=actor.id, stage=Stage.NEEDS_REVIEW)
    row = await rows.exclude(seat=Seat.LEAD).first()
    return row if row and {Reason(code) for code in row.reasons} <= BY_ACQUAINTANCES else None


async def claimed(attempt: Verification) -> Worker | None:
    """The record of another account that the attempt's person says is his, if there is one."""
    known = Worker.filter(id_kind=attempt.id_kind, number_index=attempt.number_index)
    row = await known.first()
    while row is not None and row.merged_into_id is not None:
        row = await Worker.get(id=row.merged_into_id)
    own = row is None or row.account_id in (None, attempt.account_id)
    return None if own else row


async def is_number_of(attempt_id: UUID, number: Personal) -> bool:
    """Whether the document number is the one that the person typed."""
    return await Verification.exists(id=attempt_id, number_index=number.index)


async def in_review(attempt_ids: Iterable[UUID]) -> set[UUID]:
    """Which of these attempts still wait for officers."""
    rows = Verification.filter(id__in=list(attempt_ids), stage=Stage.NEEDS_REVIEW)
    return set(await rows.exclude(seat=Seat.LEAD).values_list("id", flat=True))  # type: ignore[arg-type]


async def let_pass(actor: Actor, attempt_id: UUID) -> bool:
    """Those who know him said that it is he: as if officers had, within the running transaction.

    False when officers were faster.
    """
    rows = Verification.filter(id=attempt_id, stage=Stage.NEEDS_REVIEW)
    row = await rows.select_for_update().first()
    if row is None or row.seat is Seat.LEAD:
        return False
    await takeovers.pass_by_people(actor, row)
    return True
