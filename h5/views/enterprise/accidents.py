"""事故 for enterprises: report, answer, claim, close; whom to call."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from api.accidents import handling, reading, reporting
from api.accidents.rules import MOST_PHOTOS, Harm, State
from api.accidents.schemas import (
    TOLD,
    AccidentOut,
    AccidentWholeOut,
    AnswerIn,
    OfficeAccidentForm,
    OfficeAccidentQuery,
    OpenedContactOut,
    SaidForm,
)
from api.engagements import listing
from api.engagements.schemas import EngagementOut
from api.kit import clock
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.schemas import Form, Line, Words
from api.permissions import Permission
from api.workers.office_schemas import ReasonIn
from h5.areas import enterprise
from h5.forms import Typed, filled
from h5.pages import See, page
from h5.rendering import View, address
from h5.views.enterprise.projects import Options
from h5.views.enterprise.workers import project_options
from h5.views.public.photos import beside

READ, UPDATE = Permission.ENTERPRISE_ACCIDENTS_READ, Permission.ENTERPRISE_ACCIDENTS_UPDATE
LIST, ONE = "/enterprise/accidents", "/accidents/<accident_id:uuid>"
NEW = "/projects/<project_id:uuid>/workers/<engagement_id:uuid>/accident"
STATES, HARMS = tuple(each.value for each in State), tuple(each.value for each in Harm)
PHOTOS = tuple(f"photo_{number}" for number in range(1, MOST_PHOTOS + 1))


class AnswerForm(Form):
    """What was done; the number is the claim's."""

    act: Literal["handled", "insurer_told", "claimed", "closed"]
    note: Words
    number: Line | None = None


@dataclass(frozen=True, slots=True)
class OfficeAccidentsPage(View):
    """The accidents that fit the filters."""

    template = "enterprise/accidents.html"
    title = "enterprise.accidents.title"
    query: OfficeAccidentQuery
    rows: tuple[AccidentOut, ...]
    states: tuple[str, ...]
    projects: Options
    older: str


@dataclass(frozen=True, slots=True)
class OfficeAccidentPage(View):
    """One accident, what can be done, and for one look whom to call."""

    template = "enterprise/accident.html"
    title = "enterprise.accidents.one"
    typed: Typed
    row: AccidentWholeOut
    photos: tuple[str, ...]
    may_act: bool
    opened: tuple[OpenedContactOut, ...] | None


@dataclass(frozen=True, slots=True)
class ReportPage(View):
    """The form of what happened to one of its workers."""

    template = "enterprise/accident_new.html"
    title = "enterprise.accidents.new"
    typed: Typed
    row: EngagementOut
    harms: tuple[str, ...]
    told: tuple[str, ...]
    photos: tuple[str, ...]
    today: str


@page(enterprise, "GET", "/accidents", permission=READ)
async def accident_list(actor: Actor, query: OfficeAccidentQuery) -> OfficeAccidentsPage:
    """The accidents."""
    found = await reading.listed(actor, READ, query)
    older = address(LIST, query, cursor=found.next_cursor) if found.next_cursor else ""
    sites = await project_options(actor)
    return OfficeAccidentsPage(query, tuple(found.items), STATES, sites, older)


@page(enterprise, "GET", ONE, permission=READ, back=LIST)
async def one(actor: Actor, accident_id: UUID, typed: Typed) -> OfficeAccidentPage:
    """One of them; the audit keeps who read it."""
    return await _shown(actor, accident_id, typed, None)


async def _shown(
    actor: Actor,
    accident_id: UUID,
    typed: Typed,
    opened: tuple[OpenedContactOut, ...] | None,
) -> OfficeAccidentPage:
    row = await reading.office_one(actor, READ, accident_id, reading.OFFICE_ACTS)
    photos = tuple(beside("enterprise", url) for url in row.photos)
    return OfficeAccidentPage(typed, row, photos, actor.may(UPDATE), opened)


@page(enterprise, "POST", f"{ONE}/answer", permission=UPDATE, again=one)
async def answer(actor: Actor, accident_id: UUID, form: AnswerForm) -> See:
    """Write down what was done."""
    given = filled(AnswerIn, form.model_dump(exclude_none=True))
    await handling.answer(actor, accident_id, given)
    return See(f"{LIST}/{accident_id}", says="enterprise.accidents.answered")


@page(enterprise, "POST", f"{ONE}/contacts", permission=UPDATE, again=one,
      limits=(Limit("accident_contacts", 60, 3600),))  # fmt: skip
async def open_contacts(actor: Actor, accident_id: UUID, form: ReasonIn) -> OfficeAccidentPage:
    """Whom to call for him, for this look; he reads who looked and why."""
    opened = await handling.open_contacts(actor, accident_id, form.reason)
    return await _shown(actor, accident_id, Typed(), tuple(opened.items))


@page(enterprise, "GET", NEW, permission=UPDATE, back=LIST)
async def report_page(
    actor: Actor, project_id: UUID, engagement_id: UUID, typed: Typed
) -> ReportPage:
    """Ask what happened to him."""
    row = await listing.one(actor, UPDATE, project_id, engagement_id)
    return ReportPage(typed, row, HARMS, TOLD, PHOTOS, clock.today().isoformat())


@page(
    enterprise, "POST", NEW, permission=UPDATE, again=report_page, limits=(reporting.REPORTS,),
    largest_body=reporting.MOST_BYTES,
)  # fmt: skip
async def report(actor: Actor, project_id: UUID, engagement_id: UUID, form: SaidForm) -> See:
    """Report it; he is told."""
    values = {name: getattr(form, name) for name in SaidForm.model_fields}
    given = filled(OfficeAccidentForm, {**values, "engagement_id": engagement_id})
    row = await reporting.report_for(actor, given)
    return See(f"{LIST}/{row.id}", says="enterprise.accidents.reported")
