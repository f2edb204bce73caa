"""Batches, payments, exceptions and advances as they are read; a fixed number of statements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from api.enterprises import service as enterprises
from api.kit import clock
from api.kit.actor import Actor
from api.kit.pagination import page
from api.kit.schemas import Page
from api.kit.scope import scope_of
from api.payroll import access, holding, queries
from api.payroll.answers import (
    AdvanceOut,
    BatchOut,
    ExceptionOut,
    LeftOutOut,
    LeftOutsOut,
    NamedOut,
    NotArrivedOut,
    PaymentOut,
    PaymentsPage,
    ReceiptOut,
    ReceiptRowOut,
)
from api.payroll.errors import NoSuchPaySheet
from api.payroll.models import Advance, BankBatch, BankException, BatchLine
from api.payroll.receiving import Row
from api.payroll.rules import UNPAID, Verdict
from api.payroll.schemas import AdvanceQuery, BatchQuery, ExceptionQuery, PaymentQuery
from api.permissions import Permission
from api.projects import service as projects
from api.wages import service as wages
from api.wages.rules import PayState
from api.workers import service as workers

MOST_LEFT_OUT = 200
"""So many of those left out are named; whoever they are, the same steps help all of them."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of projects, enterprises and batches."""

    projects: Mapping[UUID, str]
    enterprises: Mapping[UUID, str]
    batches: Mapping[UUID, str]

    def project(self, row_id: UUID) -> NamedOut:
        """A project."""
        return NamedOut(id=row_id, name=self.projects.get(row_id, ""))

    def enterprise(self, row_id: UUID) -> NamedOut:
        """An enterprise."""
        return NamedOut(id=row_id, name=self.enterprises.get(row_id, ""))

    def batch(self, row_id: UUID) -> NamedOut:
        """A batch, by its number."""
        return NamedOut(id=row_id, name=self.batches.get(row_id, ""))


async def _names(
    project_ids: Iterable[UUID],
    enterprise_ids: Iterable[UUID] = (),
    batch_ids: Iterable[UUID] = (),
) -> Names:
    units, batches = set(enterprise_ids), set(batch_ids)
    numbers = await BankBatch.filter(id__in=list(batches)).values_list("id", "number")
    return Names(
        await projects.names(set(project_ids)),
        await enterprises.names_of(units) if units else {},
        dict(numbers),
    )


async def batches(actor: Actor, permission: Permission, query: BatchQuery) -> Page[BatchOut]:
    """A page of batches, newest first."""
    rows = queries.asked(queries.visible(BankBatch, actor, permission), query)
    found, cursor = await page(rows, query)
    return Page(items=await _batches(found), next_cursor=cursor)


async def one_batch(actor: Actor, permission: Permission, batch_id: UUID) -> BatchOut:
    """One batch. NoSuchBatch."""
    [found] = await _batches([await access.batch(actor, permission, batch_id)])
    return found


async def _batches(rows: list[BankBatch]) -> list[BatchOut]:
    units = {each for row in rows for each in (row.enterprise_id, row.contractor_id)}
    names = await _names({row.project_id for row in rows}, units)
    return [_batch(row, names) for row in rows]


def _batch(row: BankBatch, names: Names) -> BatchOut:
    return BatchOut(
        id=row.id,
        number=row.number,
        sheet_id=row.sheet_id,
        project=names.project(row.project_id),
        enterprise=names.enterprise(row.enterprise_id),
        contractor=names.enterprise(row.contractor_id),
        payer=row.payer,
        way=row.way,
        state=row.state,
        account=row.account.masked,
        lines=row.lines,
        total_fen=row.total_fen,
        arrived=row.arrived,
        arrived_fen=row.arrived_fen,
        failed=row.failed,
        attempts=row.attempts,
        trouble=row.trouble,
        made_at=row.created_at,
        done_at=row.done_at,
    )


async def payments(
    actor: Actor, permission: Permission, batch_id: UUID, query: PaymentQuery
) -> PaymentsPage:
    """A page of a batch's payments. NoSuchBatch."""
    await access.batch(actor, permission, batch_id)
    found, cursor = await page(queries.asked_lines(batch_id, query), query)
    return PaymentsPage(items=[_payment(row) for row in found], next_cursor=cursor)


def _payment(row: BatchLine) -> PaymentOut:
    return PaymentOut(
        id=row.id,
        line_id=row.line_id,
        seq=row.seq,
        payee=row.payee.masked,
        card=row.card.masked,
        amount_fen=row.amount_fen,
        again=row.again,
        state=row.state,
        reason=row.reason,
        reference=row.reference,
        at=row.at,
    )


