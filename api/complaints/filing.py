"""提交: a complaint is filed with what belongs to it, whole or not at all."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.complaints import evidence, rules, steps
from api.complaints.errors import NothingSaid, UnknownPlace
from api.complaints.models import Complaint
from api.complaints.rules import Act, Body, Check, OfficeState, Side
from api.complaints.schemas import ComplaintForm
from api.engagements import service as engagements
from api.files import service as files
from api.files.models import FilePurpose
from api.kit import clock, jobs
from api.kit.actor import SYSTEM, Actor
from api.kit.errors import FieldError
from api.kit.ids import day_id
from api.kit.personal import Kind as Secret
from api.kit.personal import Personal
from api.kit.rate_limit import Limit
from api.kit.routes import Upload
from api.kit.transaction import transaction
from api.projects import service as projects
from api.workers import service as workers
from verification.sound import Sound

KEPT = timedelta(days=3 * 366)
"""Photos and recordings are kept as long as wage ledgers at least (three years)."""
MOST_BYTES = 40 * 1024 * 1024
"""Six photos as a phone takes them without a script to make them smaller, and a recording."""
FILING = Limit("complaint_filing", 10, 86_400)


@dataclass(frozen=True, slots=True)
class _Place:
    """Whom it concerns, and whose region that is."""

    worker_id: UUID
    enterprise_id: UUID
    region: str


@dataclass(frozen=True, slots=True)
class _Enclosed:
    """What was sent along, stored."""

    photos: tuple[UUID, ...]
    voice: UUID | None
    seconds: int


async def file(actor: Actor, given: ComplaintForm) -> Complaint:
    """The complaint, its evidence frozen; whoever is to answer is told.

    UnknownPlace, NothingSaid, BadPhoto, BadSound. The content check comes after it and never
    stands in its way.
    """
    if given.text is None and given.voice is None:
        raise NothingSaid(errors=(FieldError("text", NothingSaid.code, NothingSaid.detail),))
    place = await _place(actor, given)
    enclosed = await _enclosed(actor, given)
    frozen = await evidence.taken(place.worker_id, given.project_id)
    row = _row(actor, given, place, enclosed, evidence.digest_of(frozen))
    while await Complaint.exists(number=row.number):
        row.number = rules.new_number(row.filed_on)
    async with transaction():
        await row.save(force_create=True)
        await evidence.keep(row.id, frozen, row.digest)
        await files.keep_until([*enclosed.photos, enclosed.voice], clock.now() + KEPT)
        await steps.add(actor, row, Act.FILED, Side.WORKER)
        await _announce(row)
        # No tenant: who complained of an enterprise is nothing that an enterprise may look up.
        audit.record(
            actor, Tag.COMPLAINT_FILED, ("complaint", row.id),
            kind=row.kind.value, addressee=row.addressee.value, anonymous=row.anonymous,
            photos=len(enclosed.photos), voice=enclosed.seconds,
        )  # fmt: skip
    return row


async def _place(actor: Actor, given: ComplaintForm) -> _Place:
    """Where he is or was, and with whom. UnknownPlace."""
    worker = await workers.of_account(actor.id)
    found = await engagements.periods_of([worker.id], given.project_id) if worker else {}
    periods = found.get(worker.id, []) if worker else []
    concerned = {each.enterprise_id for each in periods} | {each.contractor_id for each in periods}
    if worker is None or not periods:
        raise _unknown("project_id")
    if given.enterprise_id is not None and given.enterprise_id not in concerned:
        raise _unknown("enterprise_id")
    project = await projects.find(given.project_id)
    return _Place(
        worker_id=worker.id,
        enterprise_id=given.enterprise_id or periods[0].enterprise_id,
        region=project.region if project else periods[0].region,
    )


def _unknown(path: str) -> UnknownPlace:
    return UnknownPlace(errors=(FieldError(path, UnknownPlace.code, UnknownPlace.detail),))


async def _enclosed(actor: Actor, given: ComplaintForm) -> _Enclosed:
    """Photos made afresh and the recording looked at, all of them before any is kept."""
    sound = await files.listen(actor, given.voice, field="voice") if given.voice else None
    clean = [await files.clean(actor, upload, field=name) for name, upload in given.photos.items()]
    photos = [await files.store(each, FilePurpose.EVIDENCE, account_id=actor.id) for each in clean]
    voice = await _kept_voice(actor, given.voice, sound)
    return _Enclosed(tuple(photos), voice, sound.seconds if sound else 0)


async def _kept_voice(actor: Actor, upload: Upload | None, sound: Sound | None) -> UUID | None:
    if upload is None or sound is None:
        return None
    return await files.store(
        upload.content, FilePurpose.VOICE, account_id=actor.id, media_type=sound.kind.value
    )


def _row(
    actor: Actor, given: ComplaintForm, place: _Place, enclosed: _Enclosed, digest: str
) -> Complaint:
    today, holder = clock.today(), given.addressee
    accept = rules.accept_by(holder, today)
    answer = rules.answer_by(holder, today) if holder is Body.ENTERPRISE else None
    return Complaint(
        id=day_id(today),
        number=rules.new_number(today),
        kind=given.kind,
        topic=given.topic,
        account_id=actor.id,
        worker_id=place.worker_id,
        project_id=given.project_id,
        enterprise_id=place.enterprise_id,
        region=place.region,
        addressee=holder,
        holder=holder,
        anonymous=given.anonymous and holder is Body.ENTERPRISE,
        text=Personal.of(Secret.TEXT, given.text) if given.text else None,
        content=Check.WAITING if holder is Body.ENTERPRISE else Check.WITHHELD,
        photo_ids=[str(each) for each in enclosed.photos],
        voice_id=enclosed.voice,
        voice_seconds=enclosed.seconds,
        filed_on=today,
        accept_by=accept,
        answer_by=answer,
        due_on=accept,
        digest=digest,
    )


async def _announce(row: Complaint) -> None:
    """Whoever is to answer is told: of an anonymous one with the next morning's round."""
    if row.holder is Body.AUTHORITY:
        await steps.tell_region(SYSTEM, row, "complaint.received_region")
        return
    if row.anonymous:
        row.office_lags = True
    else:
        row.office_state = OfficeState.RECEIVED
        await steps.tell_enterprise(SYSTEM, row, "complaint.received_office")
    await row.save(update_fields=["office_state", "office_lags"])
    jobs.enqueue("complaints.check", complaint_id=row.id)
