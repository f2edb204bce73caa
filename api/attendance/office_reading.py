"""Days as an office works through them: by project, date and state, with their evidence."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from tortoise.expressions import Q, Subquery
from tortoise.functions import Count as Number
from tortoise.queryset import QuerySet

from api.attendance import deriving, queries, reading
from api.attendance.models import Correction, State, Workday
from api.attendance.office_schemas import DayQuery
from api.attendance.views import DayView
from api.kit.actor import Actor
from api.kit.pagination import PageQuery, page
from api.projects import service as projects
from api.workers import service as workers

WAITING = (
    State.PENDING, State.INCOMPLETE, State.DISPUTED, State.CONTESTED, State.AUTO_CONFIRMED,
)  # fmt: skip
"""States in which the enterprise still has a say; what is decided is not counted."""
ARGUED = (State.DISPUTED, State.CONTESTED)
OPEN = (State.PENDING, State.INCOMPLETE)


@dataclass(frozen=True, slots=True)
class WorkList:
    """A page of days, how many wait in each state, and the projects in which some do."""

    days: list[DayView]
    cursor: str | None
    waiting: Counter[State]
    projects: dict[UUID, str]


async def work_list(actor: Actor, query: DayQuery) -> WorkList:
    """The days that the query asks for, without their steps; a fixed number of statements.

    `waiting` counts those of its project and date, `projects` are those of its date.
    """
    await deriving.catch_up()
    visible = queries.of_enterprise(actor)
    days, cursor = await page(await queries.narrowed(visible, query), query)
    dated = visible.filter(day=query.date) if query.date else visible
    tally = await _tally(dated)
    ids = {project for project, _ in tally} | {row.project_id for row in days}
    names = await projects.names(ids | ({query.project_id} if query.project_id else set()))
    waiting: Counter[State] = Counter()
    for (project_id, state), number in tally.items():
        if query.project_id in (None, project_id):
            waiting[state] += number
    return WorkList(await reading.with_evidence(days, names), cursor, waiting, names)


@dataclass(frozen=True, slots=True)
class RegionList:
    """A page of a region's days in short, and the number of all of them by state."""

    days: list[DayView]
    cursor: str | None
    counts: dict[State, int]


async def region_list(actor: Actor, query: DayQuery) -> RegionList:
    """The days of the actor's region, without punches and steps; a fixed number of statements.

    The counts are of the query's project and date, whatever its state.
    """
    await deriving.catch_up()
    visible = queries.of_region(actor)
    rows, cursor = await page(await queries.narrowed(visible, query), query)
    whole = query.model_copy(update={"state": None})
    groups = (await queries.narrowed(visible, whole)).annotate(n=Number("id")).group_by("state")
    counts = {State(state): int(n) for state, n in await groups.values_list("state", "n")}
    names = await projects.names({row.project_id for row in rows})
    people = await workers.masked_names({row.worker_id for row in rows})
    days = [
        DayView(row, names.get(row.project_id, ""), people.get(row.worker_id, "")) for row in rows
    ]
    return RegionList(days, cursor, counts)


async def _tally(rows: QuerySet[Workday]) -> dict[tuple[UUID, State], int]:
    groups = rows.filter(state__in=WAITING).annotate(n=Number("id")).group_by("project_id", "state")
    found = await groups.values_list("project_id", "state", "n")
    return {(UUID(str(project)), State(state)): int(n) for project, state, n in found}


async def argued(actor: Actor, query: PageQuery) -> tuple[list[DayView], str | None]:
    """A page of the days with a correction that waits, or on which the two sides differ."""
    await deriving.catch_up()
    waiting = Correction.filter(state="pending").values("workday_id")
    rows = queries.of_enterprise(actor).filter(
        Q(state__in=ARGUED) | Q(id__in=Subquery(waiting), state__in=OPEN)
    )
    found, cursor = await page(rows, query)
    return await reading.whole(found), cursor