async def left_out(actor: Actor, permission: Permission, sheet_id: UUID) -> LeftOutsOut:
    """Those of a sheet who are in no batch, and what holds all of it, to whoever pays or employs
    them. NoSuchPaySheet."""
    sheet, scope = await wages.find(sheet_id), scope_of(actor, permission)
    if sheet is None or not (
        scope.has_tenant(sheet.contractor_id) or scope.has_tenant(sheet.enterprise_id)
    ):
        raise NoSuchPaySheet
    money = await wages.counts(sheet_id)
    rows = await queries.left_out_of(sheet_id).order_by("id").limit(MOST_LEFT_OUT)
    names = await workers.masked_names({row.worker_id for row in rows})
    return LeftOutsOut(
        items=[
            LeftOutOut(
                line_id=row.line_id, worker_name=names.get(row.worker_id, ""), reason=row.reason
            )
            for row in rows
        ],
        held_since=await held_since(sheet_id),
        not_arrived=await _not_arrived(sheet_id),
        unpaid=sum(money.get(each, 0) for each in UNPAID),
        under_way=money.get(PayState.SENT, 0),
        carried=await carried(sheet_id),
    )


async def _not_arrived(sheet_id: UUID) -> list[NotArrivedOut]:
    """By wage line the newest payment that did not arrive."""
    found = await queries.not_arrived_of(sheet_id).order_by("-id").limit(2 * MOST_LEFT_OUT)
    newest: dict[UUID, BatchLine] = {}
    for row in found:
        newest.setdefault(row.line_id, row)
    rows = list(newest.values())[:MOST_LEFT_OUT]
    if not rows:
        return []
    names = await _names((), batch_ids={row.batch_id for row in rows})
    return [
        NotArrivedOut(
            line_id=row.line_id,
            worker_name=row.payee.masked,
            batch=names.batch(row.batch_id),
            state=row.state,
            reason=row.reason,
        )
        for row in rows
    ]


async def carried(sheet_id: UUID) -> bool:
    """Whether payments of a sheet wait for somebody to take a file to the bank or bring one."""
    return await queries.carried_of(sheet_id).exists()


async def held_since(sheet_id: UUID) -> datetime | None:
    """Since when nothing more is paid of a sheet for want of an agreement."""
    held = await holding.of_sheet(sheet_id)
    return held.created_at if held else None


async def exceptions(
    actor: Actor, permission: Permission, query: ExceptionQuery
) -> Page[ExceptionOut]:
    """A page of the exception list, newest first."""
    rows = queries.asked_exceptions(queries.exceptions(actor, permission), query)
    found, cursor = await page(rows, query)
    names = await _names(
        {row.project_id for row in found}, batch_ids={row.batch_id for row in found}
    )
    return Page(items=[_exception(row, names) for row in found], next_cursor=cursor)


async def one_exception(row: BankException) -> ExceptionOut:
    """One of them, to whoever closed it."""
    return _exception(row, await _names([row.project_id], batch_ids=[row.batch_id]))


def _exception(row: BankException, names: Names) -> ExceptionOut:
    return ExceptionOut(
        id=row.id,
        batch=names.batch(row.batch_id),
        project=names.project(row.project_id),
        seq=row.seq,
        amount_fen=row.amount_fen,
        outcome=row.outcome,
        reason=row.reason,
        reference=row.reference,
        at=row.at,
        why=row.why,
        state=row.state,
        note=row.note,
        handled_at=row.handled_at,
    )


async def advances(actor: Actor, permission: Permission, query: AdvanceQuery) -> Page[AdvanceOut]:
    """A page of advances that the actor's enterprise made or owes, newest first."""
    rows = queries.asked_advances(queries.visible(Advance, actor, permission), query)
    found, cursor = await page(rows, query)
    return Page(items=await _advances(found), next_cursor=cursor)


async def one_advance(row: Advance) -> AdvanceOut:
    """One of them, to whoever recovered it."""
    [found] = await _advances([row])
    return found


async def _advances(rows: list[Advance]) -> list[AdvanceOut]:
    units = {each for row in rows for each in (row.enterprise_id, row.contractor_id)}
    names = await _names({row.project_id for row in rows}, units, {row.batch_id for row in rows})
    return [
        AdvanceOut(
            id=row.id,
            sheet_id=row.sheet_id,
            batch=names.batch(row.batch_id),
            project=names.project(row.project_id),
            contractor=names.enterprise(row.contractor_id),
            enterprise=names.enterprise(row.enterprise_id),
            amount_fen=row.amount_fen,
            recovered_fen=row.recovered_fen,
            state=row.state,
            reason=row.reason,
            made_on=clock.day_of(row.created_at),
        )
        for row in rows
    ]


def report(rows: list[Row]) -> ReceiptOut:
    """What a receipt's file did, line by line."""
    return ReceiptOut(
        applied=sum(row.verdict is Verdict.APPLIED for row in rows),
        same=sum(row.verdict is Verdict.SAME for row in rows),
        exceptions=sum(row.why is not None for row in rows),
        rows=[
            ReceiptRowOut(
                seq=row.result.seq,
                amount_fen=row.result.amount_fen,
                outcome=row.result.outcome,
                verdict=row.verdict,
                why=row.why,
            )
            for row in rows
        ],
    )
