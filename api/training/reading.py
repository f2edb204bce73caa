"""Trainings and certificates as people read them, with masked names; two statements a list."""

from api.training.cards import Record
from api.training.models import Certificate, Training
from api.training.schemas import (
    CertificateCheckOut,
    CertificateOut,
    HoursOut,
    RecordCheckOut,
    TrainingOut,
)
from api.workers import service as workers


async def trainings(rows: list[Training]) -> list[TrainingOut]:
    """The trainings as shown."""
    names = await workers.masked_names({row.worker_id for row in rows})
    return [TrainingOut.of(row, names.get(row.worker_id, "")) for row in rows]


async def certificates(rows: list[Certificate]) -> list[CertificateOut]:
    """The certificates as shown."""
    names = await workers.masked_names({row.worker_id for row in rows})
    return [CertificateOut.of(row, names.get(row.worker_id, "")) for row in rows]


def record_check(found: Record) -> RecordCheckOut:
    """A training record as everybody sees it who was shown its code."""
    return RecordCheckOut(
        worker=found.worker,
        year=found.year,
        hours=[HoursOut(kind=kind, hours=hours) for kind, hours in found.hours.items()],
        last_on=found.last_on,
        certificates=[CertificateCheckOut.of(row, found.worker) for row in found.certificates],
    )
