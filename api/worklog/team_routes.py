"""The leader's book of his team: calling the roll, entries for many, figures."""

from uuid import UUID

from sanic import Blueprint

from api.attendance.errors import CallTooFar
from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.rate_limit import Limit
from api.kit.routes import Download, route
from api.kit.schemas import Page
from api.kit.spreadsheets import XLSX
from api.permissions import Permission
from api.teams.errors import NoSuchMember, NoSuchTeam, NotLeader
from api.worklog import entries, errors, exporting, figures, reading, roll_calls, templates
from api.worklog.answers import (
    LogEntryOut,
    ManyEntriesOut,
    MemberFiguresOut,
    PairOut,
    RollCallOut,
    SheetOut,
    TeamLogLineOut,
)
from api.worklog.schemas import (
    ManyEntriesIn,
    RollCallIn,
    SheetQuery,
    SpanQuery,
    TeamLogQuery,
    TeamSpanQuery,
    TeamTemplateIn,
)

blueprint = Blueprint("team_worklog", url_prefix="/api/v1")
READ, UPDATE = Permission.WORKER_WORKLOG_READ, Permission.WORKER_WORKLOG_UPDATE
TEAM = "/teams/<team_id:uuid>/worklog"
LEADING = (NoSuchTeam, NotLeader)
WRITING = Limit("team_worklog_write", 300, 3600)


@route(blueprint, "GET", f"{TEAM}/roll", permission=READ, errors=LEADING)
async def show_roll(actor: Actor, team_id: UUID, query: SheetQuery) -> SheetOut:
    """The roll of a day: the members, what is recorded already, what was said of each last."""
    return await roll_calls.sheet(actor, team_id, query)


@route(
    blueprint, "POST", f"{TEAM}/roll-calls", permission=UPDATE,
    errors=(*LEADING, CallTooFar, errors.NotMemberThen, errors.UnknownProject), limits=(WRITING,),
)  # fmt: skip
async def call_roll(actor: Actor, team_id: UUID, body: RollCallIn) -> RollCallOut:
    """Call the roll 点名: the leader's book for many at once; who has not punched is registered."""
    return await roll_calls.call(actor, team_id, body)


@route(
    blueprint, "POST", f"{TEAM}/entries", permission=UPDATE, status=201,
    errors=(*LEADING, errors.NotMemberThen, errors.UnknownProject, errors.DayOutOfSpan),
    limits=(WRITING,),
)  # fmt: skip
async def add_entries(actor: Actor, team_id: UUID, body: ManyEntriesIn) -> ManyEntriesOut:
    """Write the same entry about some members into the leader's book; each is told."""
    rows = await entries.add_many(actor, team_id, body)
    return ManyEntriesOut(ids=[row.id for row in rows])


@route(blueprint, "GET", f"{TEAM}/entries", permission=READ, errors=(*LEADING, NoSuchMember))
async def list_team_entries(actor: Actor, team_id: UUID, query: TeamLogQuery) -> Page[LogEntryOut]:
    """The leader's book of his team, newest first; by month, day, project, member or kind."""
    items, cursor = await reading.team_entries(actor, team_id, query)
    return Page(items=items, next_cursor=cursor)


@route(blueprint, "GET", f"{TEAM}/lines", permission=READ, errors=(*LEADING, NoSuchMember))
async def list_team_lines(actor: Actor, team_id: UUID, query: TeamLogQuery) -> Page[TeamLogLineOut]:
    """Both books of the team side by side, beside the punches."""
    items, cursor = await reading.team_lines(actor, team_id, query)
    return Page(items=items, next_cursor=cursor)


@route(blueprint, "GET", f"{TEAM}/figures", permission=READ, errors=LEADING)
async def list_team_figures(
    actor: Actor, team_id: UUID, query: TeamSpanQuery
) -> Page[MemberFiguresOut]:
    """A month's or year's figures of each member, in both books."""
    items, cursor = await figures.of_team(actor, team_id, query)
    return Page(items=items, next_cursor=cursor)


@route(
    blueprint, "GET", f"{TEAM}/export", permission=READ, errors=LEADING,
    limits=(Limit("worklog_export", 60, 3600),),
)  # fmt: skip
async def export_team(actor: Actor, team_id: UUID, query: SpanQuery) -> Download:
    """A month or year of both books of the team as an XLSX file, names masked."""
    return Download(await exporting.of_team(actor, team_id, query), XLSX, "team-worklog.xlsx")


@route(blueprint, "GET", f"{TEAM}/templates", permission=READ, errors=LEADING)
async def list_team_templates(actor: Actor, team_id: UUID, query: PageQuery) -> Page[PairOut]:
    """How each member's time is paid, by both sides' word."""
    items, cursor = await reading.team_pairs(actor, team_id, query)
    return Page(items=items, next_cursor=cursor)


@route(
    blueprint, "PUT", f"{TEAM}/templates", permission=UPDATE, status=204,
    errors=(*LEADING, errors.NotMemberThen, errors.DayOutOfSpan),
    limits=(Limit("worklog_template", 60, 3600),),
)  # fmt: skip
async def put_team_templates(actor: Actor, team_id: UUID, body: TeamTemplateIn) -> None:
    """Say how the time of some members is paid from a day on; each is told."""
    await templates.set_for_team(actor, team_id, body)
