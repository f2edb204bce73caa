"""What a region's officers look on: who is not insured, what happened, and its claims."""

from dataclasses import dataclass
from uuid import UUID

from api.accidents import reading as accidents
from api.accidents.rules import State
from api.accidents.schemas import AccidentOut, AccidentWholeOut, RegionAccidentQuery
from api.engagements.schemas import EngagementOut, EngagementQuery
from api.insurance import reading as insurance
from api.kit.actor import Actor
from api.permissions import Permission
from h5.areas import regulator
from h5.pages import page
from h5.rendering import View, address
from h5.views.public.photos import beside
from h5.views.regulator.regions import Picker, picker

INSURANCE, ACCIDENTS = Permission.REGULATOR_INSURANCE_READ, Permission.REGULATOR_ACCIDENTS_READ
LIST, ONE = "/regulator/accidents", "/accidents/<accident_id:uuid>"
STATES = tuple(each.value for each in State)


@dataclass(frozen=True, slots=True)
class RegionUninsuredPage(View):
    """Who is on a site of the region without any insurance, masked."""

    template = "regulator/uninsured.html"
    title = "regulator.uninsured.title"
    query: EngagementQuery
    rows: tuple[EngagementOut, ...]
    regions: Picker
    older: str


@dataclass(frozen=True, slots=True)
class RegionAccidentsPage(View):
    """The region's accidents that fit the filters."""

    template = "regulator/accidents.html"
    title = "regulator.accidents.title"
    query: RegionAccidentQuery
    rows: tuple[AccidentOut, ...]
    states: tuple[str, ...]
    regions: Picker
    older: str


@dataclass(frozen=True, slots=True)
class RegionAccidentPage(View):
    """One accident opened."""

    template = "regulator/accident.html"
    title = "regulator.accidents.one"
    row: AccidentWholeOut
    photos: tuple[str, ...]


@page(regulator, "GET", "/uninsured", permission=INSURANCE)
async def uninsured(actor: Actor, query: EngagementQuery) -> RegionUninsuredPage:
    """Who is not insured."""
    found = await insurance.uninsured(actor, INSURANCE, query)
    here = "/regulator/uninsured"
    older = address(here, query, cursor=found.next_cursor) if found.next_cursor else ""
    regions = picker(actor, INSURANCE, query.region)
    return RegionUninsuredPage(query, tuple(found.items), regions, older)


@page(regulator, "GET", "/accidents", permission=ACCIDENTS)
async def accident_list(actor: Actor, query: RegionAccidentQuery) -> RegionAccidentsPage:
    """The region's accidents."""
    found = await accidents.listed(actor, ACCIDENTS, query)
    older = address(LIST, query, cursor=found.next_cursor) if found.next_cursor else ""
    regions = picker(actor, ACCIDENTS, query.region)
    return RegionAccidentsPage(query, tuple(found.items), STATES, regions, older)


@page(regulator, "GET", ONE, permission=ACCIDENTS, back=LIST)
async def accident(actor: Actor, accident_id: UUID) -> RegionAccidentPage:
    """One of them; the audit keeps who read it."""
    row = await accidents.office_one(actor, ACCIDENTS, accident_id)
    return RegionAccidentPage(row, tuple(beside("regulator", url) for url in row.photos))
