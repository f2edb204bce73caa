"""一键求助 and 事故: whom to call, whom to tell, what happened, and the terms of the claim."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.accidents import contacts, handling, reading, reporting
from api.accidents.rules import MOST_CONTACTS, MOST_PHOTOS, Harm, Relation
from api.accidents.schemas import (
    TOLD,
    AccidentForm,
    AccidentOut,
    AccidentWholeOut,
    ClaimIn,
    ContactIn,
    ContactOut,
    EmergencyOut,
    SaidForm,
)
from api.engagements import service as engagements
from api.kit import clock
from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.rate_limit import Limit
from api.kit.schemas import Form, Line
from api.permissions import Permission
from api.projects import service as projects
from api.teams import service as teams
from api.workers import service as workers
from h5.areas import worker
from h5.forms import Typed, filled
from h5.pages import See, page
from h5.rendering import View, address
from h5.views.public.photos import beside

READ, UPDATE = Permission.WORKER_ACCIDENTS_READ, Permission.WORKER_ACCIDENTS_UPDATE
HELP, CONTACTS, LIST = "/h5/emergency", "/h5/emergency/contacts", "/h5/accidents"
ONE = "/accidents/<accident_id:uuid>"
RELATIONS, HARMS = tuple(each.value for each in Relation), tuple(each.value for each in Harm)
PHOTOS = tuple(f"photo_{number}" for number in range(1, MOST_PHOTOS + 1))
CHANGES = Limit("emergency_contacts", 30, 86_400)
Options = tuple[tuple[str, str], ...]


class ContactForm(ContactIn):
    """A contact, and in which place."""

    place: Annotated[int, Field(ge=1, le=MOST_CONTACTS)]


class PlaceForm(Form):
    """Which contact."""

    place: Annotated[int, Field(ge=1, le=MOST_CONTACTS)]


class NewForm(SaidForm):
    """What happened, where, and to whom: oneself, or somebody of one's team by `team:member`."""

    project_id: UUID
    whom: Annotated[str, Field(pattern=r"^([0-9a-f-]{36}:[0-9a-f-]{36})?$")] = ""

    @property
    def said(self) -> AccidentForm:
        """The same in the words of the API."""
        values = {name: getattr(self, name) for name in SaidForm.model_fields}
        team, _, member = self.whom.partition(":")
        return filled(
            AccidentForm,
            {
                **values,
                "project_id": self.project_id,
                "team_id": team or None,
                "member_id": member or None,
            },
        )


class ClaimForm(Form):
    """That the claim was made, and its number if there is one."""

    number: Line | None = None


@dataclass(frozen=True, slots=True)
class EmergencyPage(View):
    """Numbers to dial, largest first, and the place in words."""

    template = "worker/emergency.html"
    title = "worker.emergency.title"
    found: EmergencyOut


