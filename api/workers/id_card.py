"""身份证照片: taken in, read where a reader is set up, kept encrypted for the check."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from api.accounts import service as accounts
from api.accounts.service import ConsentPurpose
from api.audit import service as audit
from api.audit.tags import Purpose, Tag
from api.files import service as files
from api.files.models import FilePurpose
from api.integrations.adapters import outside
from api.kit import clock
from api.kit.actor import Actor
from api.kit.ids import new_id
from api.kit.personal import Kind, Personal
from api.kit.rate_limit import Limit, spend
from api.kit.routes import Upload
from api.kit.transaction import transaction
from api.workers import rules
from api.workers.models import IdCardReading, Verification
from api.workers.rules import Card
from verification import photo
from verification.ports import CardField, CardReading, FieldName
from verification.reasons import ProviderOutcome, Reason

READINGS = Limit("card_readings", 20, 86_400)
LIFE = files.UNCLAIMED - timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ReadCard:
    """What the worker is shown: each field with what to check, and warnings about the photos."""

    fields: Mapping[FieldName, CardField] = field(repr=False)
    warnings: tuple[Reason, ...]


async def read_card(actor: Actor, *, front: Upload, back: Upload) -> ReadCard:
    """The fields read from both sides of a card; empty ones to type where nobody can read.

    Needs the consent to card photos. BadPhoto for an upload that is no photo. The photos replace
    those sent before; they are kept for a day unless a registration claims them.
    """
    await accounts.require_consent(actor, ConsentPurpose.ID_CARD)
    front_side = await files.clean(actor, front, field="front")
    back_side = await files.clean(actor, back, field="back")
    judged = await asyncio.to_thread(_judge, front_side, back_side)
    reading = await _ask(actor, front_side, back_side)
    shown = _with_hints(reading)
    expired = rules.expired(shown, clock.today())
    warnings = tuple(dict.fromkeys((*judged, *_warnings(reading), *expired)))
    ids = (
        await files.store(front_side, FilePurpose.CARD_FRONT, account_id=actor.id),
        await files.store(back_side, FilePurpose.CARD_BACK, account_id=actor.id),
    )
    await _keep(actor, reading, shown, warnings, ids)
    return ReadCard(shown, warnings)


def _judge(front: bytes, back: bytes) -> tuple[Reason, ...]:
    sides = (photo.judge_card_photo(front), photo.judge_card_photo(back))
    return tuple(problem for side in sides for problem in side.problems)


async def _ask(actor: Actor, front: bytes, back: bytes) -> CardReading | None:
    reader = outside().card_reader
    if reader is None:
        return None
    await spend(READINGS, str(actor.id))
    return await reader.read(front, back)


def _warnings(reading: CardReading | None) -> tuple[Reason, ...]:
    if reading is None:
        return ()
    spoken = (reading.reason,) if reading.reason else ()
    return (*spoken, *(warning.reason for warning in reading.warnings))


def _with_hints(reading: CardReading | None) -> dict[FieldName, CardField]:
    read = reading.fields if reading else {}
    empty = CardField("", Reason.FIELD_MISSING)
    return {name: read[name] if name in read and read[name].text else empty for name in FieldName}


async def _keep(
    actor: Actor,
    reading: CardReading | None,
    shown: Mapping[FieldName, CardField],
    warnings: tuple[Reason, ...],
    ids: tuple[UUID, UUID],
) -> None:
    body = {name: {"text": f.text, "check": f.check} for name, f in shown.items()}
    async with transaction():
        await _drop_earlier(actor)
        row = await IdCardReading.create(
            id=new_id(),
            account_id=actor.id,
            front_file_id=ids[0],
            back_file_id=ids[1],
            fields_read=Personal.of(Kind.IDENTITY, json.dumps(body, ensure_ascii=False)),
            # Only what the pictures show: a misread date is corrected, a busy reader is past.
            warnings=[r.value for r in warnings if r.value.startswith(("card.", "photo."))],
            outcome=reading.outcome if reading else "",
            request_id=reading.request_id[:128] if reading else "",
        )
        outcome = reading.outcome.value if reading else "not_asked"
        audit.record(actor, Tag.ID_CARD_READ, ("id_card_reading", row.id), outcome=outcome)


async def _drop_earlier(actor: Actor) -> None:
    rows = await IdCardReading.filter(account_id=actor.id)
    used = await Verification.filter(reading_id__in=[row.id for row in rows]).values_list(
        "reading_id", flat=True
    )
    for row in rows:
        if row.id in used:
            continue
        await files.delete(actor, [row.front_file_id, row.back_file_id])
        await row.delete()


async def newest(account_id: UUID) -> IdCardReading | None:
    """The account's newest reading whose photos are still there."""
    fresh = IdCardReading.filter(account_id=account_id, created_at__gt=clock.now() - LIFE)
    return await fresh.order_by("-id").first()


async def own_reading(actor: Actor) -> ReadCard | None:
    """The actor's newest reading as he was shown it; None without photos that are still there."""
    row = await newest(actor.id)
    if row is None:
        return None
    async with transaction():
        card = card_of(actor, row, Purpose.SHOW_OWNER)
    expired = rules.expired(card.fields, clock.today())
    return ReadCard(card.fields, (*card.reasons, *expired))


def card_of(actor: Actor, row: IdCardReading, purpose: Purpose = Purpose.CHECK) -> Card:
    """The reading opened, within the running transaction and with its line in the audit."""
    text = audit.reveal(actor, row.fields_read, purpose, ("id_card_reading", row.id))
    fields = {
        FieldName(name): CardField(each["text"], Reason(each["check"]) if each["check"] else None)
        for name, each in json.loads(text).items()
    }
    read = row.outcome == ProviderOutcome.MATCH
    return Card(read, fields, tuple(Reason(code) for code in row.warnings))
