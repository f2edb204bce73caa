"""The regulator's first page: what his region holds, and each region one level below."""

from dataclasses import dataclass

from api.attendance import reading as attendance
from api.attendance.office_schemas import CountOut
from api.attendance.office_schemas import CountQuery as DayCountQuery
from api.engagements import counting
from api.engagements.schemas import CountQuery
from api.kit import clock
from api.kit.actor import Actor
from api.permissions import Permission
from api.projects import overview as projects
from h5.areas import regulator
from h5.pages import page
from h5.rendering import View
from h5.views.regulator.regions import Picker, Place, picker


@dataclass(frozen=True, slots=True)
class PartShown:
    """One region of the table."""

    place: Place
    projects: int
    on_site: int
    entries: int
    exits: int


@dataclass(frozen=True, slots=True)
class OverviewPage(View):
    """Figures of a region; the parts add up to the whole."""

    template = "regulator/overview.html"
    title = "regulator.overview.title"
    regions: Picker
    whole: PartShown
    parts: tuple[PartShown, ...]
    days: tuple[CountOut, ...]
    """Today's work days of the region by state."""


@page(regulator, "GET", "/", permission=Permission.REGULATOR_PROJECTS_READ)
async def overview(actor: Actor, query: CountQuery) -> OverviewPage:
    """What the region holds."""
    permission = Permission.REGULATOR_ENGAGEMENTS_READ
    region, people, below = await counting.of_region(actor, permission, query.region)
    built = await projects.counts(actor, query.region)
    regions = picker(actor, permission, region)
    sites = {part.region: part.total for part in built.parts}
    today = await attendance.counts(actor, DayCountQuery(date=clock.today(), region=query.region))

    def shown(place: Place, number: int, tally: counting.Tally) -> PartShown:
        return PartShown(place, number, tally.on_site, tally.entries, tally.exits)

    return OverviewPage(
        regions=regions,
        whole=shown(regions.chosen, built.total, people),
        parts=tuple(
            shown(place, sites.get(place.code, 0), below.get(place.code, counting.Tally()))
            for place in regions.below
        ),
        days=tuple(CountOut.of(each) for each in today),
    )
