"""Which punches and which days."""

from calendar import monthrange
from datetime import date
from typing import TypeVar
from uuid import UUID

from tortoise.queryset import QuerySet

from api.attendance.models import Punch, Workday
from api.attendance.office_schemas import DayQuery
from api.kit.actor import Actor
from api.kit.scope import NOTHING, scope_of, within
from api.permissions import Permission
from api.workers import service as workers

Row = TypeVar("Row", Punch, Workday)
READ = Permission.WORKER_ATTENDANCE_READ


async def own_punches(actor: Actor, month: str | None = None) -> QuerySet[Punch]:
    """The actor's punches, of one month of work days or all."""
    return _of_month(_of_ids(Punch.all(), await _own_ids(actor)), month)


async def own_days(actor: Actor, month: str | None = None) -> QuerySet[Workday]:
    """The actor's days, of one month or all."""
    return _of_month(_of_ids(Workday.all(), await _own_ids(actor)), month)


async def own_month(actor: Actor, month: str) -> tuple[QuerySet[Punch], QuerySet[Workday]]:
    """The actor's punches and days of a month; who he is is looked up once."""
    ids = await _own_ids(actor)
    punches, days = _of_ids(Punch.all(), ids), _of_ids(Workday.all(), ids)
    return _of_month(punches, month), _of_month(days, month)


async def _own_ids(actor: Actor) -> list[UUID]:
    # By the worker and not by the account: whoever changes his phone keeps his history. By all
    # ids of the worker: punches keep the id of a record that was merged since.
    account_id = scope_of(actor, READ).account_id
    worker = await workers.of_account(account_id) if account_id else None
    return list(await workers.ids_of(worker.id)) if worker else []


def _of_ids(rows: QuerySet[Row], ids: list[UUID]) -> QuerySet[Row]:
    return rows.filter(worker_id__in=ids) if ids else rows.filter(NOTHING)


def to_decide(actor: Actor) -> QuerySet[Workday]:
    """The days of which the actor's enterprise is the employer or the general contractor."""
    return _of_enterprise(actor, Permission.ENTERPRISE_ATTENDANCE_DECIDE)


def of_enterprise(actor: Actor) -> QuerySet[Workday]:
    """The days that the actor's enterprise may see."""
    return _of_enterprise(actor, Permission.ENTERPRISE_ATTENDANCE_READ)


def of_region(actor: Actor) -> QuerySet[Workday]:
    """The days of the actor's region."""
    scope = scope_of(actor, Permission.REGULATOR_ATTENDANCE_READ)
    return Workday.filter(scope.rows(region="region"))


async def narrowed(rows: QuerySet[Workday], query: DayQuery) -> QuerySet[Workday]:
    """The days that the query asks for; a worker's also under the ids he had before a merge."""
    wanted = {
        "project_id": query.project_id,
        "day": query.date,
        "state": query.state,
        "team_id": query.team_id,
        "worker_id__in": await workers.ids_of(query.worker_id) if query.worker_id else None,
    }
    inside = within("region", query.region) if query.region else {}
    given = {name: value for name, value in wanted.items() if value is not None}
    return rows.filter(**inside, **given)


def _of_enterprise(actor: Actor, permission: Permission) -> QuerySet[Workday]:
    scope = scope_of(actor, permission)
    return Workday.filter(scope.rows(tenant="enterprise_id") | scope.rows(tenant="contractor_id"))


def _of_month(rows: QuerySet[Row], month: str | None) -> QuerySet[Row]:
    if month is None:
        return rows
    first = date.fromisoformat(f"{month}-01")
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return rows.filter(day__gte=first, day__lte=last)
