"""Two records were one person: the wages of the first become those of the second."""

from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction
from api.wages.models import LineContest, LineSignature, WageLine, WageLineVersion, WageTerms
from api.workers import service as workers


async def follow(gone: UUID) -> None:
    """Lines, signatures, objections and terms are the kept record's.

    A line of a sheet that pays both records stays where it is: `queries.own` reads it under all
    ids of his, and it is paid to the kept record.
    """
    kept = await workers.kept_of(gone)
    if kept is None:
        return
    async with transaction():
        both = await WageLine.filter(worker_id=kept.id).values_list("sheet_id", flat=True)
        rows = WageLine.filter(worker_id=gone).exclude(sheet_id__in=both)
        lines = await rows.order_by("id").select_for_update()
        ids = [line.id for line in lines]
        await WageLine.filter(id__in=ids).update(worker_id=kept.id)
        for kind in (LineSignature, LineContest, WageLineVersion):
            await kind.filter(line_id__in=ids).update(worker_id=kept.id)
        moved = len(ids) + await WageTerms.filter(worker_id=gone).update(worker_id=kept.id)
        if moved:
            audit.record(
                SYSTEM, Tag.WORKER_ROWS_MOVED, ("worker", kept.id), room="wages", rows=moved
            )
