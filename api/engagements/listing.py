"""Lists of engagements as answers, for routes and pages alike, each inside its scope."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from tortoise.expressions import Subquery

from api.engagements import access, checking, queries, reading
from api.engagements.contract_schemas import ContractOut, ContractQuery
from api.engagements.models import Contract, Engagement, LedgerLine, Override, State
from api.engagements.schemas import (
    CheckOut,
    EngagementOut,
    EngagementQuery,
    LedgerOut,
    LedgerQuery,
    Narrowing,
    OverrideOut,
)
from api.kit.actor import Actor
from api.kit.pagination import page
from api.kit.schemas import Page
from api.kit.transaction import transaction
from api.permissions import Permission
from api.teams import service as teams

UPDATE = Permission.ENTERPRISE_ENGAGEMENTS_UPDATE


async def engagements(
    actor: Actor, permission: Permission, query: EngagementQuery
) -> Page[EngagementOut]:
    """Workers on projects: to come, on site and left, newest first."""
    rows = queries.engagements(actor, permission, query)
    found, cursor = await page(rows, query)
    return Page(items=await reading.engagements(found), next_cursor=cursor)


async def on_site_but(
    actor: Actor,
    permission: Permission,
    query: EngagementQuery,
    *,
    periods: Subquery,
    sites: Subquery,
) -> Page[EngagementOut]:
    """Workers on site now, but for these periods and for everybody on these projects."""
    rows = queries.engagements(actor, permission, query).filter(state=State.ON_SITE)
    rows = rows.exclude(id__in=periods).exclude(project_id__in=sites)
    found, cursor = await page(rows, query)
    return Page(items=await reading.engagements(found), next_cursor=cursor)


async def one(
    actor: Actor, permission: Permission, project_id: UUID, engagement_id: UUID
) -> EngagementOut:
    """One period of a worker. NoSuchEngagement."""
    return await reading.engagement(await access.one(actor, permission, project_id, engagement_id))


async def teams_on(
    actor: Actor, permission: Permission, project_id: UUID
) -> list[tuple[UUID, str]]:
    """The teams with which somebody works or is to work on the project, by id and name."""
    rows = queries.visible(Engagement, actor, permission).filter(project_id=project_id)
    known = rows.filter(state__in=[State.REGISTERED, State.ON_SITE], team_id__isnull=False)
    ids = await known.distinct().values_list("team_id", flat=True)
    return _by_name(await teams.names({UUID(str(each)) for each in ids}))


async def teams_of(actor: Actor, project_id: UUID, engagement_id: UUID) -> list[tuple[UUID, str]]:
    """The teams that the worker of a period joined himself, by id and name. NoSuchEngagement.

    Only for who may change the period: no other team can be set.
    """
    row = await access.one(actor, UPDATE, project_id, engagement_id)
    return _by_name(await teams.of_worker(row.worker_id))


def _by_name(named: Mapping[UUID, str]) -> list[tuple[UUID, str]]:
    return sorted(named.items(), key=lambda each: each[1])


async def check(actor: Actor, project_id: UUID, engagement_id: UUID, day: date) -> CheckOut:
    """What is missing before the worker may enter on that day. NoSuchEngagement."""
    async with transaction():
        row = await access.one(actor, UPDATE, project_id, engagement_id)
        return CheckOut.of(await checking.find(actor, row, day), day)


async def ledger(actor: Actor, permission: Permission, query: LedgerQuery) -> Page[LedgerOut]:
    """The ledger of entries and exits of workers and teams, newest first."""
    rows = await queries.narrowed_ledger(queries.visible(LedgerLine, actor, permission), query)
    found, cursor = await page(rows, query)
    return Page(items=await reading.ledger(found), next_cursor=cursor)


async def overrides(actor: Actor, permission: Permission, query: Narrowing) -> Page[OverrideOut]:
    """Entries although something was missing: by whom, why and until when."""
    rows = queries.narrowed(queries.visible(Override, actor, permission), query)
    found, cursor = await page(rows, query)
    return Page(items=await reading.overrides(found), next_cursor=cursor)


async def contracts(
    actor: Actor, permission: Permission, query: ContractQuery
) -> Page[ContractOut]:
    """Contracts without their texts, newest first."""
    rows = queries.narrowed(queries.visible(Contract, actor, permission), query)
    found, cursor = await page(rows, query)
    return Page(items=await reading.contracts(found), next_cursor=cursor)
