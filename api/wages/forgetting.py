"""Forgets a worker's wages on a project, once the law's term is over (L-03)."""

from collections.abc import Iterable
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
    WageSheet,
    WageTerms,
)
from api.wages.rules import PayState, SheetState


async def unpaid(worker_ids: Iterable[UUID], project_id: UUID | None = None) -> int:
    """How many of his lines, on one project or all, are money that has not arrived."""
    rows = WageLine.filter(worker_id__in=list(worker_ids), net_fen__gt=0)
    rows = rows.exclude(pay_state__in=[PayState.SUCCEEDED, PayState.REPAID])
    rows = rows.exclude(sheet_id__in=Subquery(WageSheet.filter(state=SheetState.VOID).values("id")))
    return await (rows.filter(project_id=project_id) if project_id else rows).count()


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
