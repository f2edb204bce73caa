"""Sheets as the employer, the contractor and the region read them; names stay masked."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from tortoise.functions import Count, Sum

from api.accounts import service as accounts
from api.audit import service as audit
from api.audit.tags import Purpose
from api.codes import workdays
from api.enterprises import service as enterprises
from api.files import service as files
from api.kit import clock
from api.kit.actor import Actor
from api.kit.pagination import page
from api.kit.personal import Personal
from api.kit.schemas import Page
from api.kit.transaction import transaction
from api.permissions import Permission
from api.projects import service as projects
from api.teams import service as teams
from api.wages import access, comparing, queries, showing
from api.wages.answers import (
    ContestOut,
    ItemOut,
    LineOut,
    LineWholeOut,
    NamedOut,
    OverlapOut,
    SheetOut,
    SheetPage,
    SheetWholeOut,
    StepOut,
)
from api.wages.errors import NoSuchContest
from api.wages.models import LineContest, WageItem, WageLine, WageSheet
from api.wages.reckoning import plain
from api.wages.rules import ContestState, LineState, SheetState
from api.wages.schemas import ContestQuery, LineQuery, SheetQuery
from api.workers import service as workers


async def sheets(actor: Actor, permission: Permission, query: SheetQuery) -> SheetPage:
    """A page of sheets, newest first, with the sums of those asked for that count (CS-S1c)."""
    rows = queries.asked(queries.visible(WageSheet, actor, permission), query)
    found, cursor = await page(rows, query)
    sums = (
        await queries.counting(rows, permission, query)
        .annotate(sheets=Count("id"), all_persons=Sum("persons"), all_fen=Sum("total_fen"))
        .values("sheets", "all_persons", "all_fen")
    )
    figures = await _sheet_figures(found)
    return SheetPage(
        items=[SheetOut(**each) for each in figures],
        next_cursor=cursor,
        sheets=sums[0]["sheets"],
        persons=int(sums[0]["all_persons"] or 0),
        total_fen=int(sums[0]["all_fen"] or 0),
    )


async def sheet(actor: Actor, permission: Permission, sheet_id: UUID) -> SheetWholeOut:
    """One sheet with its steps and what wants attention. NoSuchSheet."""
    row = await access.sheet(actor, permission, sheet_id)
    lines = queries.lines_of(row.id)
    steps = await queries.steps_of(row.id).limit(200)
    by = await accounts.usernames({each.account_id for each in steps if each.account_id})
    unsigned = lines.filter(unsigned_reason="").exclude(state=LineState.CONFIRMED)
    open_ones = LineContest.filter(sheet_id=row.id, state=ContestState.OPEN)
    return SheetWholeOut(
        **(await _sheet_figures([row]))[0],
        unsigned=await unsigned.count(),
        differing=await lines.filter(differs=True).count(),
        overlapping=await lines.filter(overlaps_id__isnull=False).count(),
        contested=await open_ones.count(),
        made_by_you=row.made_by == actor.account_id,
        corrected_by_you=await queries.corrected_by(row.id, actor.account_id),
        audited_by_you=row.audited_by == actor.account_id,
        steps=[
            StepOut(
                act=each.act, state=each.state, at=each.created_at,
                by=by.get(each.account_id, "") if each.account_id else "",
                total_fen=each.total_fen, reason=each.reason, line_id=each.line_id,
            )
            for each in steps
        ],
    )  # fmt: skip


async def _sheet_figures(rows: Sequence[WageSheet]) -> list[dict[str, Any]]:
    if not rows:
        return []
    sites = await projects.names({row.project_id for row in rows})
    firms = await enterprises.names_of(
        {row.enterprise_id for row in rows} | {row.contractor_id for row in rows}
    )
    team_ids = {row.team_id for row in rows if row.team_id}
    groups = await teams.names(team_ids) if team_ids else {}
    same = (
        "id", "number", "kind", "month", "from_on", "to_on", "pay_on", "state", "version",
        "drawing", "persons", "total_fen", "paid_fen", "failed_fen", "pending_fen",
    )  # fmt: skip
    return [
        {
            **{name: getattr(row, name) for name in same},
            "project": NamedOut(id=row.project_id, name=sites.get(row.project_id, "")),
            "enterprise": NamedOut(id=row.enterprise_id, name=firms.get(row.enterprise_id, "")),
            "contractor": NamedOut(id=row.contractor_id, name=firms.get(row.contractor_id, "")),
            "team": _team(row.team_id, groups),
        }
        for row in rows
    ]


def _team(team_id: UUID | None, names: dict[UUID, str]) -> NamedOut | None:
    return NamedOut(id=team_id, name=names.get(team_id, "")) if team_id else None


async def lines(
    actor: Actor, permission: Permission, sheet_id: UUID, query: LineQuery
) -> Page[LineOut]:
    """A page of a sheet's lines. NoSuchSheet."""
    row = await access.sheet(actor, permission, sheet_id)
    found, cursor = await page(queries.asked_lines(queries.lines_of(row.id), query), query)
    figures = await line_figures(found)
    return Page(items=[LineOut(**each) for each in figures], next_cursor=cursor)


