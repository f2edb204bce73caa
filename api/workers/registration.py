"""实名登记: from the corrected fields and a selfie to a code, a review, or a plain refusal."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tortoise.exceptions import IntegrityError

from api.accounts import service as accounts
from api.accounts.service import ConsentPurpose
from api.audit import service as audit
from api.audit.tags import Purpose, Tag
from api.files import service as files
from api.files.models import FilePurpose
from api.kit import clock, jobs
from api.kit.actor import Actor
from api.kit.ids import new_id
from api.kit.personal import Kind, Personal
from api.kit.rate_limit import Limit, spend
from api.kit.routes import Upload
from api.kit.transaction import transaction
from api.settings import settings
from api.workers import checking, id_card, rules
from api.workers.errors import (
    CardMissing,
    FaceTriesUsed,
    InProgress,
    OtherIdentity,
    SelfieOrDeclined,
    UnknownRegion,
)
from api.workers.models import IdCardReading, Stage, Verification, Worker, WorkerState
from api.workers.rules import Card, Parsed, Typed
from verification.document import DocumentKind
from verification.face import MAX_TRIES
from verification.ports import FieldName
from verification.reasons import Reason

CHECKS = Limit("identity_checks", 10, 86_400)
DAY = timedelta(days=1)
RESCUE_S = 120  # after this a check that its own request did not finish is finished by a job
SELFIE_TERM = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Application:
    """What a person hands in. Exactly one of `selfie` and `declined`; `region`: where he works."""

    id_kind: DocumentKind
    name: Personal
    number: Personal
    sex: str | None = None
    birth: str | None = None
    nation: str | None = None
    address: Personal | None = None
    issuer: Personal | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    region: str | None = None
    selfie: Upload | None = None
    declined: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it stands: `stage` of the newest attempt, the code once verified, and the reasons."""

    stage: Stage | None
    code: str | None = None
    reasons: tuple[Reason, ...] = ()
    at: datetime | None = None


async def register(actor: Actor, application: Application) -> Outcome:
    """Check a person's identity and answer with what came of it.

    The same person again gets the same code. Before anything is written it raises
    SelfieOrDeclined, UnknownRegion, ConsentMissing, OtherIdentity, CardMissing, InProgress,
    FaceTriesUsed or BadPhoto.
    """
    _require_form(application)
    await _require_consents(actor, application)
    known = await Worker.get_or_none(account_id=actor.id)
    if known is not None and known.state is WorkerState.VERIFIED:
        return _again(known, application)
    reading = await id_card.newest(actor.id)
    if reading is None:
        raise CardMissing
    if await Verification.exists(open_account_id=actor.id):
        raise InProgress(retry_after_s=5)
    tries = await _tries(actor, application)
    await spend(CHECKS, str(actor.id))
    selfie_id = await _keep_selfie(actor, application.selfie)
    attempt = await _open(actor, application, reading, selfie_id, tries)
    await checking.check(actor, attempt)
    return await _ended(attempt)


def _require_form(application: Application) -> None:
    if (application.selfie is None) is not application.declined:
        raise SelfieOrDeclined
    if application.region and not rules.is_ours(application.region, settings().province):
        raise UnknownRegion


async def _require_consents(actor: Actor, application: Application) -> None:
    await accounts.require_consent(actor, ConsentPurpose.ID_CARD)
    if application.selfie is not None:
        await accounts.require_consent(actor, ConsentPurpose.FACE)


def _again(known: Worker, application: Application) -> Outcome:
    if known.number != application.number:
        raise OtherIdentity
    return Outcome(Stage.VERIFIED, known.code)


async def _tries(actor: Actor, application: Application) -> int:
    if application.declined:
        return 1
    failed = await Verification.filter(
        account_id=actor.id, face_failed=True, created_at__gt=clock.now() - DAY
    ).count()
    if failed >= MAX_TRIES:
        raise FaceTriesUsed
    return failed + 1


async def _keep_selfie(actor: Actor, selfie: Upload | None) -> UUID | None:
    if selfie is None:
        return None
    content = await files.clean(actor, selfie, field="selfie")
    return await files.store(content, FilePurpose.SELFIE, account_id=actor.id, term=SELFIE_TERM)


async def _open(
    actor: Actor,
    application: Application,
    reading: IdCardReading,
    selfie_id: UUID | None,
    tries: int,
) -> UUID:
    """The new attempt's id. InProgress while another of the account is open."""
    attempt_id = new_id()
    try:
        async with transaction():
            await _write(actor, attempt_id, application, reading, selfie_id, tries)
            declined = application.declined
            audit.record(
                actor, Tag.VERIFICATION_SUBMITTED, ("verification", attempt_id), declined=declined
            )
            jobs.enqueue(
                "workers.check", verification_id=attempt_id, run_at=clock.in_seconds(RESCUE_S)
            )
    except IntegrityError:
        await files.delete(actor, [selfie_id])
        raise InProgress(retry_after_s=5) from None
    return attempt_id


