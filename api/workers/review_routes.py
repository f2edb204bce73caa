"""The officers' queue of verifications."""

from uuid import UUID

from sanic import Blueprint

from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.rate_limit import Limit
from api.kit.routes import route
from api.kit.schemas import Page
from api.permissions import Permission
from api.workers import listing, review
from api.workers.errors import AlreadyReviewed, NoSuchVerification, NotOpened, NumberNeeded
from api.workers.office_schemas import (
    OpenedOut,
    ReviewDecisionIn,
    ReviewDecisionOut,
    VerificationOut,
    WaitingOut,
)

blueprint = Blueprint("reviews", url_prefix="/api/v1/review/verifications")
ONE = "/<verification_id:uuid>"
READ, DECIDE = Permission.REVIEW_VERIFICATIONS_READ, Permission.REVIEW_VERIFICATIONS_DECIDE


@route(blueprint, "GET", "", permission=READ)
async def list_waiting(actor: Actor, query: PageQuery) -> Page[WaitingOut]:
    """What waits for officers in one's region, oldest first, without what one has decided."""
    return await listing.waiting(actor, query)


@route(blueprint, "GET", ONE, permission=READ, errors=(NoSuchVerification,))
async def show_waiting(actor: Actor, verification_id: UUID) -> VerificationOut:
    """One waiting verification, masked."""
    row = await review.one(actor, verification_id)
    return VerificationOut.built(row, await review.earlier(actor, row))


@route(
    blueprint,
    "POST",
    f"{ONE}/openings",
    permission=DECIDE,
    errors=(AlreadyReviewed, NoSuchVerification),
    limits=(Limit("review_openings", 300, 3600),),
)
async def open_verification(actor: Actor, verification_id: UUID) -> OpenedOut:
    """Open the identity and its photos for a decision; the audit keeps who did."""
    return OpenedOut.of(await review.open_identity(actor, verification_id))


@route(
    blueprint,
    "POST",
    f"{ONE}/decisions",
    permission=DECIDE,
    status=201,
    errors=(AlreadyReviewed, NoSuchVerification, NotOpened, NumberNeeded),
)
async def decide_verification(
    actor: Actor, verification_id: UUID, body: ReviewDecisionIn
) -> ReviewDecisionOut:
    """Approve, with the number typed from the photo, or refuse; a lead looks if two differ."""
    row = await review.decide(
        actor,
        verification_id,
        approved=body.decision == "approve",
        number=body.number,
        note=body.note or "",
    )
    return ReviewDecisionOut.of(row)
