"""班组记工: the leader's book of a day, an entry for many, figures, differences."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.kit import clock
from api.kit.actor import Actor
from api.kit.routes import Download
from api.kit.spreadsheets import XLSX
from api.permissions import Permission
from api.worklog import entries, exporting, figures, reading, roll_calls
from api.worklog.answers import (
    MemberFiguresOut,
    SheetOut,
    TeamLogLineOut,
)
from api.worklog.rules import Kind
from api.worklog.schemas import (
    UNITS,
    ManyEntriesIn,
    SheetQuery,
    SpanQuery,
    TeamLogQuery,
    TeamSpanQuery,
)
from h5.areas import worker
from h5.forms import Typed, filled
from h5.pages import See, page
from h5.rendering import View, address
from h5.views.worker.worklog import DifferencesPage
from h5.views.worker.worklog_entries import KINDS, NewQuery, SaidForm

READ, UPDATE = Permission.WORKER_WORKLOG_READ, Permission.WORKER_WORKLOG_UPDATE
TEAM = "/teams/<team_id:uuid>/worklog"


class ManyForm(SaidForm):
    """The same for those who are ticked."""

    member: Annotated[list[UUID], Field(min_length=1, max_length=100)]


@dataclass(frozen=True, slots=True)
class TeamBookPage(View):
    """Both books of a team on one day."""

    template = "worker/team_worklog.html"
    title = "worker.team_worklog.title"
    team_id: UUID
    day: dt.date
    earlier: str
    later: str
    lines: tuple[TeamLogLineOut, ...]
    older: str


@dataclass(frozen=True, slots=True)
class ManyPage(View):
    """An entry for several members."""

    template = "worker/team_worklog_new.html"
    title = "worker.team_worklog.new.title"
    typed: Typed
    team_id: UUID
    kind: str
    kinds: tuple[str, ...]
    sheet: SheetOut
    today: dt.date
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TeamFiguresPage(View):
    """A month's figures of each member."""

    template = "worker/team_worklog_figures.html"
    title = "worker.team_worklog.figures.title"
    team_id: UUID
    month: dt.date
    earlier: str
    later: str
    members: tuple[MemberFiguresOut, ...]
    older: str


@page(worker, "GET", TEAM, permission=READ, back="/h5/teams")
async def book(actor: Actor, team_id: UUID, query: TeamLogQuery) -> TeamBookPage:
    """The team's book of a day."""
    day = query.day or clock.today()
    wanted = query.model_copy(update={"day": day})
    lines, cursor = await reading.team_lines(actor, team_id, wanted)
    here = f"/h5/teams/{team_id}/worklog"
    tomorrow = day + dt.timedelta(days=1)
    return TeamBookPage(
        team_id=team_id,
        day=day,
        earlier=f"{here}?day={day - dt.timedelta(days=1)}",
        later=f"{here}?day={tomorrow}" if tomorrow <= clock.today() else "",
        lines=tuple(lines),
        older=address(here, wanted, cursor=cursor) if cursor else "",
    )


@page(worker, "GET", f"{TEAM}/differences", permission=READ, back="/h5/teams")
async def team_differences(actor: Actor, team_id: UUID, query: TeamLogQuery) -> DifferencesPage:
    """Where the books of the team differ."""
    wanted = query.model_copy(update={"differing": True})
    lines, cursor = await reading.team_lines(actor, team_id, wanted)
    here = f"/h5/teams/{team_id}/worklog/differences"
    return DifferencesPage(tuple(lines), f"{here}?cursor={cursor}" if cursor else "", names=True)


@page(worker, "GET", f"{TEAM}/new", permission=UPDATE, back="/h5/teams")
async def new_entries(actor: Actor, team_id: UUID, query: NewQuery, typed: Typed) -> ManyPage:
    """Ask what to write down, and of whom."""
    sheet = await roll_calls.sheet(actor, team_id, SheetQuery(day=query.day))
    kind = typed.value("kind", query.kind.value)
    chosen = kind if kind in KINDS else Kind.TIME.value
    return ManyPage(typed, team_id, chosen, KINDS, sheet, clock.today(), UNITS)


@page(worker, "POST", f"{TEAM}/new", permission=UPDATE, again=new_entries)
async def add_entries(actor: Actor, team_id: UUID, form: ManyForm) -> See:
    """Write it down for each of them."""
    said = {name: value for name, value in form.said.items() if name != "member"}
    given = filled(ManyEntriesIn, {"member_ids": form.member, "entry": said})
    rows = await entries.add_many(actor, team_id, given)
    return See(
        f"/h5/teams/{team_id}/worklog?day={form.day}",
        says="worker.team_worklog.new.done",
        values={"n": str(len(rows))},
    )


@page(worker, "GET", f"{TEAM}/figures", permission=READ, back="/h5/teams")
async def team_figures(actor: Actor, team_id: UUID, query: TeamSpanQuery) -> TeamFiguresPage:
    """A month's figures of each member."""
    this = clock.today().replace(day=1)
    month = dt.date.fromisoformat(f"{query.month}-01") if query.month else this
    wanted = query.model_copy(update={"month": f"{month:%Y-%m}"})
    members, cursor = await figures.of_team(actor, team_id, wanted)
    here = f"/h5/teams/{team_id}/worklog/figures"
    later = month + dt.timedelta(days=31)
    return TeamFiguresPage(
        team_id=team_id,
        month=month,
        earlier=f"{here}?month={month - dt.timedelta(days=1):%Y-%m}",
        later=f"{here}?month={later:%Y-%m}" if month < this else "",
        members=tuple(members),
        older=address(here, wanted, cursor=cursor) if cursor else "",
    )


@page(worker, "GET", f"{TEAM}/export", permission=READ)
async def export_team(actor: Actor, team_id: UUID, query: SpanQuery) -> Download:
    """A month or a year of the team as a file."""
    return Download(await exporting.of_team(actor, team_id, query), XLSX, "team-worklog.xlsx")