@dataclass(frozen=True, slots=True)
class ContactsPage(View):
    """Whom to call for him: two at most."""

    template = "worker/emergency_contacts.html"
    title = "worker.emergency.contacts"
    typed: Typed
    rows: tuple[ContactOut, ...]
    free: tuple[int, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccidentsPage(View):
    """What happened to him."""

    template = "worker/accidents.html"
    title = "worker.accidents.title"
    rows: tuple[AccidentOut, ...]
    older: str


@dataclass(frozen=True, slots=True)
class NewAccidentPage(View):
    """The form; without a site, whom to call."""

    template = "worker/accident_new.html"
    title = "worker.accidents.new"
    typed: Typed
    sites: Options
    members: Options
    harms: tuple[str, ...]
    told: tuple[str, ...]
    photos: tuple[str, ...]
    today: str


@dataclass(frozen=True, slots=True)
class AccidentPage(View):
    """One accident with its terms and every step."""

    template = "worker/accident.html"
    title = "worker.accidents.one"
    typed: Typed
    row: AccidentWholeOut
    photos: tuple[str, ...]


@page(worker, "GET", "/emergency", permission=READ, back="/h5/more")
async def emergency(actor: Actor) -> EmergencyPage:
    """Whom to call now."""
    return EmergencyPage(await contacts.emergency(actor))


@page(worker, "GET", "/emergency/contacts", permission=READ, back=HELP)
async def contact_list(actor: Actor, typed: Typed) -> ContactsPage:
    """Whom to call for me."""
    rows = (await contacts.own(actor)).items
    taken = {row.place for row in rows}
    free = tuple(place for place in range(1, MOST_CONTACTS + 1) if place not in taken)
    return ContactsPage(typed, tuple(rows), free, RELATIONS)


@page(worker, "POST", "/emergency/contacts", permission=UPDATE, again=contact_list,
      limits=(CHANGES,))  # fmt: skip
async def put_contact(actor: Actor, form: ContactForm) -> See:
    """Name somebody."""
    await contacts.put(actor, form.place, form)
    return See(CONTACTS, says="worker.emergency.put")


@page(worker, "POST", "/emergency/contacts/remove", permission=UPDATE, again=contact_list)
async def remove_contact(actor: Actor, form: PlaceForm) -> See:
    """Take somebody off."""
    await contacts.remove(actor, form.place)
    return See(CONTACTS, says="worker.emergency.removed")


@page(worker, "GET", "/accidents", permission=READ, back=HELP)
async def accidents(actor: Actor, query: PageQuery) -> AccidentsPage:
    """What happened to me."""
    found = await reading.own(actor, query)
    older = address(LIST, query, cursor=found.next_cursor) if found.next_cursor else ""
    return AccidentsPage(tuple(found.items), older)


@page(worker, "GET", "/accidents/new", permission=UPDATE, back=HELP)
async def new_accident(actor: Actor, typed: Typed) -> NewAccidentPage:
    """Ask what happened."""
    periods = await engagements.own(actor)
    ids = dict.fromkeys(row.project_id for row in periods if row.entered_on)
    names = await projects.names(set(ids)) if ids else {}
    return NewAccidentPage(
        typed=typed,
        sites=tuple((str(each), names.get(each, "")) for each in ids),
        members=await _members(actor),
        harms=HARMS,
        told=TOLD,
        photos=PHOTOS,
        today=clock.today().isoformat(),
    )


async def _members(actor: Actor) -> Options:
    """Who is in the teams that he leads today, masked."""
    found: list[tuple[str, str]] = []
    for team_id in await teams.leads(actor):
        rows = await teams.roster(team_id, clock.today())
        names = await workers.masked_names({row.worker_id for row in rows})
        found += [(f"{team_id}:{row.id}", names.get(row.worker_id, "")) for row in rows]
    return tuple(found)


@page(
    worker, "POST", "/accidents/new", permission=UPDATE, again=new_accident,
    limits=(reporting.REPORTS,), largest_body=reporting.MOST_BYTES,
)  # fmt: skip
async def report_accident(actor: Actor, form: NewForm) -> See:
    """Report it."""
    row = await reporting.report(actor, form.said)
    to = f"{LIST}/{row.id}" if not form.whom else HELP
    return See(to, says="worker.accidents.reported")


@page(worker, "GET", ONE, permission=READ, back=LIST)
async def accident(actor: Actor, accident_id: UUID, typed: Typed) -> AccidentPage:
    """One of them."""
    row = await reading.own_one(actor, accident_id)
    return AccidentPage(typed, row, tuple(beside("h5", url) for url in row.photos))


@page(worker, "POST", f"{ONE}/claim", permission=UPDATE, again=accident)
async def claim(actor: Actor, accident_id: UUID, form: ClaimForm) -> See:
    """I made the claim myself."""
    await handling.claim(actor, accident_id, ClaimIn(number=form.number))
    return See(f"{LIST}/{accident_id}", says="worker.accidents.claimed")
