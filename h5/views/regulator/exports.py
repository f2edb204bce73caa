"""The lists of a region as tables to take away, masked as on the page."""

from collections.abc import Sequence

from api.attendance import office_reading
from api.attendance.office_schemas import DayQuery, OfficeDayOut
from api.enterprises import decisions
from api.enterprises.schemas import EnterpriseOut, EnterpriseQuery
from api.kit.actor import Actor
from api.kit.routes import Download
from api.projects import listing as projects
from api.projects.schemas import BriefOut, ProjectQuery
from api.workers import listing as workers
from api.workers.office_schemas import WorkerOut, WorkerQuery
from h5.areas import regulator
from h5.exports import EXPORTS, Table, day, export, number, say, state, words
from h5.pages import page
from h5.views.regulator import days, firms, people, sites

DAYS = Table[OfficeDayOut](
    "regulator_workdays",
    "regulator.days.title",
    (
        ("regulator.days.date", lambda row: day(row.date)),
        ("regulator.days.worker", lambda row: row.worker_name),
        ("regulator.days.project", lambda row: row.project_name),
        ("regulator.days.first", lambda row: words.clock(row.first_at) if row.first_at else ""),
        ("regulator.days.last", lambda row: words.clock(row.last_at) if row.last_at else ""),
        ("regulator.days.units", lambda row: number(row.units)),
        ("regulator.days.state", lambda row: state("workday", row.state.value)),
    ),
)
PEOPLE = Table[WorkerOut](
    "regulator_workers",
    "regulator.people.title",
    (
        ("regulator.people.name", lambda row: row.name),
        ("regulator.people.id_number", lambda row: row.id_number),
        ("regulator.people.code", lambda row: row.verification_code or ""),
        ("regulator.people.state", lambda row: state("worker", row.state.value)),
        (
            "regulator.people.verified",
            lambda row: words.moment_on_paper(row.verified_at) if row.verified_at else "",
        ),
    ),
)
FIRMS = Table[EnterpriseOut](
    "regulator_enterprises",
    "regulator.firms.title",
    (
        ("regulator.firms.name", lambda row: row.name),
        ("regulator.firms.credit_code", lambda row: row.credit_code),
        ("regulator.firms.region", lambda row: row.region_name),
        (
            "regulator.firms.state",
            lambda row: state("enterprise", row.state.value),
        ),
        ("regulator.firms.submitted", lambda row: words.moment_on_paper(row.submitted_at)),
    ),
)
SITES = Table[BriefOut](
    "regulator_projects",
    "regulator.sites.title",
    (
        ("regulator.sites.name", lambda row: row.name),
        ("regulator.sites.code", lambda row: row.code),
        ("regulator.sites.contractor", lambda row: row.contractor),
        ("regulator.sites.region", lambda row: row.region_name),
        ("regulator.sites.status", lambda row: state("project", row.status.value)),
        (
            "regulator.sites.missing",
            lambda row: say("regulator.sites.and").join(each.name for each in row.missing),
        ),
    ),
)


@page(
    regulator, "POST", "/days/export", permission=days.READ, again=days.days, limits=(EXPORTS,)
)  # fmt: skip
async def export_days(actor: Actor, query: DayQuery) -> Download:
    """The work days that the filters show."""

    async def fetch(asked: DayQuery) -> tuple[Sequence[OfficeDayOut], str | None]:
        found = await office_reading.region_list(actor, asked)
        return [OfficeDayOut.seen(actor, each) for each in found.days], found.cursor

    return await export(actor, DAYS, query, fetch)


@page(
    regulator, "POST", "/workers/export", permission=people.READ, again=people.people,
    limits=(EXPORTS,),
)  # fmt: skip
async def export_people(actor: Actor, query: WorkerQuery) -> Download:
    """The workers that the filters show, masked."""

    async def fetch(asked: WorkerQuery) -> tuple[Sequence[WorkerOut], str | None]:
        found = await workers.overseen(actor, asked)
        return found.items, found.next_cursor

    return await export(actor, PEOPLE, query, fetch)


@page(
    regulator, "POST", "/enterprises/export", permission=firms.READ, again=firms.firms,
    limits=(EXPORTS,),
)  # fmt: skip
async def export_firms(actor: Actor, query: EnterpriseQuery) -> Download:
    """The enterprises that the filters show."""

    async def fetch(asked: EnterpriseQuery) -> tuple[Sequence[EnterpriseOut], str | None]:
        rows, cursor = await decisions.overseen(actor, asked)
        return [EnterpriseOut.of(row) for row in rows], cursor

    return await export(actor, FIRMS, query, fetch)


@page(
    regulator, "POST", "/projects/export", permission=sites.READ, again=sites.sites,
    limits=(EXPORTS,),
)  # fmt: skip
async def export_sites(actor: Actor, query: ProjectQuery) -> Download:
    """The projects that the filters show, with what each lacks."""

    async def fetch(asked: ProjectQuery) -> tuple[Sequence[BriefOut], str | None]:
        found = await projects.briefs(actor, sites.READ, asked)
        return found.items, found.next_cursor

    return await export(actor, SITES, query, fetch)
