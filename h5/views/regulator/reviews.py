"""人工核验: the queue, one verification masked, its opening kept by the audit, and the word."""

from dataclasses import dataclass
from uuid import UUID

from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.rate_limit import Limit
from api.kit.schemas import Page
from api.permissions import Permission
from api.workers import listing, review
from api.workers.office_schemas import OpenedOut, ReviewDecisionIn, VerificationOut, WaitingOut
from h5.areas import regulator
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View
from h5.texts import texts
from h5.views.public.photos import beside

READ, DECIDE = Permission.REVIEW_VERIFICATIONS_READ, Permission.REVIEW_VERIFICATIONS_DECIDE
LIST = "/regulator/reviews"
WORDS = frozenset(texts().within("regulator.reviews.why"))
"""The reasons that are told an officer in other words than the worker."""
ONE = "/reviews/<verification_id:uuid>"


@dataclass(frozen=True, slots=True)
class ReviewsPage(View):
    """What waits for this officer, oldest first."""

    template = "regulator/reviews.html"
    title = "regulator.reviews.title"
    found: Page[WaitingOut]
    query: PageQuery
    words: frozenset[str] = WORDS


@dataclass(frozen=True, slots=True)
class ReviewPage(View):
    """One verification; the photos and the name only once it was opened."""

    template = "regulator/review.html"
    title = "regulator.reviews.one"
    typed: Typed
    waiting: VerificationOut
    opened: OpenedOut | None
    photos: dict[str, str]
    """Where each photo is shown to this officer, once it was opened."""
    words: frozenset[str] = WORDS


@page(regulator, "GET", "/reviews", permission=READ)
async def reviews(actor: Actor, query: PageQuery) -> ReviewsPage:
    """What waits in the region."""
    return ReviewsPage(await listing.waiting(actor, query), query)


@page(regulator, "GET", ONE, permission=READ, back=LIST)
async def one(actor: Actor, verification_id: UUID, typed: Typed) -> ReviewPage:
    """One waiting verification, masked."""
    return await _shown(actor, verification_id, typed, None)


async def _shown(
    actor: Actor, verification_id: UUID, typed: Typed, opened: OpenedOut | None
) -> ReviewPage:
    row = await review.one(actor, verification_id)
    waiting = VerificationOut.built(row, await review.earlier(actor, row))
    photos = (
        {name: beside("regulator", url) for name, url in opened.photos.items()} if opened else {}
    )
    return ReviewPage(typed, waiting, opened, photos)


@page(
    regulator, "POST", f"{ONE}/open", permission=DECIDE, again=one,
    limits=(Limit("review_openings", 300, 3600),),
)  # fmt: skip
async def open_identity(actor: Actor, verification_id: UUID) -> ReviewPage:
    """The photos and the name for this look; the audit keeps who looked."""
    opened = OpenedOut.of(await review.open_identity(actor, verification_id))
    return await _shown(actor, verification_id, Typed(), opened)


@page(regulator, "POST", f"{ONE}/decision", permission=DECIDE, again=one)
async def decide(actor: Actor, verification_id: UUID, form: ReviewDecisionIn) -> See:
    """Approve with the number typed from the photo, or refuse."""
    row = await review.decide(
        actor,
        verification_id,
        approved=form.decision == "approve",
        number=form.number,
        note=form.note or "",
    )
    return See(LIST, says=f"regulator.reviews.after.{row.stage.value}")
