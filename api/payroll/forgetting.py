"""Forgets the payments of a worker's wages on a project, once the law's term is over (L-03)."""

from uuid import UUID

from api.kit.transaction import transaction
from api.payroll.models import BatchLine, LeftOut


async def forget(worker_id: UUID, project_id: UUID) -> int:
    """All payments of a released pair go; how many rows. Batches stay: they name nobody."""
    pair = {"worker_id": worker_id, "project_id": project_id}
    async with transaction():
        return await BatchLine.filter(**pair).delete() + await LeftOut.filter(**pair).delete()
