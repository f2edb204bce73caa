"""Forgets accidents on a project, once the law's term for the worker's time there is over."""

from collections.abc import Iterable
from uuid import UUID

from tortoise.expressions import Subquery

from api.accidents.models import Accident, AccidentStep
from api.accidents.rules import State
from api.files import service as files
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction


async def unfinished(worker_ids: Iterable[UUID], project_id: UUID | None = None) -> int:
    """How many of his accidents are not closed, on one project or all."""
    rows = Accident.filter(worker_id__in=list(worker_ids)).exclude(state=State.CLOSED)
    return await (rows.filter(project_id=project_id) if project_id else rows).count()


async def forget(worker_id: UUID, project_id: UUID) -> int:
    """All accidents of a released pair go with their steps and photos; how many rows.

    The steps go first: the triggers find the period by the accident.
    """
    pair = {"worker_id": worker_id, "project_id": project_id}
    ids = Subquery(Accident.filter(**pair).values("id"))
    async with transaction():
        for row in await Accident.filter(**pair):
            await files.delete(SYSTEM, map(UUID, row.photo_ids))
        gone = await AccidentStep.filter(accident_id__in=ids).delete()
        return gone + await Accident.filter(**pair).delete()
