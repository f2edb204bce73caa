"""A month or a year of both books as an XLSX file; who takes a team's stands in the audit."""

import asyncio
from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from api.audit.exports import exported
from api.kit import spreadsheets
from api.kit.actor import Actor
from api.kit.money import written
from api.kit.spreadsheets import Cell
from api.teams import service as teams
from api.worklog import access, figures, queries, reading
from api.worklog.answers import (
    FiguresOut,
    LogLineOut,
    SumOut,
)
from api.worklog.rules import Book, Kind
from api.worklog.schemas import (
    SpanQuery,
)

MOST = 20_000
"""Rows of a file: a team of 50 on every day of a year."""
HEADER = (
    "日期", "姓名", "班组", "项目", "类型", "单位",
    "工人记：工", "工人记：小时", "工人记：加班小时", "工人记：数量", "工人记：元",
    "班组长记：工", "班组长记：小时", "班组长记：加班小时", "班组长记：数量", "班组长记：元",
    "打卡：工", "差异",
)  # fmt: skip
KINDS = {
    Kind.TIME: "点工", Kind.PIECE: "包工", Kind.PIECE_DAYS: "包工记工天",
    Kind.ADVANCE: "借支", Kind.SETTLEMENT: "结算",
}  # fmt: skip
DIFFERENCES = {
    "same": "一样", "only_worker": "只有工人记了", "only_leader": "只有班组长记了",
    "work": "工数不一样", "rate": "工价不一样", "money": "钱数不一样",
}  # fmt: skip


async def own(actor: Actor, query: SpanQuery) -> bytes:
    """The worker's lines and what they come to."""
    worker = await access.worker_of(actor)
    span = figures.span_named(query.month, query.year)
    rows = figures.lines_in(queries.lines_of(worker.id), span).order_by("day", "id").limit(MOST)
    found = await rows
    both = figures.figures(found, Book.WORKER), figures.figures(found, Book.LEADER)
    return await _file(await reading.lines(found), both)


async def of_team(actor: Actor, team_id: UUID, query: SpanQuery) -> bytes:
    """The lines of a team and what they come to. NoSuchTeam, NotLeader."""
    await teams.led(actor, team_id)
    span = figures.span_named(query.month, query.year)
    rows = figures.lines_in(queries.lines_of_team(team_id), span)
    found = await rows.order_by("day", "id").limit(MOST)
    both = figures.figures(found, Book.WORKER), figures.figures(found, Book.LEADER)
    await exported(actor, "team_worklog", len(found), f"team={team_id} span={span}")
    return await _file(await reading.lines(found), both)


async def _file(lines: Sequence[LogLineOut], both: tuple[FiguresOut, FiguresOut]) -> bytes:
    rows = [_row(each) for each in lines]
    rows += [[], _summed("工人", both[0]), _summed("班组长", both[1])]
    return await asyncio.to_thread(spreadsheets.write, HEADER, rows)


def _row(line: LogLineOut) -> list[Cell]:
    punched = Decimal(line.punched_units) if line.punched_units else None
    return [
        line.day.isoformat(), line.worker_name, line.team_name, line.project.name,
        KINDS[line.kind], line.unit, *_side(line.worker), *_side(line.leader),
        punched, DIFFERENCES[line.difference],
    ]  # fmt: skip


def _side(said: SumOut | None) -> tuple[Cell, ...]:
    if said is None:
        return (None,) * 5
    units, hours, overtime = Decimal(said.units), Decimal(said.hours), Decimal(said.overtime_hours)
    return units, hours, overtime, Decimal(said.quantity), _yuan(said.amount_fen)


def _yuan(amount_fen: int | None) -> Decimal | None:
    return None if amount_fen is None else Decimal(amount_fen).scaleb(-2)


def _summed(name: str, total: FiguresOut) -> list[Cell]:
    return [
        f"合计（{name}记）", f"{total.units} 工", f"{total.hours} 小时",
        f"加班 {total.overtime_hours} 小时", f"挣 {_total(total.earned_fen)} 元",
        f"借支 {_total(total.advance_fen)} 元", f"结算 {_total(total.settled_fen)} 元",
        f"未结 {_total(total.open_fen)} 元",
    ]  # fmt: skip


def _total(amount_fen: int) -> str:
    """Yuan in a sentence; a minus that no spreadsheet takes for the start of a formula."""
    return written(amount_fen).replace("-", "−")
