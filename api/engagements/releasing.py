"""期满: what a worker's time on a project left behind may go when the law's term is over.

Wage ledgers are kept for three years at least after the work is finished and all wages are paid
(保障农民工工资支付条例 15, 国务院令第724号); attendance and contracts are their evidence. A period
that is released opens the way for the deletion of rows that otherwise refuse it: the database's
triggers look at `released_on`.
"""

from collections.abc import AsyncIterator, Iterable
from datetime import timedelta
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


async def due() -> AsyncIterator[Pair]:
    """Workers and projects whose ledger's term is over, each pair once or a few times."""
    before = clock.today() - KEPT
    over = Q(state=State.LEFT, settled=True, left_on__lt=before)
    rows = Engagement.filter(over, released_on=None)
    rows = rows.filter(project_id__in=projects.finished_before(before)).order_by("id")
    last = UUID(int=0)
    while found := await rows.filter(id__gt=last).limit(BATCH):
        for row in found:
            held = Engagement.filter(worker_id=row.worker_id, project_id=row.project_id)
            if not await held.filter(~over, ~Q(state=State.CANCELLED)).exists():
                yield row.worker_id, row.project_id
        last = found[-1].id


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
