"""Two records were one person: what was said of the first is said of the second."""

from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.conduct.models import ConductRecord, Evaluation, ScoreReview
from api.conduct.rules import EvaluationState
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction
from api.workers import service as workers


async def follow(gone: UUID) -> None:
    """Records, evaluations and reviews are the kept record's.

    Of two evaluations of one enterprise for the same month on one project the kept record's stays.
    """
    kept = await workers.kept_of(gone)
    if kept is None:
        return
    async with transaction():
        await _withdraw_second(gone, kept.id)
        moved = 0
        for table in (ConductRecord, Evaluation, ScoreReview):
            moved += await table.filter(worker_id=gone).update(worker_id=kept.id)
        if moved:
            audit.record(
                SYSTEM, Tag.WORKER_ROWS_MOVED, ("worker", kept.id), room="conduct", rows=moved
            )


async def _withdraw_second(gone: UUID, kept: UUID) -> None:
    alive = Evaluation.exclude(state=EvaluationState.WITHDRAWN)
    known = {_place(row) for row in await alive.filter(worker_id=kept)}
    twice = [row.id for row in await alive.filter(worker_id=gone) if _place(row) in known]
    if twice:
        await Evaluation.filter(id__in=twice).update(state=EvaluationState.WITHDRAWN)


def _place(row: Evaluation) -> tuple[UUID, UUID, str]:
    return row.project_id, row.enterprise_id, row.month
