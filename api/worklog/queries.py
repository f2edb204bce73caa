"""Which entries and lines: always of one worker, of a led team, or within an office's scope."""

from calendar import monthrange
from collections.abc import Collection
from datetime import date
from typing import TypeVar
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from api.kit.actor import Actor
from api.kit.scope import scope_of
from api.permissions import Permission
from api.worklog.models import LogChange, LogEntry, LogLine
from api.worklog.rules import Book

Row = TypeVar("Row", LogEntry, LogLine)


def own_entries(worker_id: UUID) -> QuerySet[LogEntry]:
    """The worker's own book as it stands."""
    return LogEntry.filter(worker_id=worker_id, book=Book.WORKER, removed_at=None)


def team_entries(team_id: UUID) -> QuerySet[LogEntry]:
    """The book of a team as it stands."""
    return LogEntry.filter(team_id=team_id, book=Book.LEADER, removed_at=None)


def lines_of(worker_id: UUID) -> QuerySet[LogLine]:
    """The lines of a worker."""
    return LogLine.filter(worker_id=worker_id)


def lines_of_team(team_id: UUID) -> QuerySet[LogLine]:
    """The lines of a team."""
    return LogLine.filter(team_id=team_id)


def lines_of_enterprise(actor: Actor) -> QuerySet[LogLine]:
    """The lines of which the actor's enterprise is the employer or the general contractor."""
    scope = scope_of(actor, Permission.ENTERPRISE_WORKLOG_READ)
    return LogLine.filter(scope.rows(tenant="enterprise_id") | scope.rows(tenant="contractor_id"))


def differing(rows: QuerySet[LogLine]) -> QuerySet[LogLine]:
    """Those that differ and by which not both sides stand."""
    stood_by = Q(worker_kept_at__isnull=False, leader_kept_at__isnull=False)
    return rows.exclude(difference="same").exclude(stood_by)


def span_of(month: str | None, year: str | None) -> tuple[date, date]:
    """The first and the last day of a month or a year."""
    if month is None:
        return date(int(year or 0), 1, 1), date(int(year or 0), 12, 31)
    first = date.fromisoformat(f"{month}-01")
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def within(rows: QuerySet[Row], first: date, last: date) -> QuerySet[Row]:
    """Those of these days."""
    return rows.filter(day__gte=first, day__lte=last)


def in_month(rows: QuerySet[Row], month: str | None) -> QuerySet[Row]:
    """Those of a month; all without one."""
    return rows if month is None else within(rows, *span_of(month, None))


def narrowed(rows: QuerySet[Row], **wanted: object) -> QuerySet[Row]:
    """Those that fit everything that is not None."""
    return rows.filter(**{name: value for name, value in wanted.items() if value is not None})


def history(entry_ids: Collection[UUID]) -> QuerySet[LogChange]:
    """What entries said, newest first."""
    return LogChange.filter(entry_id__in=list(entry_ids)).order_by("-version", "-id")
