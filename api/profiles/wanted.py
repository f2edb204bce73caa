"""What a correction is to change: the record's columns as they stand, and as they are to be."""

import json
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Purpose
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.personal import Kind, Personal
from api.profiles.errors import NothingNew
from api.profiles.rules import Field
from api.profiles.schemas import CorrectionForm
from api.training import service as training
from api.workers.models import Worker

Texts = dict[str, str]
KINDS = {"name": Kind.NAME, "address": Kind.ADDRESS, "issuer": Kind.TEXT}
"""The sealed columns among those that may be corrected."""
DATES = frozenset({"valid_from", "valid_to"})
FOR_GOOD = ""
"""How no end is written."""


async def of(actor: Actor, worker: Worker, given: CorrectionForm) -> tuple[Texts, Texts]:
    """What stands there and what he wants, by column. NothingNew. In a running transaction."""
    subject = ("worker", worker.id)
    wanted = _wanted(actor, given, subject)
    old = await _old(actor, worker, given, wanted)
    if not wanted or wanted == old:
        raise nothing_new(given.field.value)
    return old, wanted


def nothing_new(path: str) -> NothingNew:
    """The refusal, beside the field that it is about."""
    return NothingNew(errors=(FieldError(path, NothingNew.code, NothingNew.detail),))


def _wanted(actor: Actor, given: CorrectionForm, subject: tuple[str, UUID]) -> Texts:
    if given.field in (Field.VALIDITY, Field.CERTIFICATE):
        return _days(given)
    value = getattr(given, given.field.value)
    if isinstance(value, Personal):
        value = audit.reveal(actor, value, Purpose.CHECK, subject)
    return {given.field.value: str(value)} if value else {}


def _days(given: CorrectionForm) -> Texts:
    endless = given.for_good and given.field is Field.VALIDITY
    if given.valid_from is None or (given.valid_to is None and not endless):
        return {}
    if given.valid_to is not None and given.valid_to < given.valid_from:
        raise nothing_new("valid_to")
    until = FOR_GOOD if endless or given.valid_to is None else given.valid_to.isoformat()
    return {"valid_from": given.valid_from.isoformat(), "valid_to": until}


async def _old(actor: Actor, worker: Worker, given: CorrectionForm, wanted: Texts) -> Texts:
    row: object = worker
    if given.field is Field.CERTIFICATE:
        held = {each.id: each for each in await training.certificates(worker.id)}
        row = held.get(given.certificate_id) if given.certificate_id else None
        if row is None:
            raise nothing_new("certificate_id")
    return {name: _text(actor, getattr(row, name), worker) for name in wanted}


def _text(actor: Actor, value: object, worker: Worker) -> str:
    if isinstance(value, Personal):
        return audit.reveal(actor, value, Purpose.CHECK, ("worker", worker.id))
    if isinstance(value, date):
        return value.isoformat()
    return str(value or "")


def sealed(texts: Texts) -> Personal:
    """The columns as one sealed value."""
    return Personal.of(Kind.TEXT, json.dumps(texts, ensure_ascii=False, sort_keys=True))


def opened(actor: Actor, value: Personal, purpose: Purpose, row_id: UUID) -> Texts:
    """The columns in plain, with a line of who read them. In a running transaction."""
    plain = audit.reveal(actor, value, purpose, ("profile_correction", row_id))
    return {str(name): str(text) for name, text in json.loads(plain).items()}


def columns(texts: Texts) -> Mapping[str, Personal | str | date | None]:
    """The values as the worker's record holds them."""
    found: dict[str, Personal | str | date | None] = {}
    for name, text in texts.items():
        if name in DATES:
            found[name] = date.fromisoformat(text) if text else None
        else:
            found[name] = Personal.of(KINDS[name], text) if name in KINDS else text
    return found
