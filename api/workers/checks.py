"""一致性与限制核对: an enterprise's system learns yes or no, never a stored value (4.2.1-3, -4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.enterprises import service as enterprises
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.personal import Personal
from api.kit.transaction import transaction
from api.workers import restrictions
from api.workers.codes import by_code
from api.workers.errors import NoSuchWorker, OneSubject
from api.workers.models import Restriction, Subject, Worker, WorkerState


@dataclass(frozen=True, slots=True)
class Restricted:
    """Whether somebody was restricted on a day, and by what."""

    on: date
    rows: list[Restriction]


async def find_by_number(number: Personal) -> Worker | None:
    """The worker with this document number; a merged record leads to the one that counts."""
    row = await Worker.filter(number_index=number.index).order_by("id").first()
    while row is not None and row.merged_into_id is not None:
        row = await Worker.get_or_none(id=row.merged_into_id)
    return row


async def compare(
    actor: Actor,
    *,
    tenant_id: UUID,
    code: str | None,
    number: Personal | None,
    values: Mapping[str, Personal | str | date],
) -> dict[str, bool]:
    """For each field sent, whether it is what is recorded of the verified worker.

    Sealed values are compared by their equality alone. Who asked about whom stands in the audit,
    without the values. OneSubject, NoSuchCode, CodeNotActive, NoSuchWorker.
    """
    await enterprises.require_verified(tenant_id)
    worker = await _subject(code, number)
    found = {name: _same(worker, name, value) for name, value in values.items()}
    async with transaction():
        audit.record(
            actor,
            Tag.CONSISTENCY_CHECKED,
            ("worker", worker.id),
            tenant_id=tenant_id,
            fields=",".join(sorted(found)),
            matched=sum(found.values()),
        )
    return found


def _same(worker: Worker, name: str, value: Personal | str | date) -> bool:
    stored = getattr(worker, name)
    return stored is not None and bool(stored == value)


async def _subject(code: str | None, number: Personal | None) -> Worker:
    if (code is None) is (number is None):
        raise OneSubject(errors=(FieldError("", "subject.one", OneSubject.detail),))
    worker = await by_code(code) if code else await find_by_number(number) if number else None
    if worker is None or worker.state is not WorkerState.VERIFIED:
        raise NoSuchWorker
    return worker


async def restricted(
    actor: Actor,
    *,
    tenant_id: UUID,
    code: str | None,
    number: Personal | None,
    credit_code: str | None,
    on: date | None,
) -> Restricted:
    """Whether a worker or enterprise is, or on a day was, under a restriction; with a line."""
    if sum(each is not None for each in (code, number, credit_code)) != 1:
        raise OneSubject(errors=(FieldError("", "subject.one", OneSubject.detail),))
    await enterprises.require_verified(tenant_id)
    day = on or clock.today()
    index, subject = credit_code or "", Subject.ENTERPRISE
    if credit_code is None:
        index, subject = await _index_of(code, number), Subject.WORKER
    rows = await restrictions.in_force(index, subject, day).order_by("valid_from")
    async with transaction():
        audit.record(
            actor,
            Tag.RESTRICTION_CHECKED,
            (subject, None),
            tenant_id=tenant_id,
            day=day.isoformat(),
            found=len(rows),
        )
    return Restricted(day, rows)


async def _index_of(code: str | None, number: Personal | None) -> str:
    if number is not None:
        return number.index
    return (await by_code(code or "")).number_index
