"""Policies as people read them, and who is on site without one."""

from collections.abc import Iterable
from uuid import UUID

from tortoise.functions import Count

from api.engagements import listing
from api.engagements import service as engagements
from api.engagements.schemas import EngagementOut, EngagementQuery, NamedOut
from api.engagements.service import Engagement, State
from api.enterprises import service as enterprises
from api.insurance import queries
from api.insurance.errors import NoSuchPolicy
from api.insurance.models import Cover, InsurancePolicy
from api.insurance.schemas import (
    OwnInsuranceOut,
    OwnPolicyOut,
    PolicyOut,
    PolicyQuery,
)
from api.insurance.service import insured
from api.kit import clock
from api.kit.actor import Actor
from api.kit.pagination import page
from api.kit.schemas import Page
from api.permissions import Permission
from api.projects import service as projects
from api.workers import service as workers

READ = Permission.ENTERPRISE_INSURANCE_READ


async def listed(actor: Actor, query: PolicyQuery) -> Page[PolicyOut]:
    """A page of the policies that the actor's enterprise sees, the newest first."""
    rows = queries.asked(engagements.visible(InsurancePolicy, actor, READ), query)
    found, cursor = await page(rows, query)
    return Page(items=await shown(found), next_cursor=cursor)


async def shown_one(row: InsurancePolicy) -> PolicyOut:
    """One of them as shown."""
    return (await shown([row]))[0]


async def shown(rows: list[InsurancePolicy]) -> list[PolicyOut]:
    """The policies with names and how many are named to each. Three statements."""
    if not rows:
        return []
    sites = await projects.names({row.project_id for row in rows})
    firms = await enterprises.names_of({row.enterprise_id for row in rows})
    ids = [row.id for row in rows]
    counted = Cover.filter(policy_id__in=ids, engagement_id__isnull=False)
    found = (
        await counted.annotate(n=Count("id")).group_by("policy_id").values_list("policy_id", "n")
    )
    people = {UUID(str(policy_id)): int(str(n)) for policy_id, n in found}
    return [
        PolicyOut.of(
            row, sites.get(row.project_id, ""), firms.get(row.enterprise_id, ""),
            people.get(row.id, 0),
        )
        for row in rows
    ]  # fmt: skip


async def one(actor: Actor, policy_id: UUID) -> PolicyOut:
    """One policy that the actor's enterprise sees. NoSuchPolicy."""
    row = await engagements.visible(InsurancePolicy, actor, READ).filter(id=policy_id).first()
    if row is None:
        raise NoSuchPolicy
    return await shown_one(row)


async def uninsured(
    actor: Actor, permission: Permission, query: EngagementQuery
) -> Page[EngagementOut]:
    """Who is on site today without any insurance, the newest first."""
    today = clock.today()
    return await listing.on_site_but(
        actor,
        permission,
        query,
        periods=queries.periods_insured(actor, permission, today),
        sites=queries.projects_insured(actor, permission, today),
    )


async def uninsured_among(rows: Iterable[EngagementOut]) -> frozenset[UUID]:
    """Which of these that are to come or on site now are not insured today. One statement."""
    open_now = {row.id: row.project.id for row in rows if row.state.open}
    return frozenset(open_now) - await insured(open_now, clock.today())


async def own(actor: Actor) -> OwnInsuranceOut:
    """What insures oneself, the newest first, and where one is not insured now."""
    worker = await workers.of_account(actor.id)
    return await of_worker(worker.id) if worker else OwnInsuranceOut(items=[], uninsured=[])


async def of_worker(worker_id: UUID, periods: list[Engagement] | None = None) -> OwnInsuranceOut:
    """The same of a worker; `periods`: his, where the caller has them already."""
    periods = await engagements.of_worker(worker_id) if periods is None else periods
    covers = queries.ever_covering(worker_id, {row.project_id for row in periods})
    ids = {UUID(str(each)) for each in await covers.values_list("policy_id", flat=True)}
    found = await InsurancePolicy.filter(id__in=list(ids)) if ids else []
    rows = [row for row in found if not row.whole_project or _touches(row, periods)]
    rows.sort(key=lambda row: row.id, reverse=True)
    now = [row for row in periods if row.state == State.ON_SITE]
    safe = await insured({row.id: row.project_id for row in now}, clock.today())
    without = [row.project_id for row in now if row.id not in safe]
    names = await projects.names({*(row.project_id for row in rows), *without})
    items = [OwnPolicyOut.model_validate(dict(each)) for each in await shown(rows)]
    lacking = [NamedOut(id=each, name=names.get(each, "")) for each in dict.fromkeys(without)]
    return OwnInsuranceOut(items=items, uninsured=lacking)


def _touches(row: InsurancePolicy, periods: list[Engagement]) -> bool:
    """Whether he was on the project while its policy held."""
    return any(
        each.project_id == row.project_id
        and each.entered_on is not None
        and each.entered_on <= row.ends_on
        and (each.left_on is None or each.left_on >= row.starts_on)
        for each in periods
    )
