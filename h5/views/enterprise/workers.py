"""Workers of the enterprise: who is on its sites, who was collected, ledgers and lists."""

from dataclasses import dataclass
from uuid import UUID

from api.codes.service import Dictionary
from api.collecting import listing as collecting
from api.collecting import service as collector
from api.collecting.schemas import CollectedPage, CollectIn, LinkQuery
from api.engagements import listing
from api.engagements.contract_schemas import ContractOut, ContractQuery
from api.engagements.schemas import (
    EngagementOut,
    EngagementQuery,
    LedgerOut,
    LedgerQuery,
    Narrowing,
    OverrideOut,
)
from api.enterprises import service as enterprises
from api.insurance import reading as insurance
from api.kit.actor import Actor
from api.permissions import Permission
from api.projects import listing as projects
from h5.areas import enterprise
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View, address
from h5.views.enterprise.projects import Options, options

READ = Permission.ENTERPRISE_ENGAGEMENTS_READ
COLLECT = Permission.ENTERPRISE_WORKERS_COLLECT
MANY = 100


@dataclass(frozen=True, slots=True)
class WorkersPage(View):
    """Workers on projects: to come, on site and left."""

    template = "enterprise/workers.html"
    title = "enterprise.workers.title"
    workers: tuple[EngagementOut, ...]
    query: EngagementQuery
    projects: Options
    older: str
    may_register: bool
    may_collect: bool
    uninsured: frozenset[UUID]
    """Who is or will be on site without insurance."""


@dataclass(frozen=True, slots=True)
class CollectedListPage(View):
    """The workers that the enterprise collected, and what they say of it."""

    template = "enterprise/collected.html"
    title = "enterprise.collected.title"
    found: CollectedPage
    query: LinkQuery
    older: str
    may_collect: bool


@dataclass(frozen=True, slots=True)
class CollectPage(View):
    """The form of one worker, with his card at hand."""

    template = "enterprise/collect.html"
    title = "enterprise.collect.title"
    typed: Typed
    trades: Options


@dataclass(frozen=True, slots=True)
class LedgerPage(View):
    """Entries and exits, line by line."""

    template = "enterprise/ledger.html"
    title = "enterprise.ledger.title"
    lines: tuple[LedgerOut, ...]
    query: LedgerQuery
    projects: Options
    older: str


@dataclass(frozen=True, slots=True)
class OverridesPage(View):
    """Entries although something was missing."""

    template = "enterprise/overrides.html"
    title = "enterprise.overrides.title"
    rows: tuple[OverrideOut, ...]
    older: str


@dataclass(frozen=True, slots=True)
class ContractsPage(View):
    """Contracts without their texts."""

    template = "enterprise/contracts.html"
    title = "enterprise.contracts.title"
    rows: tuple[ContractOut, ...]
    query: ContractQuery
    older: str


async def project_options(actor: Actor) -> Options:
    """The projects that one may see, the hundred newest."""
    found = await projects.names(actor, Permission.ENTERPRISE_PROJECTS_READ, MANY)
    return tuple((str(project_id), name) for project_id, name in found)


@page(enterprise, "GET", "/workers", permission=READ)
async def workers(actor: Actor, query: EngagementQuery) -> WorkersPage:
    """The workers of one's enterprise on its projects."""
    found = await listing.engagements(actor, READ, query)
    here = "/enterprise/workers"
    return WorkersPage(
        workers=tuple(found.items),
        query=query,
        projects=await project_options(actor),
        older=address(here, query, cursor=found.next_cursor) if found.next_cursor else "",
        may_register=actor.may(Permission.ENTERPRISE_ENGAGEMENTS_UPDATE),
        may_collect=actor.may(COLLECT),
        uninsured=await insurance.uninsured_among(found.items),
    )


@page(enterprise, "GET", "/collected", permission=Permission.ENTERPRISE_WORKERS_READ)
async def collected(actor: Actor, query: LinkQuery) -> CollectedListPage:
    """The workers that one's enterprise collected."""
    found = await collecting.collected(actor, query)
    here = "/enterprise/collected"
    older = address(here, query, cursor=found.next_cursor) if found.next_cursor else ""
    return CollectedListPage(found, query, older, actor.may(COLLECT))


@page(enterprise, "GET", "/collect", permission=COLLECT, of_one=True)
async def collect_page(typed: Typed) -> CollectPage:
    """The form of one worker."""
    return CollectPage(typed, options(Dictionary.WORK_TYPES))


@page(enterprise, "POST", "/collect", permission=COLLECT, of_one=True, again=collect_page)
async def collect(actor: Actor, form: CollectIn) -> See:
    """Collect one worker; one collected before stays as he is."""
    tenant = await enterprises.acting_for(actor, COLLECT, form.enterprise_id)
    outcome = await collector.collect(actor, tenant, form)
    return See("/enterprise/collected", says=f"enterprise.collect.done.{outcome.status}")


@page(enterprise, "GET", "/ledger", permission=READ)
async def ledger(actor: Actor, query: LedgerQuery) -> LedgerPage:
    """The ledger of entries and exits."""
    found = await listing.ledger(actor, READ, query)
    here = "/enterprise/ledger"
    older = address(here, query, cursor=found.next_cursor) if found.next_cursor else ""
    return LedgerPage(tuple(found.items), query, await project_options(actor), older)


@page(enterprise, "GET", "/overrides", permission=READ)
async def overrides(actor: Actor, query: Narrowing) -> OverridesPage:
    """Entries although something was missing."""
    found = await listing.overrides(actor, READ, query)
    here = "/enterprise/overrides"
    older = address(here, query, cursor=found.next_cursor) if found.next_cursor else ""
    return OverridesPage(tuple(found.items), older)


@page(enterprise, "GET", "/contracts", permission=Permission.ENTERPRISE_CONTRACTS_READ)
async def contracts(actor: Actor, query: ContractQuery) -> ContractsPage:
    """The contracts of one's enterprise."""
    found = await listing.contracts(actor, Permission.ENTERPRISE_CONTRACTS_READ, query)
    here = "/enterprise/contracts"
    older = address(here, query, cursor=found.next_cursor) if found.next_cursor else ""
    return ContractsPage(tuple(found.items), query, older)


def worker_page(project_id: UUID, engagement_id: UUID) -> str:
    """The address of a worker's period on a project."""
    return f"/enterprise/projects/{project_id}/workers/{engagement_id}"
