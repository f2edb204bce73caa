"""培训监管: the share of the trained on site, the list of the untrained, the records."""

from dataclasses import dataclass

from api.codes.service import Dictionary
from api.engagements import listing, trained
from api.engagements.schemas import EngagementOut, EngagementQuery
from api.engagements.service import State
from api.engagements.trained import By, Share
from api.engagements.training_schemas import SharesQuery
from api.kit.actor import Actor
from api.permissions import Permission
from api.training import region_reading
from api.training.schemas import RegionTrainingQuery, TrainingOut
from api.training.service import TrainingKind
from h5.areas import regulator
from h5.pages import page
from h5.rendering import View, address
from h5.views.enterprise.projects import Options, options
from h5.views.regulator.regions import Picker, picker

READ = Permission.REGULATOR_TRAININGS_READ
KINDS = tuple(kind.value for kind in TrainingKind)


@dataclass(frozen=True, slots=True)
class SharesPage(View):
    """How many of those on site are trained, by project, enterprise or trade."""

    template = "regulator/training_shares.html"
    title = "regulator.trainings.title"
    regions: Picker
    by: By
    ways: tuple[str, ...]
    whole: Share
    parts: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class UntrainedPage(View):
    """Who is on site without what entry teaches, masked."""

    template = "regulator/untrained.html"
    title = "regulator.trainings.untrained"
    regions: Picker
    rows: tuple[EngagementOut, ...]
    query: EngagementQuery
    trades: Options
    older: str


@dataclass(frozen=True, slots=True)
class RecordsPage(View):
    """The records of trainings."""

    template = "regulator/training_records.html"
    title = "regulator.trainings.records"
    regions: Picker
    rows: tuple[TrainingOut, ...]
    query: RegionTrainingQuery
    trades: Options
    kinds: tuple[str, ...]
    projects: dict[str, str]
    """Names by id."""
    older: str


@page(regulator, "GET", "/trainings", permission=READ)
async def shares(actor: Actor, query: SharesQuery) -> SharesPage:
    """The share of the trained in the region."""
    region, whole, parts = await trained.shares(actor, READ, query.region, query.by)
    ways = tuple(each.value for each in By)
    return SharesPage(picker(actor, READ, region), query.by, ways, whole, tuple(parts))


@page(regulator, "GET", "/trainings/untrained", permission=READ)
async def untrained(actor: Actor, query: EngagementQuery) -> UntrainedPage:
    """Who is on site untrained."""
    asked = query.model_copy(update={"state": State.ON_SITE, "trained": False})
    found = await listing.engagements(actor, READ, asked)
    here = "/regulator/trainings/untrained"
    return UntrainedPage(
        regions=picker(actor, READ, query.region),
        rows=tuple(found.items),
        query=query,
        trades=options(Dictionary.WORK_TYPES),
        older=address(here, query, cursor=found.next_cursor) if found.next_cursor else "",
    )


@page(regulator, "GET", "/trainings/records", permission=READ)
async def records(actor: Actor, query: RegionTrainingQuery) -> RecordsPage:
    """The records of the region: by project, enterprise, trade and kind."""
    found, names = await region_reading.listed(actor, query)
    here = "/regulator/trainings/records"
    return RecordsPage(
        regions=picker(actor, READ, query.region),
        rows=tuple(found.items),
        query=query,
        trades=options(Dictionary.WORK_TYPES),
        kinds=KINDS,
        projects=names,
        older=address(here, query, cursor=found.next_cursor) if found.next_cursor else "",
    )
