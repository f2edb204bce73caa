"""资料更正: a worker asks for a correction with proof, an officer of his region decides."""

from datetime import date
from uuid import UUID

from tortoise.exceptions import IntegrityError

from api.audit import service as audit
from api.audit.tags import Purpose, Tag
from api.files import service as files
from api.files.models import FilePurpose
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.transaction import transaction
from api.notices import service as notices
from api.permissions import Permission
from api.profiles import queries, rules, wanted
from api.profiles.errors import AlreadyAsked, NoSuchCorrection, ReasonMissing, WrongStep
from api.profiles.models import ProfileCorrection
from api.profiles.rules import PROOFS_KEPT, Act, Field, State
from api.profiles.schemas import CorrectionForm, DecisionIn
from api.training import service as training
from api.workers import master
from api.workers import service as workers

UPDATE = Permission.REGULATOR_WORKERS_UPDATE
ASKED_FOR = "本人申请更正。"


async def ask(actor: Actor, given: CorrectionForm) -> ProfileCorrection:
    """The correction waits for an officer of the region, with its proof.

    NotVerified, NothingNew, AlreadyAsked, BadPhoto.
    """
    worker = await workers.worker_of(actor)
    async with transaction():
        old, new = await wanted.of(actor, worker, given)
    if await _open(worker.id, given.field):
        raise AlreadyAsked
    clean = await files.clean(actor, given.proof, field="proof")
    photo_id = await files.store(clean, FilePurpose.EVIDENCE, account_id=actor.id)
    try:
        async with transaction():
            row = await ProfileCorrection.create(
                worker_id=worker.id, account_id=actor.id, region=worker.region, field=given.field,
                certificate_id=given.certificate_id if given.field is Field.CERTIFICATE else None,
                old=wanted.sealed(old), wanted=wanted.sealed(new), photo_id=photo_id,
            )  # fmt: skip
            await files.keep([photo_id])
            _record(actor, Tag.PROFILE_CORRECTION_ASKED, row)
    except IntegrityError:
        # Two taps at once: the store lets one wait for each field.
        raise AlreadyAsked from None
    return row


async def _open(worker_id: UUID, field: Field) -> bool:
    return await queries.own(worker_id).filter(field=field, state=State.PENDING).exists()


async def withdraw(actor: Actor, correction_id: UUID) -> ProfileCorrection:
    """He does not want it any more. NoSuchCorrection, WrongStep."""
    async with transaction():
        rows = queries.own(workers.id_of_account(actor.id)).filter(id=correction_id)
        row = await _decided(actor, await rows.select_for_update().first(), Act.WITHDRAW, "")
    return row


async def decide(actor: Actor, correction_id: UUID, given: DecisionIn) -> ProfileCorrection:
    """Accepted, the record says so from now on and keeps what it said; refused, he reads why.

    NoSuchCorrection, WrongStep, ReasonMissing, NoSuchWorker.
    """
    if given.decision == "refuse" and not given.reason:
        fault = FieldError("reason", ReasonMissing.code, ReasonMissing.detail)
        raise ReasonMissing(errors=(fault,))
    act = Act(given.decision)
    async with transaction():
        rows = queries.of_region(actor, UPDATE).filter(id=correction_id)
        found = await rows.select_for_update().first()
        row = await _decided(actor, found, act, given.reason or "")
        if act is Act.ACCEPT:
            await _carry_out(actor, row)
        await _tell(actor, row)
    return row


async def _decided(
    actor: Actor, row: ProfileCorrection | None, act: Act, reason: str
) -> ProfileCorrection:
    if row is None:
        raise NoSuchCorrection
    state = rules.after(row.state, act)
    if state is None:
        raise WrongStep
    row.state, row.reason = state, reason
    row.decided_by, row.decided_at = actor.account_id, clock.now()
    await row.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    await files.keep_until([row.photo_id], row.decided_at + PROOFS_KEPT)
    _record(actor, Tag.PROFILE_CORRECTION_DECIDED, row)
    return row


async def _carry_out(actor: Actor, row: ProfileCorrection) -> None:
    texts = wanted.opened(actor, row.wanted, Purpose.REVIEW, row.id)
    reason = row.reason or ASKED_FOR
    if row.field is Field.CERTIFICATE and row.certificate_id is not None:
        first, last = (date.fromisoformat(texts[name]) for name in ("valid_from", "valid_to"))
        await training.correct_certificate(actor, row.certificate_id, first, last)
        return
    await master.correct(actor, row.worker_id, wanted.columns(texts), reason=reason)


async def _tell(actor: Actor, row: ProfileCorrection) -> None:
    """He learns how it ended; of a change of the record itself he was told with it."""
    told = (await workers.accounts_of({row.worker_id})).get(row.worker_id)
    if told is None or (row.state is State.ACCEPTED and row.field is not Field.CERTIFICATE):
        return
    kind = f"profile.correction_{row.state.value}"
    notices.tell(actor, told, kind, about=("profile_correction", row.id))


def _record(actor: Actor, tag: Tag, row: ProfileCorrection) -> None:
    audit.record(
        actor, tag, ("profile_correction", row.id), field=row.field.value, state=row.state.value
    )
