"""How an attempt ends: a worker with a code, a place in the officers' queue, or a refusal."""

from datetime import timedelta
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.files import service as files
from api.kit import clock
from api.kit.actor import Actor
from api.kit.personal import Kind, Personal
from api.kit.transaction import transaction
from api.notices import service as notices
from api.settings import settings
from api.workers.issuing import issue
from api.workers.models import Seat, Stage, Verification, Worker
from api.workers.rules import Findings
from verification.decision import Decision, Status
from verification.reasons import WAITING, Reason

EVIDENCE = "review"
REVIEW_TERM = timedelta(days=180)


async def end(actor: Actor, attempt_id: UUID, decided: Decision, findings: Findings) -> None:
    """Write down what was decided, unless the attempt has ended meanwhile."""
    async with transaction():
        row = await Verification.filter(id=attempt_id).select_for_update().get()
        if not row.stage.open or row.seat not in (None, Seat.FIRST):
            return
        _keep_answers(row, findings)
        if decided.status is Status.NEEDS_REVIEW:
            await send_to_review(actor, row, decided.reasons)
        elif decided.status is Status.VERIFIED:
            await verify(actor, row, decided.reasons)
        else:
            await refuse(actor, row, decided.reasons)


def _keep_answers(row: Verification, findings: Findings) -> None:
    live, identity = findings.live, findings.identity
    row.face_failed = findings.face_outcome is not None
    row.face_declined = findings.declined
    row.provider = identity.kind.value if identity else ""
    row.live_outcome = live.outcome.value if live else ""
    row.identity_outcome = identity.outcome.value if identity else ""
    answers = [answer for answer in (live, identity) if answer]
    row.request_ids = ",".join(a.request_id for a in answers if a.request_id)[:256]
    row.threshold_version = ",".join(a.threshold_version for a in answers)[:128]


async def verify(actor: Actor, row: Verification, reasons: tuple[Reason, ...]) -> Worker:
    """The attempt passed: the person's record and code are there, and he is told."""
    worker = await issue(actor, row)
    row.worker_id = worker.id
    await close(actor, row, Stage.VERIFIED, reasons)
    notices.tell(actor, row.account_id, "verification.verified", about=("worker", worker.id))
    return worker


async def refuse(actor: Actor, row: Verification, reasons: tuple[Reason, ...]) -> None:
    """The attempt did not pass; the person is told why, and what was typed is forgotten.

    Nobody looks at it any more: reasons that ask to wait are left out.
    """
    told = tuple(reason for reason in reasons if reason not in WAITING) or (Reason.REVIEW_REFUSED,)
    first = told[0]
    await close(actor, row, Stage.REFUSED, told)
    audit.record(actor, Tag.VERIFICATION_REFUSED, ("verification", row.id), reason=first.value)
    notices.tell(
        actor,
        row.account_id,
        "verification.refused",
        {"reason": first.value},
        about=("verification", row.id),
    )


async def withdraw(actor: Actor, row: Verification) -> None:
    """The person took back his consent to card photos: nobody looks at the attempt any more."""
    await close(actor, row, Stage.WITHDRAWN, ())
    audit.record(actor, Tag.VERIFICATION_WITHDRAWN, ("verification", row.id))


async def send_to_review(actor: Actor, row: Verification, reasons: tuple[Reason, ...]) -> None:
    """The attempt waits for the first officer; the selfie is held as evidence for a term."""
    news = row.stage is Stage.SUBMITTED
    row.stage, row.seat = Stage.NEEDS_REVIEW, Seat.FIRST
    row.reasons = [reason.value for reason in reasons]
    await row.save()
    until = clock.now() + REVIEW_TERM
    await files.hold([row.selfie_file_id], until, EVIDENCE)
    await files.keep_until([row.front_file_id, row.back_file_id], until)
    if not news:
        return
    audit.record(actor, Tag.VERIFICATION_SENT_TO_REVIEW, ("verification", row.id))
    notices.tell(actor, row.account_id, "verification.needs_review", about=("verification", row.id))


async def close(actor: Actor, row: Verification, stage: Stage, reasons: tuple[Reason, ...]) -> None:
    """The attempt is over: the selfie goes now, card photos after their term, what was typed too.

    A refused attempt keeps nothing that was typed; a verified one lives on in the worker.
    """
    row.stage, row.seat, row.open_account_id = stage, None, None
    row.reasons = [reason.value for reason in reasons]
    row.decided_at = clock.now()
    clear(row)
    await row.save()
    await files.delete(actor, [row.selfie_file_id])
    end = row.decided_at + timedelta(days=settings().photo_days)
    await files.keep_until([row.front_file_id, row.back_file_id], end)


def clear(row: Verification) -> None:
    """Forget the identity that was typed."""
    row.number = row.name = row.birth = row.address = row.issuer = None
    row.sex = row.nation = row.origin = ""
    row.valid_from = row.valid_to = None
    row.cleared_at = clock.now()


def as_text(value: str) -> Personal:
    """Any text about a person, to be sealed."""
    return Personal.of(Kind.TEXT, value)