async def line_figures(rows: Sequence[WageLine]) -> list[dict[str, Any]]:
    """What a list shows of lines. Two statements."""
    names = await workers.masked_names({row.worker_id for row in rows}) if rows else {}
    groups = await teams.names({row.team_id for row in rows if row.team_id}) if rows else {}
    same = (
        "id", "worker_id", "pay_kind", "rate_fen", "gross_fen", "deducted_fen", "net_fen",
        "version", "state", "unsigned_reason", "differs", "hints", "pay_state", "paid_on", "payer",
    )  # fmt: skip
    return [
        {
            **{name: getattr(row, name) for name in same},
            "worker_name": names.get(row.worker_id, ""),
            "team": _team(row.team_id, groups),
            "units": plain(row.units),
            "hours": plain(row.hours),
            "overtime_hours": plain(row.overtime_hours),
            "overlaps": row.overlaps_id is not None,
        }
        for row in rows
    ]


async def line(actor: Actor, permission: Permission, sheet_id: UUID, line_id: UUID) -> LineWholeOut:
    """One line with terms, items and days. NoSuchSheet, NoSuchLine."""
    of = await access.sheet(actor, permission, sheet_id)
    row = await access.line(of, line_id)
    items = (await showing.items_of([row.id]))[row.id]
    return LineWholeOut(
        **(await line_figures([row]))[0],
        sheet_id=of.id,
        sheet_number=of.number,
        digest=row.digest,
        unit_hours=plain(row.unit_hours),
        overtime_percent=row.overtime_percent,
        overtime_fen=row.overtime_fen,
        items=[item(each) for each in items],
        days=await comparing.days_of(of, row),
        overlap=await _overlap(actor, permission, row),
    )


async def _overlap(actor: Actor, permission: Permission, row: WageLine) -> OverlapOut | None:
    """What the other sheet of the line's worker says. Three statements at most."""
    other = await WageSheet.get_or_none(id=row.overlaps_id) if row.overlaps_id else None
    if other is None:
        return None
    seen = await queries.visible(WageSheet, actor, permission).filter(id=other.id).exists()
    there = await queries.lines_of(other.id).filter(worker_id=row.worker_id).first()
    both = _worked(row) & _worked(there) if there else set()
    return OverlapOut(
        sheet_id=other.id if seen else None,
        number=other.number if seen else "",
        void=other.state is SheetState.VOID,
        days=sorted(both),
    )


def _worked(row: WageLine) -> set[date]:
    return {showing.day_of(entry)[0] for entry in row.days}


def item(row: WageItem) -> ItemOut:
    """An amount as it is read."""
    return ItemOut(
        id=row.id,
        kind=row.kind,
        amount_fen=row.amount_fen,
        quantity=None if row.quantity is None else plain(row.quantity),
        unit=row.unit,
        price_fen=row.price_fen,
        note=row.note,
        by_hand=row.kind.by_hand,
    )


async def contests(actor: Actor, permission: Permission, query: ContestQuery) -> Page[ContestOut]:
    """A page of objections, newest first; who opens the words is written down."""
    rows = queries.asked_contests(queries.visible(LineContest, actor, permission), query)
    found, cursor = await page(rows, query)
    return Page(items=await contests_out(actor, found), next_cursor=cursor)


async def contest(actor: Actor, permission: Permission, contest_id: UUID) -> ContestOut:
    """One objection. NoSuchContest."""
    row = await queries.visible(LineContest, actor, permission).filter(id=contest_id).first()
    if row is None:
        raise NoSuchContest
    return (await contests_out(actor, [row]))[0]


async def open_contest(
    actor: Actor, permission: Permission, sheet_id: UUID, line_id: UUID
) -> ContestOut | None:
    """The objection to a line that waits for its answer. NoSuchSheet, NoSuchLine."""
    row = await access.line(await access.sheet(actor, permission, sheet_id), line_id)
    found = await LineContest.filter(line_id=row.id, state=ContestState.OPEN).first()
    return (await contests_out(actor, [found]))[0] if found else None


async def contests_out(actor: Actor, rows: Sequence[LineContest]) -> list[ContestOut]:
    """Objections with their words. Three statements and the audit."""
    if not rows:
        return []
    names = await workers.masked_names({row.worker_id for row in rows})
    sites = await projects.names({row.project_id for row in rows})
    calendar, today = workdays.calendar(), clock.today()
    async with transaction():
        return [
            ContestOut(
                id=row.id,
                sheet_id=row.sheet_id,
                line_id=row.line_id,
                worker_name=names.get(row.worker_id, ""),
                project=NamedOut(id=row.project_id, name=sites.get(row.project_id, "")),
                day=row.day,
                item=row.item,
                words=_opened(actor, row, row.words),
                photo=files.link(actor, row.photo_id) if row.photo_id else None,
                state=row.state,
                due_on=row.due_on,
                days_left=calendar.left(today, row.due_on),
                answer=_opened(actor, row, row.answer),
                answered_at=row.answered_at,
            )
            for row in rows
        ]


def _opened(actor: Actor, row: LineContest, text: Personal | None) -> str:
    subject = ("line_contest", row.id)
    return audit.reveal(actor, text, Purpose.SHOW_STAFF, subject) if text else ""
