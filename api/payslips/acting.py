"""What a worker does with a payslip: he signs it, objects to it, says whose hand his card is in."""

from datetime import timedelta
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.files import service as files
from api.files.models import FilePurpose
from api.kit import clock
from api.kit.actor import Actor
from api.kit.transaction import transaction
from api.payslips.errors import NotPaid
from api.payslips.models import CardAnswer
from api.payslips.schemas import CardIn, ObjectionForm, SignatureForm
from api.wages import service as wages
from api.wages.errors import LineChanged
from api.wages.rules import Way

KEPT = timedelta(days=3653)
"""How long a drawn signature or a photo is kept; as a signature under a contract."""


async def sign(actor: Actor, line_id: UUID, given: SignatureForm) -> None:
    """Signed by hand: the drawing is kept with the digest of exactly what he read.

    NoSuchLine, BadPhoto, LineChanged, ContestOpen.
    """
    line = await wages.own_line(actor, line_id)
    if line.digest != given.digest:
        raise LineChanged
    content = await files.clean(actor, given.strokes, field="strokes")
    strokes = await files.store(content, FilePurpose.EVIDENCE, account_id=actor.id)
    async with transaction():
        await wages.sign(actor, line_id, given.digest, Way.DRAWN, strokes)
        await files.keep_until([strokes], clock.now() + KEPT)


async def confirm(actor: Actor, line_id: UUID, digest: str) -> None:
    """Agreed to without a drawing, by somebody who just proved who he is.

    NoSuchLine, LineChanged, ContestOpen.
    """
    await wages.sign(actor, line_id, digest, Way.CONFIRM)


async def object_to(actor: Actor, line_id: UUID, given: ObjectionForm) -> None:
    """An objection that the employer has to answer. NoSuchLine, BadPhoto, ContestOpen."""
    await wages.own_line(actor, line_id)
    photo_id = None
    if given.photo is not None:
        content = await files.clean(actor, given.photo, field="photo")
        photo_id = await files.store(content, FilePurpose.EVIDENCE, account_id=actor.id)
    async with transaction():
        await wages.contest(
            actor, line_id, given.words, day=given.day, item=given.item, photo_id=photo_id
        )
        await files.keep_until([photo_id], clock.now() + KEPT)


async def say_card(actor: Actor, line_id: UUID, given: CardIn) -> None:
    """Kept whether the card is in his own hand (L-10); the last word counts. NoSuchLine, NotPaid.

    No tenant in the audit: what he says is nothing that an enterprise may look up.
    """
    line = await wages.own_line(actor, line_id)
    if line.paid_on is None:
        raise NotPaid
    async with transaction():
        answer, _ = await CardAnswer.update_or_create(
            line_id=line.id,
            defaults={
                "worker_id": line.worker_id,
                "project_id": line.project_id,
                "region": line.region,
                "in_hand": given.in_hand,
            },
        )
        audit.record(actor, Tag.WAGE_CARD_SAID, ("card_answer", answer.id), in_hand=given.in_hand)
