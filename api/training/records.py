"""The record of a training: written once, told to the worker, and to the room that lets him in."""

from datetime import date
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import jobs
from api.kit.actor import Actor
from api.notices import service as notices
from api.training.models import Training
from api.workers import service as workers


async def write(actor: Actor, rows: list[Training], notice: str) -> None:
    """The rows are there, with a line in the audit and a notice each. In a transaction."""
    await Training.bulk_create(rows)
    accounts = await workers.accounts_of({row.worker_id for row in rows})
    for row in rows:
        audit.record(
            actor, Tag.TRAINING_RECORDED, ("worker", row.worker_id), tenant_id=row.enterprise_id,
            project=str(row.project_id), kind=str(row.kind), training=str(row.id),
        )  # fmt: skip
        jobs.enqueue("engagements.worker_trained", worker_id=row.worker_id)
        if row.worker_id in accounts:
            notices.tell(
                actor, accounts[row.worker_id], notice, _params(row), about=("training", row.id)
            )


def _params(row: Training) -> dict[str, str]:
    held: date = row.held_on
    return {
        "enterprise": str(row.enterprise_id),
        "project": str(row.project_id),
        "date": held.isoformat(),
        "hours": str(row.hours),
    }


async def has_finished(worker_id: UUID, version_ids: list[UUID]) -> bool:
    """Whether the worker finished one of these versions."""
    return await Training.exists(worker_id=worker_id, version_id__in=version_ids)
