"""The forms of a project: what it is, its permits, and a new one."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from api.codes import service as codes
from api.codes.service import Dictionary
from api.kit.actor import Actor
from api.kit.schemas import Form, Line
from api.permissions import Permission
from api.projects import listing, registration
from api.projects.schemas import (
    Area,
    Category,
    County,
    Day,
    DetailsIn,
    LineOrEmpty,
    PermitIn,
    ProjectIn,
    ProjectOut,
)
from api.settings import settings
from h5.areas import enterprise
from h5.forms import Typed, filled
from h5.pages import See, page
from h5.rendering import View
from h5.views.enterprise.projects import LIST, ONE, READ, UPDATE, Options, options

CREATE = Permission.ENTERPRISE_PROJECTS_CREATE
FEN_OF_WAN = 1_000_000
"""Fen in 10,000 yuan, in which people state investments."""
Wan = Annotated[Decimal, Field(ge=0, le=10**9, max_digits=13, decimal_places=4)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]


class DetailsForm(Form):
    """What a project is."""

    name: Annotated[Line, Field(min_length=2)]
    category: Category
    address: LineOrEmpty = ""
    description: Text = ""
    area_m2: Area | None = None
    investment_wan: Wan | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    pay_day: Annotated[int, Field(ge=1, le=31)] | None = None

    @property
    def details(self) -> dict[str, object]:
        """The same in the words of the API."""
        wan = self.investment_wan
        money = None if wan is None else int(wan * FEN_OF_WAN)
        return {**self.model_dump(exclude={"investment_wan"}), "investment_fen": money}


class NewForm(DetailsForm):
    """A new project; its region is for good."""

    region: County


class RemoveForm(Form):
    """Which permit goes."""

    permit_id: UUID


@dataclass(frozen=True, slots=True)
class DetailsPage(View):
    """The form of what a project is; without a project, of a new one."""

    template = "enterprise/project_form.html"
    title = "enterprise.project_form.title"
    typed: Typed
    project: ProjectOut | None
    investment_wan: str
    categories: Options
    counties: Options


@dataclass(frozen=True, slots=True)
class PermitsPage(View):
    """The construction permits."""

    template = "enterprise/permits.html"
    title = "enterprise.permits.title"
    typed: Typed
    project: ProjectOut
    may_change: bool


def counties() -> Options:
    """The counties of the platform's province, each with its city."""
    cities = codes.regions_under(settings().province)
    below = [place for city in cities for place in codes.regions_under(city.code)]
    return tuple((place.code, place.full_name) for place in below)


@page(enterprise, "GET", "/projects/new", permission=CREATE, of_one=True)
async def new_project(typed: Typed) -> DetailsPage:
    """The form of a new project."""
    return DetailsPage(typed, None, "", options(Dictionary.PROJECT_CATEGORIES), counties())


@page(enterprise, "POST", "/projects", permission=CREATE, of_one=True, again=new_project)
async def create_project(actor: Actor, form: NewForm) -> See:
    """Set up a project."""
    row = await registration.create(actor, filled(ProjectIn, form.details))
    return See(f"{LIST}/{row.id}", says="enterprise.project.created")


@page(enterprise, "GET", f"{ONE}/edit", permission=UPDATE)
async def edit_project(actor: Actor, project_id: UUID, typed: Typed) -> DetailsPage:
    """The form of what a project is."""
    found = await listing.one(actor, UPDATE, project_id)
    fen = found.investment_fen
    wan = "" if fen is None else f"{(Decimal(fen) / FEN_OF_WAN).normalize():f}"
    return DetailsPage(typed, found, wan, options(Dictionary.PROJECT_CATEGORIES), ())


@page(enterprise, "POST", f"{ONE}/edit", permission=UPDATE, again=edit_project)
async def change_project(actor: Actor, project_id: UUID, form: DetailsForm) -> See:
    """Change what the project says of itself; its codes on other platforms stay."""
    found = await listing.one(actor, UPDATE, project_id)
    known = [each.model_dump() for each in found.external_codes]
    changed = filled(DetailsIn, {**form.details, "external_codes": known})
    await registration.change(actor, project_id, changed)
    return See(f"{LIST}/{project_id}", says="enterprise.project.changed")


@page(enterprise, "GET", f"{ONE}/permits", permission=READ)
async def permits(actor: Actor, project_id: UUID, typed: Typed) -> PermitsPage:
    """The construction permits of a project."""
    found = await listing.one(actor, READ, project_id)
    return PermitsPage(typed, found, actor.may(UPDATE))


@page(enterprise, "POST", f"{ONE}/permits", permission=UPDATE, again=permits)
async def add_permit(actor: Actor, project_id: UUID, form: PermitIn) -> See:
    """Add a permit; the same number again changes nothing but what stands beside it."""
    known = await _permits(actor, project_id)
    kept = [each for _, each in known if each.number != form.number]
    await registration.change_permits(actor, project_id, [*kept, form])
    return See(f"{LIST}/{project_id}/permits", says="enterprise.permits.added")


@page(enterprise, "POST", f"{ONE}/permits/remove", permission=UPDATE, again=permits)
async def remove_permit(actor: Actor, project_id: UUID, form: RemoveForm) -> See:
    """Remove a permit."""
    known = await _permits(actor, project_id)
    kept = [each for permit_id, each in known if permit_id != form.permit_id]
    await registration.change_permits(actor, project_id, kept)
    return See(f"{LIST}/{project_id}/permits", says="enterprise.permits.removed")


async def _permits(actor: Actor, project_id: UUID) -> list[tuple[UUID, PermitIn]]:
    found = await listing.one(actor, UPDATE, project_id)
    return [
        (each.id, PermitIn.model_validate(each.model_dump(exclude={"id"})))
        for each in found.permits
    ]
