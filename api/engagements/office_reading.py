"""What an enterprise and an officer both read of engagements: the same routes, another scope."""

from uuid import UUID

from sanic import Blueprint

from api.engagements import counting, listing
from api.engagements.contract_schemas import ContractOut, ContractQuery
from api.engagements.counting import Tally
from api.engagements.schemas import (
    CountOut,
    EngagementOut,
    EngagementQuery,
    LedgerOut,
    LedgerQuery,
    Narrowing,
    OverrideOut,
    ProjectCountsOut,
)
from api.enterprises import service as enterprises
from api.kit.actor import Actor
from api.kit.routes import route
from api.kit.schemas import Page
from api.permissions import Permission
from api.projects import service as projects
from api.projects.errors import NoSuchProject
from api.teams import service as teams

NO_TEAM = "没有班组"


def add_reading(blueprint: Blueprint, permission: Permission, contracts: Permission) -> None:
    """Add every reading route to the blueprint, behind its permission."""
    _add_lists(blueprint, permission)
    _add_contracts(blueprint, contracts)
    _add_counts(blueprint, permission)


def _add_lists(blueprint: Blueprint, permission: Permission) -> None:
    @route(blueprint, "GET", "/engagements", permission=permission)
    async def list_engagements(actor: Actor, query: EngagementQuery) -> Page[EngagementOut]:
        """Workers on projects: to come, on site and left, newest first."""
        return await listing.engagements(actor, permission, query)

    @route(blueprint, "GET", "/site-ledger", permission=permission)
    async def list_ledger(actor: Actor, query: LedgerQuery) -> Page[LedgerOut]:
        """The ledger of entries and exits of workers and teams, newest first."""
        return await listing.ledger(actor, permission, query)

    @route(blueprint, "GET", "/entry-overrides", permission=permission)
    async def list_overrides(actor: Actor, query: Narrowing) -> Page[OverrideOut]:
        """Entries although something was missing: by whom, why and until when."""
        return await listing.overrides(actor, permission, query)


def _add_contracts(blueprint: Blueprint, permission: Permission) -> None:
    @route(blueprint, "GET", "/contracts", permission=permission)
    async def list_contracts(actor: Actor, query: ContractQuery) -> Page[ContractOut]:
        """Contracts without their texts; `late` ones were entered after the 15th day."""
        return await listing.contracts(actor, permission, query)


def _add_counts(blueprint: Blueprint, permission: Permission) -> None:
    @route(
        blueprint,
        "GET",
        "/projects/<project_id:uuid>/site-counts",
        permission=permission,
        errors=(NoSuchProject,),
    )
    async def count_project(actor: Actor, project_id: UUID) -> ProjectCountsOut:
        """Entries, exits and people on site of a project, by unit and by team."""
        project = await projects.require(actor, permission, project_id)
        tally = await counting.of_project(actor, permission, project.id)
        firms = await enterprises.names_of(set(tally.units))
        names = await teams.names({each for each in tally.teams if each})
        return ProjectCountsOut(
            **dict(count_out(str(project.id), project.name, tally.whole)),
            prepared_share=tally.whole.prepared_share,
            units=[count_out(str(k), firms.get(k, ""), v) for k, v in tally.units.items()],
            teams=[
                count_out(str(k or ""), names.get(k, "") if k else NO_TEAM, v)
                for k, v in tally.teams.items()
            ],
        )


def count_out(id_: str, name: str, tally: Tally) -> CountOut:
    """A tally as shown."""
    return CountOut(
        id=id_,
        name=name,
        entries=tally.entries,
        exits=tally.exits,
        on_site=tally.on_site,
        prepared=tally.prepared,
        trained=tally.trained,
    )
