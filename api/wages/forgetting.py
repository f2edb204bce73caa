"""Forgets a worker's wages on a project, once the law's term is over (L-03)."""

from uuid import UUID

from tortoise.expressions import Subquery

from api.files import service as files
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction
from api.wages.models import (
    LineContest,
    LineSignature,
    WageItem,
    WageLine,
    WageLineVersion,
    WageTerms,
)


async def forget(worker_id: UUID, project_id: UUID) -> int:
    """All lines of a released pair go with what hangs on them, and the terms; how many rows.

    The sheets stay with their sums: they name nobody. Items go before their lines, by which the
    triggers find the period.
    """
    pair = {"worker_id": worker_id, "project_id": project_id}
    lines = Subquery(WageLine.filter(**pair).values("id"))
    async with transaction():
        strokes = await LineSignature.filter(**pair).values_list("strokes_file_id", flat=True)
        await files.delete(SYSTEM, [UUID(str(each)) for each in strokes if each])
        gone = await WageItem.filter(line_id__in=lines).delete()
        for kind in (LineSignature, LineContest, WageLineVersion, WageLine, WageTerms):
            gone += await kind.filter(**pair).delete()
        return gone
