"""Forgets complaints about a worker's time on a project, once the law's term is over."""

from collections.abc import Iterable
from uuid import UUID

from tortoise.expressions import Subquery

from api.complaints.models import Complaint, ComplaintEvidence, ComplaintStep
from api.complaints.rules import State
from api.files import service as files
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction


async def unfinished(worker_ids: Iterable[UUID], project_id: UUID | None = None) -> int:
    """How many of his complaints are not closed, on one project or all."""
    rows = Complaint.filter(worker_id__in=list(worker_ids)).exclude(state=State.CLOSED)
    return await (rows.filter(project_id=project_id) if project_id else rows).count()


async def forget(worker_id: UUID, project_id: UUID) -> int:
    """All complaints of a released pair go with steps, evidence, photos and voice; how many rows.

    What hangs on a complaint goes before it: the triggers find the period by the complaint.
    """
    pair = {"worker_id": worker_id, "project_id": project_id}
    ids = Subquery(Complaint.filter(**pair).values("id"))
    async with transaction():
        for row in await Complaint.filter(**pair):
            await files.delete(SYSTEM, [row.voice_id, *map(UUID, row.photo_ids)])
        gone = await ComplaintStep.filter(complaint_id__in=ids).delete()
        gone += await ComplaintEvidence.filter(complaint_id__in=ids).delete()
        return gone + await Complaint.filter(**pair).delete()
