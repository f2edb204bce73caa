"""Days and punches as those who may see them read them, drawn up to date first."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from tortoise.expressions import Q
from tortoise.functions import Count as Agg
from tortoise.functions import Sum
from tortoise.queryset import QuerySet

from api.attendance import deriving, queries
from api.attendance.errors import NoSuchPunch, NoSuchWorkday
from api.attendance.models import Correction, Punch, PunchSignal, State, Workday
from api.attendance.office_schemas import CountQuery, DayQuery
from api.attendance.roll_calls import is_called
from api.attendance.steps import steps_of
from api.attendance.taking import workday_id
from api.attendance.views import Count, DayView
from api.engagements import service as engagements
from api.kit.actor import Actor
from api.kit.pagination import PageQuery, page
from api.kit.scope import within
from api.projects import service as projects
from api.workers import service as workers


class CountedDay(NamedTuple):
    """A day that a wage is drawn from."""

    worker_id: UUID
    enterprise_id: UUID
    day: date
    units: Decimal


COUNTED = (State.CONFIRMED, State.AUTO_CONFIRMED, State.SETTLED)
"""Days that a wage is drawn from: somebody or time has confirmed them."""


async def own_punches(
    actor: Actor, month: str | None, query: PageQuery
) -> tuple[list[Punch], str | None]:
    """A page of the actor's punches, newest first."""
    return await page(await queries.own_punches(actor, month), query)


async def own_punch(actor: Actor, punch_id: UUID) -> Punch:
    """One of the actor's punches. NoSuchPunch otherwise."""
    row = await (await queries.own_punches(actor)).filter(id=punch_id).first()
    if row is None:
        raise NoSuchPunch
    return row


async def own_days(
    actor: Actor, month: str | None, query: PageQuery
) -> tuple[list[DayView], str | None]:
    """A page of the actor's days."""
    await deriving.catch_up_with(await queries.own_punches(actor, month))
    rows, cursor = await page(await queries.own_days(actor, month), query)
    return await whole(rows), cursor


async def own_month(actor: Actor, month: str) -> list[tuple[Workday, str]]:
    """All of the actor's days of a month with the names of their projects, newest first."""
    punches, days = await queries.own_month(actor, month)
    await deriving.catch_up_with(punches)
    rows = await days.order_by("-day", "-id")
    names = await projects.names({row.project_id for row in rows})
    return [(row, names.get(row.project_id, "")) for row in rows]


async def own_day(actor: Actor, workday_id: UUID) -> DayView:
    """One of the actor's days. NoSuchWorkday otherwise."""
    own = (await queries.own_punches(actor)).filter(workday_id=workday_id)
    await deriving.catch_up_with(own)
    return await _one((await queries.own_days(actor)).filter(id=workday_id))


async def days_of_enterprise(actor: Actor, query: DayQuery) -> tuple[list[DayView], str | None]:
    """A page of the days that the actor's enterprise may see, with evidence and signals."""
    await deriving.catch_up()
    rows, cursor = await page(await queries.narrowed(queries.of_enterprise(actor), query), query)
    return await whole(rows), cursor


async def day_of_enterprise(actor: Actor, workday_id: UUID) -> DayView:
    """A day that the actor's enterprise may see. NoSuchWorkday otherwise."""
    await deriving.catch_up()
    return await _one(queries.of_enterprise(actor).filter(id=workday_id))


async def days_of_region(actor: Actor, query: DayQuery) -> tuple[list[DayView], str | None]:
    """A page of the days of the actor's region."""
    await deriving.catch_up()
    rows, cursor = await page(await queries.narrowed(queries.of_region(actor), query), query)
    return await whole(rows), cursor


async def day_of_region(actor: Actor, workday_id: UUID) -> DayView:
    """A day of the actor's region. NoSuchWorkday otherwise."""
    await deriving.catch_up()
    return await _one(queries.of_region(actor).filter(id=workday_id))


async def days_found(
    keys: Collection[tuple[UUID, UUID, date]],
) -> dict[tuple[UUID, UUID, date], Workday]:
    """The days of these workers, projects and dates, as far as they are drawn. One statement."""
    ids = {workday_id(worker, project, day.isoformat()): (worker, project, day) for
           worker, project, day in keys}  # fmt: skip
    return {ids[row.id]: row for row in await Workday.filter(id__in=list(ids))}


async def days_between(worker_id: UUID, project_id: UUID, first: date, last: date) -> list[Workday]:
    """The worker's days on a project, under all his ids, drawn up to date; in their order."""
    ids = await workers.ids_of(worker_id)
    asked = {"worker_id__in": ids, "project_id": project_id, "day__gte": first, "day__lte": last}
    await deriving.catch_up_with(Punch.filter(**asked))
    return await Workday.filter(**asked).order_by("day", "id")


