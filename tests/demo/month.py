"""Thirty days on three sites: most of them plain, so they are written many at once."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from api.attendance import decisions, deriving, known
from api.attendance.decisions import Decision
from api.attendance.models import Side, State, Workday, WorkdayStep
from api.attendance.steps import tell_worker
from api.attendance.writer import PunchRow
from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import clock, memo
from api.kit.actor import SYSTEM, Actor
from tests.demo import acts, untidy
from tests.demo.crews import Hand, Hands
from tests.demo.punching import Act, amounts_to, by_clock, chance, take, usual

DAYS = 30
UNDECIDED_DAYS = 3
"""The last days still wait for the officers."""
SILENT = (3, 5)
"""The teams whose days nobody decides: they are confirmed in the workers' favour."""
SOON = timedelta(seconds=5)
PLAIN = {("fence", "inside"), ("fence", "near"), ("automatic", "inside"), ("automatic", "near")}


async def go_by(hands: Hands) -> None:
    """The thirty days before today, one after the other."""
    memo.Channel.open = True  # this process is alone: what it remembers, nobody changes elsewhere
    today = clock.today()
    acts.at(by_clock(today - timedelta(days=DAYS), "05:00"))
    await known.set_automatic(hands[untidy.AUTOMATIC].actor, True)
    try:
        for back in range(DAYS, 0, -1):
            await _day(hands, today - timedelta(days=back), back)
    finally:
        memo.Channel.open = False


async def _day(hands: Hands, day: date, back: int) -> None:
    for act in untidy.BEFORE.get(back, ()):
        await act(hands, day)
        for each in memo.MEMOS.values():
            each.drop_all()
    planned = [act for hand in hands.values() for act in _planned(hand, day, back)]
    rows = await take(planned)
    waiting = await _draw(rows, hands)
    for act in untidy.AFTER.get(back, ()):
        await act(hands, day)
    acts.at(by_clock(day + timedelta(days=1), "08:30"))
    await decisions.confirm_overdue()
    if back > UNDECIDED_DAYS:
        acts.at(by_clock(day + timedelta(days=1), "17:30"))
        await _confirm(waiting)
        await untidy.confirm(hands, set(rows) - {row.id for row, _ in waiting})


def _planned(hand: Hand, day: date, back: int) -> Iterable[Act]:
    scripted = untidy.INSTEAD.get((hand.gang, hand.place, back))
    if scripted is not None:
        return scripted(hand, day)
    rests = chance(hand, day).random() < 1 / 8
    unfinished = hand.site.plan.overnight and back == 1
    if rests or unfinished or untidy.is_away(hand, back):
        return ()
    method = "automatic" if (hand.gang, hand.place) == untidy.AUTOMATIC else "fence"
    return usual(hand, day, method=method)


async def _draw(days: Mapping[UUID, list[PunchRow]], hands: Hands) -> list[tuple[Workday, Actor]]:
    """The days are drawn; those that the officers confirm without a second look."""
    people = {(hand.worker_id, hand.site.id): hand for hand in hands.values()}
    plain, waiting = [], []
    for workday_id, rows in days.items():
        acts.at(max(row.received_at for row in rows) + SOON)
        if not _is_plain(rows):
            await deriving.derive(workday_id)
            continue
        hand = people[rows[0].worker_id, rows[0].project_id]
        plain.append(await _plain(rows, hand))
        if hand.gang not in SILENT:
            waiting.append((plain[-1], hand.officer))
    await Workday.bulk_create(plain)
    steps = [_step(row, row.derived_at, "drawn", Side.SYSTEM, SYSTEM) for row in plain]
    await WorkdayStep.bulk_create(steps)
    return waiting


def _is_plain(rows: list[PunchRow]) -> bool:
    ways = [row.direction for row in rows]
    known_ways = all((row.method, row.verdict) in PLAIN and not row.late_upload for row in rows)
    return ways == ["in", "out"] and known_ways


async def _plain(rows: list[PunchRow], hand: Hand) -> Workday:
    draft, first = await amounts_to(rows), rows[0]
    moment = clock.now()
    return Workday(
        id=first.workday_id,
        worker_id=first.worker_id,
        account_id=first.account_id,
        project_id=first.project_id,
        engagement_id=first.engagement_id,
        team_id=first.team_id,
        enterprise_id=first.enterprise_id,
        contractor_id=hand.site.project.enterprise_id,
        region=hand.site.project.region,
        day=first.day,
        state=State.PENDING,
        units=draft.units,
        found_units=draft.units,
        hours=draft.hours,
        reasons=[],
        first_at=draft.first_at,
        last_at=draft.last_at,
        evidence=len(rows),
        derived_at=moment,
        open_since=moment,
    )


async def _confirm(waiting: list[tuple[Workday, Actor]]) -> None:
    """The officers confirm what is plain, as `decisions.decide` does day by day."""
    moment = clock.now()
    ids = [row.id for row, _ in waiting]
    plain = Workday.filter(id__in=ids, state=State.PENDING)
    still = {UUID(str(each)) for each in await plain.values_list("id", flat=True)}
    found = [(row, officer) for row, officer in waiting if row.id in still]
    chosen = Workday.filter(id__in=list(still))
    await chosen.update(state=State.CONFIRMED, decided_at=moment, open_since=None)
    steps = []
    for row, officer in found:
        row.state, row.decided_at, row.open_since = State.CONFIRMED, moment, None
        steps.append(_step(row, moment, Decision.CONFIRM, Side.ENTERPRISE, officer))
        subject, tenant = ("workday", row.id), row.enterprise_id
        facts = {"state": row.state, "decision": Decision.CONFIRM}
        audit.record(officer, Tag.WORKDAY_DECIDED, subject, tenant_id=tenant, **facts)
        tell_worker(officer, row, "workday.confirmed")
    await WorkdayStep.bulk_create(steps)


def _step(row: Workday, moment: datetime, act: str, side: Side, who: Actor) -> WorkdayStep:
    return WorkdayStep(
        workday_id=row.id,
        act=act,
        state=row.state,
        units=row.units,
        side=side,
        account_id=who.account_id,
        at=moment,
    )
