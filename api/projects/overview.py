"""Projects with what they lack, and how many there are in a region."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tortoise.functions import Count
from tortoise.queryset import QuerySet

from api.codes import service as codes
from api.enterprises import service as enterprises
from api.enterprises.errors import OutsideRegion
from api.kit import clock
from api.kit.actor import Actor
from api.kit.scope import Scope, scope_of, within
from api.permissions import Permission
from api.projects import queries
from api.projects.access import require
from api.projects.models import Permit, Project
from api.projects.rules import Item, missing

READ = Permission.REGULATOR_PROJECTS_READ


@dataclass(frozen=True, slots=True)
class View:
    """A project, its contractor's name and the key information it lacks."""

    project: Project
    contractor: str
    missing: list[Item]


async def views(rows: list[Project]) -> list[View]:
    """The projects with what they lack today; a fixed number of statements."""
    ids, today = [row.id for row in rows], clock.today()
    firms = await enterprises.names_of({row.enterprise_id for row in rows})
    permits = await _number(Permit.filter(project_id__in=ids))
    fences = await _number(queries.current_fences(ids))
    posts = _grouped(await queries.posts_on(ids, today).values_list("project_id", "post"))
    units = queries.in_force(today).filter(project_id__in=ids)
    kinds = _grouped(await units.values_list("project_id", "kind"))
    return [
        View(row, firms.get(row.enterprise_id, ""), missing(
            row, permits=permits[row.id], fences=fences[row.id],
            posts=posts[row.id], kinds=kinds[row.id],
        ))
        for row in rows
    ]  # fmt: skip


async def _number(rows: QuerySet[Any]) -> Counter[UUID]:
    """How many of the rows each project has."""
    return Counter([each[0] for each in await rows.values_list("project_id")])


def _grouped(pairs: Iterable[tuple[UUID, str]]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = defaultdict(set)
    for project_id, code in pairs:
        found[project_id].add(code)
    return found


async def view(actor: Actor, permission: Permission, project_id: UUID) -> View:
    """One project with what it lacks, its permits and codes loaded. NoSuchProject."""
    return await shown(await require(actor, permission, project_id))


async def shown(row: Project) -> View:
    """The same for a project the actor may see."""
    await row.fetch_related("permits", "codes")
    return (await views([row]))[0]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many projects lie in a region, by status; parts add up to the whole."""

    region: str
    total: int
    by_status: dict[str, int]
    parts: tuple["Tally", ...] = ()


async def counts(actor: Actor, region: str | None) -> Tally:
    """The projects of a region inside the actor's, with the regions one level below.

    OutsideRegion for another's.
    """
    wanted = _inside(scope_of(actor, READ), region)
    rows = (await queries.visible(actor, READ)).filter(**within("region", wanted))
    groups = await rows.annotate(n=Count("id")).group_by("region", "status").values(
        "region", "status", "n"
    )  # fmt: skip
    found = [(str(g["region"]), str(g["status"]), int(g["n"])) for g in groups]
    below = [place.code for place in codes.regions_under(wanted)]
    parts: dict[str, list[tuple[str, str, int]]] = {code: [] for code in below}
    for each in found:
        home = next((code for code in below if codes.within(each[0], code)), each[0])
        if home != wanted:
            parts.setdefault(home, []).append(each)
    return _tally(wanted, found, tuple(_tally(code, own) for code, own in parts.items()))


def _inside(scope: Scope, region: str | None) -> str:
    own = scope.regions
    wanted = region or (own[0] if own else "")
    if not any(codes.within(wanted, each) for each in own):
        raise OutsideRegion
    return wanted


def _tally(region: str, found: list[tuple[str, str, int]], parts: tuple[Tally, ...] = ()) -> Tally:
    by_status: Counter[str] = Counter()
    for _, status, number in found:
        by_status[status] += number
    return Tally(region, by_status.total(), dict(by_status), parts)
