"""Which batches, exceptions and advances: always through a scope."""

from typing import TypeVar
from uuid import UUID

from tortoise.expressions import Subquery
from tortoise.queryset import QuerySet

from api.kit.actor import Actor
from api.kit.scope import scope_of, within
from api.payroll.models import Advance, BankBatch, BankException, BatchLine, LeftOut
from api.payroll.rules import BatchState, PaymentState, Way
from api.payroll.schemas import AdvanceQuery, BatchQuery, ExceptionQuery, PaymentQuery
from api.permissions import Permission

R = TypeVar("R", BankBatch, Advance)


def visible(kind: type[R], actor: Actor, permission: Permission) -> QuerySet[R]:
    """The rows of the actor's region, of his enterprise as the one that pays or that employs."""
    scope = scope_of(actor, permission)
    payer = scope.rows(tenant="contractor_id", region="region")
    return kind.filter(payer | scope.rows(tenant="enterprise_id"))


def paid_by(kind: type[R], actor: Actor, permission: Permission) -> QuerySet[R]:
    """Those that the actor's enterprise pays."""
    return kind.filter(scope_of(actor, permission).rows(tenant="contractor_id"))


def exceptions(actor: Actor, permission: Permission) -> QuerySet[BankException]:
    """The exception list of the actor's region, or of what his enterprise pays."""
    rows = scope_of(actor, permission).rows(tenant="contractor_id", region="region")
    return BankException.filter(rows)


def asked(rows: QuerySet[BankBatch], query: BatchQuery) -> QuerySet[BankBatch]:
    """The batches that the query asks for."""
    wanted = {"project_id": query.project_id, "sheet_id": query.sheet_id, "state": query.state}
    rows = rows.filter(**{name: each for name, each in wanted.items() if each is not None})
    return rows.filter(**within("region", query.region)) if query.region else rows


def asked_exceptions(
    rows: QuerySet[BankException], query: ExceptionQuery
) -> QuerySet[BankException]:
    """The exceptions that the query asks for."""
    rows = rows.filter(state=query.state) if query.state else rows
    return rows.filter(**within("region", query.region)) if query.region else rows


def asked_advances(rows: QuerySet[Advance], query: AdvanceQuery) -> QuerySet[Advance]:
    """The advances that the query asks for."""
    return rows.filter(state=query.state) if query.state else rows


def lines_of(batch_id: UUID) -> QuerySet[BatchLine]:
    """The payments of a batch."""
    return BatchLine.filter(batch_id=batch_id)


def asked_lines(batch_id: UUID, query: PaymentQuery) -> QuerySet[BatchLine]:
    """The payments of a batch that the query asks for."""
    rows = lines_of(batch_id)
    return rows.filter(state=query.state) if query.state else rows


def left_out_of(sheet_id: UUID) -> QuerySet[LeftOut]:
    """Who of a sheet is in no batch."""
    return LeftOut.filter(sheet_id=sheet_id)


def not_arrived_of(sheet_id: UUID) -> QuerySet[BatchLine]:
    """Payments of a sheet that failed or came back and were not made again since."""
    rows = BatchLine.filter(sheet_id=sheet_id)
    alive = rows.filter(state__in=[PaymentState.WAITING, PaymentState.SUCCEEDED])
    over = rows.filter(state__in=[PaymentState.FAILED, PaymentState.RETURNED])
    return over.exclude(line_id__in=Subquery(alive.values("line_id")))


def carried_of(sheet_id: UUID) -> QuerySet[BankBatch]:
    """Batches of a sheet that somebody takes to the bank, or whose receipt he is to bring back."""
    over = [BatchState.DONE, BatchState.FAILED]
    return BankBatch.filter(sheet_id=sheet_id, way=Way.FILE).exclude(state__in=over)
