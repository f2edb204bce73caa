"""Codes that a worker shows: of a certificate, and of his whole training record.

A code is a random word that says nothing of its holder. Whoever holds it reads a masked name and
what counts today; it is not looked for by anything else.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from tortoise.functions import Sum

from api.kit import clock
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.transaction import transaction
from api.training import queries
from api.training.check_codes import is_code, new_code
from api.training.errors import NoSuchCheckCode
from api.training.models import Certificate, Training, TrainingCard, TrainingKind
from api.workers import service as workers

LOOKS = Limit("training_codes", 30, 300, by="ip")
"""How often one address may ask what is behind a code, by API and page together."""


@dataclass(frozen=True, slots=True)
class Record:
    """A worker's training record in short: hours by kind of this year, and what is in force."""

    worker: str
    year: int
    hours: dict[TrainingKind, Decimal]
    last_on: date | None
    certificates: list[Certificate]


async def certificate(code: str) -> tuple[Certificate, str]:
    """The certificate with this code, and its holder's masked name. NoSuchCheckCode."""
    row = await Certificate.get_or_none(check_code=code) if is_code(code) else None
    if row is None:
        raise NoSuchCheckCode
    return row, (await workers.masked_names({row.worker_id})).get(row.worker_id, "")


async def own_card(actor: Actor) -> str:
    """The code of the actor's record: one for good, from the first time on. NotVerified."""
    worker = await workers.worker_of(actor)
    async with transaction():
        fresh = TrainingCard(worker_id=worker.id, code=new_code())
        await TrainingCard.bulk_create([fresh], ignore_conflicts=True)
        return (await TrainingCard.get(worker_id=worker.id)).code


async def known_card(worker_id: UUID) -> str | None:
    """The code of a worker's record; None before he asked for it."""
    row = await TrainingCard.get_or_none(worker_id=worker_id)
    return row.code if row else None


async def record(code: str) -> Record:
    """The training record with this code, as it stands today. NoSuchCheckCode."""
    card = await TrainingCard.get_or_none(code=code) if is_code(code) else None
    if card is None:
        raise NoSuchCheckCode
    kept = await workers.kept_of(card.worker_id)
    worker_id = kept.id if kept else card.worker_id
    today = clock.today()
    last = await queries.of_worker(worker_id).order_by("-held_on").first()
    return Record(
        worker=(await workers.masked_names({worker_id})).get(worker_id, ""),
        year=today.year,
        hours=await hours_by_kind(worker_id, today.year),
        last_on=last.held_on if last else None,
        certificates=await queries.certificates_of(worker_id)
        .filter(valid_to__gte=today)
        .order_by("-id"),
    )


async def hours_by_kind(worker_id: UUID, year: int) -> dict[TrainingKind, Decimal]:
    """How many hours of each kind the worker had in a year, on whatever site. One statement."""
    rows = Training.filter(
        worker_id=worker_id, held_on__gte=date(year, 1, 1), held_on__lte=date(year, 12, 31)
    )
    found = await rows.annotate(total=Sum("hours")).group_by("kind").values_list("kind", "total")
    return {TrainingKind(kind): Decimal(str(total)) for kind, total in found}
