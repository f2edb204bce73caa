"""Which sheets, lines, terms and objections: always through a scope."""

from typing import TypeVar
from uuid import UUID

from tortoise.expressions import Subquery
from tortoise.queryset import QuerySet

from api.kit.actor import Actor
from api.kit.scope import scope_of, within
from api.permissions import Permission
from api.wages.models import LineContest, WageLine, WageSheet, WageStep, WageTerms
from api.wages.rules import SheetState
from api.wages.schemas import ContestQuery, LineQuery, SheetQuery

R = TypeVar("R", WageSheet, WageLine, WageTerms, LineContest)


def visible(kind: type[R], actor: Actor, permission: Permission) -> QuerySet[R]:
    """The rows of the actor's region, of his enterprise, and of projects it is contractor of."""
    scope = scope_of(actor, permission)
    own = scope.rows(tenant="enterprise_id", region="region")
    return kind.filter(own | scope.rows(tenant="contractor_id"))


def asked(rows: QuerySet[WageSheet], query: SheetQuery) -> QuerySet[WageSheet]:
    """The sheets that the query asks for."""
    wanted = {
        "project_id": query.project_id,
        "enterprise_id": query.enterprise_id,
        "team_id": query.team_id,
        "month": query.month,
        "kind": query.kind,
        "state": query.state,
    }
    rows = rows.filter(**{name: each for name, each in wanted.items() if each is not None})
    return rows.filter(**within("region", query.region)) if query.region else rows


def lines_of(sheet_id: UUID) -> QuerySet[WageLine]:
    """The lines of a sheet."""
    return WageLine.filter(sheet_id=sheet_id)


def asked_lines(rows: QuerySet[WageLine], query: LineQuery) -> QuerySet[WageLine]:
    """The lines that the query asks for."""
    if query.state is not None:
        rows = rows.filter(state=query.state)
    if query.pay_state is not None:
        rows = rows.filter(pay_state=query.pay_state)
    if query.flagged:
        rows = rows.filter(differs=True)
    return rows


def own_lines(worker_id: UUID | Subquery) -> QuerySet[WageLine]:
    """A worker's lines on sheets that he may see: no drafts, none that was made void."""
    hidden = [SheetState.DRAFT, SheetState.VOID]
    shown = Subquery(WageSheet.filter(state__in=hidden).values("id"))
    return WageLine.filter(worker_id=worker_id).exclude(sheet_id__in=shown)


def steps_of(sheet_id: UUID) -> QuerySet[WageStep]:
    """The steps of a sheet, oldest first."""
    return WageStep.filter(sheet_id=sheet_id).order_by("id")


def asked_contests(rows: QuerySet[LineContest], query: ContestQuery) -> QuerySet[LineContest]:
    """The objections that the query asks for."""
    wanted = {"sheet_id": query.sheet_id, "state": query.state, "project_id": query.project_id}
    return rows.filter(**{name: each for name, each in wanted.items() if each is not None})