async def counted_days(
    worker_ids: Iterable[UUID], project_id: UUID, first: date, last: date
) -> list[CountedDay]:
    """The days of these workers on a project that count for wages, in their order.

    Of a record that was merged they stand under the kept one's id. Two statements, and no whole
    rows: of five hundred workers a month has thirteen thousand.
    """
    asked, homes = set(worker_ids), await workers.homes()
    ids = asked | {gone for gone, kept in homes.items() if kept in asked}
    rows = Workday.filter(
        worker_id__in=list(ids), project_id=project_id, day__gte=first, day__lte=last,
        state__in=list(COUNTED), units__gt=0,
    ).order_by("day", "id")  # fmt: skip
    found = await rows.values_list("worker_id", "enterprise_id", "day", "units")
    return [
        CountedDay(homes.get(worker_id, worker_id), employer, day, units)
        for worker_id, employer, day, units in found
    ]


async def last_day(worker_id: UUID, project_id: UUID) -> date | None:
    """The last day on which the worker worked there: one that counts, or may still count."""
    ids = await workers.ids_of(worker_id)
    await deriving.catch_up_with(Punch.filter(worker_id__in=ids, project_id=project_id))
    counting = Q(units__gt=0) | Q(state__in=[State.INCOMPLETE, State.PENDING, State.DISPUTED])
    rows = Workday.filter(counting, worker_id__in=ids, project_id=project_id)
    last = await rows.order_by("-day").first()
    return last.day if last else None


engagements.ask(last_day)


async def counts(actor: Actor, query: CountQuery) -> list[Count]:
    """The days of the actor's region by state."""
    await deriving.catch_up()
    rows = queries.of_region(actor)
    if query.project_id is not None:
        rows = rows.filter(project_id=query.project_id)
    if query.region is not None:
        rows = rows.filter(**within("region", query.region))
    if query.date is not None:
        rows = rows.filter(day=query.date)
    found = rows.annotate(
        days=Agg("id"), workers=Agg("worker_id", distinct=True), total=Sum("units")
    ).group_by("state")
    twice = await _counted_twice(rows)
    return [
        Count(state, days, workers_ - twice[state], units)
        for state, days, workers_, units in await found.values_list(
            "state", "days", "workers", "total"
        )
    ]


async def _counted_twice(rows: QuerySet[Workday]) -> Counter[str]:
    """By state, how many ids are other ids of a worker who is counted already."""
    homes = await workers.homes()
    involved = rows.filter(worker_id__in=[*homes, *homes.values()]).distinct()
    seen, twice = set(), Counter[str]()
    for state, worker_id in await involved.values_list("state", "worker_id"):
        person = (state, homes.get(worker_id, worker_id))
        twice[state] += person in seen
        seen.add(person)
    return twice


async def _one(rows: QuerySet[Workday]) -> DayView:
    row = await rows.first()
    if row is None:
        raise NoSuchWorkday
    return (await whole([row]))[0]


async def whole(rows: Sequence[Workday]) -> list[DayView]:
    """The days with all that belongs to them, in seven statements however many."""
    ids = [row.id for row in rows]
    found = await with_evidence(rows, await projects.names({row.project_id for row in rows}))
    steps = await steps_of(ids)
    days = {day.row.id: replace(day, steps=steps[day.row.id]) for day in found}
    for correction in await Correction.filter(workday_id__in=ids).order_by("id"):
        days[correction.workday_id].corrections.append(correction)
    return list(days.values())


async def _name_callers(days: Sequence[DayView]) -> None:
    called = [(day, each) for day in days for each in day.punches if is_called(each)]
    if not called:
        return
    names = await workers.masked_names_of_accounts({each.account_id for _, each in called})
    for day, each in called:
        day.callers[each.id] = names.get(each.account_id, "")


async def with_evidence(rows: Sequence[Workday], names: Mapping[UUID, str]) -> list[DayView]:
    """The days with their punches and signals, in three statements; `names` of their projects.

    One more where a leader made a punch.
    """
    ids = [row.id for row in rows]
    people = await workers.masked_names({row.worker_id for row in rows})
    days = {
        row.id: DayView(row, names.get(row.project_id, ""), people.get(row.worker_id, ""))
        for row in rows
    }
    for punch in await Punch.filter(workday_id__in=ids).order_by("at", "id"):
        days[punch.workday_id].punches.append(punch)
    for signal in await PunchSignal.filter(workday_id__in=ids).order_by("code"):
        days[signal.workday_id].signals.setdefault(signal.punch_id, []).append(signal)
    await _name_callers(list(days.values()))
    return list(days.values())
