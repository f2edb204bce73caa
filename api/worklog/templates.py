"""工价约定: how time is paid between a worker and his team, by each side's own word."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.transaction import transaction
from api.notices import service as notices
from api.teams import service as teams
from api.workers import service as workers
from api.worklog import access, counting
from api.worklog.errors import DayOutOfSpan
from api.worklog.models import LogEntry, PayTemplate
from api.worklog.rules import USUAL, Book, Kind, Pay
from api.worklog.schemas import (
    TeamTemplateIn,
    TemplateIn,
)
from api.worklog.writing import Pen

BACK = timedelta(days=183)
"""How far back a template may begin: what was written since is counted anew."""
Pays = Callable[[UUID, date], Pay]


async def pays(book: Book, team_id: UUID, worker_ids: Collection[UUID]) -> Pays:
    """How a worker's time is paid on a day by one side's word. One statement for all of them."""
    rows = PayTemplate.filter(team_id=team_id, worker_id__in=list(worker_ids), book=book)
    found: dict[UUID, list[PayTemplate]] = defaultdict(list)
    for row in await rows.order_by("id"):
        found[row.worker_id].append(row)

    def pay(worker_id: UUID, day: date) -> Pay:
        row = in_force(found[worker_id], day)
        return pay_of(row) if row else USUAL

    return pay


def in_force(rows: Sequence[PayTemplate], day: date) -> PayTemplate | None:
    """The one that began last by that day; of two that began together the newer."""
    begun = [row for row in rows if row.effective_from <= day]
    return max(begun, key=lambda row: (row.effective_from, row.id), default=None)


def pay_of(row: PayTemplate) -> Pay:
    """The template as a rule."""
    return Pay(row.rate_fen, row.unit_hours, row.overtime_unit_hours, row.overtime_rate_fen)


def pay_in(given: TemplateIn) -> Pay:
    """What was sent as a rule."""
    overtime = given.overtime_unit_hours
    return Pay(
        given.rate_fen,
        Decimal(given.unit_hours),
        Decimal(overtime) if overtime is not None else None,
        given.overtime_rate_fen,
    )


async def set_own(actor: Actor, team_id: UUID, given: TemplateIn) -> None:
    """The worker's own word; his leader is told. NoSuchTeamHere, DayOutOfSpan."""
    async with transaction():
        worker_id = await access.own_pair(actor, team_id)
        pen = Pen(actor, Book.WORKER, team_id)
        await put(pen, {worker_id}, given.effective_from, pay_in(given))
        await pen.finish()
        leaders = await workers.accounts_of(await teams.leaders_of(team_id))
        _tell(actor, team_id, set(leaders.values()), "worklog.worker_template")


async def set_for_team(actor: Actor, team_id: UUID, given: TeamTemplateIn) -> None:
    """The leader's word about some members, who are told. As `access.led_members` raises."""
    async with transaction():
        members = await access.led_members(actor, team_id, given.member_ids)
        worker_ids = {each.worker_id for each in members}
        pen = Pen(actor, Book.LEADER, team_id)
        await put(pen, worker_ids, given.effective_from, pay_in(given))
        await pen.finish()
        told = await workers.accounts_of(worker_ids)
        _tell(actor, team_id, set(told.values()), "worklog.leader_template")


def _tell(actor: Actor, team_id: UUID, accounts: set[UUID], kind: str) -> None:
    about = ("team_worklog" if kind == "worklog.worker_template" else "pay_template", team_id)
    for account_id in sorted(accounts - {actor.id}):
        notices.tell(actor, account_id, kind, {"team": str(team_id)}, about=about)


async def put(pen: Pen, worker_ids: Collection[UUID], since: date, pay: Pay) -> None:
    """The template holds from that day on, and what was written since is counted by it."""
    if not clock.today() - BACK <= since <= clock.today() + timedelta(days=31):
        fault = FieldError("effective_from", DayOutOfSpan.code, SPAN)
        raise DayOutOfSpan(errors=(fault,))
    await PayTemplate.bulk_create(
        [
            PayTemplate(
                book=pen.book,
                team_id=pen.team_id,
                worker_id=worker_id,
                effective_from=since,
                rate_fen=pay.rate_fen,
                unit_hours=pay.unit_hours,
                overtime_unit_hours=pay.overtime_unit_hours,
                overtime_rate_fen=pay.overtime_rate_fen,
                account_id=pen.actor.id,
            )
            for worker_id in sorted(worker_ids)
        ]
    )
    await _recount(pen, worker_ids, since)
    audit.record(
        pen.actor, Tag.WORKLOG_TEMPLATE_SET, ("team", pen.team_id),
        book=pen.book.value, people=len(worker_ids), effective_from=since.isoformat(),
    )  # fmt: skip


SPAN = "从哪天起只能选前半年到后一个月之间。请改日期。"


async def _recount(pen: Pen, worker_ids: Collection[UUID], since: date) -> None:
    pay = await pays(pen.book, pen.team_id, worker_ids)
    rows = LogEntry.filter(
        team_id=pen.team_id, book=pen.book, worker_id__in=list(worker_ids), kind=Kind.TIME,
        day__gte=since, removed_at=None,
    )  # fmt: skip
    changed = []
    for row in await rows.order_by("id").select_for_update():
        figures = counting.recounted(row, pay(row.worker_id, row.day))
        if any(getattr(row, name) != value for name, value in figures.items()):
            changed.append((row, figures))
    await pen.rewrite(changed, act="recounted")


async def both(team_id: UUID, worker_ids: Collection[UUID]) -> dict[tuple[UUID, Book], PayTemplate]:
    """The templates that hold today, by worker and book. One statement."""
    rows = PayTemplate.filter(team_id=team_id, worker_id__in=list(worker_ids)).order_by("id")
    found: dict[tuple[UUID, Book], list[PayTemplate]] = defaultdict(list)
    for row in await rows:
        found[row.worker_id, row.book].append(row)
    today = clock.today()
    current = {key: in_force(each, today) for key, each in found.items()}
    return {key: row for key, row in current.items() if row is not None}


async def of_day(book: Book, team_id: UUID, worker_id: UUID, day: date) -> PayTemplate | None:
    """The template of one side that holds on the day."""
    rows = PayTemplate.filter(team_id=team_id, worker_id=worker_id, book=book)
    return in_force(await rows, day)
