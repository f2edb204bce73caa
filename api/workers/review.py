"""人工核验: two officers who do not know of each other, and a lead when they differ."""

from dataclasses import dataclass, field
from uuid import UUID

from tortoise.exceptions import IntegrityError
from tortoise.queryset import QuerySet

from api.audit import service as audit
from api.audit.tags import Purpose, Tag
from api.files import service as files
from api.kit.actor import Actor
from api.kit.personal import Personal
from api.kit.scope import scope_of
from api.kit.transaction import transaction
from api.permissions import Permission
from api.workers import endings, takeovers
from api.workers.errors import AlreadyReviewed, NoSuchVerification, NotOpened, NumberNeeded
from api.workers.models import Review, Seat, Stage, Verification
from verification import decision
from verification.decision import Status
from verification.reasons import Reason


@dataclass(frozen=True, slots=True)
class Opened:
    """An identity opened for an officer: photos by short-lived address, and what was typed.

    No number: every officer types it from the photo himself.
    """

    row: Verification
    name: str = field(repr=False)
    address: str = field(repr=False)
    photos: dict[str, str] = field(repr=False)


def waiting(
    actor: Actor, permission: Permission = Permission.REVIEW_VERIFICATIONS_READ
) -> QuerySet[Verification]:
    """What waits for an officer's look in the regions that the permission opens."""
    scope = scope_of(actor, permission)
    rows = Verification.filter(scope.rows(region="region"), stage=Stage.NEEDS_REVIEW)
    return rows.exclude(account_id=actor.id)


async def queue(actor: Actor) -> QuerySet[Verification]:
    """`waiting` without what he has already decided on."""
    # Only what still waits: what he has decided on over the years does not count.
    own = Review.filter(officer_id=actor.id, verification__stage=Stage.NEEDS_REVIEW)
    seen = await own.values_list("verification_id", flat=True)
    return waiting(actor).filter(id__not_in=list(seen)) if seen else waiting(actor)


async def one(
    actor: Actor,
    verification_id: UUID,
    permission: Permission = Permission.REVIEW_VERIFICATIONS_READ,
) -> Verification:
    """A waiting verification of the officer's region. NoSuchVerification otherwise."""
    row = await waiting(actor, permission).filter(id=verification_id).first()
    if row is None:
        raise NoSuchVerification
    return row


async def earlier(actor: Actor, row: Verification) -> list[Review]:
    """The two officers' words, for the lead alone; nobody else may know them."""
    own = await Review.filter(verification_id=row.id, officer_id=actor.id).exists()
    if row.seat is not Seat.LEAD or own:
        return []
    return await Review.filter(verification_id=row.id).order_by("id")


async def open_identity(actor: Actor, verification_id: UUID) -> Opened:
    """The photos and the typed name and address. Every opening stands in the audit."""
    async with transaction():
        row = await one(actor, verification_id, Permission.REVIEW_VERIFICATIONS_DECIDE)
        await _refuse_second_look(actor, row)
        subject = ("verification", row.id)

        def plain(value: Personal | None) -> str:
            return audit.reveal(actor, value, Purpose.REVIEW, subject) if value else ""

        opened = Opened(row, plain(row.name), plain(row.address), _links(actor, row))
        audit.record(actor, Tag.VERIFICATION_OPENED, subject)
    return opened


def _links(actor: Actor, row: Verification) -> dict[str, str]:
    ids = {
        "front": row.front_file_id,
        "back": row.back_file_id,
        "selfie": None if row.face_declined else row.selfie_file_id,
    }
    return {name: files.link(actor, file_id) for name, file_id in ids.items() if file_id}


async def _refuse_second_look(actor: Actor, row: Verification) -> None:
    if await Review.filter(verification_id=row.id, officer_id=actor.id).exists():
        raise AlreadyReviewed


async def decide(
    actor: Actor, verification_id: UUID, *, approved: bool, number: Personal | None, note: str
) -> Verification:
    """The officer's word, and what follows: the second seat, an ending, or the lead.

    NumberNeeded for an approval without the number typed from the photo, NotOpened for one whose
    officer has not opened the photos. AlreadyReviewed when the
    officer has decided on it before, or another has taken the seat meanwhile.
    """
    if approved and number is None:
        raise NumberNeeded
    try:
        async with transaction():
            row = await _locked(actor, verification_id)
            await _refuse_second_look(actor, row)
            if approved and not await _has_opened(actor, row):
                raise NotOpened
            word = await _keep(actor, row, approved, number, note)
            await _go_on(actor, row, word)
    except IntegrityError:
        raise AlreadyReviewed from None
    return row


async def _has_opened(actor: Actor, row: Verification) -> bool:
    return await audit.has_recorded(actor, Tag.VERIFICATION_OPENED, ("verification", row.id))


async def _locked(actor: Actor, verification_id: UUID) -> Verification:
    rows = waiting(actor, Permission.REVIEW_VERIFICATIONS_DECIDE)
    row = await rows.filter(id=verification_id).select_for_update().first()
    if row is None or row.seat is None:
        raise NoSuchVerification
    return row


async def _keep(
    actor: Actor, row: Verification, approved: bool, number: Personal | None, note: str
) -> Review:
    word = await Review.create(
        verification=row,
        officer_id=actor.id,
        seat=row.seat or Seat.FIRST,
        approved=approved,
        number_index=number.index if number else "",
        note=endings.as_text(note) if note else None,
    )
    subject = ("verification", row.id)
    audit.record(actor, Tag.REVIEW_DECIDED, subject, seat=word.seat.value, approved=approved)
    return word


async def _go_on(actor: Actor, row: Verification, word: Review) -> None:
    if row.seat is Seat.FIRST:
        row.seat = Seat.SECOND
        await row.save(update_fields=["seat"])
        return
    found = await _verdict(row, word)
    if found.status is Status.NEEDS_REVIEW:
        row.seat = Seat.LEAD
        row.reasons = [reason.value for reason in found.reasons]
        await row.save(update_fields=["seat", "reasons"])
    elif found.status is Status.VERIFIED and word.number_index != row.number_index:
        # The officers agree on a number, but it is not the one that the worker typed.
        await endings.refuse(actor, row, (Reason.REVIEW_NUMBER_DIFFERS,))
    elif found.status is Status.VERIFIED:
        await takeovers.pass_by_people(actor, row)
    else:
        await endings.refuse(actor, row, found.reasons)


async def _verdict(row: Verification, word: Review) -> decision.Decision:
    if row.seat is Seat.LEAD:
        if word.approved:
            return decision.Decision(Status.VERIFIED)
        return decision.Decision(Status.REFUSED, (Reason.REVIEW_REFUSED,))
    first = await Review.get(verification_id=row.id, seat=Seat.FIRST)
    return decision.second_review(_as_review(first), _as_review(word))


def _as_review(word: Review) -> decision.Review:
    # Blind indexes are equal when the normalised numbers are.
    return decision.Review(str(word.officer_id), word.approved, word.number_index)
