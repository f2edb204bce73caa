"""A worker's own lines, as the room of payslips reads them."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from tortoise.expressions import Subquery
from tortoise.functions import Count, Sum

from api.kit.actor import Actor
from api.kit.pagination import PageQuery, page
from api.wages import access, queries
from api.wages.models import LineContest, LineSignature, WageItem, WageLine, WageSheet
from api.wages.reckoning import ItemKind
from api.wages.rules import LineState, PayState
from api.workers import service as workers

TO_SIGN = (LineState.WAITING, LineState.ADJUSTED, LineState.UPHELD)


async def own_line(actor: Actor, line_id: UUID) -> WageLine:
    """One of the actor's own lines. NoSuchLine."""
    return await access.own_line(actor, line_id)


async def own_arrived(actor: Actor, query: PageQuery) -> tuple[list[WageLine], str | None]:
    """A page of the actor's own lines of which something arrived, newest first."""
    rows = await queries.own(actor)
    return await page(rows.filter(paid_on__isnull=False), query)


async def own_since(worker_id: UUID, month: str) -> list[WageLine]:
    """The worker's lines of the month and later ones, oldest first. One statement."""
    rows = queries.own_lines(await _all_ids(worker_id)).filter(month__gte=month)
    return await rows.order_by("month", "id")


async def of_workers(worker_ids: Collection[UUID]) -> list[WageLine]:
    """All lines of a person by all ids of his, oldest first. One statement."""
    return await queries.own_lines(worker_ids).order_by("month", "id")


async def own_within(worker_id: UUID, project_id: UUID, first: date, last: date) -> list[WageLine]:
    """The worker's lines on a project whose period touches these days. One statement."""
    touched = Subquery(WageSheet.filter(from_on__lte=last, to_on__gte=first).values("id"))
    rows = queries.own_lines(await _all_ids(worker_id))
    rows = rows.filter(project_id=project_id, sheet_id__in=touched)
    return await rows.order_by("month", "id")


async def _all_ids(worker_id: UUID) -> list[UUID]:
    """His id, and those of records that were merged into his."""
    return [worker_id, *await workers.earlier_ids(worker_id)]


async def waiting_for(actor: Actor) -> int:
    """How many of the actor's own lines he should look at and sign."""
    rows = await queries.own(actor)
    return await rows.filter(state__in=list(TO_SIGN), pay_state=PayState.WAITING).count()


async def shown_line(line_id: UUID) -> WageLine | None:
    """A line of a sheet that its worker may see, without asking who wants it."""
    row = await WageLine.get_or_none(id=line_id)
    sheets = await sheets_of([row]) if row else {}
    return row if row and sheets[row.sheet_id].state.shown else None


async def sheets_of(lines: Iterable[WageLine]) -> dict[UUID, WageSheet]:
    """The sheets on which the lines stand, by id. One statement."""
    rows = await WageSheet.filter(id__in=list({each.sheet_id for each in lines}))
    return {row.id: row for row in rows}


async def signatures_of(lines: Iterable[WageLine]) -> dict[UUID, LineSignature]:
    """The signatures that hold for what the lines say now, by line. One statement."""
    version = {each.id: each.signed_version for each in lines if each.signed_version is not None}
    rows = await LineSignature.filter(line_id__in=list(version)) if version else []
    return {row.line_id: row for row in rows if row.line_version == version[row.line_id]}


async def contests_of(lines: Iterable[WageLine]) -> dict[UUID, list[LineContest]]:
    """The objections to the lines, by line, oldest first. One statement, of no lines none."""
    found: dict[UUID, list[LineContest]] = {each.id: [] for each in lines}
    if not found:
        return found
    for row in await LineContest.filter(line_id__in=list(found)).order_by("id"):
        found[row.line_id].append(row)
    return found


async def sums_of(actor: Actor) -> dict[PayState, tuple[int, int]]:
    """How many lines of the actor's stand where, and what they come to in fen."""
    lines = await queries.own(actor)
    rows = (
        await lines.annotate(many=Count("id"), fen=Sum("net_fen"))
        .group_by("pay_state")
        .values_list("pay_state", "many", "fen")
    )
    return {PayState(state): (int(many), int(fen)) for state, many, fen in rows}


async def advances_of(lines: Iterable[WageLine]) -> dict[UUID, int]:
    """The advances that the lines took back in fen, positive, by line. One statement."""
    rows = (
        await WageItem.filter(line_id__in=[each.id for each in lines], kind=ItemKind.ADVANCE)
        .annotate(fen=Sum("amount_fen"))
        .group_by("line_id")
        .values_list("line_id", "fen")
    )
    return {UUID(str(line_id)): -int(fen) for line_id, fen in rows}
