"""The worker's book, both books side by side, and what they come to."""

from uuid import UUID

from sanic import Blueprint

from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import Download, route
from api.kit.schemas import Page
from api.kit.spreadsheets import XLSX
from api.permissions import Permission
from api.worklog import deciding, entries, errors, exporting, figures, reading, templates
from api.worklog.answers import (
    LogEntryOut,
    LogEntryWholeOut,
    LogLineOut,
    PairOut,
    SpanOut,
    TeamLogLineOut,
)
from api.worklog.schemas import (
    DecisionIn,
    LogEntryIn,
    LogQuery,
    OwnEntryIn,
    SpanQuery,
    TemplateIn,
)

blueprint = Blueprint("worklog", url_prefix="/api/v1")
READ, UPDATE = Permission.WORKER_WORKLOG_READ, Permission.WORKER_WORKLOG_UPDATE
OWN, ENTRY = "/me/worklog", "/worklog/entries/<entry_id:uuid>"
LINE, TEMPLATE = "/worklog/lines/<line_id:uuid>", "/me/worklog/templates/<team_id:uuid>"
WRITING = Limit("worklog_write", 300, 3600)
NONE = errors.NoSuchTeamHere
WRONG = (errors.UnknownProject, errors.DayOutOfSpan)


@route(
    blueprint, "POST", f"{OWN}/entries", permission=UPDATE, status=201,
    errors=(NONE, *WRONG), limits=(WRITING,),
)  # fmt: skip
async def add_entry(actor: Actor, body: OwnEntryIn) -> LogEntryWholeOut:
    """Write an entry into one's own book 记一笔; the team's leader is told."""
    row = await entries.add_own(actor, body)
    return await reading.entry(actor, row.id)


@route(blueprint, "GET", f"{OWN}/entries", permission=READ, errors=(NONE,))
async def list_entries(actor: Actor, query: LogQuery) -> Page[LogEntryOut]:
    """One's own book, newest first; by month, team, project or kind."""
    items, cursor = await reading.own_entries(actor, query)
    return Page(items=items, next_cursor=cursor)


@route(blueprint, "GET", ENTRY, permission=READ, errors=(errors.NoSuchEntry,))
async def show_entry(actor: Actor, entry_id: UUID) -> LogEntryWholeOut:
    """An entry of either book, with who changed it when."""
    return await reading.entry(actor, entry_id)


@route(
    blueprint, "PUT", ENTRY, permission=UPDATE, limits=(WRITING,),
    errors=(errors.NoSuchEntry, errors.NotYourBook, errors.AlreadyRemoved, *WRONG),
)  # fmt: skip
async def change_entry(actor: Actor, entry_id: UUID, body: LogEntryIn) -> LogEntryWholeOut:
    """Mend an entry of one's own book; what it said before stays in its history."""
    await entries.change(actor, entry_id, body)
    return await reading.entry(actor, entry_id)


@route(
    blueprint, "DELETE", ENTRY, permission=UPDATE, status=204,
    errors=(errors.NoSuchEntry, errors.NotYourBook, errors.AlreadyRemoved),
)  # fmt: skip
async def remove_entry(actor: Actor, entry_id: UUID) -> None:
    """Strike an entry of one's own book out; its history stays."""
    await entries.remove(actor, entry_id)


@route(blueprint, "GET", f"{OWN}/lines", permission=READ, errors=(NONE,))
async def list_lines(actor: Actor, query: LogQuery) -> Page[LogLineOut]:
    """Both books side by side, beside the punches; `?differing=true` where they differ."""
    items, cursor = await reading.own_lines(actor, query)
    return Page(items=items, next_cursor=cursor)


@route(blueprint, "GET", LINE, permission=READ, errors=(errors.NoSuchLine,))
async def show_line(actor: Actor, line_id: UUID) -> TeamLogLineOut:
    """One line of both books, for either side."""
    return (await reading.line(actor, line_id))[0]


@route(
    blueprint, "POST", f"{LINE}/decisions", permission=UPDATE,
    errors=(errors.NoSuchLine, errors.NotYourBook, errors.NothingToAccept, errors.DayOutOfSpan),
)  # fmt: skip
async def decide_line(actor: Actor, line_id: UUID, body: DecisionIn) -> TeamLogLineOut:
    """Accept what the other side wrote 用他的, or stand by one's own 留我的; the other is told."""
    decide = deciding.accept if body.decision == "accept" else deciding.keep
    row = await decide(actor, line_id, body.book)
    return (await reading.line(actor, row.id))[0]


@route(blueprint, "GET", f"{OWN}/figures", permission=READ, errors=(NONE,))
async def show_figures(actor: Actor, query: SpanQuery) -> SpanOut:
    """A month's or year's figures of both books, per project and in all, with the law's lines."""
    return await figures.own(actor, query)


@route(
    blueprint, "GET", f"{OWN}/export", permission=READ, errors=(NONE,),
    limits=(Limit("worklog_export", 60, 3600),),
)  # fmt: skip
async def export_own(actor: Actor, query: SpanQuery) -> Download:
    """A month or year of both books as an XLSX file."""
    return Download(await exporting.own(actor, query), XLSX, "worklog.xlsx")


@route(blueprint, "GET", TEMPLATE, permission=READ, errors=(NONE,))
async def show_template(actor: Actor, team_id: UUID) -> PairOut:
    """How one's time is paid in a team, by both sides' word."""
    return await reading.own_pair(actor, team_id)


@route(
    blueprint, "PUT", TEMPLATE, permission=UPDATE, errors=(NONE, errors.DayOutOfSpan),
    limits=(Limit("worklog_template", 60, 3600),),
)  # fmt: skip
async def put_template(actor: Actor, team_id: UUID, body: TemplateIn) -> PairOut:
    """Say how one's time is paid from a day on; what was written since is counted anew."""
    await templates.set_own(actor, team_id, body)
    return await reading.own_pair(actor, team_id)
