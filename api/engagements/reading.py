"""Rows as people read them: names beside ids, looked up in a fixed number of statements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from api.engagements import queries
from api.engagements.contract_schemas import ContractOut
from api.engagements.models import Contract, Engagement, LedgerLine, Override, State
from api.engagements.schemas import (
    EngagementOut,
    LedgerOut,
    NamedOut,
    OverrideOut,
    OwnEngagementOut,
    OwnFenceOut,
)
from api.enterprises import service as enterprises
from api.kit import clock
from api.kit.actor import Actor
from api.kit.pagination import PageQuery, page
from api.kit.schemas import Page
from api.projects import service as projects
from api.projects.policy_schemas import RulesOut
from api.projects.service import FenceInForce, PoliciesAbout
from api.teams import service as teams
from api.teams.schemas import trade_name
from api.workers import service as workers


@dataclass(frozen=True, slots=True)
class OwnSite:
    """A site where a worker is: its name, the rules that hold there about now, and its fences."""

    project: NamedOut
    attendance_rules: RulesOut
    policies: PoliciesAbout
    fences: tuple[OwnFenceOut, ...]


class _Row(Protocol):
    project_id: UUID
    enterprise_id: UUID


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of everything that some rows point to."""

    workers: Mapping[UUID, str]
    projects: Mapping[UUID, str]
    enterprises: Mapping[UUID, str]
    teams: Mapping[UUID, str]

    def worker(self, worker_id: UUID | None) -> str:
        return self.workers.get(worker_id, "") if worker_id else ""

    def project(self, row: _Row) -> NamedOut:
        return NamedOut(id=row.project_id, name=self.projects.get(row.project_id, ""))

    def enterprise(self, row: _Row) -> NamedOut:
        return NamedOut(id=row.enterprise_id, name=self.enterprises.get(row.enterprise_id, ""))

    def team(self, team_id: UUID | None) -> NamedOut | None:
        return NamedOut(id=team_id, name=self.teams.get(team_id, "")) if team_id else None


async def _names(
    rows: Iterable[_Row], worker_ids: set[UUID], team_ids: Iterable[UUID | None] = ()
) -> _Names:
    listed, known_teams = list(rows), {each for each in team_ids if each}
    return _Names(
        await workers.masked_names(worker_ids) if worker_ids else {},
        await projects.names({row.project_id for row in listed}) if listed else {},
        await enterprises.names_of({row.enterprise_id for row in listed}) if listed else {},
        await teams.names(known_teams) if known_teams else {},
    )


async def engagements(rows: list[Engagement]) -> list[EngagementOut]:
    """The periods as an office reads them."""
    names = await _names(rows, {row.worker_id for row in rows}, (row.team_id for row in rows))
    terms = await _override_terms(rows)
    sites = await _sites({row.worker_id for row in rows})
    return [_engagement(row, names, terms, sites) for row in rows]


async def engagement(row: Engagement) -> EngagementOut:
    """One period as an office reads it."""
    return (await engagements([row]))[0]


async def _override_terms(rows: list[Engagement]) -> dict[UUID, date]:
    found = await queries.overrides_of([row.id for row in rows]) if rows else []
    return {row.engagement_id: row.until for row in found}


async def _sites(worker_ids: set[UUID]) -> set[tuple[UUID, UUID]]:
    """Worker and project of everybody of them who is on a site now."""
    rows = queries.on_site().filter(worker_id__in=list(worker_ids))
    return {(worker, site) for worker, site in await rows.values_list("worker_id", "project_id")}


def _engagement(
    row: Engagement,
    names: _Names,
    terms: Mapping[UUID, date],
    sites: set[tuple[UUID, UUID]],
) -> EngagementOut:
    elsewhere = any(w == row.worker_id and site != row.project_id for w, site in sites)
    return EngagementOut(
        id=row.id,
        worker_id=row.worker_id,
        worker=names.worker(row.worker_id),
        worker_code=workers.printed(row.worker_code) or "",
        project=names.project(row),
        enterprise=names.enterprise(row),
        team=names.team(row.team_id),
        region=row.region,
        trade=row.trade,
        trade_name=trade_name(row.trade),
        state=State(row.state),
        entered_on=row.entered_on,
        left_on=row.left_on,
        settled=row.settled,
        left_reason=row.left_reason,
        elsewhere=elsewhere and State(row.state).open,
        override_until=terms.get(row.id),
        created_at=row.created_at,
    )


