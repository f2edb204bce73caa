"""Engagements for the officers of their region, and what the region asks before entry."""

from sanic import Blueprint

from api.codes import service as codes
from api.engagements import counting, entry_rules, queries, trained
from api.engagements.errors import OutsideRegion
from api.engagements.office_reading import add_reading, count_out
from api.engagements.schemas import (
    CountQuery,
    CountsOut,
    EntryRuleIn,
    EntryRuleOut,
    EntryRuleQuery,
)
from api.engagements.training_schemas import ShareOut, SharesOut, SharesQuery
from api.kit.actor import Actor
from api.kit.pagination import page
from api.kit.routes import route
from api.kit.schemas import Page
from api.permissions import Permission

blueprint = Blueprint("engagement_oversight", url_prefix="/api/v1/regulator")
READ = Permission.REGULATOR_ENGAGEMENTS_READ

add_reading(blueprint, READ, READ)


@route(blueprint, "GET", "/site-counts", permission=READ, errors=(OutsideRegion,))
async def count_region(actor: Actor, query: CountQuery) -> CountsOut:
    """Entries, exits and people on site of a region, and of each region one level below."""
    region, whole, parts = await counting.of_region(actor, READ, query.region)
    return CountsOut(
        **dict(count_out(region, codes.region_name(region) or "", whole)),
        prepared_share=whole.prepared_share,
        parts=[count_out(code, codes.region_name(code) or "", t) for code, t in parts.items()],
    )


@route(
    blueprint, "GET", "/training-shares", permission=Permission.REGULATOR_TRAININGS_READ,
    errors=(OutsideRegion,),
)  # fmt: skip
async def show_training_shares(actor: Actor, query: SharesQuery) -> SharesOut:
    """The share of the trained among those on site, by project, enterprise, trade or kind."""
    permission = Permission.REGULATOR_TRAININGS_READ
    _, whole, parts = await trained.shares(actor, permission, query.region, query.by)
    return SharesOut(
        **dict(ShareOut.of(whole)), by=query.by, parts=[ShareOut.of(each) for each in parts]
    )


@route(
    blueprint, "POST", "/entry-rules", permission=Permission.REGULATOR_ENTRY_RULES_UPDATE,
    status=201, errors=(OutsideRegion,),
)  # fmt: skip
async def publish_entry_rule(actor: Actor, body: EntryRuleIn) -> EntryRuleOut:
    """Say what the region asks before entry from a day on: ages, hours of training."""
    return EntryRuleOut.of(await entry_rules.publish(actor, body))


@route(blueprint, "GET", "/entry-rules", permission=READ)
async def list_entry_rules(actor: Actor, query: EntryRuleQuery) -> Page[EntryRuleOut]:
    """What the regions ask before entry, newest first."""
    rows = queries.entry_rules()
    rows = rows.filter(region=query.region) if query.region else rows
    found, cursor = await page(rows, query)
    return Page(items=[EntryRuleOut.of(row) for row in found], next_cursor=cursor)
