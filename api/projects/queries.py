"""Which projects, and which of what belongs to them."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from api.kit import clock
from api.kit.actor import Actor
from api.kit.scope import scope_of
from api.permissions import Permission
from api.projects.models import (
    BoardPhoto,
    Fence,
    FenceVersion,
    Participation,
    Policy,
    Post,
    Project,
    RegionStandard,
    StatusChange,
)
from api.projects.schemas import ProjectQuery


async def visible(actor: Actor, permission: Permission) -> QuerySet[Project]:
    """The projects of the actor's region, and those his enterprise builds or takes part in now."""
    scope = scope_of(actor, permission)
    own = scope.rows(tenant="enterprise_id", region="region")
    if scope.everything or not scope.tenant_ids:
        return Project.filter(own)
    taking_part = in_force(clock.today()).filter(enterprise_id__in=list(scope.tenant_ids))
    ids = taking_part.distinct().values("project_id")
    return Project.filter(own | Q(id__in=Subquery(ids)))


def narrowed(rows: QuerySet[Project], query: ProjectQuery) -> QuerySet[Project]:
    """The rows that the query asks for."""
    if query.status:
        rows = rows.filter(status=query.status)
    if query.name:
        rows = rows.filter(name__contains=query.name)
    return rows


def in_force(day: date) -> QuerySet[Participation]:
    """The participations of a day."""
    return Participation.filter(open_on("left_on", day), entered_on__lte=day)


def open_on(column: str, day: date) -> Q:
    """Rows whose last day, in `column`, is not before `day`, or without one."""
    without: dict[str, Any] = {column: None}
    not_before: dict[str, Any] = {f"{column}__gte": day}
    return Q(**without) | Q(**not_before)


def units(project_id: UUID, kind: str | None = None) -> QuerySet[Participation]:
    """The units of a project the caller may see, those that left too."""
    rows = Participation.filter(project_id=project_id)
    return rows.filter(kind=kind) if kind else rows


def posts(project_id: UUID) -> QuerySet[Post]:
    """The posts of a project the caller may see, those that ended too."""
    return Post.filter(project_id=project_id)


def posts_on(project_ids: Iterable[UUID], day: date) -> QuerySet[Post]:
    """The posts held on a day in these projects."""
    held = Post.filter(open_on("ends_on", day), starts_on__lte=day)
    return held.filter(project_id__in=list(project_ids))


def policies(project_id: UUID) -> QuerySet[Policy]:
    """The attendance policies of a project."""
    return Policy.filter(project_id=project_id)


def status_changes(project_id: UUID) -> QuerySet[StatusChange]:
    """The steps of a project."""
    return StatusChange.filter(project_id=project_id)


def fences(project_id: UUID) -> QuerySet[Fence]:
    """The fences of a project, ended ones too, with their versions."""
    return Fence.filter(project_id=project_id).prefetch_related("versions")


def current_fences(project_ids: Iterable[UUID]) -> QuerySet[FenceVersion]:
    """The versions without an end in these projects."""
    return FenceVersion.filter(project_id__in=list(project_ids), valid_to=None)


def board_photos(project_id: UUID) -> QuerySet[BoardPhoto]:
    """The photos of a project's board."""
    return BoardPhoto.filter(project_id=project_id)


def standards() -> QuerySet[RegionStandard]:
    """The standards of all regions; they are public."""
    return RegionStandard.all()