async def ledger(rows: list[LedgerLine]) -> list[LedgerOut]:
    """The lines of the ledger."""
    ids = {row.worker_id for row in rows if row.worker_id}
    names = await _names(rows, ids, (row.team_id for row in rows))
    return [
        LedgerOut.of(
            row,
            project=names.project(row),
            enterprise=names.enterprise(row),
            team=names.team(row.team_id),
            worker=names.worker(row.worker_id),
        )
        for row in rows
    ]


async def overrides(rows: list[Override]) -> list[OverrideOut]:
    """The overrides as the region's office reads them."""
    names = await _names(rows, {row.worker_id for row in rows})
    return [
        OverrideOut.of(
            row,
            worker=names.worker(row.worker_id),
            project=names.project(row),
            enterprise=names.enterprise(row),
        )
        for row in rows
    ]


async def contracts(rows: list[Contract]) -> list[ContractOut]:
    """The contracts without their texts."""
    names = await _names(rows, {row.worker_id for row in rows})
    return [
        ContractOut.of(
            row,
            worker=names.worker(row.worker_id),
            project=names.project(row),
            enterprise=names.enterprise(row),
        )
        for row in rows
    ]


async def contract(row: Contract) -> ContractOut:
    """One contract without its text."""
    return (await contracts([row]))[0]


async def own_contracts(actor: Actor, query: PageQuery) -> Page[ContractOut]:
    """A page of the actor's own contracts, also those that wait for his signature."""
    worker = await workers.of_account(actor.id)
    if worker is None:
        return Page(items=[], next_cursor=None)
    rows, cursor = await page(queries.own_contracts(worker.id), query)
    return Page(items=await contracts(rows), next_cursor=cursor)


async def own_engagements(
    actor: Actor, query: PageQuery, *, with_rules: bool = True
) -> Page[OwnEngagementOut]:
    """A page of the actor's own periods, by default with the rules and fences that hold now."""
    worker = await workers.of_account(actor.id)
    if worker is None:
        return Page(items=[], next_cursor=None)
    rows, cursor = await page(queries.own(worker.id), query)
    return Page(items=await own(rows, with_rules=with_rules), next_cursor=cursor)


async def own(rows: list[Engagement], *, with_rules: bool = True) -> list[OwnEngagementOut]:
    """A worker's own periods; the open ones with the rules and fences that hold now, if asked."""
    names = await _names(rows, set(), (row.team_id for row in rows))
    return [await _own(row, names, with_rules and State(row.state).open) for row in rows]


async def _own(row: Engagement, names: _Names, with_rules: bool) -> OwnEngagementOut:
    today = clock.today()
    policy = await projects.policy_in_force(row.project_id, today) if with_rules else None
    fences = await projects.fences_in_force(row.project_id, clock.now()) if with_rules else ()
    return OwnEngagementOut(
        id=row.id,
        project=names.project(row),
        enterprise=names.enterprise(row),
        team=names.team(row.team_id),
        state=State(row.state),
        entered_on=row.entered_on,
        left_on=row.left_on,
        settled=row.settled,
        attendance_rules=RulesOut.of(policy) if policy else None,
        fences=[_fence(each) for each in fences],
    )


async def sites(rows: list[Engagement], *, with_fences: bool) -> tuple[OwnSite, ...]:
    """The sites of a worker's open periods, with what punching there needs."""
    names = await projects.names({row.project_id for row in rows}) if rows else {}
    return tuple([await _site(row, names, with_fences) for row in rows])


async def _site(row: Engagement, names: Mapping[UUID, str], with_fences: bool) -> OwnSite:
    policies = await projects.policies_about(row.project_id, clock.today())
    found = await projects.fences_in_force(row.project_id, clock.now()) if with_fences else ()
    project = NamedOut(id=row.project_id, name=names.get(row.project_id, ""))
    return OwnSite(project, RulesOut.of(policies.own), policies, tuple(map(_fence, found)))


def _fence(each: FenceInForce) -> OwnFenceOut:
    return OwnFenceOut(
        id=each.id,
        version=each.version,
        geometry=each.fence.geometry,
        radius_m=each.fence.radius_m,
        buffer_m=each.fence.buffer_m,
        valid_from=each.valid_from,
        valid_to=each.valid_to,
    )
