"""Who hears of what is written: the other side, many entries in one message."""

from collections import defaultdict
from uuid import UUID

from api.kit.actor import SYSTEM, Actor
from api.kit.transaction import transaction
from api.notices import service as notices
from api.teams import service as teams
from api.workers import service as workers
from api.worklog.models import LogChange, LogLine
from api.worklog.rules import Book, Kind

MONEY = {Kind.ADVANCE.value, Kind.SETTLEMENT.value}


async def tell(book: Book, team_id: UUID, first: UUID) -> None:
    """Tell the other side what was written in the book since the change `first`."""
    rows = await LogChange.filter(team_id=team_id, book=book, id__gte=first)
    async with transaction():
        if book is Book.LEADER:
            await _tell_workers(team_id, rows)
        else:
            await _tell_leaders(team_id, rows)


async def _tell_workers(team_id: UUID, rows: list[LogChange]) -> None:
    by_worker: dict[UUID, list[LogChange]] = defaultdict(list)
    for row in rows:
        by_worker[row.worker_id].append(row)
    accounts = await workers.accounts_of(set(by_worker))
    for worker_id, account_id in sorted(accounts.items()):
        found = [row for row in by_worker[worker_id] if row.account_id != account_id]
        if not found:
            continue
        paid = any(row.said["kind"] in MONEY for row in found)
        kind = "worklog.leader_wrote_money" if paid else "worklog.leader_wrote"
        _say(account_id, kind, team_id, found, "worklog")


async def _tell_leaders(team_id: UUID, rows: list[LogChange]) -> None:
    accounts = await workers.accounts_of(await teams.leaders_of(team_id))
    for account_id in sorted(set(accounts.values())):
        found = [row for row in rows if row.account_id != account_id]
        if found:
            _say(account_id, "worklog.worker_wrote", team_id, found, "team_worklog")


def _say(account_id: UUID, kind: str, team_id: UUID, rows: list[LogChange], about: str) -> None:
    params = {
        "team": str(team_id),
        "count": str(len({row.entry_id for row in rows})),
        "people": str(len({row.worker_id for row in rows})),
        "date": max(str(row.said["day"]) for row in rows),
    }
    notices.tell(SYSTEM, account_id, kind, params, about=(about, team_id))


async def kept(actor: Actor, row: LogLine, book: Book) -> None:
    """Tell the other side that this one stands by what it wrote."""
    if book is Book.LEADER:
        told = await workers.accounts_of({row.worker_id})
    else:
        told = await workers.accounts_of(await teams.leaders_of(row.team_id))
    params = {"team": str(row.team_id), "date": row.day.isoformat()}
    for account_id in sorted(set(told.values()) - {actor.id}):
        notices.tell(actor, account_id, "worklog.kept", params, about=("log_line", row.id))
