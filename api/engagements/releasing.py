"""期满: what a worker's time on a project left behind may go when the law's term is over.

Wage ledgers are kept for three years at least after the work is finished and all wages are paid
(保障农民工工资支付条例 15, 国务院令第724号); attendance and contracts are their evidence. A period
that is released opens the way for the deletion of rows that otherwise refuse it: the database's
triggers look at `released_on`.
"""

from collections.abc import AsyncIterator, Iterable
from datetime import date, timedelta
from uuid import UUID

from tortoise.expressions import Q

from api.engagements.models import Contract, Engagement, Override, State
from api.files import service as files
from api.kit import clock
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction
from api.projects import service as projects

KEPT = timedelta(days=3 * 365 + 1)
LEDGER_TERM = "工程完工、工资付清后满 3 年"
"""The same as a person reads it."""
BATCH = 200
Pair = tuple[UUID, UUID]
"""A worker and a project."""


def _over(before: date) -> Q:
    return Q(state=State.LEFT, settled=True, left_on__lt=before)


async def due() -> AsyncIterator[Pair]:
    """Workers and projects of which a period is over its term, each pair once or a few times."""
    before = clock.today() - KEPT
    rows = Engagement.filter(_over(before), released_on=None)
    rows = rows.filter(project_id__in=projects.finished_before(before)).order_by("id")
    last = UUID(int=0)
    while found := await rows.filter(id__gt=last).limit(BATCH):
        for row in found:
            yield row.worker_id, row.project_id
        last = found[-1].id


async def is_over(worker_id: UUID, project_id: UUID) -> bool:
    """Whether the term of everything that he left on the project is over, and still there."""
    before = clock.today() - KEPT
    pair = Engagement.filter(worker_id=worker_id, project_id=project_id)
    if await pair.filter(~_over(before), ~Q(state=State.CANCELLED)).exists():
        return False
    there = pair.filter(_over(before), released_on=None)
    return await there.filter(project_id__in=projects.finished_before(before)).exists()


async def release(worker_id: UUID, project_id: UUID) -> None:
    """The periods of the pair are released from now on. In a running transaction."""
    rows = Engagement.filter(worker_id=worker_id, project_id=project_id)
    await rows.update(released_on=clock.today())


async def forget(worker_id: UUID, project_id: UUID) -> int:
    """Overrides and contracts of a released pair go, signatures too; how many rows."""
    pair = {"worker_id": worker_id, "project_id": project_id}
    async with transaction():
        strokes = await Contract.filter(**pair).values_list("strokes_file_id", flat=True)
        await files.delete(SYSTEM, [UUID(str(each)) for each in strokes if each])
        gone = await Contract.filter(**pair).delete()
        return gone + await Override.filter(**pair).delete()


async def is_kept(worker_ids: Iterable[UUID]) -> bool:
    """Whether the law still keeps a ledger of this worker's time on any project."""
    rows = Engagement.filter(worker_id__in=list(worker_ids), released_on=None)
    return await rows.exclude(state=State.CANCELLED).exists()


async def open_periods(worker_ids: Iterable[UUID]) -> int:
    """On how many projects he is expected or at work."""
    states = [state for state in State if state.open]
    return await Engagement.filter(worker_id__in=list(worker_ids), state__in=states).count()
