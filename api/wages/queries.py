"""Which sheets, lines, terms and objections: always through a scope."""

from collections.abc import Collection
from typing import TypeVar
from uuid import UUID

from tortoise.expressions import Subquery
from tortoise.queryset import QuerySet

from api.kit.actor import Actor
from api.kit.scope import scope_of, within
from api.permissions import Permission
from api.wages.models import LineContest, WageLine, WageSheet, WageStep, WageTerms
from api.wages.rules import Act, SheetState
from api.wages.schemas import ContestQuery, LineQuery, SheetQuery
from api.workers import service as workers

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


def counting(
    rows: QuerySet[WageSheet], permission: Permission, query: SheetQuery
) -> QuerySet[WageSheet]:
    """Of the sheets asked for those that sums count: no void ones, to the region no drafts.

    Where one state is asked for, all of them.
    """
    if query.state is not None:
        return rows
    drafts = [SheetState.DRAFT] if permission is Permission.REGULATOR_WAGES_READ else []
    return rows.exclude(state__in=[SheetState.VOID, *drafts])


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


def own_lines(worker_ids: Collection[UUID]) -> QuerySet[WageLine]:
    """A person's lines, by all ids of his, on sheets that he may see: no drafts, no void ones."""
    seen = [state for state in SheetState if state.shown]
    mine = WageLine.filter(worker_id__in=list(worker_ids))
    # By his own sheets: looking through all drafts and void ones would take longer every year.
    own = Subquery(mine.values("sheet_id"))
    shown = Subquery(WageSheet.filter(id__in=own, state__in=seen).values("id"))
    return mine.filter(sheet_id__in=shown)


async def own(actor: Actor) -> QuerySet[WageLine]:
    """The actor's own lines, those too that stayed with a record that was merged into his."""
    return own_lines(await workers.ids_of_account(actor.id))


def steps_of(sheet_id: UUID) -> QuerySet[WageStep]:
    """The steps of a sheet, oldest first."""
    return WageStep.filter(sheet_id=sheet_id).order_by("id")


async def corrected_by(sheet_id: UUID, account_id: UUID | None) -> bool:
    """Whether somebody ever changed an amount of the sheet, by hand or with its table."""
    rows = WageStep.filter(sheet_id=sheet_id, act=Act.CORRECTED, account_id=account_id)
    return account_id is not None and await rows.exists()


def asked_contests(rows: QuerySet[LineContest], query: ContestQuery) -> QuerySet[LineContest]:
    """The objections that the query asks for."""
    wanted = {"sheet_id": query.sheet_id, "state": query.state, "project_id": query.project_id}
    return rows.filter(**{name: each for name, each in wanted.items() if each is not None})
