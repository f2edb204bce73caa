"""What happens in attendance: punches, one or many at once; what other features ask of it."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from api.attendance import taking
from api.attendance.errors import OtherContent, SiteCodeUsed
from api.attendance.models import Punch, Workday
from api.attendance.reading import counted_days, days_between, days_found, worked
from api.attendance.roll_calls import call, require_recent, who_punched
from api.attendance.rules import Part
from api.attendance.schemas import PunchIn, Status
from api.attendance.writer import PunchRow, row_of, writer
from api.kit.actor import Actor
from api.kit.errors import Problem
from api.kit.schemas import parse
from api.workers import service as workers

__all__ = [
    "Outcome",
    "Part",
    "Workday",
    "call",
    "counted_days",
    "days_between",
    "days_found",
    "punch",
    "punch_batch",
    "require_recent",
    "who_punched",
    "worked",
]
FAR = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one punch of a batch: created, duplicate, conflict or refused."""

    client_id: UUID | None
    status: Status
    punch: PunchRow | None = None
    problem: Problem | None = None


async def punch(actor: Actor, command: PunchIn) -> tuple[PunchRow, bool]:
    """The punch, on disk, and whether it is new. OtherContent, SiteCodeUsed, or what refuses it.

    What was taken once is given again, also when it would be refused by now.
    """
    try:
        row = await taking.taken(actor, command)
    except Problem:
        earlier = await _earlier(actor, [command.client_id])
        if not earlier:
            raise
        return _same(earlier[command.client_id], command), False
    if row.id in await writer().write([row]):
        return row, True
    earlier = await _earlier(actor, [command.client_id])
    if not earlier:
        raise SiteCodeUsed
    return _same(earlier[command.client_id], command), False


def _same(stored: PunchRow, command: PunchIn) -> PunchRow:
    if stored.content != taking.content_of(command):
        raise OtherContent
    return stored


async def _earlier(actor: Actor, client_ids: list[UUID]) -> dict[UUID, PunchRow]:
    worker = await workers.of_account(actor.id)
    if worker is None:
        return {}
    rows = await Punch.filter(worker_id=worker.id, client_id__in=client_ids)
    return {row.client_id: row_of(row) for row in rows}


async def punch_batch(actor: Actor, items: list[dict[str, Any]]) -> list[Outcome]:
    """What became of each punch of an offline queue, in the order sent.

    Of several contents under one `client_id` the earliest claim is tried first, so the order in
    which the queue is sent makes no difference. One statement writes all that are new.
    """
    read = [_read(item) for item in items]
    commands = [each for each in read if isinstance(each, PunchIn)]
    rows, refused = await _candidates(actor, commands)
    stored = await writer().write(rows) if rows else set()
    ids = list({command.client_id for command in commands})
    known = await _earlier(actor, ids) if ids else {}
    fresh = {row.client_id for row in rows if row.id in stored}
    return [
        _refusal(items[place], each)
        if isinstance(each, Problem)
        else _outcome(each, known.get(each.client_id), fresh, refused)
        for place, each in enumerate(read)
    ]


def _read(item: dict[str, Any]) -> PunchIn | Problem:
    try:
        return parse(PunchIn, json.dumps(item).encode())
    except Problem as problem:
        return problem


async def _candidates(
    actor: Actor, commands: list[PunchIn]
) -> tuple[list[PunchRow], dict[str, Problem]]:
    rows: dict[UUID, PunchRow] = {}
    refused: dict[str, Problem] = {}
    for command in sorted(commands, key=_precedence):
        content = taking.content_of(command)
        if command.client_id in rows or content in refused:
            continue
        try:
            rows[command.client_id] = await taking.taken(actor, command)
        except Problem as problem:
            refused[content] = problem
    return list(rows.values()), refused


def _precedence(command: PunchIn) -> tuple[datetime, int, str]:
    # Of equal claims the plainer one: a note or another direction was added to it later.
    text = command.model_dump_json()
    return command.claimed_at or FAR, len(text), text


def _outcome(
    command: PunchIn, stored: PunchRow | None, fresh: set[UUID], refused: dict[str, Problem]
) -> Outcome:
    content = taking.content_of(command)
    if stored is None:
        problem = refused.get(content, SiteCodeUsed())
        return Outcome(command.client_id, "refused", problem=problem)
    if stored.content != content:
        return Outcome(command.client_id, "conflict", problem=OtherContent())
    is_new = command.client_id in fresh
    fresh.discard(command.client_id)
    return Outcome(command.client_id, "created" if is_new else "duplicate", stored)


def _refusal(item: dict[str, Any], problem: Problem) -> Outcome:
    try:
        client_id = UUID(str(item.get("client_id")))
    except ValueError:
        client_id = None
    return Outcome(client_id, "refused", problem=problem)