async def _write(
    actor: Actor,
    attempt_id: UUID,
    application: Application,
    reading: IdCardReading,
    selfie_id: UUID | None,
    tries: int,
) -> None:
    card = id_card.card_of(actor, reading)
    typed = _typed(actor, attempt_id, application, card)
    parsed = rules.parse(typed, clock.today())
    row = Verification(
        id=attempt_id,
        account_id=actor.id,
        open_account_id=actor.id,
        reading_id=reading.id,
        stage=Stage.SUBMITTED,
        region=rules.place_of(application.region, parsed.origin, settings().province),
        front_file_id=reading.front_file_id,
        back_file_id=reading.back_file_id,
        selfie_file_id=selfie_id,
        face_declined=application.declined,
        tries=tries,
    )
    await row.update_from_dict(_identity(typed, parsed, card)).save(force_create=True)
    kept = clock.now() + timedelta(days=settings().photo_days)
    await files.keep_until([reading.front_file_id, reading.back_file_id], kept)


def _typed(actor: Actor, attempt_id: UUID, given: Application, card: Card) -> Typed:
    """The fields as corrected; what was left out is as it was read."""
    subject = ("verification", attempt_id)

    def plain(value: Personal | None, name: FieldName) -> str:
        if value is None:
            return _read(card, name)
        return audit.reveal(actor, value, Purpose.CHECK, subject)

    return Typed(
        kind=given.id_kind,
        number=plain(given.number, FieldName.NUMBER),
        name=plain(given.name, FieldName.NAME),
        sex=given.sex or _read(card, FieldName.SEX),
        birth=given.birth or _read(card, FieldName.BIRTH),
        nation=given.nation or _read(card, FieldName.NATION),
        address=plain(given.address, FieldName.ADDRESS),
        issuer=plain(given.issuer, FieldName.ISSUER),
        valid_from=given.valid_from or _read(card, FieldName.VALID_FROM),
        valid_to=given.valid_to or _read(card, FieldName.VALID_TO),
    )


def _read(card: Card, name: FieldName) -> str:
    return card.fields[name].text if name in card.fields else ""


def _identity(typed: Typed, parsed: Parsed, card: Card) -> dict[str, Any]:
    number = Personal.of(Kind.ID_NUMBER, parsed.number)
    period = parsed.validity
    return {
        "id_kind": typed.kind.value,
        "number": number,
        "number_index": number.index,
        "name": Personal.of(Kind.NAME, parsed.name),
        "sex": parsed.sex,
        "birth": _sealed(Kind.TEXT, parsed.birth.isoformat() if parsed.birth else ""),
        "nation": typed.nation[:20],
        "address": _sealed(Kind.ADDRESS, typed.address),
        "issuer": _sealed(Kind.TEXT, typed.issuer),
        "origin": parsed.origin,
        "valid_from": period.start if period else None,
        "valid_to": period.end if period else None,
        "local_reasons": [r.value for r in rules.local_reasons(typed, parsed, card)],
    }


def _sealed(kind: Kind, text: str) -> Personal | None:
    return Personal.of(kind, text) if text else None


async def _ended(attempt_id: UUID) -> Outcome:
    """What came of an attempt, also when another phone has taken the record over meanwhile."""
    row = await Verification.get(id=attempt_id)
    worker = await Worker.get_or_none(id=row.worker_id) if row.worker_id else None
    return Outcome(row.stage, worker.code if worker else None, _reasons(row.reasons))


async def outcome_of(account_id: UUID) -> Outcome:
    """How the account's newest attempt stands, and the worker's code if he has one.

    A record that another phone of the same person took over is no longer this account's.
    """
    newest = await Verification.filter(account_id=account_id).order_by("-id").first()
    worker = await Worker.get_or_none(account_id=account_id)
    if worker is not None and worker.state is WorkerState.VERIFIED:
        reasons = newest.reasons if newest and newest.worker_id == worker.id else []
        return Outcome(Stage.VERIFIED, worker.code, _reasons(reasons), worker.verified_at)
    if newest is None:
        return Outcome(None)
    moved = newest.stage is Stage.VERIFIED
    stage = Stage.WITHDRAWN if moved else newest.stage
    return Outcome(stage, None, _reasons(newest.reasons), newest.created_at)


def _reasons(codes: list[str]) -> tuple[Reason, ...]:
    return tuple(Reason(code) for code in codes)
